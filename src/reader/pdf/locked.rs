//! What the streams of an encrypted file unpack to.
//!
//! It can be told only by whoever holds the key, which is the parser; and the parser unpacks a stream of objects
//! as soon as it meets one. So it is first given a copy of the file in which no stream says that it holds objects,
//! without a table that could say so, and asked for the streams one by one. What it does not find there, such as
//! what a later object of the same number replaces, is hidden from it afterwards.

use hayro_syntax::Pdf;
use hayro_syntax::object::{ObjectIdentifier, Stream};
use memchr::{memchr_iter, memmem};

use super::filter::Packed;
use super::guest::invite;
use super::open;
use super::unpack::{self, Counter, Head};
use crate::reader::ReadError;

/// What a stream of objects is called.
const OBJECTS: &[u8] = b"ObjStm";
/// Bytes of that name at most, each of which may be written as `#4f`.
const LONGEST_NAME: usize = 3 * OBJECTS.len();

/// Counts what the streams unpack to. Where the keywords of those stand that the parser should not see, with
/// those that are `hidden` already.
///
/// # Errors
/// Where they unpack to too much, and where the key is not at hand.
pub(super) fn check(bytes: &[u8], hidden: &[usize]) -> Result<Vec<usize>, ReadError> {
    let mut data = open::copy(bytes, hidden);
    rename(&mut data);
    // What cannot be opened so cannot be counted.
    let pdf = open::parse(data, None).map_err(|_| ReadError::Encrypted)?;
    invite(|| count(bytes, &pdf, hidden)).ok_or(ReadError::Broken { format: "PDF" })?
}

fn count(bytes: &[u8], pdf: &Pdf, hidden: &[usize]) -> Result<Vec<usize>, ReadError> {
    let mut counter = Counter::new(bytes.len());
    let mut found = Vec::new();
    for (at, _) in unpack::streams(bytes) {
        if hidden.binary_search(&at).is_ok() {
            found.push(at);
            continue;
        }
        let Some(stream) = stream(bytes, pdf, at) else {
            found.push(at);
            continue;
        };
        let mut head = Head::of(unpack::dictionary(bytes, at));
        head.kinds = unpack::kinds(&stream);
        let data = stream.raw_data();
        // A table of objects is not encrypted, and what the key makes of it is nothing.
        counter.add(&head, Packed { rest: &data, data: &data }, head.entry.is_some())?;
    }
    Ok(found)
}

/// The stream whose keyword stands at `at`, if that is what the parser finds by its number.
fn stream<'a>(bytes: &[u8], pdf: &'a Pdf, at: usize) -> Option<Stream<'a>> {
    let begin = at - unpack::dictionary(bytes, at).len();
    let (rest, generation) = last_number(bytes.get(..begin)?)?;
    let (_, object) = last_number(rest)?;
    let id = ObjectIdentifier::new(u32::try_from(object).ok()?, i32::try_from(generation).ok()?);
    let stream = pdf.xref().get::<Stream<'_>>(id)?;
    let dictionary = stream.dict().data();
    let start = dictionary.as_ptr().addr().checked_sub(pdf.data().as_ref().as_ptr().addr())?;
    let between = bytes.get(start + dictionary.len()..at)?;
    between.trim_ascii().is_empty().then_some(stream)
}

/// The number that the bytes end with, white space aside, and what stands before it.
fn last_number(bytes: &[u8]) -> Option<(&[u8], u64)> {
    let bytes = bytes.trim_ascii_end();
    let digits = bytes.iter().rev().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let (rest, number) = bytes.split_at_checked(bytes.len() - digits)?;
    Some((rest, std::str::from_utf8(number).ok()?.parse().ok()?))
}

