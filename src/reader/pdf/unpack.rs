//! How much comes out of packed streams, counted before they are unpacked.
//!
//! The parser unpacks a stream as a whole, and a kilobyte can hold a megabyte of zeros. So every stream
//! of a file is run through once without being kept, and a file that holds very much more than its
//! size is refused before the memory is spent. What is unpacked more than once is counted again when a page
//! asks for it. Pictures are not counted but hidden from the parser: nobody here looks at them, and a table of
//! objects may say of a picture that it is a stream of objects, which the parser would unpack and keep.

use std::borrow::Cow;

use hayro_syntax::Filter;
use hayro_syntax::object::Stream;
use memchr::memmem;

use super::filter::{Kind, Packed};
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
/// Damaged streams that could at worst hold so many bytes are given the benefit of the doubt.
const DAMAGED: u64 = 32 << 20;
/// How far before a stream its dictionary may begin, in bytes.
const LONGEST_DICTIONARY: usize = 16 << 10;
/// Bytes that the place of an object in a stream of objects takes: two digits and two spaces.
const SHORTEST_OBJECT: u64 = 4;

/// How many bytes a stream of a file of `size` bytes may unpack to.
pub(super) fn limit(size: usize) -> u64 {
    ONE.0 + (size as u64).saturating_mul(ONE.1)
}

/// What the streams of a file hold.
#[derive(Debug, Default)]
struct Tally {
    /// Bytes of all.
    bytes: u64,
    /// Bytes that all that are damaged may hold at worst.
    damaged: u64,
    objects: u64,
    entries: u64,
}

/// Counts the streams of a file, one after the other.
pub(super) struct Counter {
    size: u64,
    limit: u64,
    tally: Tally,
}

impl Counter {
    /// For a file of `size` bytes.
    pub(super) fn new(size: usize) -> Counter {
        Counter { size: size as u64, limit: limit(size), tally: Tally::default() }
    }

    /// Counts a stream.
    ///
    /// # Errors
    /// Where it, or all that were counted together, is more than the file may hold.
    pub(super) fn add(&mut self, head: &Head, packed: Packed<'_>, encrypted: bool) -> Result<(), ReadError> {
        let found = packed.count(&head.kinds, encrypted, self.limit);
        let tally = &mut self.tally;
        tally.bytes += found.bytes;
        tally.damaged += found.at_worst;
        tally.objects += head.objects.map_or(0, |objects| objects.min(found.bytes / SHORTEST_OBJECT));
        tally.entries += head.entry.map_or(0, |entry| found.bytes / entry);
        let is_too_long = found.bytes > self.limit || found.names > NAMES.0 + self.size / NAMES.1;
        if is_too_long || tally.is_too_much(self.size) { Err(ReadError::UnpacksTooLarge) } else { Ok(()) }
    }
}

impl Tally {
    /// Whether that is more than a file of `size` bytes may hold.
    fn is_too_much(&self, size: u64) -> bool {
        let objects = OBJECTS.0 + size / OBJECTS.1;
        self.bytes > TOGETHER.0 + size.saturating_mul(TOGETHER.1)
            || self.damaged > DAMAGED
            || self.objects > objects
            || self.entries > objects
    }
}

/// Counts what the streams of a file unpack to, as far as they are not encrypted. Where the keywords of those
/// stand that the parser should not see.
///
/// # Errors
/// Where a stream unpacks to too much, or all of them together.
pub(super) fn check(bytes: &[u8]) -> Result<Vec<usize>, ReadError> {
    let encrypted = is_encrypted(bytes);
    let mut counter = Counter::new(bytes.len());
    let mut hidden = Vec::new();
    let mut ends = memmem::find_iter(bytes, b"endstream").peekable();
    for (at, start) in streams(bytes) {
        while ends.next_if(|end| *end < start).is_some() {}
        let head = Head::of(dictionary(bytes, at));
        if head.is_picture {
            hidden.push(at);
            continue;
        }
        let end = head.end(start, ends.peek().copied(), bytes.len());
        let packed = Packed {
            rest: bytes.get(start..).unwrap_or_default(),
            data: bytes.get(start..end).unwrap_or_default(),
        };
        // A table of objects never is.
        counter.add(&head, packed, encrypted && head.entry.is_none())?;
    }
    Ok(hidden)
}

/// Whether the file says that it is encrypted.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    memmem::find(bytes, b"/Encrypt").is_some()
}

/// Where the keywords of all streams stand, and where their data begin.
pub(super) fn streams(bytes: &[u8]) -> impl Iterator<Item = (usize, usize)> + '_ {
    memmem::find_iter(bytes, b"stream").filter_map(|at| Some((at, data_start(bytes, at)?)))
}

/// The bytes that a stream unpacks to, as long as they are `limit` at most.
pub(super) fn unpack<'a>(stream: &Stream<'a>, limit: u64) -> Option<Cow<'a, [u8]>> {
    (size(stream, limit) <= limit).then(|| stream.decoded_data().unwrap_or_default())
}

