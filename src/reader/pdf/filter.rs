//! How much comes out of packed data, found without keeping it.
//!
//! The parser unpacks a stream as a whole. What it would get is counted first, filter by filter; where it
//! cannot be told without unpacking, the worst that the filter can do is assumed.

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;

/// The most that comes out of one byte: of Flate, of LZW and of run lengths.
const DENSEST: u64 = 1032;

/// How data are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Hex,
    Ascii85,
    Lzw,
    RunLength,
    Flate,
    /// Pictures, which are never unpacked.
    Other,
}

impl Kind {
    pub(super) fn of(filter: Filter) -> Kind {
        match filter {
            Filter::AsciiHexDecode => Kind::Hex,
            Filter::Ascii85Decode => Kind::Ascii85,
            Filter::LzwDecode => Kind::Lzw,
            Filter::RunLengthDecode => Kind::RunLength,
            Filter::FlateDecode => Kind::Flate,
            _ => Kind::Other,
        }
    }

    pub(super) fn named(name: &[u8]) -> Option<Kind> {
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

/// What comes out of a stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) bytes: u64,
    /// Slashes, with which names begin.
    pub(super) names: u64,
    /// The bytes that may come out at worst, where the data are damaged: the parser may go on where others
    /// break off.
    pub(super) at_worst: u64,
}

impl Found {
    /// So many bytes, every sixth of which may begin a name.
    fn unseen(bytes: u64) -> Found {
        Found { bytes, names: bytes / 6, at_worst: 0 }
    }

    fn of(data: &[u8]) -> Found {
        Found { bytes: data.len() as u64, names: memchr::memchr_iter(b'/', data).count() as u64, at_worst: 0 }
    }
}

/// The data of a stream.
#[derive(Clone, Copy)]
pub(super) struct Packed<'b> {
    /// Up to the end of the file: Flate knows its end, and may hold the word that ends a stream.
    pub(super) rest: &'b [u8],
    /// Up to the next word that ends a stream.
    pub(super) data: &'b [u8],
}

impl Packed<'_> {
    /// How much comes out, at least where it is more than `most`. Where data may be `encrypted`, Flate
    /// that breaks off is none.
    pub(super) fn count(self, kinds: &[Kind], encrypted: bool, most: u64) -> Found {
        let Some((first, others)) = kinds.split_first() else {
            // What is packed may be said elsewhere.
            let packed = inflated(self.rest, most).unwrap_or_default();
            let plain = if encrypted { Found::default() } else { Found::of(self.data) };
            return if packed.bytes > plain.bytes { packed } else { plain };
        };
        let found = match first {
            Kind::Hex => return Packed::count_of(&unhex(self.data), others, encrypted, most),
            Kind::Ascii85 => return Packed::count_of(&ascii85(self.data), others, encrypted, most),
            Kind::Other => return Found::default(),
            Kind::Lzw if encrypted => Found::default(),
            Kind::Lzw => Found::unseen(lzw(self.data, most)),
            Kind::RunLength => Found::unseen(run_lengths(self.data)),
            Kind::Flate => inflated(self.rest, most).unwrap_or_else(|found| {
                let at_worst = (self.data.len() as u64).saturating_mul(DENSEST);
                Found { at_worst: if encrypted { 0 } else { at_worst }, ..found }
            }),
        };
        let denser = others.iter().filter(|kind| !matches!(kind, Kind::Hex | Kind::Ascii85 | Kind::Other));
        denser.fold(found, |found, _| Found::unseen(found.bytes.saturating_mul(DENSEST)))
    }

    fn count_of(data: &[u8], kinds: &[Kind], encrypted: bool, most: u64) -> Found {
        if kinds.is_empty() {
            return Found::of(data);
        }
        Packed { rest: data, data }.count(kinds, encrypted, most)
    }
}

/// How much Flate data hold, at least where it is more than `most`; as an error where they are broken.
fn inflated(data: &[u8], most: u64) -> Result<Found, Found> {
    // The header is not looked at by all that read it.
    let has_header = matches!(data, [method, flags, ..] if method & 15 == 8 && flags & 32 == 0
        && (u16::from(*method) << 8 | u16::from(*flags)).is_multiple_of(31));
    let mut data = data.get(if has_header { 2 } else { 0 }..).unwrap_or_default();
    let mut inflate = Decompress::new(false);
    let mut buffer = vec![0; 64 << 10];
    let mut found = Found::default();
    while found.bytes <= most {
        let before = inflate.total_in();
        let Ok(status) = inflate.decompress(data, &mut buffer, FlushDecompress::None) else {
            return Err(found);
        };
        let used = usize::try_from(inflate.total_in() - before).unwrap_or(usize::MAX);
        data = data.get(used..).unwrap_or_default();
        let out = usize::try_from(inflate.total_out() - found.bytes).unwrap_or(usize::MAX);
        let new = Found::of(buffer.get(..out).unwrap_or_default());
        found = Found { bytes: inflate.total_out(), names: found.names + new.names, at_worst: 0 };
        // Data that are cut off are read as far as they go.
        if status == Status::StreamEnd || (used == 0 && out == 0) {
            break;
        }
    }
    Ok(found)
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

/// Packs what a test has unpacked.
#[cfg(test)]
pub(super) fn deflate(data: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(data).unwrap();
    packer.finish().unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_out_is_counted() {
        // The example of the specification, and runs of every kind.
        assert_eq!(lzw(&[0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01], 99), 10);
        assert_eq!(run_lengths(&[2, 1, 2, 3, 254, 7, 128, 9]), 6);
        assert_eq!(unhex(b"48 65\n6C>"), b"Hel");
        assert_eq!(ascii85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(
            inflated(&deflate(&[b'/'; 1000]), 5000),
            Ok(Found { bytes: 1000, names: 1000, at_worst: 0 })
        );
        assert_eq!(inflated(&[7, 7, 7], 5000), Err(Found::default()));
    }
}
