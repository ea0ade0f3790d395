//! Bills of any size, made up from a few sentences: what is measured needs no file.
//!
//! Most of a real bill has nothing to do with the subject; here one sentence in eight has. The same size
//! gives the same text.

use std::fmt::Write as _;
use std::io::Write as _;

/// Sentences of any bill.
const PLAIN: [&str; 10] = [
    "The Board shall meet at least four times in each year and may regulate its own procedure.",
    "A person who imports seed potatoes shall mark each container with the name of the grower and the variety.",
    "The Minister may, after consultation with the council of the county concerned, by order vary a fee.",
    "In this section, \"vessel\" means any ship, boat or craft that is used or is capable of being used on water.",
    "An inspector may at any reasonable time enter a slaughterhouse and examine any carcass that is found there.",
    "The cost of repairs to the embankment shall be borne by the owners of the land in proportion to its area.",
    "An appeal lies to the tribunal within thirty days after the day on which notice of the decision is given.",
    "Whoever moves a boundary stone without the consent of the surveyor is liable to a fine of level 3.",
    "The accounts of the fund shall be audited each year and laid before the assembly together with a report.",
    "Nothing in this Part affects a right of way that was registered before the first day of March.",
];

/// Sentences that rules are about.
const TELLING: [&str; 6] = [
    "A provider of a messaging service shall ensure that it is able to decrypt any message on request.",
    "The Director may by notice require an operator to retain traffic data for a period of twenty months.",
    "No person shall publish information that the Authority has declared to be false or misleading.",
    "An officer may obtain access to any computer system in order to collect stored data without a warrant.",
    "Every subscriber shall be identified before a service is supplied, and the record shall be kept.",
    "The court may authorise the interception only if it is necessary and proportionate.",
];

/// One numbered section after the other, a heading each: at least `bytes` of sections.
fn sections(bytes: usize) -> Vec<(String, Vec<&'static str>)> {
    let (mut sections, mut size, mut seed) = (Vec::new(), 0, 1_u32);
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) as usize % below
    };
    while size < bytes {
        let telling = |number: usize| number == 0;
        let sentences: Vec<&str> = (0..2 + next(5))
            .map(|_| if telling(next(8)) { TELLING[next(TELLING.len())] } else { PLAIN[next(PLAIN.len())] })
            .collect();
        size += sentences.iter().map(|sentence| sentence.len() + 6).sum::<usize>() + 20;
        sections.push((format!("Section {}. Matters of part {}", sections.len() + 1, next(90)), sentences));
    }
    sections
}

fn written(bytes: usize, heading: impl Fn(&str) -> String, item: impl Fn(usize, &str) -> String) -> String {
    let mut text = String::new();
    for (title, sentences) in sections(bytes) {
        text.push_str(&heading(&title));
        for (index, sentence) in sentences.iter().enumerate() {
            text.push_str(&item(index + 1, sentence));
        }
    }
    text
}

/// As plain text, one paragraph a line.
pub(crate) fn plain(bytes: usize) -> String {
    written(bytes, |title| format!("{title}\n\n"), |number, text| format!("({number}) {text}\n\n"))
}

/// One line.
pub(crate) fn one_line(bytes: usize) -> String {
    plain(bytes).replace('\n', " ")
}

/// As Markdown.
pub(crate) fn markdown(bytes: usize) -> String {
    written(bytes, |title| format!("## {title}\n\n"), |number, text| format!("({number}) {text}\n\n"))
}

/// As HTML.
pub(crate) fn html(bytes: usize) -> String {
    format!("<!DOCTYPE html><html><body>{}</body></html>", elements(bytes, "h2"))
}

/// As XML.
pub(crate) fn xml(bytes: usize) -> String {
    format!("<?xml version=\"1.0\"?><bill><body>{}</body></bill>", elements(bytes, "heading"))
}

/// As paragraphs under headings of the given name.
fn elements(bytes: usize, heading: &str) -> String {
    written(
        bytes,
        |title| format!("<{heading}>{title}</{heading}>\n"),
        |number, text| format!("<p>({number}) {text}</p>\n"),
    )
}

/// As RTF.
pub(crate) fn rtf(bytes: usize) -> String {
    let body =
        written(bytes, |title| format!("{title}\\par\n"), |number, text| format!("({number}) {text}\\par\n"));
    format!("{{\\rtf1\\ansi {body}}}")
}

/// As a Word document.
pub(crate) fn docx(bytes: usize) -> Vec<u8> {
    let mut body = String::new();
    for line in plain(bytes).lines().filter(|line| !line.is_empty()) {
        let _ = write!(body, "<w:p><w:r><w:t>{line}</w:t></w:r></w:p>");
    }
    let name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let document =
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"{name}\"><w:body>{body}</w:body></w:document>");
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let started = archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default());
    started.and_then(|()| Ok(archive.write_all(document.as_bytes())?)).expect("an archive in memory");
    archive.finish().expect("an archive in memory").into_inner()
}
