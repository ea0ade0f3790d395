//! Encodings: from the bytes of a file to text, with the way back to the bytes.
//!
//! A byte order mark goes first, then what the file declares, then UTF-8 if the bytes are that, then
//! what the bytes look like. Files are often saved anew with their old declaration: one that the bytes
//! disprove is passed over. A few stray bytes in UTF-8 are read as windows-1252, which they nearly
//! always are. Bytes that make no sense in any encoding are refused.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::ReadError;
use crate::document::{Origin, Recoding};

/// How far into a file a declaration of its encoding is looked for.
const DECLARATION: usize = 1024;
/// How much of a file shows whether it is UTF-16.
const SAMPLE: usize = 4096;
/// How much of a file tells its encoding, from the first letter on that is not ASCII.
const TELLING: usize = 1 << 20;
/// More bytes of text than one byte of a file can complete.
const LONGEST_PIECE: usize = 32;
/// So many control characters are no reason to refuse a text, however short it is.
const STRAY: usize = 2;
/// Of so many characters, one may be a control character or unreadable.
const ONE_BAD_OF: usize = 50;

/// So many lines a text may have, however short it is.
const FEW_LINES: usize = 2_000_000;
/// Beyond [`FEW_LINES`], one for so many bytes.
const BYTES_OF_LINE: usize = 4;

/// The text of a file.
#[derive(Clone, Debug)]
pub(super) struct Decoded<'b> {
    /// The text; a byte order mark stays in front of it.
    pub(super) text: Cow<'b, str>,
    /// From offsets of the text to offsets of the file; `None` where they are the same.
    pub(super) recoding: Option<Recoding>,
}

impl<'b> Decoded<'b> {
    /// The text, and how it leads back to the file.
    pub(super) fn into_parts(self) -> (Cow<'b, str>, Origin) {
        (self.text, self.recoding.map_or(Origin::Bytes, Origin::Recoded))
    }
}

/// Decodes a file, in the encoding that it `declared` where nothing speaks against it.
///
/// Errors: [`ReadError::Empty`], [`ReadError::NotText`] for bytes that are full of control characters,
/// [`ReadError::UnknownEncoding`] for bytes that no encoding makes sense of, [`ReadError::TooManyPieces`] for
/// text that is hardly more than line ends.
pub(super) fn decode<'b>(
    bytes: &'b [u8],
    declared: Option<&'static Encoding>,
) -> Result<Decoded<'b>, ReadError> {
    let decoded = decode_any(bytes, declared)?;
    if decoded.text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(ReadError::Empty);
    }
    if !is_text(&decoded.text) {
        return Err(ReadError::NotText);
    }
    let most_lines = FEW_LINES + decoded.text.len() / BYTES_OF_LINE;
    if decoded.text.len() > most_lines && lines(&decoded.text) > most_lines {
        return Err(ReadError::TooManyPieces);
    }
    Ok(decoded)
}

/// How many lines `text` has, blank ones included.
fn lines(text: &str) -> usize {
    text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r' | b'\x0b' | b'\x0c')).count()
}

fn decode_any<'b>(bytes: &'b [u8], declared: Option<&'static Encoding>) -> Result<Decoded<'b>, ReadError> {
    if let Some(encoding) = utf16(bytes) {
        let (decoded, replaced) = recode(bytes, encoding);
        if replaced * ONE_BAD_OF <= bytes.len() {
            return Ok(decoded);
        }
    }
    let utf8 = std::str::from_utf8(bytes).ok();
    if let Some(encoding) = declared.filter(|encoding| is_plausible(encoding, utf8)) {
        let (decoded, replaced) = recode(bytes, encoding);
        if replaced == 0 {
            return Ok(decoded);
        }
    }
    if let Some(text) = utf8 {
        return Ok(Decoded { text: Cow::Borrowed(text), recoding: None });
    }
    match mostly_utf8(bytes) {
        Some(decoded) => Ok(decoded),
        None => detect(bytes),
    }
}

