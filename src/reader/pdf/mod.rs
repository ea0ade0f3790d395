//! PDF with a text layer.
//!
//! A PDF is a picture made of glyphs; words, lines, columns and the furniture of the page are found
//! by where the glyphs stand. In order: `interpret` places glyphs, [`piece`] joins them to words,
//! [`running`], [`margin`] and [`side`] tell furniture by its position, [`columns`] finds the reading order,
//! [`row`] makes lines, and `write` lays them out as the lines of a plain text are.

#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::single_match_else,
    clippy::wildcard_enum_match_arm,
    clippy::needless_pass_by_value,
    reason = "positions on a page are small numbers, lists of them are divided and dropped, and of the many operators of PDF few matter"
)]

mod accent;
mod columns;
mod face;
mod filter;
mod glyph;
mod guest;
mod interpret;
mod label;
mod locked;
mod margin;
mod marked;
mod open;
mod page;
mod parallel;
mod parts;
mod path;
mod piece;
#[cfg(test)]
mod property;
mod row;
mod running;
mod shared;
mod side;
mod title;
mod tree;
mod unpack;
mod write;

use std::collections::BTreeSet;

use hayro_syntax::object::{Array, Dict, ObjectIdentifier};

use super::{ReadError, ReadOptions};
use crate::document::Document;
use glyph::Sheet;
use guest::invite;
use interpret::interpret;
use open::Opened;
use page::{Body, PageText, leading};
use piece::Piece;
use shared::Shared;
use title::title;
use tree::Tree;

/// Pages of one file, at most.
const MOST_PAGES: usize = 20_000;
/// Pieces of text in one file, at most; to each sixteen bytes of it one more.
const MOST_PIECES: usize = 100_000;

/// Reads a PDF.
pub(super) fn read(bytes: &[u8], options: ReadOptions) -> Result<Document, ReadError> {
    let mut hidden = unpack::check(bytes)?;
    if unpack::is_encrypted(bytes) {
        hidden = locked::check(bytes, &hidden)?;
    }
    let file = open::open(bytes, &hidden)?;
    let taken = invite(|| take(&file, bytes.len())).ok_or(ReadError::Broken { format: "PDF" })?;
    let title = invite(|| title(&file)).flatten();
    drop(file);
    write_pages(taken, title.as_deref(), options)
}

/// What was read of all pages.
#[derive(Default)]
struct Taken {
    pages: Vec<PageText>,
    images: usize,
    unread: Vec<String>,
    /// Whether there was more than may be read.
    is_cut: bool,
}

fn write_pages(taken: Taken, title: Option<&str>, options: ReadOptions) -> Result<Document, ReadError> {
    let Taken { mut pages, images, mut unread, is_cut } = taken;
    let count = pages.len();
    if pages.iter().all(|page| page.pieces.is_empty()) {
        return Err(match (count, images) {
            (0, _) => ReadError::Broken { format: "PDF" },
            _ if is_cut => ReadError::UnpacksTooLarge,
            (_, 0) if unread.is_empty() => ReadError::Empty,
            _ => ReadError::NoTextLayer { pages: count },
        });
    }
    unread.truncate(100);
    running::mark(&mut pages);
    margin::mark_line_numbers(&mut pages);
    let apart = leading(&pages) * 1.5;
    margin::mark_below_numbers(&mut pages, apart);
    let body = Body::of(&pages);
    side::mark(&mut pages, &body);
    let lines = write::print_pages(&pages, &body, options.keep_furniture);
    Ok(write::write(&lines, &pages, &body, options.keep_furniture, |builder| {
        if let Some(title) = title {
            builder.title(title);
        }
        for what in unread {
            builder.unread(what);
        }
    }))
}

/// Takes the pieces of text out of all pages of a file of `size` bytes.
fn take(file: &Opened, size: usize) -> Taken {
    let mut taken = Taken::default();
    let most_pieces = MOST_PIECES + size / 16;
    let mut shared = Shared::new(hidden_layers(file), size);
    let mut pieces = 0;
    let mut blank_images = Vec::new();
    let mut tree = Tree::new(file);
    while let Some(leaf) = tree.next() {
        let number = taken.pages.len() + 1;
        if number > MOST_PAGES || pieces >= most_pieces || shared.is_spent() {
            tree.is_cut = true;
            break;
        }
        let mut text = PageText::default();
        let read = invite(|| {
            let sheet = interpret(&leaf, file.pdf.xref(), &shared);
            (piece::pieces(&sheet), Seen::of(&sheet))
        });
        match read {
            Some((found, seen)) => {
                if found.is_empty() && seen.has_images && !seen.is_nameless(&found) {
                    blank_images.push(number);
                }
                taken.note(number, &found, seen);
                pieces += found.len();
                text.pieces = found;
            }
            None => {
                taken.unread.push(format!("page {number} cannot be read"));
                shared.forget_fonts();
            }
        }
        taken.pages.push(text);
    }
    if tree.is_cut {
        taken.is_cut = true;
        let number = taken.pages.len() + 1;
        taken.unread.push(format!("pages from {number} on are not read: the file is too long"));
    }
    if blank_images.len() < taken.pages.len() {
        taken.unread.extend(blank_images.iter().map(|page| format!("page {page} is an image without text")));
    }
    let labels = label::labels(file.root().as_ref(), taken.pages.len());
    for (page, label) in taken.pages.iter_mut().zip(labels) {
        page.label = Some(label);
    }
    taken
}

