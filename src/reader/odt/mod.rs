//! ODT: the text of `OpenDocument`, numbers and tracked changes worked out.

mod list;
mod styles;
mod walker;

use super::archive::Archive;
use super::draft::Draft;
use super::part::{Event, Flow, Part, Walk};
use super::transcript::Transcript;
use super::{ReadError, ReadOptions, TrackedChanges};
use crate::document::Document;
use styles::Styles;
use walker::{Finished, Walker};

/// The part that holds the text.
const CONTENT: &str = "content.xml";
/// The part that holds the styles and what is printed on every page.
const STYLES: &str = "styles.xml";

/// Reads the ODT that `bytes` are.
pub(super) fn read(bytes: &[u8], options: ReadOptions) -> Result<Document, ReadError> {
    let mut archive = Archive::open(bytes)?;
    refuse_encrypted(&mut archive)?;
    let mut styles = Styles::default();
    for name in [STYLES, CONTENT] {
        if let Some(mut part) = Part::open(&mut archive, name)? {
            styles.read(&mut part)?;
        }
    }
    let mut transcript = Transcript::new(bytes.len());
    if let Some(title) = title(&mut archive)? {
        transcript.title(title);
    }
    let missing = || ReadError::MissingPart { part: CONTENT.to_owned(), format: "ODT" };
    let mut part = Part::open(&mut archive, CONTENT)?.ok_or_else(missing)?;
    let original = options.changes == TrackedChanges::Original;
    read_body(&mut part, Walker::new(&styles, original), &mut transcript)?;
    drop(part);
    if options.keep_furniture
        && let Some(mut part) = Part::open(&mut archive, STYLES)?
    {
        read_furniture(&mut part, Walker::new(&styles, original), &mut transcript)?;
    }
    transcript.finish()
}

/// An encrypted document says so in its manifest, part by part.
fn refuse_encrypted(archive: &mut Archive<'_>) -> Result<(), ReadError> {
    let Some(mut part) = Part::open(archive, "META-INF/manifest.xml")? else { return Ok(()) };
    loop {
        match part.next()? {
            Event::Start(element) if element.name() == "encryption-data" => return Err(ReadError::Encrypted),
            // Some programs declare a document type here, and nothing else is wanted of this part.
            Event::Start(_) | Event::End | Event::Text(_) => {}
            Event::Eof => return Ok(()),
        }
    }
}

/// The title in the metadata.
fn title(archive: &mut Archive<'_>) -> Result<Option<String>, ReadError> {
    let Some(mut part) = Part::open(archive, "meta.xml")? else { return Ok(None) };
    loop {
        match part.next()? {
            Event::Start(element) if element.name() == "title" => return part.text().map(Some),
            Event::Start(_) | Event::End | Event::Text(_) => {}
            Event::Eof => return Ok(None),
        }
    }
}

fn read_body(
    part: &mut Part<'_>,
    mut walker: Walker<'_>,
    transcript: &mut Transcript,
) -> Result<(), ReadError> {
    // Notes stand after the last paragraph of their section: between the items of a list they would part
    // it.
    let mut notes: Vec<Draft> = Vec::new();
    let mut more = true;
    while more {
        more = part.step(&mut walker)?;
        if !more {
            walker.end_part();
        }
        write(walker.take(), &mut notes, transcript)?;
    }
    notes.drain(..).try_for_each(|note| transcript.add(note))
}

/// Writes paragraphs that are complete; notes wait for the next heading.
fn write(
    finished: Vec<Finished>,
    notes: &mut Vec<Draft>,
    transcript: &mut Transcript,
) -> Result<(), ReadError> {
    for finished in finished {
        match finished {
            Finished::Heading(draft) => {
                notes.drain(..).try_for_each(|note| transcript.add(note))?;
                transcript.add(draft)?;
            }
            Finished::Text(draft) => transcript.add(draft)?,
            Finished::Note(draft) => {
                transcript.defer()?;
                notes.push(draft);
            }
        }
    }
    Ok(())
}

/// Reads the running heads and feet, which stand among the styles.
fn read_furniture(
    part: &mut Part<'_>,
    mut walker: Walker<'_>,
    transcript: &mut Transcript,
) -> Result<(), ReadError> {
    let mut notes: Vec<Draft> = Vec::new();
    // How many elements are open in a head or foot, itself counted.
    let mut depth = 0_usize;
    loop {
        match part.next()? {
            Event::Start(element) if depth == 0 => {
                let head = ["header", "footer"].iter().any(|start| element.name().starts_with(start));
                let properties = element.name().ends_with("-style");
                depth = usize::from(element.prefix() == "style" && head && !properties);
            }
            Event::Start(element) => match walker.start(&element) {
                Flow::Skip => part.skip()?,
                Flow::Enter => depth += 1,
            },
            Event::End if depth > 1 => {
                depth -= 1;
                walker.end();
            }
            Event::End => depth = 0,
            Event::Text(text) if depth > 0 => walker.text(&text),
            Event::Text(_) => {}
            Event::Eof => break,
        }
        write(walker.take(), &mut notes, transcript)?;
    }
    walker.end_part();
    write(walker.take(), &mut notes, transcript)?;
    notes.drain(..).try_for_each(|note| transcript.add(note))
}

#[cfg(test)]
mod tests;
