//! Paragraphs of an Open Document text: how they begin, what number they get, how they end.

use super::{Finished, Open, Run, TAB, Walker};
use crate::document::Part;
use crate::reader::draft::Kind;
use crate::reader::odt::list::OUTLINE;
use crate::reader::odt::styles::Style;
use crate::reader::part::Element;

impl Walker<'_> {
    pub(super) fn begin_paragraph(&mut self, element: &Element<'_>) {
        let style = element.attribute("style-name").or_else(|| element.attribute("cond-style-name"));
        let known = style.as_deref().and_then(|name| self.styles.get("paragraph", name)).unwrap_or_default();
        let level = element.attribute("outline-level").and_then(|level| level.parse::<u8>().ok());
        let unsaid = (element.name() == "h").then_some(1);
        let heading = level.or(known.outline).or(unsaid).filter(|level| (1..=9).contains(level));
        let mut open = Open { style, heading, note: self.notes > 0, ..Open::default() };
        if !self.in_deletion && !open.note {
            self.number(&mut open, &known, element);
        }
        open.outer = self.run;
        self.run = Run { struck: known.struck == Some(true), hidden: known.hidden == Some(true) };
        self.open.push(open);
    }

    /// The label of a paragraph, by the list that it is an item of, or as a heading.
    fn number(&mut self, open: &mut Open, style: &Style, element: &Element<'_>) {
        if let Some(list) = self.lists.last_mut() {
            let Some(name) = list.style.clone().or_else(|| style.list.clone()) else { return };
            open.listed = Some((name.clone(), list.level));
            let Some(found) = self.styles.list(&name) else { return };
            if !std::mem::replace(&mut list.labelled, true) {
                open.label = self.counters.count(&name, found, list.level, list.start.take());
            }
            return;
        }
        let is_header = element.attribute("is-list-header").as_deref() == Some("true");
        let level = open.heading.filter(|_| element.name() == "h" && !is_header);
        if let (Some(level), Some(found)) = (level, self.styles.list(OUTLINE)) {
            open.label = self.counters.count(OUTLINE, found, usize::from(level), None);
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        self.run = open.outer;
        if self.in_deletion {
            self.deletions.entry(self.region.clone()).or_default().push(open.draft.text().to_owned());
            return;
        }
        if let Some(mut before) = self.unfinished.take() {
            before.draft.append(&open.draft);
            open = before;
        }
        if self.original && !self.inserting.is_empty() && !open.note {
            self.unfinished = Some(open);
        } else {
            self.complete(open);
        }
    }

    pub(super) fn complete(&mut self, open: Open) {
        let finished = self.settled(open);
        if self.open.is_empty() {
            self.finished.push(finished);
            self.finished.append(&mut self.boxes);
        } else {
            self.boxes.push(finished);
        }
    }

    fn settled(&self, open: Open) -> Finished {
        let mut draft = open.draft;
        let style =
            open.style.as_deref().and_then(|name| self.styles.get("paragraph", name)).unwrap_or_default();
        let own = open.style.as_deref().map(|name| self.styles.own_indent(name)).unwrap_or_default();
        let listed = open.listed.as_ref();
        let from_list = listed.and_then(|(name, level)| Some(self.styles.list(name)?.indent(*level)));
        let tabs = draft.text().bytes().take(20).take_while(|byte| *byte == b'\t').count() as u16;
        let columns = own.or(from_list.unwrap_or_default()).or(style.indent).columns();
        draft.indent = columns.saturating_add(TAB * tabs);
        if !open.label.is_empty() {
            draft.label(&(open.label + " "));
        }
        draft.kind = match open.heading {
            Some(level) => Kind::Heading(level),
            None if self.tables > 0 => Kind::Cell,
            None if listed.is_some() => Kind::Item,
            None => Kind::Paragraph,
        };
        if open.note {
            (draft.part, draft.kind) = (Some(Part::Note), Kind::Paragraph);
            return Finished::Note(draft);
        }
        if self.contents > 0 || style.is_contents() {
            draft.part = Some(Part::Contents);
        }
        if open.heading.is_some() { Finished::Heading(draft) } else { Finished::Text(draft) }
    }
}
