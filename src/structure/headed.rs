//! Headings that no number opens: they wait for what they head.
//!
//! A heading above a number is that section's; one above plain text heads the text. Which of both it
//! is, the next block says.

use super::heading::{without_end_marks, without_note_marks};
use super::link::Link;
use super::passage::{Writer, trim};
use super::tree::{LevelKind, Own};
use super::{Provision, ProvisionKind};
use crate::language::Zone;
use crate::text::Span;

/// A heading that waits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pending {
    span: Span,
    level: u8,
    passage: usize,
}

impl Writer<'_> {
    /// The heading of the provision that has just begun.
    pub(super) fn heading_of_top(&mut self, span: Span) {
        let provision = self.tree.provision();
        self.set_heading(provision, span);
        self.push(span, Zone::Heading, provision, None);
    }

    pub(super) fn set_heading(&mut self, provision: Option<usize>, span: Span) {
        let span = without_end_marks(self.text, without_note_marks(self.text, span));
        let Some(provision) = provision.and_then(|index| self.tree.provisions.get_mut(index)) else { return };
        if provision.heading.is_none() && !span.is_empty() {
            provision.heading = Some(span);
        }
    }

    /// The first text of a section without its heading, if that is said once more before the number of
    /// a subsection.
    pub(super) fn after_heading(&self, span: Span) -> Span {
        let top = self.tree.top().filter(|top| top.own == Own::None && top.kind == LevelKind::Section);
        let provision = top.and_then(|top| self.tree.provisions.get(top.provision?));
        let heading = provision.and_then(|provision| provision.heading);
        let rest = heading.and_then(|heading| span.of(self.text).strip_prefix(heading.of(self.text)));
        let rest = rest.map(|rest| rest.trim_start_matches(['.', ' '])).filter(|rest| rest.starts_with('('));
        rest.map_or(span, |rest| Span::new(span.end - rest.len() as u32, span.end))
    }

    /// A heading without a number: of the section that follows, or of unnumbered text. Right below a
    /// number that stands alone it is that provision's.
    pub(super) fn free_heading(&mut self, span: Span, level: u8) {
        let top = self.tree.top();
        let bare = top.is_some_and(|top| {
            let provision = top.provision.and_then(|index| self.tree.provisions.get(index));
            let empty = provision.is_some_and(|provision| provision.heading.is_none());
            let headed =
                matches!(top.kind, LevelKind::Section | LevelKind::Container(_) | LevelKind::Schedule);
            headed && empty && top.own == Own::None
        });
        if bare && self.pending.is_none() {
            return self.heading_of_top(span);
        }
        self.settle_outer_heading(level);
        self.push(span, Zone::Heading, None, None);
        self.pending = Some(Pending { span, level, passage: self.passages.len().saturating_sub(1) });
    }

    /// Settles the waiting heading above a numbered one of the given level.
    pub(super) fn settle_outer_heading(&mut self, level: u8) {
        if let Some(outer) = self.pending.take().filter(|pending| pending.level < level) {
            self.open_headed(outer);
        }
    }

    pub(super) fn open_headed(&mut self, heading: Pending) {
        self.tree.close_while(|level| match level.kind {
            LevelKind::Headed(level) => level >= heading.level,
            LevelKind::Root | LevelKind::Container(_) | LevelKind::Schedule => false,
            LevelKind::Section | LevelKind::Item(..) => true,
        });
        let provision = Provision {
            kind: ProvisionKind::Container,
            rank: None,
            label: String::new(),
            heading: Some(trim(self.text, heading.span)),
            span: heading.span,
            parent: Link::NONE,
            inserted: false,
        };
        let quote = self.tree.top().map_or(0, |level| level.quote);
        self.tree.open(provision, LevelKind::Headed(heading.level), quote, 0);
        let provision = self.tree.provision();
        if let Some(passage) = self.passages.get_mut(heading.passage) {
            passage.provision = provision.into();
        }
    }

    /// Closes the headings that the waiting one ends.
    pub(super) fn settle_headings(&mut self) {
        if let Some(pending) = self.pending {
            self.tree.close_while(
                |level| matches!(level.kind, LevelKind::Headed(level) if level >= pending.level),
            );
        }
    }

    /// Gives the waiting heading to the provision that has just begun.
    pub(super) fn adopt_heading(&mut self) {
        let Some(pending) = self.pending.take() else { return };
        let provision = self.tree.provision();
        self.set_heading(provision, pending.span);
        if let Some(passage) = self.passages.get_mut(pending.passage) {
            passage.provision = provision.into();
        }
    }

    /// Forgets the waiting heading.
    pub(super) fn drop_heading(&mut self) {
        self.pending = None;
    }
}
