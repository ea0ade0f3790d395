//! RTF.

use super::ReadError;
use crate::document::Document;

pub(super) fn read(_bytes: &[u8]) -> Result<Document, ReadError> {
    Err(ReadError::UnsupportedFormat { format: "RTF" })
}
