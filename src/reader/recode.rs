//! A stream in another encoding, read as UTF-8.
//!
//! The parts of an office file are UTF-8, all but always. XML allows others, and some converters write
//! UTF-16; a part is decoded while it is read, as it is inflated while it is read.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding};

use super::archive::Metered;
use super::decode::{declared, utf16};

/// How many bytes are decoded at a time.
const CHUNK: usize = 16 << 10;

/// The encoding of a part that begins with `head`, if it is not UTF-8.
pub(super) fn other_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let named = || declared(head).filter(|encoding| encoding.is_ascii_compatible());
    utf16(head).or_else(named).filter(|encoding| *encoding != encoding_rs::UTF_8)
}

/// A stream that is decoded as it is read.
pub(super) struct Recoded<R> {
    inner: Metered<R>,
    decoder: Decoder,
    /// What is decoded and not read yet, from `read` on.
    decoded: Vec<u8>,
    read: usize,
    ended: bool,
}

impl<R: Read> Recoded<R> {
    pub(super) fn new(inner: Metered<R>, encoding: &'static Encoding) -> Recoded<R> {
        let decoder = encoding.new_decoder_with_bom_removal();
        Recoded { inner, decoder, decoded: Vec::new(), read: 0, ended: false }
    }

    /// Decodes the next bytes.
    fn decode(&mut self) -> io::Result<()> {
        self.inner.begin_event();
        let bytes = self.inner.fill_buf()?;
        let bytes = bytes.get(..CHUNK).unwrap_or(bytes);
        let last = bytes.is_empty();
        self.decoded.resize(self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(CHUNK * 4), 0);
        let (result, used, written, _) = self.decoder.decode_to_utf8(bytes, &mut self.decoded, last);
        self.decoded.truncate(written);
        self.read = 0;
        self.ended = last && result == CoderResult::InputEmpty;
        self.inner.consume(used);
        Ok(())
    }
}

impl<R: Read> Read for Recoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.read >= self.decoded.len() && !self.ended {
            self.decode()?;
        }
        let available = self.decoded.get(self.read..).unwrap_or_default();
        let count = available.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), available.get(..count)) {
            to.copy_from_slice(from);
        }
        self.read += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Option<&str>) {
        let found = other_encoding(bytes).map(|encoding| {
            let mut text = String::new();
            let metered = Metered::new(bytes, u64::MAX);
            Recoded::new(metered, encoding).read_to_string(&mut text).unwrap();
            text
        });
        assert_eq!(found.as_deref(), expected);
    }

    #[test]
    fn parts_in_other_encodings() {
        let text = format!(
            "<?xml version='1.0' encoding='UTF-16'?><a>\u{e9} \u{1f600} {}</a>",
            "key ".repeat(30_000)
        );
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&little, Some(&text));
        check(&[&b"\xff\xfe"[..], &little].concat(), Some(&text));
        check(&[&b"\xfe\xff"[..], &big].concat(), Some(&text));
        check(
            b"<?xml version='1.0' encoding='windows-1252'?><a>\xe9</a>",
            Some("<?xml version='1.0' encoding='windows-1252'?><a>\u{e9}</a>"),
        );
        check("<?xml version='1.0' encoding='UTF-16'?><a>\u{e9}</a>".as_bytes(), None);
        check("\u{feff}<?xml version='1.0' encoding='utf-8'?><a>\u{e9}</a>".as_bytes(), None);
        check(b"", None);
    }
}
