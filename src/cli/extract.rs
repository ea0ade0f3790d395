//! `rightslint extract`: a document as the program reads it.
//!
//! Where a finding is missing or stands in the wrong section, this shows why: every passage with its
//! citation and the zone that it was taken to stand in.

use std::io::{self, Write};

use super::args::ExtractArguments;
use super::{CommandError, Outcome, Terminal};
use crate::document::Document;
use crate::language::{Language, Zone};
use crate::lint::{MAX_FILE_SIZE, read};
use crate::report::escape;
use crate::rule::RuleSet;
use crate::scan::Scanner;
use crate::structure::{Passage, Structure};
use crate::walk::{StandardInput, walk};

pub(super) fn run(
    arguments: &ExtractArguments,
    rules: &RuleSet,
    terminal: &mut Terminal<'_>,
) -> Result<Outcome, CommandError> {
    let standard_input = StandardInput { name: arguments.stdin_filename.clone(), limit: MAX_FILE_SIZE };
    let walked = walk(std::slice::from_ref(&arguments.file), &standard_input);
    if let Some(failure) = walked.failures.into_iter().next() {
        return Err(failure.into());
    }
    let (scanner, unknown) = (Scanner::new(rules), Language::default());
    let mut outcome = Outcome::Clean;
    for input in walked.inputs {
        let path = input.path.clone();
        let document = read(input, arguments.reading.into(), MAX_FILE_SIZE)?;
        let language = scanner.language_of(&document, None).map_or(&unknown, |rules| &rules.language);
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
