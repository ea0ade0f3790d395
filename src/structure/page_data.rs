//! The data of a web page at the end of a block: records in braces, their mark-up escaped.
//!
//! Law copied from a page may carry what the page's scripts keep of it: provisions once more, as notes on
//! commencement and change. It is no part of the law's text.

use memchr::memmem;

use crate::text::Span;

/// How a record begins, and how mark-up inside one is written.
const RECORD: &str = "{\"";
const ESCAPED: [&str; 2] = ["\\u003C", "\\u003c"];

/// Where the law ends in `span` and the page's data begin, if there are any.
pub(super) fn page_data(text: &str, span: Span) -> Option<u32> {
    let body = span.of(text);
    memchr::memchr(b'\\', body.as_bytes())?;
    let escaped = ESCAPED.iter().find_map(|mark| memmem::find(body.as_bytes(), mark.as_bytes()))?;
    let record = memmem::find(body.as_bytes().get(..escaped)?, RECORD.as_bytes())?;
    let law = body.get(..record)?.trim_end_matches(['[', ']', ' ']);
    Some(span.start + law.len() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let found = page_data(text, Span::from(0..text.len()));
        assert_eq!(found.map(|end| &text[..end as usize]), expected, "{text}");
    }

    #[test]
    fn data_of_a_page() {
        check(r#"A fee is due. [] [{"id": 4, "html": "\u003Cp\u003EA guard"}]"#, Some("A fee is due."));
        check(r#"[{"id": 4, "html": "\u003cp\u003e"}]"#, Some(""));
        check(r#"The field {"id"} holds a number."#, None);
        check(r"The sign \u003C stands for a bracket.", None);
        check("", None);
    }
}
