//! What is wrong with a file of rules, shown in that file.

use std::io::{self, Write};
use std::ops::Range;

use codespan_reporting::diagnostic as codespan;
use codespan_reporting::files::SimpleFile;

use super::human::{emit, level};
use super::{escape, visible, wrap};
use crate::diagnostic::Diagnostic;

/// Writes a diagnostic about a text that is no bill, such as a rule pack, as the human report writes a
/// finding.
pub fn write_diagnostic(diagnostic: &Diagnostic, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let primary = &diagnostic.primary;
    let (text, range) = shown(&diagnostic.file_text, primary.span.range());
    let drawn = codespan::Diagnostic::new(level(diagnostic.severity))
        .with_code(diagnostic.code)
        .with_message(escape(&diagnostic.message))
        .with_label(codespan::Label::primary((), range).with_message(escape(&primary.text)))
        .with_notes(diagnostic.notes.iter().map(|note| wrap(&escape(note), "")).collect());
    emit(&drawn, &SimpleFile::new(escape(&diagnostic.file_name), text), color, out)
}

/// The text up to the end of the range's last line, made safe to show, and the range in it.
fn shown(text: &str, range: Range<usize>) -> (String, Range<usize>) {
    let end = range.end.max(range.start);
    let rest = text.get(end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| end + at);
    let mut shown = String::new();
    let (mut first, mut last) = (None, None);
    for (at, c) in text.char_indices().take_while(|(at, _)| *at < rest) {
        if at >= range.start {
            first.get_or_insert(shown.len());
        }
        if at >= end {
            last.get_or_insert(shown.len());
        }
        match c {
            '\n' => shown.push(c),
            '\r' => {}
            _ => visible::push(&mut shown, c),
        }
    }
    let first = first.unwrap_or(shown.len());
    let last = last.unwrap_or(shown.len()).max(first);
    (shown, first..last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Label, Severity};
    use crate::text::Span;

    fn check(text: &str, range: Range<usize>, words: &str, expected: &str) {
        let diagnostic = Diagnostic {
            severity: Severity::Error,
            code: "unknown-key",
            message: "this key is not known".to_owned(),
            file_name: "own.toml".to_owned(),
            file_text: text.into(),
            primary: Label { span: Span::from(range), text: words.to_owned() },
            notes: vec!["see rules/README.md".to_owned()],
        };
        let mut out = Vec::new();
        write_diagnostic(&diagnostic, false, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn points_into_the_file() {
        let expected = "\
error[unknown-key]: this key is not known
  ┌─ own.toml:2:1
  │
2 │ wehn‹U+001B› = 1
  │ ^^^^ not a key of a rule
  │
  = see rules/README.md

";
        check("[rule]\r\nwehn\u{1b} = 1\r\nx", 8..12, "not a key of a rule", expected);
        let at_end = "\
error[unknown-key]: this key is not known
  ┌─ own.toml:1:2
  │
1 │ x
  │  ^ more
  │
  = see rules/README.md

";
        check("x", 1..1, "more", at_end);
        check("x", 7..9, "more", at_end);
    }
}
