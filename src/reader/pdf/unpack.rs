//! How much comes out of packed streams, counted before they are unpacked.
//!
//! The parser unpacks a stream as a whole, and a kilobyte can hold a megabyte of zeros. So every stream
//! of a file is run through once without being kept, and a file that holds very much more than its
//! size is refused before the memory is spent. What is unpacked more than once, or was encrypted, is
//! counted again when a page asks for it.

use std::borrow::Cow;

use hayro_syntax::object::Stream;
use memchr::memmem;

use super::filter::{Found, Kind, Packed};
use crate::reader::ReadError;

/// A stream may unpack to so many bytes, and to so many more for each byte of the file. A page takes some
/// ten thousand.
const ONE: (u64, u64) = (6 << 20, 3);
/// All streams that are no pictures together: what is taken for a stream of objects is kept. Text shrinks
/// to a fourth.
const TOGETHER: (u64, u64) = (16 << 20, 5);
/// Names in one stream, at most, and one more for so many bytes of the file: the parser makes a table of
/// those in a dictionary.
const NAMES: (u64, u64) = (200_000, 32);
/// Objects inside of streams, and entries of tables of objects: each has a place of its own in memory.
const OBJECTS: (u64, u64) = (200_000, 16);
/// Pictures are not kept; a white one of a whole page shrinks to a thousandth.
const PICTURE: u64 = 4;
/// All streams together may unpack to so many bytes more.
const ALL: u64 = 1 << 30;
/// Damaged streams that could at worst hold so many bytes are given the benefit of the doubt.
const DAMAGED: u64 = 32 << 20;
/// How far before a stream its dictionary may begin, in bytes.
const LONGEST_DICTIONARY: usize = 16 << 10;
/// Object streams of an encrypted file, which cannot be counted: so many bytes, packed.
const ENCRYPTED: u64 = 4 << 20;
/// Bytes that the place of an object in a stream of objects takes: two digits and two spaces.
const SHORTEST_OBJECT: u64 = 4;

/// How many bytes a stream of a file of `size` bytes may unpack to.
pub(super) fn limit(size: usize) -> u64 {
    ONE.0 + (size as u64).saturating_mul(ONE.1)
}

/// What the streams of a file hold.
#[derive(Debug, Default)]
struct Tally {
    /// Bytes of all that are no pictures.
    text: u64,
    /// Bytes of all.
    all: u64,
    /// Bytes that all that are damaged may hold at worst.
    damaged: u64,
    /// Packed bytes of objects that are encrypted.
    hidden: u64,
    objects: u64,
    entries: u64,
}

impl Tally {
    /// Whether that is more than a file of `size` bytes may hold.
    fn is_too_much(&self, size: usize) -> bool {
        let size = size as u64;
        let objects = OBJECTS.0 + size / OBJECTS.1;
        self.text > TOGETHER.0 + size.saturating_mul(TOGETHER.1)
            || self.all > ALL + limit(size as usize)
            || self.damaged > DAMAGED
            || self.hidden > ENCRYPTED
            || self.objects > objects
            || self.entries > objects
    }

    /// Counts a stream that holds so many bytes.
    fn add(&mut self, head: &Head, found: Found) {
        let bytes = found.bytes;
        self.all += bytes;
        self.damaged += found.at_worst;
        if !head.is_picture {
            self.text += bytes;
            self.objects += head.objects.map_or(0, |objects| objects.min(bytes / SHORTEST_OBJECT));
            self.entries += head.entry.map_or(0, |entry| bytes / entry);
        }
    }
}

/// Refuses a file with a stream that unpacks to too much, or with too many of them.
pub(super) fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let limit = limit(bytes.len());
    let most_names = NAMES.0 + bytes.len() as u64 / NAMES.1;
    let encrypted = memmem::find(bytes, b"/Encrypt").is_some();
    let mut tally = Tally::default();
    let mut ends = memmem::find_iter(bytes, b"endstream").peekable();
    for at in memmem::find_iter(bytes, b"stream") {
        let Some(start) = data_start(bytes, at) else { continue };
        while ends.next_if(|end| *end < start).is_some() {}
        let end = ends.peek().copied().unwrap_or(bytes.len());
        let packed = Packed {
            rest: bytes.get(start..).unwrap_or_default(),
            data: bytes.get(start..end).unwrap_or_default(),
        };
        let head = Head::of(dictionary(bytes, at));
        let most = if head.is_picture { limit * PICTURE } else { limit };
        let found = packed.count(&head.kinds, encrypted, most);
        tally.add(&head, found);
        tally.hidden += if encrypted && head.has_objects { packed.data.len() as u64 } else { 0 };
        let is_too_long = found.bytes > most || (!head.is_picture && found.names > most_names);
        if is_too_long || tally.is_too_much(bytes.len()) {
            return Err(ReadError::UnpacksTooLarge);
        }
    }
    Ok(())
}

/// The bytes that a stream unpacks to, as long as they are `limit` at most.
pub(super) fn unpack<'a>(stream: &Stream<'a>, limit: u64) -> Option<Cow<'a, [u8]>> {
    (size(stream, limit) <= limit).then(|| stream.decoded_data().unwrap_or_default())
}

/// How many bytes `stream` unpacks to, at least where they are more than `most`.
pub(super) fn size(stream: &Stream<'_>, most: u64) -> u64 {
    let kinds: Vec<Kind> = stream.filters().into_iter().map(Kind::of).collect();
    let data = stream.raw_data();
    if kinds.is_empty() {
        return data.len() as u64;
    }
    Packed { rest: &data, data: &data }.count(&kinds, false, most).bytes
}

