//! Pieces: glyphs that stand in one row without a wide gap.
//!
//! A piece is the smallest thing that layout moves about: part of a line of one column. Whether the
//! gap between two glyphs is a space is decided here, and relative to the other gaps of the piece:
//! letters that are spaced out are still one word.

use super::accent::{compose, is_accent};
use super::glyph::{Glyph, Sheet};

/// A gap of more than this, in ems, ends a piece.
const WIDE: f32 = 1.0;
/// How much wider than those between letters the gap between two words is, in ems.
const WORD: f32 = 0.13;
/// What part of a space that the text has of its own is a space too.
const OF_A_SPACE: f32 = 0.7;
/// What a space must leave open to be seen, in ems.
const SEEN: f32 = 0.03;

/// Glyphs of the heads and feet of a page, at most.
const FURNITURE: usize = 150;

/// What part a piece plays on its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// Running text.
    #[default]
    Text,
    /// A running head or foot, or the number of the page.
    Running,
    /// The number of its line, printed in the margin.
    LineNumber(u32),
    /// A note beside the text.
    SideNote,
    /// A note below the text.
    Footnote,
    /// Text that is turned, or that the file marks as furniture.
    Aside,
}

/// Glyphs that stand in one row without a wide gap.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// The baseline.
    pub(super) y: f32,
    /// The size of most of its glyphs.
    pub(super) size: f32,
    /// Whether white space stands in front of it, or after it.
    pub(super) spaced: (bool, bool),
    pub(super) role: Role,
    /// The bytes of the text that are struck through.
    pub(super) struck: Vec<(u32, u32)>,
}

impl Piece {
    /// How many characters it has.
    pub(super) fn characters(&self) -> usize {
        self.text.chars().count()
    }
}

/// The pieces of a page, in the order in which the file draws them.
pub(super) fn pieces(sheet: &Sheet) -> Vec<Piece> {
    let usual = usual_angle(sheet);
    let visible = sheet.glyphs.iter().filter(|glyph| !glyph.is_space);
    let (mut drawn, mut invisible, mut artifacts) = (0, 0, 0);
    for glyph in visible {
        drawn += usize::from(!glyph.is_invisible);
        invisible += usize::from(glyph.is_invisible);
        artifacts += usize::from(glyph.is_artifact);
    }
    // Behind a picture of text, what was recognised in it is all there is.
    let layer = invisible > 4 * drawn;
    // A file that calls everything furniture has said nothing; a page without text may have little else.
    let trust_artifacts = artifacts * 2 < drawn + invisible || artifacts <= FURNITURE;
    let mut pieces = Vec::new();
    let mut open: Vec<Glyph> = Vec::new();
    let mut close = |glyphs: &mut Vec<Glyph>| {
        if let Some(mut piece) = piece(sheet, glyphs) {
            let first = glyphs.first().copied().unwrap_or_default();
            let aside = first.angle != usual || (first.is_artifact && trust_artifacts);
            piece.role = if aside { Role::Aside } else { Role::Text };
            pieces.push(piece);
        }
        glyphs.clear();
    };
    for glyph in &sheet.glyphs {
        if glyph.is_invisible && !layer {
            continue;
        }
        if !continues(&open, *glyph) {
            close(&mut open);
        }
        let twice = open.last().is_some_and(|last| is_twice(sheet, *last, *glyph));
        if !twice {
            open.push(*glyph);
        }
    }
    close(&mut open);
    drop_doubles(pieces)
}

/// How most of the page is turned.
fn usual_angle(sheet: &Sheet) -> i16 {
    let mut angles: Vec<i16> =
        sheet.glyphs.iter().filter(|glyph| !glyph.is_space).map(|glyph| glyph.angle).collect();
    angles.sort_unstable();
    let mut best = (0, 0);
    for run in angles.chunk_by(|a, b| a == b) {
        if run.len() > best.0 {
            best = (run.len(), run.first().copied().unwrap_or(0));
        }
    }
    best.1
}

/// Whether `next` stands in the piece that is open.
fn continues(open: &[Glyph], next: Glyph) -> bool {
    let Some(last) = open.last() else { return true };
    let size = last.size.max(next.size);
    let alike = last.angle == next.angle
        && last.is_artifact == next.is_artifact
        && last.is_invisible == next.is_invisible;
    let level = (last.y - next.y).abs() <= size * 0.12;
    if !alike || !level {
        return false;
    }
    if next.is_space {
        return next.x0 >= last.x0 - size * 0.2 && next.x0 - last.x1 <= size * WIDE;
    }
    let Some(ink) = open.iter().rev().find(|glyph| !glyph.is_space) else { return true };
    let gap = next.x0 - ink.x1;
    let sizes = ink.size.max(next.size) <= ink.size.min(next.size) * 1.6;
    sizes && next.x0 >= ink.x0 - size * 0.2 && gap >= -size * 0.6 && gap <= size * WIDE
}

