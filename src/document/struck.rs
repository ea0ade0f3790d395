//! What a draft strikes of a block, set apart from what it keeps.
//!
//! "A carrier may ~~not~~ open mail" reads "A carrier may open mail" when the bill is law. Struck words
//! left in place would part the sentence that they stood in, and struck numbers would count.

use crate::text::SourceMap;

/// The struck pieces of one block.
#[derive(Debug, Default)]
pub(super) struct Struck {
    pieces: Vec<Piece>,
}

#[derive(Debug)]
struct Piece {
    text: String,
    map: SourceMap,
    /// Where the text that is kept ended when it was struck.
    at: usize,
    /// Whether the next piece is joined to it without a space.
    joins: bool,
}

impl Struck {
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Takes a piece, if it has words; `at` is where the text that is kept ends.
    pub(super) fn push(&mut self, text: String, map: SourceMap, at: usize) {
        self.pieces.push(Piece { text, map, at, joins: false });
    }

    /// Joins what follows to the last piece, without its hyphen if that is `soft`; whether that piece
    /// came last, with the kept text ending at `end`.
    pub(super) fn join(&mut self, end: usize, soft: bool) -> bool {
        let Some(last) = self.pieces.last_mut().filter(|last| last.at == end) else { return false };
        last.joins = true;
        if soft {
            let kept = last.text.trim_end_matches(['-', '\u{2010}']).len();
            last.map.truncate(kept as u32);
            last.text.truncate(kept);
        }
        true
    }

    /// Appends the pieces to `text`, which `map` leads to the source.
    pub(super) fn write(&self, text: &mut String, map: &mut SourceMap) {
        let mut joins = true;
        for piece in &self.pieces {
            if !joins {
                text.push(' ');
            }
            map.append(&piece.map, text.len() as u32);
            text.push_str(&piece.text);
            joins = piece.joins;
        }
    }
}
