//! The title that the metadata give, if it is one and not the name of a file.

use hayro_syntax::object::{self, Stream};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use super::marked::decode;
use super::open::Opened;
use super::unpack::unpack;

/// Metadata in XML of more bytes are not looked at.
const LARGEST: u64 = 1 << 20;

/// The title in the information dictionary, or else in the metadata that are XML.
pub(super) fn title(file: &Opened) -> Option<String> {
    let plain = file.info().and_then(|info| info.get::<object::String<'_>>("Title"));
    let plain = plain.and_then(|title| settle(&decode(title.as_bytes())));
    plain.or_else(|| {
        let stream = file.root()?.get::<Stream<'_>>("Metadata")?;
        settle(&in_xml(&String::from_utf8_lossy(&unpack(&stream, LARGEST)?)))
    })
}

fn settle(title: &str) -> Option<String> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    is_title(&title).then_some(title)
}

/// What `dc:title` says in its first language.
fn in_xml(source: &str) -> String {
    let mut reader = Reader::from_str(source);
    let mut title = String::new();
    let mut is_inside = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) if start.name().into_inner() == "dc:title" => is_inside = true,
            Event::End(end) if is_inside && ["rdf:li", "dc:title"].contains(&end.name().into_inner()) => {
                break;
            }
            Event::Text(text) if is_inside => title.push_str(&text.into_inner()),
            Event::GeneralRef(reference) if is_inside => {
                let name: &str = &reference.borrow().into_inner();
                title.extend(reference.resolve_char_ref().ok().flatten());
                title.push_str(resolve_predefined_entity(name).unwrap_or_default());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    title
}

/// Whether `title` has words and no path, no ending and no date of a file.
fn is_title(title: &str) -> bool {
    let words =
        title.split(' ').filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 2).count();
    let ending = title.rsplit_once('.').is_some_and(|(_, ending)| {
        (2..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    words >= 2 && !title.contains(['\\', '/', '_', '|']) && !ending && title.len() <= 300
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_xml() {
        for (source, expected) in [
            (
                "<x:xmpmeta><rdf:li>no</rdf:li><dc:title><rdf:Alt><rdf:li>Keys &amp; Locks &#66;ill</rdf:li><rdf:li>Loi</rdf:li></rdf:Alt></dc:title></x:xmpmeta>",
                "Keys & Locks Bill",
            ),
            ("<dc:title>Keys Bill</dc:title>", "Keys Bill"),
            ("<dc:title/><a>Keys Bill</a>", ""),
            ("no xml <<", ""),
        ] {
            assert_eq!(in_xml(source), expected, "{source}");
        }
    }

    #[test]
    fn titles_are_no_file_names() {
        for (title, expected) in [
            ("Income Tax Assessment Act 1936", true),
            ("E:\\BILLS\\H1500.RH", false),
            ("PL 011222 (E) Coconut Cov - Copy.pmd", false),
            ("Microsoft Word - keys_bill.doc", false),
            ("untitled", false),
            ("", false),
        ] {
            assert_eq!(is_title(title), expected, "{title}");
        }
    }
}
