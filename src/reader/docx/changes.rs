//! Tracked changes: what becomes of text and paragraph marks that were inserted or deleted.

use crate::document::Change;
use crate::reader::draft::Draft;

/// The changes that are open.
#[derive(Debug)]
pub(super) struct Changes {
    /// Whether changes are undone.
    original: bool,
    inserted: usize,
    deleted: usize,
}

/// What becomes of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Kept(Option<Change>),
    LeftOut,
}

impl Changes {
    pub(super) fn new(original: bool) -> Changes {
        Changes { original, inserted: 0, deleted: 0 }
    }

    pub(super) fn begin(&mut self, change: Change) -> Change {
        match change {
            Change::Inserted => self.inserted += 1,
            Change::Deleted => self.deleted += 1,
        }
        change
    }

    pub(super) fn end(&mut self, change: Change) {
        match change {
            Change::Inserted => self.inserted = self.inserted.saturating_sub(1),
            Change::Deleted => self.deleted = self.deleted.saturating_sub(1),
        }
    }

    /// What becomes of text at this place; `struck` where its type is struck through.
    pub(super) fn fate(&self, struck: bool) -> Fate {
        if self.original {
            return if self.inserted > 0 { Fate::LeftOut } else { Fate::Kept(None) };
        }
        if self.deleted > 0 || struck {
            return Fate::Kept(Some(Change::Deleted));
        }
        Fate::Kept((self.inserted > 0).then_some(Change::Inserted))
    }

    /// Whether a paragraph goes on in the next, as the change of its mark says. One that is struck as a
    /// whole stays apart.
    pub(super) fn joins(&self, mark: Option<Change>, paragraph: &Draft) -> bool {
        match mark {
            Some(Change::Inserted) => self.original,
            Some(Change::Deleted) => !self.original && !paragraph.is_blank() && !paragraph.is_struck(),
            None => false,
        }
    }
}