/// Gives all that says that it holds objects another name.
fn rename(data: &mut [u8]) {
    let places: Vec<usize> = memchr_iter(b'/', data)
        .filter(|at| {
            let name = data.get(at + 1..).unwrap_or_default();
            let name = name.get(..LONGEST_NAME).unwrap_or(name);
            name.starts_with(OBJECTS)
                || (memmem::find(name, b"#").is_some() && unpack::unescape(name).starts_with(OBJECTS))
        })
        .collect();
    for at in places {
        if let Some(first) = data.get_mut(at + 1) {
            *first = b'X';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::filter::deflate;
    use super::*;
    use crate::reader::ReadOptions;

    /// The standard handler with 40 bits, for a user without a password.
    const LOCK: &str = "9 0 obj<</Filter/Standard/V 1/R 2/P -4\
        /O<0000000000000000000000000000000000000000000000000000000000000000>\
        /U<b0ac4d5b50e60beaf344ded8418e02f8fb270a323fe042141808291b2df9461e>>>endobj\n";
    const ID: &str = "7269676874736c696e742d66696c6573";
    /// The keys of the objects 4 and 5.
    const KEYS: [[u8; 10]; 2] = [
        [0x14, 0x94, 0x92, 0x67, 0x2a, 0xcc, 0x1b, 0x5f, 0x79, 0xde],
        [0x03, 0x4d, 0x9c, 0x68, 0x4a, 0x9f, 0xec, 0x17, 0x6d, 0x45],
    ];

    fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
        let mut state: Vec<u8> = (0..=255).collect();
        let mut j = 0_u8;
        for at in 0..256 {
            j = j.wrapping_add(state[at]).wrapping_add(key[at % key.len()]);
            state.swap(at, usize::from(j));
        }
        let (mut i, mut j) = (0_u8, 0_u8);
        let mut next = || {
            i = i.wrapping_add(1);
            j = j.wrapping_add(state[usize::from(i)]);
            state.swap(usize::from(i), usize::from(j));
            state[usize::from(state[usize::from(i)].wrapping_add(state[usize::from(j)]))]
        };
        data.iter().map(|byte| byte ^ next()).collect()
    }

    /// A stream of the object 4 or 5, packed and encrypted.
    fn object(number: usize, head: &str, data: &[u8]) -> Vec<u8> {
        let data = rc4(&KEYS[number - 4], &deflate(data));
        let head = format!("{number} 0 obj<<{head}/Filter/FlateDecode/Length {}>>stream\n", data.len());
        [head.as_bytes(), &data, b"\nendstream endobj\n"].concat()
    }

    fn file(streams: &[Vec<u8>]) -> Vec<u8> {
        let head = "%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]>>endobj
            3 0 obj<</Resources<</Font<</F<</Subtype/Type1/BaseFont/Times-Roman>>>>>>/Contents 5 0 R>>endobj\n";
        let trailer = format!("trailer<</Root 1 0 R/Encrypt 9 0 R/ID[<{ID}><{ID}>]>>");
        [head.as_bytes(), &streams.concat(), LOCK.as_bytes(), trailer.as_bytes()].concat()
    }

    #[test]
    fn what_is_encrypted_is_counted_and_read() {
        let words = object(5, "", b"BT /F 9 Tf 50 700 Td (A provider shall keep records.) Tj ET");
        let spaces = |count: usize| [&b"8 0 "[..], &vec![b' '; count]].concat();
        let holds = |count| object(4, "/Type/ObjStm/N 1/First 4", &spaces(count));
        let nameless = |count| object(4, "/N 1/First 4", &spaces(count));
        let escaped = |count| object(4, "/Type/#4fbjStm/N 1/First 4", &spaces(count));
        let large = 7 << 20;
        for (streams, expected) in [
            (vec![words.clone()], Ok(0)),
            (vec![holds(1 << 20), words.clone()], Ok(0)),
            (vec![holds(large), words.clone()], Err(ReadError::UnpacksTooLarge)),
            (vec![words.clone(), nameless(large)], Err(ReadError::UnpacksTooLarge)),
            (vec![escaped(large), words.clone()], Err(ReadError::UnpacksTooLarge)),
            // Of two objects of the same number the parser finds the last; the other is hidden.
            (vec![holds(large), holds(9), words.clone()], Ok(1)),
            (vec![object(4, "/Subtype/Image", &spaces(large)), words.clone()], Ok(1)),
        ] {
            let file = file(&streams);
            let pictures = unpack::check(&file).unwrap();
            let found = check(&file, &pictures).map(|hidden| hidden.len());
            assert_eq!(found, expected, "{streams:.200?}");
            let read = super::super::read(&file, ReadOptions::default());
            let text = read.as_ref().map(|document| (document.text(), document.unread()));
            let none: &[String] = &[];
            assert_eq!(text.ok(), expected.ok().map(|_| ("A provider shall keep records.", none)));
        }
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        for (name, expected) in [
            ("/ObjStm", "/XbjStm"),
            ("/#4f#62#6a#53#74#6d 1", "/X4f#62#6a#53#74#6d 1"),
            ("/Obj /Stm", "/Obj /Stm"),
            ("//ObjSt#6d", "//XbjSt#6d"),
            ("/#4", "/#4"),
        ] {
            let mut data = name.as_bytes().to_vec();
            rename(&mut data);
            assert_eq!(data, expected.as_bytes(), "{name}");
        }
    }
}
