//! Plain text: printed lines, or one paragraph a line.

use crate::document::{
    Builder, Document, Layout, Line, Origin, begins_with_number, leave_out_furniture, lines, take_comments,
};

/// Reads `source` as plain text; page numbers, running heads and margin numbers stay if `keep_furniture`.
pub(super) fn read(source: &str, origin: Origin, keep_furniture: bool) -> Document {
    let mut builder = Builder::new(source);
    builder.origin(origin);
    let mut lines = lines(source);
    for comment in take_comments(source, &mut lines) {
        builder.comment(comment);
    }
    let metadata = metadata_lines(source, &lines);
    if let Some(title) = metadata {
        builder.title(title.text);
        lines.drain(..title.lines);
    }
    if !keep_furniture {
        leave_out_furniture(source, &mut lines);
    }
    if metadata.is_none()
        && let Some(title) = first_heading(source, &lines)
    {
        builder.title(title);
    }
    Layout::new(source, lines).write(&mut builder);
    builder.finish()
}

/// The metadata at the top of a text.
#[derive(Clone, Copy, Debug)]
struct Metadata<'s> {
    text: &'s str,
    /// How many lines they take.
    lines: usize,
}

/// The lines `Title: X`, `Date: Y` and so on at the top, up to a blank line.
fn metadata_lines<'s>(source: &'s str, lines: &[Line]) -> Option<Metadata<'s>> {
    let text = lines.first()?.of(source).strip_prefix("Title:")?.trim();
    let is_field = |line: &Line| line.of(source).split_once(':').is_some_and(|(key, _)| is_key(key));
    let fields = lines.iter().skip(1).take_while(|line| line.gap == 0);
    let (count, all) = fields.fold((1, true), |(count, all), line| (count + 1, all && is_field(line)));
    all.then_some(Metadata { text, lines: count })
}

fn is_key(key: &str) -> bool {
    key.len() <= 30 && key.chars().all(|c| c.is_alphabetic() || c == '-' || c == '_')
}

/// The first heading that is marked with `#`, or a first line that stands alone like a title.
fn first_heading<'s>(source: &'s str, lines: &[Line]) -> Option<&'s str> {
    let marked = |line: &Line| line.of(source).strip_prefix("# ").map(str::trim);
    if let Some(heading) = lines.iter().find_map(marked) {
        return Some(heading);
    }
    let text = lines.first()?.of(source);
    let alone = lines.get(1).is_none_or(|next| next.gap > 0);
    let titled = text.starts_with(char::is_uppercase)
        && text.contains(' ')
        && text.len() <= 200
        && !begins_with_number(text);
    (alone && titled && !text.ends_with(['.', ';', ':', ','])).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, title: Option<&str>, text: &str) {
        let document = read(source, Origin::Bytes, false);
        assert_eq!((document.title(), document.text()), (title, text), "{source:?}");
    }

    #[test]
    fn titles() {
        check("Title: Keys Act\nDate: 2024\n\n## Keys Act\nx", Some("Keys Act"), "Keys Act\nx");
        check(
            "Keys Act, 2020\n\n1. Keys\nKeep them all.",
            Some("Keys Act, 2020"),
            "Keys Act, 2020\n1. Keys\nKeep them all.",
        );
        check("Title: a\nand more\n\nx", None, "Title: a and more\nx");
        check("A provider shall.\n\nx", None, "A provider shall.\nx");
    }

    #[test]
    fn furniture_is_kept_where_asked() {
        let source = "VerDate Sep 11 2014 PO 00000\n\nKeep keys.\n\n[[Page 3]]\n\nKeep locks.";
        for (keep, expected) in [
            (false, "Keep keys.\nKeep locks."),
            (true, "VerDate Sep 11 2014 PO 00000\nKeep keys.\n[[Page 3]]\nKeep locks."),
        ] {
            assert_eq!(read(source, Origin::Bytes, keep).text(), expected);
        }
    }
}
