//! How much comes out of packed streams, counted before they are unpacked.
//!
//! The parser unpacks a stream as a whole, and a kilobyte can hold a megabyte of zeros. So every stream
//! of a file is run through once without being kept, and a file that holds very much more than its
//! size is refused before the memory is spent. What is unpacked more than once, or was encrypted, is
//! counted again when a page asks for it.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;
use memchr::memmem;

use crate::reader::ReadError;

/// A stream may unpack to so many bytes, whatever the size of the file.
const SMALL: u64 = 16 << 20;
/// Beyond [`SMALL`], it may unpack to so many times the size of the file: text shrinks to a fourth.
const RATIO: u64 = 8;
/// Pictures are not kept; a white one of a whole page shrinks to a thousandth.
const PICTURE: u64 = 4;
/// All streams together may unpack to so many bytes more.
const ALL: u64 = 1 << 30;
/// The most that comes out of one byte: of Flate, of LZW and of run lengths.
const DENSEST: u64 = 1032;
/// A damaged stream that could at worst hold so many bytes is given the benefit of the doubt.
const DAMAGED: u64 = 256 << 20;
/// How far before a stream its dictionary may begin, in bytes.
const LONGEST_DICTIONARY: usize = 16 << 10;
/// Object streams of an encrypted file, which cannot be counted: so many bytes, packed.
const ENCRYPTED: u64 = 4 << 20;

/// How many bytes a stream of a file of `size` bytes may unpack to.
pub(super) fn limit(size: usize) -> u64 {
    SMALL + (size as u64).saturating_mul(RATIO)
}

/// Refuses a file with a stream that unpacks to too much, or with too many of them.
pub(super) fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let limit = limit(bytes.len());
    let encrypted = memmem::find(bytes, b"/Encrypt").is_some();
    let (mut text, mut all, mut hidden) = (0, 0, 0);
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
        let count = packed.count(&head.kinds, encrypted, most);
        all += count;
        text += if head.is_picture { 0 } else { count };
        hidden += if encrypted && head.has_objects { packed.data.len() as u64 } else { 0 };
        if count > most || text > limit * 2 || all > ALL + limit || hidden > ENCRYPTED {
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
    Packed { rest: &data, data: &data }.count(&kinds, false, most)
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

/// How data are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Hex,
    Ascii85,
    Lzw,
    RunLength,
    Flate,
    /// Pictures, which are never unpacked.
    Other,
}

impl Kind {
    fn of(filter: Filter) -> Kind {
        match filter {
            Filter::AsciiHexDecode => Kind::Hex,
            Filter::Ascii85Decode => Kind::Ascii85,
            Filter::LzwDecode => Kind::Lzw,
            Filter::RunLengthDecode => Kind::RunLength,
            Filter::FlateDecode => Kind::Flate,
            _ => Kind::Other,
        }
    }

    fn named(name: &[u8]) -> Option<Kind> {
        Some(match name {
            b"ASCIIHexDecode" | b"AHx" => Kind::Hex,
            b"ASCII85Decode" | b"A85" => Kind::Ascii85,
            b"LZWDecode" | b"LZW" => Kind::Lzw,
            b"RunLengthDecode" | b"RL" => Kind::RunLength,
            b"FlateDecode" | b"Fl" => Kind::Flate,
            b"DCTDecode" | b"DCT" | b"CCITTFaxDecode" | b"CCF" | b"JBIG2Decode" | b"JPXDecode" => Kind::Other,
            _ => return None,
        })
    }
}

/// What the dictionary of a stream says, as far as it can be told without parsing it.
#[derive(Debug, Default)]
struct Head {
    kinds: Vec<Kind>,
    is_picture: bool,
    /// Whether it holds other objects.
    has_objects: bool,
}

impl Head {
    fn of(dictionary: &[u8]) -> Head {
        let mut head = Head::default();
        for name in dictionary.split(|byte| *byte == b'/').skip(1) {
            let end = name.iter().position(|byte| b" \t\r\n\x0c\0()<>[]{}%".contains(byte));
            let name = unescape(name.get(..end.unwrap_or(name.len())).unwrap_or_default());
            head.kinds.extend(Kind::named(&name));
            head.is_picture |= name == b"Image";
            head.has_objects |= name == b"ObjStm";
        }
        head.is_picture &= !head.has_objects;
        head
    }
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

/// The data of a stream.
#[derive(Clone, Copy)]
struct Packed<'b> {
    /// Up to the end of the file: Flate knows its end, and may hold the word that ends a stream.
    rest: &'b [u8],
    /// Up to the next word that ends a stream.
    data: &'b [u8],
}

