//! An XML part of a DOCX or ODT, as a stream of elements and text.
//!
//! The XML of a package is written by programs and needs little of XML: no entities but the five and
//! character references, and nesting that stays within a limit. What goes beyond is refused.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use quick_xml::events::{BytesStart, Event as XmlEvent};
use quick_xml::{Reader, XmlVersion};

use super::archive::{Archive, Metered};
use super::recode::{Recoded, other_encoding};
use super::{ReadError, transcript};

/// Deeper elements are refused. Tables in tables in text boxes take about a hundred.
const DEEPEST: usize = 1000;

/// What the definitions of a part may take in memory, in bytes, and for each byte of the package: styles and
/// lists shrink to a hundredth.
const DEFINITIONS: (usize, usize) = (10 << 20, 3);

/// What comes next in a part.
#[derive(Debug)]
pub(super) enum Event<'p> {
    /// An element begins. An empty one is begun and ended too.
    Start(Element<'p>),
    /// The innermost element ends.
    End,
    /// Text, references resolved.
    Text(Cow<'p, str>),
    /// The part is at its end.
    Eof,
}

/// What a walker wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// What is inside the element.
    Enter,
    /// Nothing of the element.
    Skip,
}

/// Takes what a part holds, in order.
pub(super) trait Walk {
    /// An element begins; its end is told only if it is entered.
    fn start(&mut self, element: &Element<'_>) -> Flow;
    /// The innermost element ends.
    fn end(&mut self);
    /// Text of the innermost element.
    fn text(&mut self, text: &str);
}

/// The start of an element.
#[derive(Debug)]
pub(super) struct Element<'p>(BytesStart<'p>);

impl Element<'_> {
    /// The prefix of its name, as written; empty if it has none.
    pub(super) fn prefix(&self) -> &str {
        self.0.name().into_inner().split_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// Its name without the prefix.
    pub(super) fn name(&self) -> &str {
        let name = self.0.name().into_inner();
        name.split_once(':').map_or(name, |(_, local)| local)
    }

    /// The value of the attribute that is called `name`, whatever its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().find(|(key, _)| local(key) == name).map(|(_, value)| value)
    }

    /// All attributes, with the names as written.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (String, String)> + '_ {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        attributes.flatten().filter_map(|attribute| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
            Some((attribute.key.into_inner().to_owned(), value))
        })
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// A part that is being read.
pub(super) struct Part<'a> {
    name: String,
    reader: Reader<Metered<Box<dyn Read + 'a>>>,
    buffer: Vec<u8>,
    depth: usize,
    /// How many bytes of text may still come.
    left: usize,
    /// How many bytes of memory definitions may still take.
    room: usize,
}

impl<'a> Part<'a> {
    /// Opens the part called `name`; `None` if the archive does not have it.
    pub(super) fn open(archive: &'a mut Archive<'_>, name: &str) -> Result<Option<Part<'a>>, ReadError> {
        let size = archive.size();
        let allowed = archive.allowed();
        let Some(mut stream) = archive.part(name)? else { return Ok(None) };
        let head = stream.fill_buf().map_err(|error| failed(&error))?;
        let stream = match other_encoding(head) {
            Some(encoding) => {
                Metered::new(Box::new(Recoded::new(stream, encoding)) as Box<dyn Read>, allowed)
            }
            None => stream,
        };
        Ok(Some(Part::new(name, stream, size)))
    }

    /// A part of a package of `size` bytes.
    fn new(name: &str, stream: Metered<Box<dyn Read + 'a>>, size: usize) -> Part<'a> {
        let mut reader = Reader::from_reader(stream);
        reader.config_mut().expand_empty_elements = true;
        let left = transcript::most_text(size);
        let room = DEFINITIONS.0.saturating_add(size.saturating_mul(DEFINITIONS.1));
        Part { name: name.to_owned(), reader, buffer: Vec::new(), depth: 0, left, room }
    }

    /// Hands the next event to `walker`; whether there was one.
    pub(super) fn step(&mut self, walker: &mut impl Walk) -> Result<bool, ReadError> {
        match self.next()? {
            Event::Start(element) => {
                if walker.start(&element) == Flow::Skip {
                    self.skip()?;
                }
            }
            Event::End => walker.end(),
            Event::Text(text) => walker.text(&text),
            Event::Eof => return Ok(false),
        }
        Ok(true)
    }

    /// The next start, end or piece of text.
    pub(super) fn next(&mut self) -> Result<Event<'_>, ReadError> {
        // Comments and instructions are passed over first: a borrow that is returned cannot be tried twice.
        self.buffer.clear();
        self.reader.get_mut().begin_event();
        let Part { name, reader, buffer, depth, left, room: _ } = self;
        let event = reader.read_event_into(buffer).map_err(|error| failure(name, &error))?;
        match event {
            XmlEvent::Start(start) | XmlEvent::Empty(start) => {
                *depth += 1;
                if *depth > DEEPEST {
                    return Err(ReadError::TooDeep { part: name.clone(), most: DEEPEST });
                }
                Ok(Event::Start(Element(start)))
            }
            XmlEvent::End(_) => {
                *depth = depth.saturating_sub(1);
                Ok(Event::End)
            }
            XmlEvent::Text(text) => taken(left, text.into_inner()),
            XmlEvent::CData(text) => taken(left, text.into_inner()),
            XmlEvent::GeneralRef(reference) => {
                let word: &str = &reference.borrow().into_inner();
                let c = resolved(word).ok_or_else(|| damaged(name))?;
                Ok(Event::Text(Cow::Owned(c.to_string())))
            }
            XmlEvent::DocType(kind) if kind.contains("<!ENTITY") => {
                Err(ReadError::DeclaredEntities { part: name.clone() })
            }
            XmlEvent::DocType(_) | XmlEvent::Decl(_) | XmlEvent::PI(_) | XmlEvent::Comment(_) => {
                Ok(Event::Text(Cow::Borrowed("")))
            }
            XmlEvent::Eof if *depth > 0 => Err(damaged(name)),
            XmlEvent::Eof => Ok(Event::Eof),
        }
    }

    /// Counts a definition that is kept: so many bytes of memory.
    pub(super) fn charge(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.room = self.room.checked_sub(bytes).ok_or(ReadError::UnpacksTooLarge)?;
        Ok(())
    }

    /// Passes over the rest of the element that began last.
    pub(super) fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.next()?, Event::Eof) {
                break;
            }
        }
        Ok(())
    }

    /// The text of the element that began last, up to its end.
    pub(super) fn text(&mut self) -> Result<String, ReadError> {
        let outside = self.depth.saturating_sub(1);
        let mut text = String::new();
        while self.depth > outside {
            match self.next()? {
                Event::Text(piece) => text.push_str(&piece),
                Event::Start(_) | Event::End => {}
                Event::Eof => break,
            }
        }
        Ok(text)
    }
}

