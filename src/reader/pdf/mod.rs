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
mod glyph;
mod guest;
mod interpret;
mod kids;
mod label;
mod margin;
mod marked;
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
mod unpack;
mod write;

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, ObjectIdentifier};
use hayro_syntax::{DecryptionError, LoadPdfError};

use super::{ReadError, ReadOptions};
use crate::document::Document;
use guest::invite;
use interpret::interpret;
use page::{Body, PageText, leading};
use shared::Shared;
use title::title;

/// Pages of one file, at most.
const MOST_PAGES: usize = 20_000;
/// Pieces of text in one file, at most; to each sixteen bytes of it one more.
const MOST_PIECES: usize = 100_000;

/// Reads a PDF.
pub(super) fn read(bytes: &[u8], options: ReadOptions) -> Result<Document, ReadError> {
    let broken = ReadError::Broken { format: "PDF" };
    if kids::are_too_many(bytes) {
        return Err(ReadError::TooManyPieces);
    }
    unpack::check(bytes)?;
    let opened = invite(|| Pdf::new(bytes.to_vec())).ok_or_else(|| broken.clone())?;
    let pdf = opened.map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ReadError::Encrypted,
        LoadPdfError::Decryption(_) => ReadError::Encrypted,
        LoadPdfError::Invalid => broken.clone(),
    })?;
    let taken = invite(|| take(&pdf)).ok_or(broken)?;
    let title = invite(|| title(&pdf)).flatten();
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

/// Takes the pieces of text out of all pages.
fn take(pdf: &Pdf) -> Taken {
    let mut taken = Taken::default();
    let pages = pdf.pages();
    let labels = label::labels(pdf, pages.len().min(MOST_PAGES));
    let size = pdf.data().as_ref().len();
    let most_pieces = MOST_PIECES + size / 16;
    let mut shared = Shared::new(hidden_layers(pdf), size);
    let mut pieces = 0;
    let mut blank_images = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let number = at + 1;
        if at >= MOST_PAGES || pieces >= most_pieces || shared.is_spent() {
            taken.is_cut = true;
            taken.unread.push(format!("pages from {number} on are not read: the file is too long"));
            break;
        }
        let read = invite(|| {
            let sheet = interpret(page, &shared);
            (piece::pieces(&sheet), sheet.has_images, sheet.nameless, sheet.is_cut)
        });
        let mut text = PageText { label: labels.get(at).cloned(), ..PageText::default() };
        match read {
            Some((found, has_images, nameless, is_cut)) => {
                let characters: usize = found.iter().map(|piece| piece.text.len()).sum();
                taken.is_cut |= is_cut;
                if is_cut {
                    taken.unread.push(format!("page {number} is read in part: it draws too much"));
                }
                if nameless > 20 && nameless > characters {
                    taken.unread.push(format!(
                        "page {number} cannot be read: its fonts do not say which letters they show"
                    ));
                } else if found.is_empty() && has_images {
                    blank_images.push(number);
                }
                taken.images += usize::from(has_images);
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
    if blank_images.len() < taken.pages.len() {
        taken.unread.extend(blank_images.iter().map(|page| format!("page {page} is an image without text")));
    }
    taken
}

/// The layers that are switched off when the file is opened.
fn hidden_layers(pdf: &Pdf) -> BTreeSet<ObjectIdentifier> {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let default = catalog.and_then(|catalog| catalog.get::<Dict<'_>>("OCProperties")?.get::<Dict<'_>>("D"));
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
}
