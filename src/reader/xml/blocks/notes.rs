//! Notes, which wait until the block that refers to them has ended.
//!
//! A footnote stands in the middle of the sentence that it explains, or at the number of a provision.

use super::{Role, Writer};
use crate::document::{BlockKind, Part};

impl Writer<'_, '_> {
    /// Writes the notes of the block that has ended.
    pub(super) fn write_notes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let (outer, begun) = (self.context, std::mem::take(&mut self.begun));
        while !self.notes.is_empty() {
            for note in std::mem::take(&mut self.notes) {
                (self.context.part, self.context.kind) = (Some(Part::Note), BlockKind::Paragraph);
                self.ended = true;
                self.nodes(note + 1, self.tree.end(note));
            }
        }
        (self.context, self.begun, self.ended) = (outer, begun, true);
    }

    /// Notes that are marked at the number of a provision.
    pub(super) fn notes_inside(&mut self, number: usize) {
        let Some(vocabulary) = self.vocabulary else { return };
        let mut at = number + 1;
        while at < self.tree.end(number) {
            if vocabulary.role(self.tree, at, self.tree.name(number)) == Some(Role::Note) {
                self.notes.push(at);
                at = self.tree.end(at);
            } else {
                at += 1;
            }
        }
    }
}