/// A piece of text, if it does not go beyond what may still come.
fn taken<'p>(left: &mut usize, text: Cow<'p, str>) -> Result<Event<'p>, ReadError> {
    *left = left.checked_sub(text.len()).ok_or(ReadError::UnpacksTooLarge)?;
    Ok(Event::Text(text))
}

/// The character that `&word;` stands for, if it is a character reference or one of the five.
fn resolved(word: &str) -> Option<char> {
    match word {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = word.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

fn damaged(part: &str) -> ReadError {
    ReadError::DamagedPart { part: part.to_owned() }
}

fn failed(error: &io::Error) -> ReadError {
    if error.kind() == io::ErrorKind::FileTooLarge {
        ReadError::UnpacksTooLarge
    } else {
        ReadError::DamagedArchive
    }
}

fn failure(part: &str, error: &quick_xml::Error) -> ReadError {
    match error {
        quick_xml::Error::Io(error) => failed(error),
        quick_xml::Error::Syntax(_)
        | quick_xml::Error::IllFormed(_)
        | quick_xml::Error::InvalidAttr(_)
        | quick_xml::Error::Encoding(_)
        | quick_xml::Error::Escape(_)
        | quick_xml::Error::Namespace(_) => damaged(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> Result<String, ReadError> {
        let stream: Box<dyn Read + '_> = Box::new(xml.as_bytes());
        let mut part = Part::new("a.xml", Metered::new(stream, 1 << 20), 1 << 10);
        let mut out = String::new();
        loop {
            match part.next()? {
                Event::Start(element) if element.name() == "skip" => part.skip()?,
                Event::Start(element) => {
                    out += &["<", element.prefix(), ":", element.name()].concat();
                    out += &element.attribute("val").map(|value| format!("={value}>")).unwrap_or_default();
                }
                Event::End => out.push('>'),
                Event::Text(text) => out += &text,
                Event::Eof => return Ok(out),
            }
        }
    }

    fn check(xml: &str, expected: &Result<&str, ReadError>) {
        assert_eq!(read(xml).as_ref().map(String::as_str).map_err(Clone::clone), expected.clone(), "{xml}");
    }

    #[test]
    fn parts_are_read() {
        let damaged = || Err(ReadError::DamagedPart { part: "a.xml".to_owned() });
        check(
            "\u{feff}<?xml version='1.0'?><w:a w:val='&lt;1'>x &amp; <!-- y -->&#xe9;<b/></w:a>",
            &Ok("<w:a=<1>x & é<:b>>"),
        );
        check("<a><skip>x<skip/>y</skip>z</a>", &Ok("<:az>"));
        check("<a><![CDATA[<b>]]></a>", &Ok("<:a<b>>"));
        check("<a>&own;</a>", &damaged());
        check("<a>", &damaged());
        check("<a></b>", &damaged());
        check(
            "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>",
            &Err(ReadError::DeclaredEntities { part: "a.xml".to_owned() }),
        );
        let deep = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
        assert!(read(&deep(DEEPEST)).is_ok());
        check(&deep(DEEPEST + 1), &Err(ReadError::TooDeep { part: "a.xml".to_owned(), most: DEEPEST }));
    }
}
