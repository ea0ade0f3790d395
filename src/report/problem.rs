//! What is wrong with a file of rules, shown in that file.

use std::io::{self, Write};
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic, Label};
use codespan_reporting::files::SimpleFile;

use super::human::{emit, level};
use super::{escape, visible, wrap};
use crate::diagnostic::Severity;

/// A mistake in a text that is no bill, such as a rule pack.
#[derive(Clone, Debug)]
pub struct Problem<'a> {
    /// How grave it is.
    pub severity: Severity,
    /// Names the kind of mistake.
    pub code: &'a str,
    /// One line, lower-case, no full stop.
    pub message: &'a str,
    /// The file's name.
    pub file: &'a str,
    /// The file's text.
    pub text: &'a str,
    /// The bytes of the text that are wrong, and a few words on them.
    pub label: Option<(Range<usize>, &'a str)>,
    /// More to say.
    pub notes: &'a [String],
}

impl Problem<'_> {
    /// Writes the problem as the human report writes a finding.
    pub fn write(&self, color: bool, out: &mut dyn Write) -> io::Result<()> {
        let mut diagnostic = Diagnostic::new(level(self.severity))
            .with_code(self.code)
            .with_message(escape(self.message))
            .with_notes(self.notes.iter().map(|note| wrap(&escape(note), "")).collect());
        let (text, range) = self.shown();
        if let Some((range, (_, words))) = range.zip(self.label.as_ref()) {
            diagnostic = diagnostic.with_label(Label::primary((), range).with_message(escape(words)));
        }
        emit(&diagnostic, &SimpleFile::new(escape(self.file), text), color, out)
    }

    /// The text up to the end of the label's last line, made safe to show, and the label's range in it.
    fn shown(&self) -> (String, Option<Range<usize>>) {
        let Some((range, _)) = &self.label else { return (String::new(), None) };
        let end = range.end.max(range.start);
        let rest =
            self.text.get(end..).and_then(|rest| rest.find('\n')).map_or(self.text.len(), |at| end + at);
        let mut shown = String::new();
        let (mut first, mut last) = (None, None);
        for (at, c) in self.text.char_indices().take_while(|(at, _)| *at < rest) {
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
        (shown, Some(first..last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, label: Option<(Range<usize>, &str)>, expected: &str) {
        let notes = ["see rules/README.md".to_owned()];
        let message = "this key is not known";
        let (code, file) = ("unknown-key", "own.toml");
        let problem = Problem { severity: Severity::Error, code, message, file, text, label, notes: &notes };
        let mut out = Vec::new();
        problem.write(false, &mut out).unwrap();
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
        check("[rule]\r\nwehn\u{1b} = 1\r\nx", Some((8..12, "not a key of a rule")), expected);
        check("x", None, "error[unknown-key]: this key is not known\n = see rules/README.md\n\n");
        let at_end = "\
error[unknown-key]: this key is not known
  ┌─ own.toml:1:2
  │
1 │ x
  │  ^ more
  │
  = see rules/README.md

";
        check("x", Some((1..1, "more")), at_end);
        check("x", Some((7..9, "more")), at_end);
    }
}