/// Whether the same character is drawn twice at one place, to make it bold.
fn is_twice(sheet: &Sheet, last: Glyph, next: Glyph) -> bool {
    !next.is_space
        && (last.x0 - next.x0).abs() < last.size * 0.1
        && (last.x1 - last.x0) > last.size * 0.15
        && last.text(&sheet.text) == next.text(&sheet.text)
}

/// Takes out pieces that say at one place what was said there before.
fn drop_doubles(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    let at = |index: usize| pieces.get(index);
    order.sort_by(|&a, &b| match (at(a), at(b)) {
        (Some(a), Some(b)) => a.text.cmp(&b.text).then(a.y.total_cmp(&b.y)).then(a.x0.total_cmp(&b.x0)),
        _ => std::cmp::Ordering::Equal,
    });
    let mut doubles: Vec<usize> = Vec::new();
    for pair in order.windows(2) {
        let [first, second] = pair else { continue };
        let (Some(a), Some(b)) = (at(*first), at(*second)) else { continue };
        let near = a.size * 0.15;
        if a.text == b.text && (a.y - b.y).abs() <= near && (a.x0 - b.x0).abs() <= near {
            doubles.push(*first.max(second));
        }
    }
    doubles.sort_unstable();
    let mut index = 0;
    let mut pieces = pieces;
    pieces.retain(|_| {
        index += 1;
        doubles.binary_search(&(index - 1)).is_err()
    });
    pieces
}

/// Makes the text of a piece, spaces where the gaps are.
fn piece(sheet: &Sheet, glyphs: &[Glyph]) -> Option<Piece> {
    let ink: Vec<Glyph> = glyphs.iter().copied().filter(|glyph| !glyph.is_space).collect();
    let (first, last) = (*ink.first()?, *ink.last()?);
    let spaced = (glyphs.first()?.is_space, glyphs.last()?.is_space);
    let size = usual_size(&ink);
    let gaps = gaps(glyphs);
    let letter = letter_gap(&gaps);
    let word = letter + word_gap(&gaps, letter);
    let mut piece = Piece {
        x0: first.x0,
        x1: ink.iter().map(|glyph| glyph.x1).fold(last.x1, f32::max),
        y: level(&ink, size),
        size,
        spaced,
        ..Piece::default()
    };
    for (index, glyph) in ink.iter().enumerate() {
        let characters = glyph.text(&sheet.text);
        if is_accent(characters) && over_last(&mut piece, &ink, index, characters) {
            continue;
        }
        let gap = index.checked_sub(1).and_then(|before| gaps.get(before));
        if gap.is_some_and(|gap| gap.width > word || (gap.has_space && gap.width > SEEN)) {
            piece.text.push(' ');
        }
        let start = piece.text.len() as u32;
        piece.text.push_str(characters);
        if is_struck(sheet, *glyph) {
            strike(&mut piece, start);
        }
    }
    Some(piece)
}

/// Sets an accent over the letter before it, if it is drawn there.
fn over_last(piece: &mut Piece, ink: &[Glyph], index: usize, accent: &str) -> bool {
    let (Some(letter), Some(glyph)) = (index.checked_sub(1).and_then(|at| ink.get(at)), ink.get(index))
    else {
        return false;
    };
    let is_over = f32::midpoint(glyph.x0, glyph.x1) < letter.x1;
    let composed = piece.text.chars().next_back().filter(|_| is_over).and_then(|last| compose(last, accent));
    composed.is_some_and(|composed| {
        piece.text.pop();
        piece.text.push(composed);
        true
    })
}

/// Records that the text from `start` on is struck through.
fn strike(piece: &mut Piece, start: u32) {
    let end = piece.text.len() as u32;
    match piece.struck.last_mut() {
        Some(last) if last.1 + 1 >= start => last.1 = end,
        _ => piece.struck.push((start, end)),
    }
}