/// Where the data of the stream begin whose keyword stands at `at`.
fn data_start(bytes: &[u8], at: usize) -> Option<usize> {
    let is_end = bytes.get(at.saturating_sub(3)..at) == Some(b"end");
    let after = at + b"stream".len();
    match bytes.get(after..)? {
        _ if is_end => None,
        [b'\r', b'\n', ..] => Some(after + 2),
        [b'\n' | b'\r', ..] => Some(after + 1),
        _ => None,
    }
}

/// What stands between the number of an object and its stream.
fn dictionary(bytes: &[u8], at: usize) -> &[u8] {
    let before = bytes.get(at.saturating_sub(LONGEST_DICTIONARY)..at).unwrap_or_default();
    let start = memmem::rfind(before, b"obj").unwrap_or(0);
    before.get(start..).unwrap_or_default()
}

/// What the dictionary of a stream says, as far as it can be told without parsing it.
#[derive(Debug, Default)]
struct Head {
    kinds: Vec<Kind>,
    is_picture: bool,
    /// Whether it holds other objects.
    has_objects: bool,
    /// How many objects it says that it holds.
    objects: Option<u64>,
    /// How many bytes an entry takes, if it is a table of objects.
    entry: Option<u64>,
}

impl Head {
    fn of(dictionary: &[u8]) -> Head {
        let mut head = Head::default();
        for name in dictionary.split(|byte| *byte == b'/').skip(1) {
            let end = name.iter().position(|byte| b" \t\r\n\x0c\0()<>[]{}%".contains(byte));
            let (name, value) = name.split_at(end.unwrap_or(name.len()));
            let name = unescape(name);
            head.kinds.extend(Kind::named(&name));
            head.is_picture |= name == b"Image";
            head.has_objects |= name == b"ObjStm";
            match name.as_slice() {
                b"N" => head.objects = Some(numbers(value).first().copied().unwrap_or(u64::MAX)),
                // The narrowest entry has a byte for its place and one beside it.
                b"W" => head.entry = Some(numbers(value).iter().take(3).sum::<u64>().max(2)),
                _ => {}
            }
        }
        head.is_picture &= !head.has_objects;
        head
    }
}

/// The numbers of a value, a reference to one being none.
fn numbers(value: &[u8]) -> Vec<u64> {
    let words = value.split(|byte| !byte.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.take(4).filter_map(|word| std::str::from_utf8(word).ok()).collect();
    if words.get(2).is_some_and(|word| *word == "R") {
        return Vec::new();
    }
    words.iter().map_while(|word| word.parse().ok()).collect()
}

/// A name without its `#41`.
fn unescape(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.filter(|_| byte == b'#').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        plain.push(code.unwrap_or(byte));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn deflate(data: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(data).unwrap();
        packer.finish().unwrap()
    }

    fn file(dictionary: &str, data: &[u8]) -> Vec<u8> {
        let head = format!("%PDF-1.4\n1 0 obj << {dictionary} >>\nstream\n");
        [head.as_bytes(), data, b"\nendstream\nendobj\n"].concat()
    }

    #[test]
    fn what_holds_too_much_is_refused() {
        let zeros = deflate(&vec![0; 20 << 20]);
        // Of zeros that are packed twice there are few; the second packing is taken to be as dense as can be.
        let twice = deflate(&zeros);
        let lzw = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        for (dictionary, data, expected) in [
            ("/Filter /FlateDecode", zeros.clone(), false),
            ("/Filter /F#6cateDecode", zeros.clone(), false),
            ("/Filter 5 0 R", zeros.clone(), false),
            ("/Filter [/FlateDecode /FlateDecode]", twice, false),
            (
                "/Filter /AHx /Filter /FlateDecode",
                zeros.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect(),
                false,
            ),
            ("/Encrypt 1 0 R /Type /ObjStm /Filter /FlateDecode", vec![1; 5 << 20], false),
            ("/Subtype /Image /Filter /FlateDecode", zeros, true),
            ("/Filter /FlateDecode", deflate(&vec![0; 5 << 20]), true),
            ("/Filter /FlateDecode", deflate(&vec![b'/'; 1 << 20]), false),
            ("/Type /ObjStm /N 500000 /Filter /FlateDecode", deflate(&vec![b' '; 1 << 20]), false),
            ("/Type /ObjStm /N 7 0 R /Filter /FlateDecode", deflate(&vec![b' '; 1 << 20]), false),
            ("/Type /ObjStm /N 100 /Filter /FlateDecode", deflate(&vec![b' '; 1 << 20]), true),
            ("/W [1 0 1] /Filter /FlateDecode", deflate(&vec![1; 1 << 20]), false),
            ("/W[1 4 2] /Filter /FlateDecode", deflate(&vec![1; 1 << 20]), true),
            ("/Filter /FlateDecode", vec![7; 30_000], true),
            ("/Filter /FlateDecode", vec![7; 100_000], false),
            ("/Filter /LZWDecode", lzw.to_vec(), true),
            ("/Filter /DCTDecode", vec![0xff; 100_000], true),
        ] {
            let found = check(&file(dictionary, &data));
            let wanted = if expected { Ok(()) } else { Err(ReadError::UnpacksTooLarge) };
            assert_eq!(found, wanted, "{dictionary}, {} bytes", data.len());
        }
    }
}