impl Packed<'_> {
    /// How much comes out, at least where it is more than `most`. Where data may be `encrypted`, Flate
    /// that breaks off is none.
    fn count(self, kinds: &[Kind], encrypted: bool, most: u64) -> u64 {
        let Some((first, others)) = kinds.split_first() else {
            // What is packed may be said elsewhere.
            return inflated(self.rest, most).unwrap_or(0);
        };
        let out = match first {
            Kind::Hex => return Packed::count_of(&unhex(self.data), others, encrypted, most),
            Kind::Ascii85 => return Packed::count_of(&ascii85(self.data), others, encrypted, most),
            Kind::Other => return 0,
            Kind::Lzw if encrypted => 0,
            Kind::Lzw => lzw(self.data, most),
            Kind::RunLength => run_lengths(self.data),
            // The parser may go on where others break off.
            Kind::Flate => inflated(self.rest, most).unwrap_or_else(|out| {
                let at_worst = (self.data.len() as u64).saturating_mul(DENSEST);
                if encrypted || at_worst <= DAMAGED { out } else { at_worst }
            }),
        };
        let denser = others.iter().filter(|kind| !matches!(kind, Kind::Hex | Kind::Ascii85 | Kind::Other));
        denser.fold(out, |out, _| out.saturating_mul(DENSEST))
    }

    fn count_of(data: &[u8], kinds: &[Kind], encrypted: bool, most: u64) -> u64 {
        if kinds.is_empty() {
            return data.len() as u64;
        }
        Packed { rest: data, data }.count(kinds, encrypted, most)
    }
}

/// How much Flate data hold, at least where it is more than `most`; as an error where they are broken.
fn inflated(data: &[u8], most: u64) -> Result<u64, u64> {
    // The header is not looked at by all that read it.
    let has_header = matches!(data, [method, flags, ..] if method & 15 == 8 && flags & 32 == 0
        && (u16::from(*method) << 8 | u16::from(*flags)).is_multiple_of(31));
    let mut data = data.get(if has_header { 2 } else { 0 }..).unwrap_or_default();
    let mut inflate = Decompress::new(false);
    let mut buffer = vec![0; 64 << 10];
    while inflate.total_out() <= most {
        let (before, out) = (inflate.total_in(), inflate.total_out());
        let Ok(status) = inflate.decompress(data, &mut buffer, FlushDecompress::None) else {
            return Err(inflate.total_out());
        };
        let used = usize::try_from(inflate.total_in() - before).unwrap_or(usize::MAX);
        data = data.get(used..).unwrap_or_default();
        // Data that are cut off are read as far as they go.
        if status == Status::StreamEnd || (used == 0 && inflate.total_out() == out) {
            break;
        }
    }
    Ok(inflate.total_out())
}

/// How much LZW data hold, at least where it is more than `most`: codes of 9 to 12 bits, each of which
/// stands for what the one before it stands for, and one byte.
fn lzw(data: &[u8], most: u64) -> u64 {
    let mut lengths: Vec<u64> = Vec::new();
    let (mut bits, mut count, mut out, mut last) = (0_u32, 0_u32, 0_u64, 0_u64);
    for byte in data {
        (bits, count) = (bits << 8 | u32::from(*byte), count + 8);
        // A code may be one bit longer one code earlier.
        let width = match lengths.len() + 258 {
            ..511 => 9,
            511..1023 => 10,
            1023..2047 => 11,
            _ => 12,
        };
        if count < width {
            continue;
        }
        count -= width;
        let code = (bits >> count) as usize & ((1 << width) - 1);
        let length = match code {
            256 => {
                lengths.clear();
                0
            }
            257 => break,
            0..256 => 1,
            code => lengths.get(code - 258).copied().unwrap_or(last + 1),
        };
        if last > 0 && length > 0 && lengths.len() + 258 < 4096 {
            lengths.push(last + 1);
        }
        (last, out) = (length, out + length);
        if out > most {
            break;
        }
    }
    out
}

/// How much run lengths hold.
fn run_lengths(data: &[u8]) -> u64 {
    let (mut at, mut out) = (0, 0);
    while let Some(length) = data.get(at) {
        match length {
            128 => break,
            0..128 => {
                out += u64::from(*length) + 1;
                at += usize::from(*length) + 2;
            }
            _ => {
                out += 257 - u64::from(*length);
                at += 2;
            }
        }
    }
    out
}

fn unhex(data: &[u8]) -> Vec<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let digits: Vec<u32> = data.iter().take_while(|byte| **byte != b'>').filter_map(digit).collect();
    digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | *digit as u8)).collect()
}

fn ascii85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let (mut group, mut count) = (0_u32, 0);
    for byte in data {
        match byte {
            b'~' => break,
            b'z' if count == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
            }
            _ => {}
        }
        if count == 5 {
            out.extend(group.to_be_bytes());
            (group, count) = (0, 0);
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend(group.to_be_bytes().iter().take(count - 1));
    }
    out
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
            ("/Filter /FlateDecode", deflate(&vec![0; 12 << 20]), true),
            ("/Filter /FlateDecode", vec![7; 100_000], true),
            ("/Filter /LZWDecode", lzw.to_vec(), true),
            ("/Filter /DCTDecode", vec![0xff; 100_000], true),
        ] {
            let found = check(&file(dictionary, &data));
            let wanted = if expected { Ok(()) } else { Err(ReadError::UnpacksTooLarge) };
            assert_eq!(found, wanted, "{dictionary}, {} bytes", data.len());
        }
    }

    #[test]
    fn what_comes_out_is_counted() {
        // The example of the specification, and runs of every kind.
        assert_eq!(lzw(&[0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01], 99), 10);
        assert_eq!(run_lengths(&[2, 1, 2, 3, 254, 7, 128, 9]), 6);
        assert_eq!(unhex(b"48 65\n6C>"), b"Hel");
        assert_eq!(ascii85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(inflated(&deflate(&[7; 1000]), 5000), Ok(1000));
        assert_eq!(inflated(&[7, 7, 7], 5000), Err(0));
    }
}
