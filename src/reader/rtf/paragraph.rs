//! Paragraphs of a Rich Text document: their style, their notes, how they end.

use super::group::{Group, Inset};
use super::{COLUMN, LONGEST_ENTRY, MOST_COLUMNS, Reader, TAB};
use crate::document::Part;
use crate::reader::ReadError;
use crate::reader::draft::{Draft, Kind};

impl Reader {
    /// The level as a heading, from 1, and whether the style is that of tables of contents.
    pub(super) fn style(&self, group: Group) -> (Option<u8>, bool) {
        let style = group.paragraph.style.and_then(|number| self.styles.get(&number));
        let outline = group.paragraph.outline.or_else(|| style?.outline);
        let name =
            style.map(|style| style.name.trim().trim_end_matches(';').to_lowercase()).unwrap_or_default();
        let level = |stem: &str| name.strip_prefix(stem).and_then(|level| level.trim().parse::<u8>().ok());
        let named = level("heading").or_else(|| (name == "title").then_some(1));
        let heading = match outline {
            Some(level @ 0..=8) => u8::try_from(level + 1).ok(),
            Some(_) => None,
            None => named.filter(|level| (1..=9).contains(level)),
        };
        (heading, level("toc").is_some() || name == "toc heading")
    }

    pub(super) fn settled(&self, mut draft: Draft, group: Group, in_cell: bool) -> (Draft, bool) {
        let (heading, contents) = self.style(group);
        let twips = group.paragraph.left.saturating_add(group.paragraph.first);
        let tabs = draft.text().bytes().take(20).take_while(|byte| *byte == b'\t').count() as u16;
        let columns = u16::try_from(twips / COLUMN).unwrap_or(0).min(MOST_COLUMNS);
        draft.indent = columns.saturating_add(TAB * tabs);
        draft.kind = match heading {
            Some(level) => Kind::Heading(level),
            None if in_cell || group.paragraph.in_table => Kind::Cell,
            None => draft.kind,
        };
        let entry = draft.text().len() <= LONGEST_ENTRY && heading.is_none();
        draft.part = draft.part.filter(|_| entry).or(contents.then_some(Part::Contents));
        (draft, heading.is_some())
    }

    pub(super) fn end_paragraph(&mut self, group: Group, in_cell: bool) -> Result<(), ReadError> {
        self.flush();
        if self.drafts.len() > 1 {
            // Inside an inset: its paragraphs are one.
            self.break_line(group);
            return Ok(());
        }
        let draft = std::mem::take(&mut self.drafts).pop().unwrap_or_default();
        self.drafts.push(Draft::default());
        let (draft, is_heading) = self.settled(draft, group, in_cell);
        if is_heading && !draft.is_blank() {
            self.write_notes()?;
        }
        self.transcript.add(draft)?;
        let frames = std::mem::take(&mut self.frames);
        frames.into_iter().try_for_each(|frame| self.transcript.add(frame))
    }

    pub(super) fn end_inset(&mut self, inset: Inset, group: Group) {
        if self.drafts.len() < 2 {
            return;
        }
        let Some(mut draft) = self.drafts.pop() else { return };
        match inset {
            Inset::Note => {
                (draft.part, draft.kind) = (Some(Part::Note), Kind::Paragraph);
                self.notes.push(draft);
            }
            Inset::Frame => self.frames.push(self.settled(draft, group, false).0),
        }
    }

    pub(super) fn write_notes(&mut self) -> Result<(), ReadError> {
        let notes = std::mem::take(&mut self.notes);
        notes.into_iter().try_for_each(|note| self.transcript.add(note))
    }
}