/// Whether a file may be in the encoding that it declares. What could be read as ASCII so far is not
/// UTF-16; letters that are well-formed UTF-8 are hardly ever those of an encoding of single bytes.
fn is_plausible(declared: &'static Encoding, utf8: Option<&str>) -> bool {
    let wide = [UTF_16LE, UTF_16BE, REPLACEMENT, UTF_8].contains(&declared);
    let disproved = declared.is_single_byte() && utf8.is_some_and(|text| !text.is_ascii());
    !wide && !disproved
}

/// Decodes what declares nothing and is not UTF-8.
fn detect(bytes: &[u8]) -> Result<Decoded<'static>, ReadError> {
    let first = Encoding::ascii_valid_up_to(bytes).saturating_sub(1);
    let telling = bytes.get(first..).unwrap_or(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(telling.get(..TELLING).unwrap_or(telling), telling.len() <= TELLING);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (decoded, replaced) = recode(bytes, encoding);
    let (mut all, mut foreign) = (0, 0);
    for c in decoded.text.chars().filter(|c| !c.is_whitespace()) {
        all += 1;
        foreign += usize::from(!c.is_ascii());
    }
    // In a Latin script most letters are ASCII. Whatever else is guessed to be one is no text.
    let senseless = is_latin(encoding) && foreign * 2 > all;
    if senseless || replaced * ONE_BAD_OF > all {
        return Err(if is_text(&decoded.text) { ReadError::UnknownEncoding } else { ReadError::NotText });
    }
    Ok(decoded)
}

fn is_latin(encoding: &'static Encoding) -> bool {
    const LATIN: [&str; 10] = [
        "windows-1252",
        "windows-1250",
        "windows-1254",
        "windows-1257",
        "windows-1258",
        "ISO-8859-2",
        "ISO-8859-3",
        "ISO-8859-4",
        "ISO-8859-10",
        "ISO-8859-15",
    ];
    LATIN.contains(&encoding.name())
}

/// UTF-16, by its byte order mark or by the zero bytes that text in it is full of.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding).filter(|encoding| *encoding != UTF_8);
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    memchr::memchr(0, sample)?;
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Spaces and punctuation have a zero byte in every script.
    let many = |zeros: usize, others: usize| zeros >= 4 && zeros * 25 >= sample.len() && others * 20 <= zeros;
    match (many(odd, even), many(even, odd)) {
        (true, _) => Some(UTF_16LE),
        (_, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that an XML declaration or a `<meta>` at the start of a file names.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = String::from_utf8_lossy(bytes.get(..DECLARATION).unwrap_or(bytes)).to_ascii_lowercase();
    if let Some(declaration) = head.trim_start().strip_prefix("<?xml") {
        let declaration = declaration.split("?>").next().unwrap_or_default();
        if let Some(encoding) = label(declaration, "encoding") {
            return Some(encoding);
        }
    }
    let mut metas = head.match_indices("<meta").filter_map(|(at, _)| head.get(at..)?.split('>').next());
    metas.find_map(|meta| label(meta, "charset"))
}

/// The encoding whose label follows `key=` in `text`, quoted or not.
fn label(text: &str, key: &str) -> Option<&'static Encoding> {
    let (_, rest) = text.split_once(key)?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(['"', '\'', ';', ' ', '/', '?']).unwrap_or(value.len());
    Encoding::for_label(value.get(..end)?.as_bytes())
}

/// Decodes `bytes`; also tells how many of them could not be.
fn recode(bytes: &[u8], encoding: &'static Encoding) -> (Decoded<'static>, usize) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut writer = Writer::new(bytes.len());
    let (mut at, mut pending, mut replaced) = (0, 0, 0);
    let mut text = String::with_capacity(LONGEST_PIECE);
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        if pending == 0 && encoding.is_ascii_compatible() {
            let run = Encoding::ascii_valid_up_to(rest);
            let run = rest.get(..run).and_then(|run| std::str::from_utf8(run).ok()).unwrap_or_default();
            if !run.is_empty() {
                writer.push(run, run.len());
                at += run.len();
                continue;
            }
        }
        let next = rest.get(..1).unwrap_or_default();
        let (_, _, unreadable) = decoder.decode_to_string(next, &mut text, at + 1 == bytes.len());
        (at, pending) = (at + 1, pending + 1);
        replaced += usize::from(unreadable);
        if !text.is_empty() {
            writer.push(&text, pending);
            text.clear();
            pending = 0;
        }
    }
    (writer.finish(), replaced)
}

