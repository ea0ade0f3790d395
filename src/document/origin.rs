//! How the source, as text, leads back to the file.
//!
//! A text file in UTF-8 is its own source. A file in another encoding is decoded first, and offsets
//! lead back to its bytes. Formats without byte positions (PDF, DOCX, ODT, RTF) have their text taken
//! out; that text is the source, and its offsets lead to pages and lines or to paragraphs.

use serde::{Deserialize, Serialize};

/// How the source leads back to the file.
#[derive(Clone, Debug, Default)]
pub enum Origin {
    /// The source is the file, byte for byte.
    #[default]
    Bytes,
    /// The file is in another encoding.
    Recoded(Recoding),
    /// The source was taken out of the file: from each offset on, ascending, text stands at a place.
    Places(Vec<(u32, Place)>),
}

/// Where text stands in a file that has no byte positions. Everything counts from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The page, counted in the file.
    pub page: Option<u32>,
    /// The page's own label, as a reader of the file sees it: `iv`, `12`.
    pub page_label: Option<String>,
    /// The line of the page, or of the document where there are no pages.
    pub line: Option<u32>,
    /// The paragraph of the document.
    pub paragraph: Option<u32>,
}

/// From offsets of the decoded text to offsets of the file.
#[derive(Clone, Debug, Default)]
pub struct Recoding {
    /// Pairs of (decoded offset, file offset), ascending: from each on, both advance byte by byte
    /// until the next. A character of another width has a pair at its start and one at its end.
    pub pairs: Vec<(u32, u32)>,
}

impl Origin {
    /// The offset in the file of an offset of the decoded text.
    pub(super) fn file_offset(&self, decoded: u32) -> u32 {
        let Origin::Recoded(recoding) = self else { return decoded };
        let next = recoding.pairs.partition_point(|pair| pair.0 <= decoded);
        match next.checked_sub(1).and_then(|index| recoding.pairs.get(index)) {
            Some((from, to)) => to + (decoded - from),
            None => decoded,
        }
    }
}

/// The place of the text at `offset`.
pub(super) fn place_at(places: &[(u32, Place)], offset: u32) -> Option<Place> {
    let next = places.partition_point(|place| place.0 <= offset);
    places.get(next.saturating_sub(1)).map(|(_, place)| place.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_of_another_encoding() {
        // "aé b" in windows-1252: é is one byte there and two in UTF-8.
        let origin = Origin::Recoded(Recoding { pairs: vec![(0, 0), (3, 2)] });
        let found: Vec<u32> = [0, 1, 3, 4, 5].iter().map(|&at| origin.file_offset(at)).collect();
        assert_eq!(found, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn places_go_on_until_the_next() {
        let place = |line| Place { line: Some(line), ..Place::default() };
        let places = [(0, place(1)), (10, place(2))];
        let found: Vec<Option<u32>> =
            [0, 9, 10, 99].iter().map(|&at| place_at(&places, at).and_then(|place| place.line)).collect();
        assert_eq!(found, [Some(1), Some(1), Some(2), Some(2)]);
        assert_eq!(place_at(&[], 0), None);
    }
}
