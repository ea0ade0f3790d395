//! A document is opened: its bytes, its format, its text, what is found in it.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read as _;

use crate::cache::{Cache, Inputs, Key};
use crate::config::Settings;
use crate::document::Document;
use crate::reader::{self, Format, ReadError};
use crate::scan::{Scanned, Scanner};
use crate::structure::Structure;
use crate::walk::{Input, Source, describe};

/// A document that was read.
#[derive(Clone, Copy)]
pub(super) struct Opened<'a> {
    pub(super) document: &'a Document,
    pub(super) format: Format,
    /// What it was read from.
    pub(super) bytes: &'a [u8],
}

/// The bytes of the document at `input`. Errors are one line.
pub(super) fn bytes<'i>(input: &'i Input, settings: &Settings) -> Result<Cow<'i, [u8]>, String> {
    let limit = settings.max_file_size;
    let bytes = match &input.source {
        Source::Memory(bytes) => Cow::Borrowed(bytes.as_slice()),
        Source::File(path) => {
            let file = File::open(path).map_err(|error| describe(&error))?;
            let mut bytes = Vec::new();
            file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| describe(&error))?;
            Cow::Owned(bytes)
        }
    };
    if bytes.len() as u64 > limit {
        return Err(format!("larger than {} MiB; raise --max-file-size to read it", limit >> 20));
    }
    Ok(bytes)
}

/// Reads a document as `settings` say, and says in which format. Errors are one line.
pub(super) fn read(input: &Input, bytes: &[u8], settings: &Settings) -> Result<(Document, Format), String> {
    let detect = || match (reader::detect(&input.path, bytes), input.format) {
        (Err(ReadError::UnknownFormat), Some(format)) => Ok(format),
        (found, _) => found,
    };
    let format = settings.format.map_or_else(detect, Ok);
    let read = format.and_then(|format| Ok((reader::read_with(format, bytes, settings.read)?, format)));
    read.map_err(|error| error.to_string())
}

/// What the scan finds, or found in the same bytes before.
pub(super) fn scan(
    opened: Opened<'_>,
    scanner: &Scanner<'_>,
    settings: &Settings,
    cache: Option<&Cache>,
) -> Scanned {
    let Opened { document, format, bytes } = opened;
    let language = settings.language.as_deref();
    let scan = || scanner.scan_in(document, language);
    let Some(cache) = cache else { return scan() };
    let inputs = Inputs { format, read: settings.read, rules: &scanner.rules().digest, language };
    let key = Key::new(bytes, inputs);
    if let Some(kept) = cache.get(&key) {
        // The outline costs little and is not kept.
        let rules = kept.language.as_deref().and_then(|tag| scanner.rules().language(tag));
        let structure = rules.map(|rules| Structure::new(document, &rules.language)).unwrap_or_default();
        return Scanned { structure, ..kept };
    }
    let found = scan();
    cache.put(&key, &found);
    found
}
