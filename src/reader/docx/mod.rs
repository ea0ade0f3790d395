//! DOCX: the text of Word's XML, numbers and tracked changes worked out.
//!
//! A bill in Word says little where it stands: "(a)" is a level of a list in another part, a heading a
//! style based on others. Styles and lists are read first, then the notes, then the body as a stream.

mod changes;
mod field;
mod numbering;
mod paragraph;
mod properties;
mod styles;
mod walker;

use std::collections::BTreeMap;

use super::archive::Archive;
use super::draft::{Draft, Kind};
use super::part::{Element, Event, Part as XmlPart};
use super::transcript::Transcript;
use super::{ReadError, ReadOptions, TrackedChanges};
use crate::document::{Document, Part};
use numbering::Numbering;
use paragraph::{NoteKind, NoteReference};
use styles::Styles;
use walker::Walker;

type Notes = BTreeMap<NoteReference, Vec<Draft>>;

/// Reads the DOCX that `bytes` are.
pub(super) fn read(bytes: &[u8], options: ReadOptions) -> Result<Document, ReadError> {
    let mut archive = Archive::open(bytes)?;
    let names = Names::find(&mut archive)?;
    let styles = match XmlPart::open(&mut archive, &names.beside("styles.xml"))? {
        Some(mut part) => Styles::read(&mut part)?,
        None => Styles::default(),
    };
    let numbering = match XmlPart::open(&mut archive, &names.beside("numbering.xml"))? {
        Some(mut part) => Numbering::read(&mut part)?,
        None => Numbering::default(),
    };
    let mut transcript = Transcript::new(bytes.len());
    if let Some(title) = title(&mut archive)? {
        transcript.title(title);
    }
    let mut reader =
        Reader { styles, original: options.changes == TrackedChanges::Original, notes: Notes::new() };
    reader.read_notes(&mut archive, &names, &numbering)?;
    let furniture =
        if options.keep_furniture { names.furniture(&mut archive)? } else { Furniture::default() };
    reader.read_furniture(&furniture.heads, &mut archive, &mut transcript)?;
    let document = XmlPart::open(&mut archive, &names.document)?;
    let missing = || ReadError::MissingPart { part: names.document.clone(), format: "DOCX" };
    reader.read_body(&mut document.ok_or_else(missing)?, numbering, &mut transcript)?;
    reader.read_furniture(&furniture.feet, &mut archive, &mut transcript)?;
    transcript.finish()
}

/// The names of the parts.
struct Names {
    document: String,
}

/// The names of the parts that are printed on every page.
#[derive(Debug, Default)]
struct Furniture {
    heads: Vec<String>,
    feet: Vec<String>,
}

impl Names {
    /// Finds the part that holds the text, which the relations of the package name.
    fn find(archive: &mut Archive<'_>) -> Result<Names, ReadError> {
        let mut document = None;
        if let Some(mut part) = XmlPart::open(archive, "_rels/.rels")? {
            loop {
                match part.next()? {
                    Event::Start(element) => {
                        let kind = element.attribute("Type").unwrap_or_default();
                        if kind.ends_with("/officeDocument") {
                            document = element.attribute("Target").or(document);
                        }
                    }
                    Event::End | Event::Text(_) => {}
                    Event::Eof => break,
                }
            }
        }
        let document = document.unwrap_or_else(|| "word/document.xml".to_owned());
        Ok(Names { document: document.trim_start_matches('/').to_owned() })
    }

    /// Finds the running heads and feet, which the relations of the document name.
    fn furniture(&self, archive: &mut Archive<'_>) -> Result<Furniture, ReadError> {
        let mut furniture = Furniture::default();
        let file = self.document.rsplit_once('/').map_or(self.document.as_str(), |(_, file)| file);
        let relations = self.beside(&format!("_rels/{file}.rels"));
        let Some(mut part) = XmlPart::open(archive, &relations)? else { return Ok(furniture) };
        loop {
            match part.next()? {
                Event::Start(element) => {
                    let kind = element.attribute("Type").unwrap_or_default();
                    let target = element.attribute("Target").unwrap_or_default();
                    let name = match target.strip_prefix('/') {
                        Some(whole) => whole.to_owned(),
                        None => self.beside(&target),
                    };
                    match kind.rsplit_once('/') {
                        Some((_, "header")) => furniture.heads.push(name),
                        Some((_, "footer")) => furniture.feet.push(name),
                        _ => {}
                    }
                }
                Event::End | Event::Text(_) => {}
                Event::Eof => return Ok(furniture),
            }
        }
    }