/// How many bytes `stream` unpacks to, at least where they are more than `most`.
pub(super) fn size(stream: &Stream<'_>, most: u64) -> u64 {
    let kinds = kinds(stream);
    let data = stream.raw_data();
    if kinds.is_empty() {
        return data.len() as u64;
    }
    Packed { rest: &data, data: &data }.count(&kinds, false, most).bytes
}

/// How a stream is packed, encryption aside.
pub(super) fn kinds(stream: &Stream<'_>) -> Vec<Kind> {
    stream.filters().into_iter().filter(|filter| *filter != Filter::Crypt).map(Kind::of).collect()
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
pub(super) fn dictionary(bytes: &[u8], at: usize) -> &[u8] {
    let before = bytes.get(at.saturating_sub(LONGEST_DICTIONARY)..at).unwrap_or_default();
    let start = memmem::rfind(before, b"obj").unwrap_or(0);
    before.get(start..).unwrap_or_default()
}

/// What the dictionary of a stream says, as far as it can be told without parsing it.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) kinds: Vec<Kind>,
    pub(super) is_picture: bool,
    /// Whether it holds other objects.
    has_objects: bool,
    /// How many objects it says that it holds.
    objects: Option<u64>,
    /// How many bytes an entry takes, if it is a table of objects.
    pub(super) entry: Option<u64>,
    /// How many bytes of data it says that it has, `u64::MAX` where another object says it.
    length: Option<u64>,
}

impl Head {
    pub(super) fn of(dictionary: &[u8]) -> Head {
        let mut head = Head::default();
        let (mut depth, mut before) = (0, Vec::new());
        for (index, name) in dictionary.split(|byte| *byte == b'/').enumerate() {
            let end = name.iter().position(|byte| b" \t\r\n\x0c\0()<>[]{}%".contains(byte));
            let (name, value) = name.split_at(end.unwrap_or(name.len()));
            let name = if index == 0 { Vec::new() } else { unescape(name) };
            head.kinds.extend(Kind::named(&name));
            head.is_picture |= depth == 1 && before == b"Subtype" && name == b"Image";
            head.has_objects |= name == b"ObjStm";
            match name.as_slice() {
                b"N" => head.objects = Some(numbers(value).first().copied().unwrap_or(u64::MAX)),
                // The narrowest entry has a byte for its place and one beside it.
                b"W" => head.entry = Some(numbers(value).iter().take(3).sum::<u64>().max(2)),
                b"Length" => head.length = Some(numbers(value).first().copied().unwrap_or(u64::MAX)),
                _ => {}
            }
            depth += count(value, b"<<") - count(value, b">>");
            // Only the name of a value follows at once.
            before = if value.trim_ascii().is_empty() { name } else { Vec::new() };
        }
        head
    }

    /// Where its data end that begin at `start`, the next word for it standing at `end`. Objects that are not
    /// packed may hold that word, and what is said to be longer is taken at its word.
    fn end(&self, start: usize, end: Option<usize>, most: usize) -> usize {
        let end = end.unwrap_or(most);
        let said = match self.length {
            _ if self.kinds.first() == Some(&Kind::Flate) => 0,
            Some(u64::MAX) if !self.has_objects => 0,
            length => length.and_then(|length| usize::try_from(length).ok()).unwrap_or(0),
        };
        start.saturating_add(said).min(most).max(end)
    }
}

fn count(bytes: &[u8], word: &[u8]) -> i64 {
    memmem::find_iter(bytes, word).count() as i64
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
pub(super) fn unescape(name: &[u8]) -> Vec<u8> {
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
    use super::super::filter::deflate;
    use super::*;

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
            ("/Subtype /Form /Image 5 0 R /Filter /FlateDecode", zeros.clone(), false),
            ("/Resources << /Subtype /Image >> /Filter /FlateDecode", zeros.clone(), false),
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
            let found = found.map(|_| ());
            let wanted = if expected { Ok(()) } else { Err(ReadError::UnpacksTooLarge) };
            assert_eq!(found, wanted, "{dictionary}, {} bytes", data.len());
        }
    }

    #[test]
    fn objects_that_hold_each_other_are_counted_each() {
        let nested = |said: &dyn Fn(usize) -> String| {
            let object =
                |left: usize| format!("1 0 obj <</Type/ObjStm{}>>\nstream\n\nendstream\n", said(left));
            format!(
                "%PDF-1.4\n{}{}",
                (0..60).map(|at| object(60 - at)).collect::<String>(),
                " ".repeat(1 << 20)
            )
        };
        for (said, expected) in [
            (&(|_| "/Length 1".to_owned()) as &dyn Fn(usize) -> String, true),
            (&|left| format!("/Length {}", (1 << 20) + left), false),
            (&|_| "/Length 9 0 R".to_owned(), false),
            (&|_| "/Length 9 0 R/Filter/FlateDecode".to_owned(), true),
        ] {
            assert_eq!(check(nested(said).as_bytes()).is_ok(), expected, "{}", said(1));
        }
    }
}
