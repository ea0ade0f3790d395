//! What is known of the classes in one clause: where a phrase of each can end.

use super::ClassId;

/// Where a part of a match can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reach {
    /// The word after its last.
    pub(super) end: usize,
    /// How many words its gaps skip, at least.
    pub(super) skipped: usize,
}

/// A list of places kept in a [`Memo`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reaches {
    start: u32,
    end: u32,
}

impl Reaches {
    /// No place.
    pub(super) const NONE: Reaches = Reaches { start: 0, end: 0 };
    /// Not looked at yet.
    const UNKNOWN: Reaches = Reaches { start: u32::MAX, end: 0 };

    pub(super) fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// Where phrases of classes can end, by class and beginning.
#[derive(Debug, Default)]
pub(super) struct Memo {
    /// Of each class, 1 more than where its words begin in `places`; 0 for none.
    classes: Vec<u32>,
    places: Vec<Reaches>,
    reaches: Vec<Reach>,
}

impl Memo {
    /// Forgets everything, for another clause.
    pub(super) fn clear(&mut self) {
        self.classes.fill(0);
        self.places.clear();
        self.reaches.clear();
    }

    pub(super) fn get(&self, kept: Reaches) -> &[Reach] {
        self.reaches.get(kept.start as usize..kept.end as usize).unwrap_or_default()
    }

    fn place(&self, class: ClassId, start: usize) -> Option<usize> {
        let base = self.classes.get(usize::from(class))?.checked_sub(1)?;
        Some(base as usize + start)
    }

    /// What is kept of `class` at the word `start`.
    pub(super) fn known(&self, class: ClassId, start: usize) -> Option<Reaches> {
        let known = self.place(class, start).and_then(|place| self.places.get(place));
        known.copied().filter(|known| *known != Reaches::UNKNOWN)
    }

    /// Keeps where a phrase of `class` that begins at the word `start`, one of `words`, can end.
    pub(super) fn keep(&mut self, class: ClassId, start: usize, words: usize, ends: &[Reach]) -> Reaches {
        let first = self.reaches.len() as u32;
        self.reaches.extend_from_slice(ends);
        let kept = Reaches { start: first, end: self.reaches.len() as u32 };
        let id = usize::from(class);
        if self.classes.len() <= id {
            self.classes.resize(id + 1, 0);
        }
        if let Some(base) = self.classes.get_mut(id).filter(|base| **base == 0) {
            *base = self.places.len() as u32 + 1;
            self.places.resize(self.places.len() + words + 1, Reaches::UNKNOWN);
        }
        if let Some(place) = self.place(class, start).and_then(|place| self.places.get_mut(place)) {
            *place = kept;
        }
        kept
    }
}