    /// The part called `name` in the folder of the document.
    fn beside(&self, name: &str) -> String {
        let folder = self.document.rsplit_once('/').map_or("", |(folder, _)| folder);
        if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
    }
}

/// The title in the metadata.
fn title(archive: &mut Archive<'_>) -> Result<Option<String>, ReadError> {
    let Some(mut part) = XmlPart::open(archive, "docProps/core.xml")? else { return Ok(None) };
    loop {
        match part.next()? {
            Event::Start(element) if element.name() == "title" => return part.text().map(Some),
            Event::Start(_) | Event::End | Event::Text(_) => {}
            Event::Eof => return Ok(None),
        }
    }
}

struct Reader {
    styles: Styles,
    original: bool,
    notes: Notes,
}

impl Reader {
    fn read_notes(
        &mut self,
        archive: &mut Archive<'_>,
        names: &Names,
        numbering: &Numbering,
    ) -> Result<(), ReadError> {
        let mut notes = Notes::new();
        let archive_size = archive.size();
        for (kind, name) in [(NoteKind::Footnote, "footnotes.xml"), (NoteKind::Endnote, "endnotes.xml")] {
            let Some(mut part) = XmlPart::open(archive, &names.beside(name))? else { continue };
            let mut walker = Walker::new(&self.styles, numbering.clone(), self.original);
            let mut size = 0;
            while part.step(&mut walker)? {
                let (Some(id), finished) = walker.take() else { continue };
                size += finished.iter().map(|finished| finished.draft.text().len() + NOTE).sum::<usize>();
                if size > MOST_NOTES.0 + archive_size * MOST_NOTES.1 {
                    return Err(ReadError::UnpacksTooLarge);
                }
                let drafts = notes.entry(NoteReference { kind, id: id.to_owned() }).or_default();
                drafts.extend(finished.into_iter().map(|finished| finished.draft));
            }
        }
        self.notes = notes;
        Ok(())
    }

    /// Reads running heads or feet as paragraphs of the text.
    fn read_furniture(
        &self,
        names: &[String],
        archive: &mut Archive<'_>,
        transcript: &mut Transcript,
    ) -> Result<(), ReadError> {
        for name in names {
            if let Some(mut part) = XmlPart::open(archive, name)? {
                self.read_body(&mut part, Numbering::default(), transcript)?;
            }
        }
        Ok(())
    }

    fn read_body(
        &self,
        part: &mut XmlPart<'_>,
        numbering: Numbering,
        transcript: &mut Transcript,
    ) -> Result<(), ReadError> {
        let mut walker = Walker::new(&self.styles, numbering, self.original);
        // Notes stand after the last paragraph of their section: between the items of a list they would
        // part it.
        let mut pending: Vec<NoteReference> = Vec::new();
        let mut more = true;
        while more {
            more = part.step(&mut walker)?;
            if !more {
                walker.end_part();
            }
            for finished in walker.take().1 {
                if finished.is_heading {
                    self.write_notes(&mut pending, transcript)?;
                }
                transcript.add(finished.draft)?;
                finished.notes.iter().try_for_each(|_| transcript.defer())?;
                pending.extend(finished.notes);
            }
        }
        if walker.embedded {
            transcript.unread("a document that is embedded in it is not read");
        }
        self.write_notes(&mut pending, transcript)
    }

    fn write_notes(
        &self,
        pending: &mut Vec<NoteReference>,
        transcript: &mut Transcript,
    ) -> Result<(), ReadError> {
        for reference in pending.drain(..) {
            for draft in self.notes.get(&reference).into_iter().flatten() {
                let mut draft = draft.clone();
                (draft.part, draft.kind) = (Some(Part::Note), Kind::Paragraph);
                transcript.add(draft)?;
            }
        }
        Ok(())
    }
}

/// What footnotes may take in memory, in bytes, and for each byte of the file.
const MOST_NOTES: (usize, usize) = (8 << 20, 4);
/// What a footnote takes beside its text.
const NOTE: usize = 500;

/// Finds the prefixes that the root element declares for the names of text and of formulas.
fn find_prefixes([word, formula]: &mut [String; 2], root: &Element<'_>) {
    for (key, value) in root.attributes() {
        let prefix = key.strip_prefix("xmlns").map(|prefix| prefix.trim_start_matches(':').to_owned());
        match prefix {
            Some(prefix) if value.contains("/wordprocessingml/") && value.ends_with("/main") => {
                *word = prefix;
            }
            Some(prefix) if value.ends_with("/math") => *formula = prefix,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