/// Decodes bytes that are UTF-8 but for a few; `None` where they are too many.
fn mostly_utf8(bytes: &[u8]) -> Option<Decoded<'static>> {
    let (mut wide, mut stray) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        stray += chunk.invalid().len();
    }
    if stray * 2 > wide {
        return None;
    }
    let mut writer = Writer::new(bytes.len());
    for chunk in bytes.utf8_chunks() {
        writer.push(chunk.valid(), chunk.valid().len());
        for byte in chunk.invalid() {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(byte));
            writer.push(&text, 1);
        }
    }
    Some(writer.finish())
}

/// Writes decoded text and where each piece of it came from.
#[derive(Debug, Default)]
struct Writer {
    text: String,
    recoding: Recoding,
    /// How many bytes of the file have been written.
    file: u32,
}

impl Writer {
    fn new(capacity: usize) -> Writer {
        Writer { text: String::with_capacity(capacity), ..Writer::default() }
    }

    /// Appends `text`, which stands for the next `length` bytes of the file.
    fn push(&mut self, text: &str, length: usize) {
        self.text.push_str(text);
        self.file += length as u32;
        if text.len() != length {
            self.recoding.pairs.push((self.text.len() as u32, self.file));
        }
    }

    fn finish(self) -> Decoded<'static> {
        let recoding = Some(self.recoding).filter(|recoding| !recoding.pairs.is_empty());
        Decoded { text: Cow::Owned(self.text), recoding }
    }
}

/// Whether hardly any of the characters are control characters. A stray one is no reason to refuse a
/// bill.
fn is_text(text: &str) -> bool {
    let controls = controls(text);
    controls <= STRAY || controls * ONE_BAD_OF <= text.len()
}