/// What was seen of a page beside its pieces.
#[derive(Clone, Copy)]
struct Seen {
    has_images: bool,
    /// Glyphs of which the font does not say which characters they stand for.
    nameless: usize,
    is_cut: bool,
}

impl Seen {
    fn of(sheet: &Sheet) -> Seen {
        Seen { has_images: sheet.has_images, nameless: sheet.nameless, is_cut: sheet.is_cut }
    }

    /// Whether most of the page says nothing.
    fn is_nameless(self, pieces: &[Piece]) -> bool {
        let characters: usize = pieces.iter().map(|piece| piece.text.len()).sum();
        self.nameless > 20 && self.nameless > characters
    }
}

impl Taken {
    /// Takes note of what could not be read of page `number`.
    fn note(&mut self, number: usize, pieces: &[Piece], seen: Seen) {
        self.is_cut |= seen.is_cut;
        self.images += usize::from(seen.has_images);
        if seen.is_cut {
            self.unread.push(format!("page {number} is read in part: it draws too much"));
        }
        if seen.is_nameless(pieces) {
            let what = "cannot be read: its fonts do not say which letters they show";
            self.unread.push(format!("page {number} {what}"));
        }
    }
}

/// The layers that are switched off when the file is opened.
fn hidden_layers(file: &Opened) -> BTreeSet<ObjectIdentifier> {
    let default = file.root().and_then(|root| root.get::<Dict<'_>>("OCProperties")?.get::<Dict<'_>>("D"));
    let Some(off) = default.and_then(|default| default.get::<Array<'_>>("OFF")) else {
        return BTreeSet::new();
    };
    off.raw_iter().take(10_000).filter_map(|item| item.as_obj_ref()).map(Into::into).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pdf_is_broken() {
        for bytes in [&b"%PDF-1.7"[..], b"", b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n%%EOF"] {
            let found = read(bytes, ReadOptions::default()).err();
            assert_eq!(found, Some(ReadError::Broken { format: "PDF" }), "{bytes:?}");
        }
    }

    #[test]
    fn forms_hold_so_much() {
        for (names, depth, expected) in [
            (100, 1, None),
            (100, 9, None),
            (100_000, 1, None),
            (100_000, 2, Some("draws too much")),
            (180_000, 1, Some("draws too much")),
        ] {
            let fonts: Vec<String> = (0..names).map(|name| format!("/{name:x} 1")).collect();
            let form = |number: usize| {
                let resources = format!("<</Font 6 0 R/XObject<</X {} 0 R>>>>", number + 1);
                format!(
                    "{number} 0 obj<</Subtype/Form/Resources{resources}/Length 5>>stream\n/X Do\nendstream endobj\n"
                )
            };
            let words = "BT /F 9 Tf 50 700 Td (A provider shall keep records.) Tj ET /X Do";
            let file = format!(
                "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]>>endobj
                3 0 obj<</Type/Page/Resources<</Font<</F 5 0 R>>/XObject<</X 7 0 R>>>>/Contents 4 0 R>>endobj
                4 0 obj<</Length {}>>stream\n{words}\nendstream endobj
                5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>endobj
                6 0 obj<<{}>>endobj {} trailer<</Root 1 0 R>>",
                words.len(),
                fonts.concat(),
                (7..7 + depth).map(form).collect::<String>()
            );
            let document = read(file.as_bytes(), ReadOptions::default()).unwrap();
            assert_eq!(document.text(), "A provider shall keep records.");
            let unread = document.unread().first().map(String::as_str);
            assert!(unread.is_some() == expected.is_some(), "{names} names, {depth} deep: {unread:?}");
            assert!(unread.is_none_or(|unread| unread.ends_with(expected.unwrap_or_default())), "{unread:?}");
        }
    }
}
