//! `rightslint extract`: a document as the program reads it.
//!
//! Where a finding is missing or stands in the wrong section, this shows why: every passage with its
//! citation and the zone that it was taken to stand in.

use std::io::{self, Write};
use std::sync::Arc;

use super::args::{ExtractArguments, GlobalArguments};
use super::project::{Project, Wanted};
use super::{CommandError, Outcome, Terminal};
use crate::config::Choice;
use crate::document::Document;
use crate::language::{Language, Zone};
use crate::lint::read;
use crate::report::escape;
use crate::scan::Scanner;
use crate::structure::{Passage, Structure};

pub(super) fn run(
    arguments: &ExtractArguments,
    global: &GlobalArguments,
    terminal: &mut Terminal<'_>,
) -> Result<Outcome, CommandError> {
    let wanted = Wanted {
        paths: std::slice::from_ref(&arguments.file),
        stdin_filename: arguments.stdin_filename.as_ref(),
        max_file_size: None,
        left_out: &[],
    };
    let Some(mut project) = Project::open(&wanted, global, terminal)? else { return Ok(Outcome::Incomplete) };
    let command_line = Choice { choices: arguments.reading.into(), ..Choice::default() };
    let options = project.options(&command_line);
    let walked = std::mem::take(&mut project.walked);
    if let Some(failure) = walked.failures.into_iter().next() {
        return Err(failure.into());
    }
    let (scanner, unknown) = (Scanner::new(&project.rules), Language::default());
    let mut outcome = Outcome::Clean;
    for input in walked.inputs {
        let path = input.path.clone();
        let settings = options.get(&path).map(|options| Arc::clone(&options.settings)).unwrap_or_default();
        let document = read(input, &settings)?;
        let language = scanner.language_of(&document, settings.language.as_deref());
        let language = language.map_or(&unknown, |rules| &rules.language);
        write_document(&document, language, terminal.out)?;
        for what in document.unread() {
            writeln!(terminal.err, "error: {}: {}", escape(&path), escape(what))?;
            outcome = Outcome::Incomplete;
        }
    }
    Ok(outcome)
}

fn write_document(document: &Document, language: &Language, out: &mut dyn Write) -> io::Result<()> {
    let structure = Structure::new(document, language);
    if let Some(title) = document.title() {
        writeln!(out, "title: {}", escape(title))?;
    }
    for passage in &structure.passages {
        let citation = passage.provision().map(|provision| structure.citation(language, provision));
        let citation = citation.filter(|citation| !citation.is_empty()).unwrap_or_else(|| "-".to_owned());
        let text = passage.span.of(document.text());
        writeln!(out, "{} [{}] {}", escape(&citation), place(passage), escape(text))?;
    }
    Ok(())
}

/// `operative`, `definition, inserted`
fn place(passage: &Passage) -> String {
    let zone = match passage.zone {
        Zone::Operative => "operative",
        Zone::Definition => "definition",
        Zone::Purpose => "purpose",
        Zone::Recital => "recital",
        Zone::Heading => "heading",
        Zone::Contents => "contents",
        Zone::Note => "note",
        Zone::Struck => "struck",
    };
    if passage.inserted { format!("{zone}, inserted") } else { zone.to_owned() }
}