/// How many control characters `text` has that are no white space. No byte is read as a character, so that
/// many are looked at at a time; one beyond ASCII is C2 and a second byte.
fn controls(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_ascii =
        |byte: u8| u8::from(byte == 0x7f) | (u8::from(byte < 0x20) & u8::from(byte.wrapping_sub(9) > 4));
    let chunks =
        bytes.chunks(512).filter(|chunk| chunk.iter().fold(0, |any, byte| any | is_ascii(*byte)) != 0);
    let ascii = chunks.map(|chunk| chunk.iter().filter(|byte| is_ascii(**byte) != 0).count()).sum::<usize>();
    let next = memchr::memchr_iter(0xc2, bytes).filter_map(|at| bytes.get(at + 1));
    ascii + next.filter(|next| matches!(next, 0x80..=0x9f) && **next != 0x85).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Result<String, ReadError> {
        decode(bytes, declared(bytes)).map(|decoded| decoded.text.into_owned())
    }

    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(text(bytes).as_deref(), Ok(expected), "{bytes:?}");
    }

    fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        let (bytes, _, lossy) = encoding.encode(text);
        assert!(!lossy);
        bytes.into_owned()
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    const FRENCH: &str =
        "L\u{2019}op\u{e9}rateur doit conserver les donn\u{e9}es, \u{e0} l\u{2019}exception des cl\u{e9}s.";
    const POLISH: &str =
        "Us\u{142}ugodawca przechowuje dane, kt\u{f3}re s\u{105} niezb\u{119}dne, je\u{15b}li mo\u{17c}e.";
    const RUSSIAN: &str = "\u{41e}\u{43f}\u{435}\u{440}\u{430}\u{442}\u{43e}\u{440} \u{43e}\u{431}\u{44f}\u{437}\u{430}\u{43d} \u{445}\u{440}\u{430}\u{43d}\u{438}\u{442}\u{44c} \u{434}\u{430}\u{43d}\u{43d}\u{44b}\u{435}.";

    #[test]
    fn encodings() {
        check("caf\u{e9}".as_bytes(), "caf\u{e9}");
        check("\u{feff}caf\u{e9}".as_bytes(), "\u{feff}caf\u{e9}");
        check(b"caf\xe9 x", "caf\u{e9} x");
        check(b"a\xffb", "a\u{ff}b");
        check(&encoded(FRENCH, WINDOWS_1252), FRENCH);
        check(&encoded(POLISH, encoding_rs::ISO_8859_2), POLISH);
        check(&encoded(RUSSIAN, encoding_rs::WINDOWS_1251), RUSSIAN);
        for text in [FRENCH, RUSSIAN] {
            check(&utf16(text, u16::to_le_bytes), text);
            check(&utf16(text, u16::to_be_bytes), text);
        }
        let marked = format!("\u{feff}{RUSSIAN}\u{1f600}");
        check(&utf16(&marked, u16::to_le_bytes), &marked);
        check(&utf16(&marked, u16::to_be_bytes), &marked);
    }

    #[test]
    fn a_declaration_is_followed_unless_the_bytes_disprove_it() {
        let html = |label: &str, text: &str| {
            format!("<meta http-equiv=a content='text/html; charset={label}'>{text}")
        };
        let xml = |label: &str, text: &str| format!("<?xml version='1.0' encoding=\"{label}\" ?>{text}");
        for write in [&html as &dyn Fn(&str, &str) -> String, &xml] {
            let koi8 = write("koi8-r", RUSSIAN);
            check(&encoded(&koi8, encoding_rs::KOI8_R), &koi8);
            let japanese = write("shift_jis", "\u{6cd5}\u{5f8b}a\u{ff71}");
            check(&encoded(&japanese, encoding_rs::SHIFT_JIS), &japanese);
            let saved_anew = write("iso-8859-1", FRENCH);
            check(saved_anew.as_bytes(), &saved_anew);
            let never_utf8 = write("utf-8", FRENCH);
            check(&encoded(&never_utf8, WINDOWS_1252), &never_utf8);
            let not_wide = write("utf-16", FRENCH);
            check(not_wide.as_bytes(), &not_wide);
            check(write("none", FRENCH).as_bytes(), &write("none", FRENCH));
        }
        check(b"<meta charset=iso-8859-2/>\xb1", "<meta charset=iso-8859-2/>\u{105}");
    }

    #[test]
    fn stray_bytes_in_utf8() {
        let mut bytes = FRENCH.as_bytes().to_vec();
        bytes.extend(b" \x93a\x94");
        check(&bytes, &format!("{FRENCH} \u{201c}a\u{201d}"));
    }

    #[test]
    fn what_is_refused() {
        assert_eq!(text(b"\xff\xfe \0\n\0"), Err(ReadError::Empty));
        assert_eq!(text(b"\xff"), Err(ReadError::UnknownEncoding));
        assert_eq!(text(b"a\0b\0c\0"), Err(ReadError::NotText));
        let garbage: Vec<u8> = (0..=255).cycle().take(4096).collect();
        assert_eq!(text(&garbage), Err(ReadError::NotText));
    }

    #[test]
    fn every_character_leads_back_to_its_bytes() {
        let mixed = format!("{FRENCH} a {POLISH} \u{1f600} \u{6cd5}b");
        for (text, bytes, encoding) in [
            (FRENCH, encoded(FRENCH, WINDOWS_1252), WINDOWS_1252),
            (RUSSIAN, encoded(RUSSIAN, encoding_rs::WINDOWS_1251), encoding_rs::WINDOWS_1251),
            (mixed.as_str(), utf16(&mixed, u16::to_le_bytes), UTF_16LE),
            (mixed.as_str(), encoded(&mixed, encoding_rs::GB18030), encoding_rs::GB18030),
        ] {
            let (decoded, _) = recode(&bytes, encoding);
            assert_eq!(decoded.text, text);
            let pairs = decoded.recoding.unwrap().pairs;
            let place = |at: usize| {
                let before =
                    pairs.iter().rev().find(|pair| pair.0 as usize <= at).copied().unwrap_or_default();
                before.1 as usize + at - before.0 as usize
            };
            for (at, c) in text.char_indices() {
                let (found, _) = recode(&bytes[place(at)..place(at + c.len_utf8())], encoding);
                assert_eq!(found.text, c.to_string(), "{encoding:?} at {at}");
            }
        }
    }
}
