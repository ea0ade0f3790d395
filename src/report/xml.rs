//! XML as reports write it: set in, every value escaped, no character that XML 1.0 forbids.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::escape;

/// Writes elements; whoever opens one closes it.
pub(super) struct Xml<'w> {
    writer: Writer<&'w mut dyn Write>,
}

impl<'w> Xml<'w> {
    /// Begins with the declaration.
    pub(super) fn new(out: &'w mut dyn Write) -> io::Result<Xml<'w>> {
        let mut writer = Writer::new_with_indent(out, b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Xml { writer })
    }

    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.writer.write_event(Event::Start(start(name, attributes)))
    }

    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.writer.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element with lines of text in it.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        let lines: Vec<String> = text.lines().map(|line| escape(line).into_owned()).collect();
        self.open(name, attributes)?;
        self.writer.write_event(Event::Text(BytesText::new(&lines.join("\n"))))?;
        self.close(name)
    }

    /// Ends the last line.
    pub(super) fn finish(self) -> io::Result<()> {
        self.writer.into_inner().write_all(b"\n")
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, &*escape(value)));
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str) {
        let mut out = Vec::new();
        let mut xml = Xml::new(&mut out).unwrap();
        xml.text("a", &[("b", value)], value).unwrap();
        xml.finish().unwrap();
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        assert_eq!(String::from_utf8(out).unwrap(), format!("{head}{expected}\n"));
    }

    #[test]
    fn every_text_is_well_formed() {
        check("§ é 😀", "<a b=\"§ é 😀\">§ é 😀</a>");
        check(
            "<b c='d'> & \"e\" ]]>",
            "<a b=\"&lt;b c=&apos;d&apos;&gt; &amp; &quot;e&quot; ]]&gt;\">&lt;b c=&apos;d&apos;&gt; &amp; &quot;e&quot; ]]&gt;</a>",
        );
        check("a\u{1}\u{ffff}\u{202e}", "<a b=\"a‹U+0001›‹U+FFFF›‹U+202E›\">a‹U+0001›‹U+FFFF›‹U+202E›</a>");
    }
}
