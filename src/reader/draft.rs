//! A paragraph while it is read out of a DOCX, ODT or RTF: its text, what is changed of it, and what the
//! format says it is.
//!
//! These formats hold a paragraph in pieces, some of which come late: the label of a list, a note, the
//! paragraph that a deleted mark joins to it.

use std::ops::Range;

use crate::document::{BlockKind, Change, Part};

/// A heading that is longer is a paragraph in the style of a heading, in bytes.
const LONGEST_HEADING: usize = 200;
/// A heading that ends in a full stop and has more words is a sentence.
const MOST_HEADING_WORDS: usize = 12;

/// What stands around struck text in the text that was taken out.
const OPENING: &str = "[-";
const CLOSING: &str = "-]";

/// How many bytes the marks around a change take, before and after it.
pub(super) fn marks_around(change: Change) -> (u32, u32) {
    match change {
        Change::Deleted => (OPENING.len() as u32, CLOSING.len() as u32),
        Change::Inserted => (0, 0),
    }
}

/// A paragraph while it is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// Its text; a `\n` is a line break inside the paragraph.
    text: String,
    /// Pieces of `text` that are inserted or deleted, ascending.
    changes: Vec<(Range<usize>, Change)>,
    /// What the format says it is.
    pub(super) kind: Kind,
    /// Columns from the left margin to its first character.
    pub(super) indent: u16,
    /// The part of the document that it stands in, if the format says so.
    pub(super) part: Option<Part>,
}

/// What a format says a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Running text.
    #[default]
    Paragraph,
    /// Set in the style of a heading, level from 1. Drafters number whole clauses in such styles: it is
    /// one if its text reads like one.
    Heading(u8),
    /// An item of a list.
    Item,
    /// In a table.
    Cell,
}

impl Draft {
    /// Appends text. Line ends in it are spaces.
    pub(super) fn push(&mut self, text: &str, change: Option<Change>) {
        let start = self.text.len();
        let clean = |c: char| if matches!(c, '\n' | '\r') { ' ' } else { c };
        self.text.extend(text.chars().map(clean));
        self.mark(start, change);
    }

    /// Appends a line break.
    pub(super) fn break_line(&mut self) {
        self.text.push('\n');
    }

    /// Puts the label that a list gives the paragraph before its text.
    pub(super) fn label(&mut self, label: &str) {
        let struck = self.is_struck();
        self.insert(&[(0, label.to_owned())]);
        if let Some((range, _)) = self.changes.first_mut().filter(|_| struck) {
            range.start = 0;
        }
    }

    /// Puts texts at places that [`Draft::text`] ended at before, ascending.
    pub(super) fn insert(&mut self, pieces: &[(usize, String)]) {
        let mut text = String::with_capacity(self.text.len());
        let mut lengths = vec![0];
        let (mut written, mut length) = (0, 0);
        for (at, piece) in pieces {
            text.push_str(self.text.get(written..*at).unwrap_or_default());
            text.push_str(piece);
            written = *at;
            length += piece.len();
            lengths.push(length);
        }
        text.push_str(self.text.get(written..).unwrap_or_default());
        let shift = |count: usize| lengths.get(count).copied().unwrap_or(length);
        for (range, _) in &mut self.changes {
            // A change that begins there moves on; one that ends there does not grow.
            range.start += shift(pieces.partition_point(|(at, _)| *at <= range.start));
            range.end += shift(pieces.partition_point(|(at, _)| *at < range.end));
        }
        self.text = text;
    }

    /// Puts marks around what is struck, for those who read the text that was taken out. The marks are
    /// no part of the change.
    pub(super) fn mark_struck(&mut self) {
        let struck = self.changes.iter().filter(|(_, change)| *change == Change::Deleted);
        let marks = struck.flat_map(|(range, _)| [(range.start, OPENING), (range.end, CLOSING)]);
        let marks: Vec<(usize, String)> = marks.map(|(at, mark)| (at, mark.to_owned())).collect();
        if !marks.is_empty() {
            self.insert(&marks);
        }
    }

    /// Appends another paragraph, whose paragraph mark was deleted before it.
    pub(super) fn append(&mut self, next: &Draft) {
        let shift = self.text.len();
        self.text.push_str(&next.text);
        self.changes.extend(
            next.changes.iter().map(|(range, change)| (range.start + shift..range.end + shift, *change)),
        );
    }

    /// Its text so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Pieces of its text that are inserted or deleted, ascending.
    pub(super) fn changes(&self) -> &[(Range<usize>, Change)] {
        &self.changes
    }

    /// Whether it has nothing to read.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether all of its text is deleted.
    pub(super) fn is_struck(&self) -> bool {
        let mut end = 0;
        for (range, change) in &self.changes {
            let between = self.text.get(end..range.start).unwrap_or_default();
            if *change != Change::Deleted || !between.trim().is_empty() {
                return false;
            }
            end = range.end;
        }
        end > 0 && self.text.get(end..).unwrap_or_default().trim().is_empty()
    }

    fn mark(&mut self, start: usize, change: Option<Change>) {
        let end = self.text.len();
        let Some(change) = change.filter(|_| start < end) else { return };
        match self.changes.last_mut() {
            Some((range, last)) if *last == change && range.end == start => range.end = end,
            _ => self.changes.push((start..end, change)),
        }
    }

    pub(super) fn block_kind(&self) -> BlockKind {
        match self.kind {
            Kind::Heading(level) if reads_like_heading(self.text.trim()) => BlockKind::Heading(level),
            Kind::Heading(_) | Kind::Paragraph => BlockKind::Paragraph,
            Kind::Item => BlockKind::Item,
            Kind::Cell => BlockKind::Cell,
        }
    }
}

/// Whether a paragraph in the style of a heading is one.
fn reads_like_heading(text: &str) -> bool {
    let sentence = text.ends_with('.') && text.split_whitespace().count() > MOST_HEADING_WORDS;
    text.len() <= LONGEST_HEADING && !sentence && !text.ends_with([';', ':', ',', '\u{2014}', '\u{2013}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_read_like_headings() {
        for (text, expected) in [
            ("PART I", true),
            ("Power to require information.", true),
            ("(1) A provider must\u{2014}", false),
            ("(a) keep records;", false),
            ("The Minister may by order amend the Schedule where he or she thinks fit to.", false),
        ] {
            assert_eq!(reads_like_heading(text), expected, "{text}");
        }
        assert!(!reads_like_heading(&"word ".repeat(50)));
    }
}