/// Whether a stroke goes through the middle of a glyph.
fn is_struck(sheet: &Sheet, glyph: Glyph) -> bool {
    let (high, low) = (glyph.y - glyph.size * 0.45, glyph.y - glyph.size * 0.14);
    let middle = f32::midpoint(glyph.x0, glyph.x1);
    let first = sheet.strokes.partition_point(|stroke| stroke.y < high);
    let strokes = sheet.strokes.get(first..).unwrap_or_default();
    let mut strokes = strokes.iter().take_while(|stroke| stroke.y < low);
    glyph.angle == 0 && strokes.any(|stroke| (stroke.x0..stroke.x1).contains(&middle))
}

/// The size of most glyphs.
fn usual_size(ink: &[Glyph]) -> f32 {
    let mut sizes: Vec<f32> = ink.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

/// The baseline of most glyphs of the usual size.
fn level(ink: &[Glyph], size: f32) -> f32 {
    let mut levels: Vec<f32> =
        ink.iter().filter(|glyph| glyph.size >= size * 0.95).map(|glyph| glyph.y).collect();
    levels.sort_by(f32::total_cmp);
    levels.get(levels.len() / 2).copied().unwrap_or(0.0)
}

/// What stands between two glyphs that are not spaces.
#[derive(Clone, Copy, Debug)]
struct Gap {
    /// In ems of the larger glyph.
    width: f32,
    has_space: bool,
}

fn gaps(glyphs: &[Glyph]) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut last: Option<Glyph> = None;
    let mut has_space = false;
    for glyph in glyphs {
        if glyph.is_space {
            has_space = true;
            continue;
        }
        if let Some(last) = last {
            let size = last.size.max(glyph.size).max(0.1);
            gaps.push(Gap { width: (glyph.x0 - last.x1) / size, has_space });
        }
        (last, has_space) = (Some(*glyph), false);
    }
    gaps
}

/// The usual gap between two letters of one word, in ems.
fn letter_gap(gaps: &[Gap]) -> f32 {
    let mut widths: Vec<f32> = gaps.iter().filter(|gap| !gap.has_space).map(|gap| gap.width).collect();
    widths.sort_by(f32::total_cmp);
    // Two letters that stand apart show nothing.
    if widths.len() < 3 { 0.0 } else { widths.get(widths.len() / 2).copied().unwrap_or(0.0).max(0.0) }
}

/// How much wider than the gap between letters one must be to part words, in ems.
fn word_gap(gaps: &[Gap], letter: f32) -> f32 {
    let mut spaces: Vec<f32> =
        gaps.iter().filter(|gap| gap.has_space).map(|gap| gap.width - letter).collect();
    if spaces.is_empty() || spaces.len() * 12 < gaps.len() {
        return WORD;
    }
    spaces.sort_by(f32::total_cmp);
    let usual = spaces.get(spaces.len() / 2).copied().unwrap_or(0.0);
    (usual * OF_A_SPACE).clamp(WORD, WORD * 2.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sets `text` in a font of size 10 whose letters are 5 wide, with `letter` between two of them;
    /// `_` is a gap of three points, a space is one that the file has.
    fn set(text: &str, letter: f32) -> String {
        let mut sheet = Sheet::default();
        let mut x = 0.0;
        for c in text.chars() {
            if c == '_' {
                x += 3.0;
                continue;
            }
            let (start, length) = sheet.push_characters(&c.to_string());
            let is_space = c == ' ';
            let width = if is_space { 3.0 } else { 5.0 };
            let glyph =
                Glyph { start, length, x0: x, x1: x + width, size: 10.0, is_space, ..Glyph::default() };
            sheet.glyphs.push(glyph);
            x += width + letter;
        }
        pieces(&sheet).iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn gaps_part_words() {
        for (text, letter, expected) in [
            ("the_keys_of_all", 0.0, "the keys of all"),
            ("the keys of all", 0.0, "the keys of all"),
            ("Be_it_enacted_by", 2.0, "Be it enacted by"),
            ("Be it enacted by", 2.0, "Be it enacted by"),
            ("one____two", 0.0, "one|two"),
            ("one____ two", 0.0, "one|two"),
        ] {
            assert_eq!(set(text, letter), expected, "{text:?} {letter}");
        }
    }

    #[test]
    fn what_is_drawn_twice_is_read_once() {
        let mut sheet = Sheet::default();
        for (text, x0) in [("a", 0.0), ("a", 0.3), ("b", 5.0), ("b", 5.3)] {
            let (start, length) = sheet.push_characters(text);
            sheet.glyphs.push(Glyph { start, length, x0, x1: x0 + 5.0, size: 10.0, ..Glyph::default() });
        }
        let texts: Vec<String> = pieces(&sheet).into_iter().map(|piece| piece.text).collect();
        assert_eq!(texts, ["ab"]);
    }
}
