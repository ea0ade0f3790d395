//! ODT.

use super::ReadError;
use crate::document::Document;

pub(super) fn read(_bytes: &[u8], _options: super::ReadOptions) -> Result<Document, ReadError> {
    Err(ReadError::UnsupportedFormat { format: "ODT" })
}
