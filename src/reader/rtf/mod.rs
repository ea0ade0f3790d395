//! RTF.

use super::{ReadError, ReadOptions};
use crate::document::Document;

pub(super) fn read(_bytes: &[u8], _options: ReadOptions) -> Result<Document, ReadError> {
    Err(ReadError::UnsupportedFormat { format: "RTF" })
}
