//! HTML.

use super::ReadError;
use crate::document::{Document, Origin};

pub(super) fn read(_source: &str, _origin: Origin) -> Result<Document, ReadError> {
    Err(ReadError::UnsupportedFormat { format: "HTML" })
}
