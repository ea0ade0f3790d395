//! A document is opened: its bytes, its format, its text.

use std::fs::File;
use std::io::Read as _;

use crate::config::Settings;
use crate::document::Document;
use crate::reader::{self, Format, ReadError};
use crate::walk::{Input, Source, describe};

/// Reads the document at `input` as `settings` say, and says in which format. Errors are one line.
pub(super) fn open(input: &Input, settings: &Settings) -> Result<(Document, Format), String> {
    match &input.source {
        Source::Memory(bytes) => read_bytes(input, bytes, settings),
        Source::File(path) => {
            let file = File::open(path).map_err(|error| describe(&error))?;
            let mut bytes = Vec::new();
            let limit = settings.max_file_size.saturating_add(1);
            file.take(limit).read_to_end(&mut bytes).map_err(|error| describe(&error))?;
            read_bytes(input, &bytes, settings)
        }
    }
}

fn read_bytes(input: &Input, bytes: &[u8], settings: &Settings) -> Result<(Document, Format), String> {
    let limit = settings.max_file_size;
    if bytes.len() as u64 > limit {
        return Err(format!("larger than {} MiB; raise --max-file-size to read it", limit >> 20));
    }
    let detect = || match (reader::detect(&input.path, bytes), input.format) {
        (Err(ReadError::UnknownFormat), Some(format)) => Ok(format),
        (found, _) => found,
    };
    let format = settings.format.map_or_else(detect, Ok);
    let read = format.and_then(|format| Ok((reader::read_with(format, bytes, settings.read)?, format)));
    read.map_err(|error| error.to_string())
}
