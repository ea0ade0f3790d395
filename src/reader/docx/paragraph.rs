//! A paragraph of a DOCX, from its first piece of text to the block that it becomes.

use super::field::ListNumber;
use super::numbering::{Label, Numbering};
use super::properties::ParagraphProperties;
use super::styles::{Style, Styles};
use crate::document::{Change, Part};
use crate::reader::draft::{Draft, Kind};

/// How many columns a tab at the start of a paragraph sets it in.
const TAB: u16 = 5;
/// A longer paragraph is no entry of a table of contents, whatever field it stands in; in bytes.
const LONGEST_ENTRY: usize = 300;

/// A paragraph that is open.
#[derive(Clone, Debug, Default)]
pub(super) struct Open {
    pub(super) draft: Draft,
    pub(super) properties: ParagraphProperties,
    /// What happens to the paragraph mark at its end.
    pub(super) mark: Option<Change>,
    /// Whether it stands in a field or frame that holds a table of contents.
    pub(super) in_contents: bool,
    /// How many tables it stands in.
    pub(super) tables: usize,
    /// The notes that its text refers to.
    pub(super) notes: Vec<NoteReference>,
    /// Text that stands in the code of a field, and where: it is shown only if the code has no end.
    pub(super) held: Vec<(usize, String)>,
    /// Numbers inside the text, and where; a list counts them after the paragraph's own.
    pub(super) numbers: Vec<(usize, ListNumber)>,
}

/// A reference to a footnote or endnote.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NoteReference {
    pub(super) kind: NoteKind,
    pub(super) id: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NoteKind {
    Footnote,
    Endnote,
}

/// A paragraph that is complete.
#[derive(Clone, Debug)]
pub(super) struct Finished {
    pub(super) draft: Draft,
    pub(super) notes: Vec<NoteReference>,
    /// Whether a new part of the document begins with it.
    pub(super) is_heading: bool,
}

impl Open {
    /// Appends the paragraph that follows, as the mark between the two is gone.
    pub(super) fn append(&mut self, next: Open) {
        let shift = self.draft.text().len();
        self.draft.append(&next.draft);
        self.notes.extend(next.notes);
        self.numbers.extend(next.numbers.into_iter().map(|(at, number)| (at + shift, number)));
        self.mark = next.mark;
    }

    /// Takes a piece of text; one that is not `shown` is held back.
    pub(super) fn push(&mut self, text: &str, change: Option<Change>, shown: bool) {
        if shown {
            self.draft.push(text, change);
        } else if change != Some(Change::Deleted) {
            self.held.push((self.draft.text().len(), text.to_owned()));
        }
    }

    /// Shows the text of a code that has no end.
    pub(super) fn release(&mut self) {
        let held = std::mem::take(&mut self.held);
        let (mut text, mut joined): (Vec<(usize, String)>, usize) = (Vec::new(), usize::MAX);
        for (at, piece) in held {
            match text.last_mut().filter(|_| at == joined) {
                Some((_, last)) => last.push_str(&piece),
                None => text.push((at, piece)),
            }
            joined = at;
        }
        if !text.is_empty() {
            self.draft.insert(&text);
        }
    }

    /// Completes the paragraph: its number is counted, its kind and indentation settled.
    pub(super) fn finish(mut self, styles: &Styles, numbering: &mut Numbering) -> Finished {
        let named = self.properties.style.clone();
        let style = styles.of_paragraph(named.as_deref());
        let label = self.count(style, styles, numbering);
        self.settle_indent(style, label.as_ref());
        let heading = self.heading(style);
        let struck = self.draft.is_struck();
        self.settle_kind(style, heading, label.is_some());
        self.write_inner_numbers(styles, numbering);
        if let Some(label) = label.filter(|label| !label.text.is_empty()) {
            let space =
                if label.close && !self.draft.text().starts_with(char::is_alphanumeric) { "" } else { " " };
            self.draft.label(&format!("{}{space}", label.text));
        }
        Finished { draft: self.draft, notes: self.notes, is_heading: heading.is_some() && !struck }
    }

    /// The label that automatic numbering gives the paragraph. One that is struck as a whole does not
    /// count: the numbers are those of the text as changed.
    fn count(&self, style: Option<&Style>, styles: &Styles, numbering: &mut Numbering) -> Option<Label> {
        let from_style = style.map(|style| &style.paragraph);
        let own = self.properties.list;
        let list = own.or_else(|| from_style?.list).filter(|list| *list > 0)?;
        let by_style = || numbering.level_of_style(list, self.properties.style.as_deref()?, styles);
        let level = match own {
            Some(_) => self.properties.level.or_else(by_style),
            None => by_style().or(self.properties.level),
        };
        let level = level.or_else(|| from_style?.level).unwrap_or(0);
        numbering.count(list, level, styles, !self.draft.is_struck())
    }

    /// Writes the numbers inside the paragraph: `(1)` in "1.—(1) In this Act".
    fn write_inner_numbers(&mut self, styles: &Styles, numbering: &mut Numbering) {
        let mut labels = Vec::new();
        for (at, number) in &self.numbers {
            let list = numbering.named(&number.name);
            let label = list.and_then(|list| numbering.count(list, number.level, styles, true));
            labels.extend(label.map(|label| (*at, format!("{} ", label.text))));
        }
        if !labels.is_empty() {
            self.draft.insert(&labels);
        }
    }

    fn settle_indent(&mut self, style: Option<&Style>, label: Option<&Label>) {
        let mut properties = self.properties.clone();
        let from_style = style.map(|style| &style.paragraph);
        // A list named by the paragraph itself goes before the style; a style's own indentation goes
        // before the style's list.
        let from_list = label.map(|label| &label.paragraph);
        let order =
            if self.properties.list.is_some() { [from_list, from_style] } else { [from_style, from_list] };
        for base in order.into_iter().flatten() {
            properties.inherit_indent(base);
        }
        let tabs = self.draft.text().bytes().take(20).take_while(|byte| *byte == b'\t').count();
        self.draft.indent = properties.columns().saturating_add(TAB * tabs as u16);
    }

    fn heading(&self, style: Option<&Style>) -> Option<u8> {
        let outline = self.properties.outline.or_else(|| style?.paragraph.outline)?;
        (outline < 9).then_some(outline + 1)
    }

    fn settle_kind(&mut self, style: Option<&Style>, heading: Option<u8>, listed: bool) {
        let short = self.draft.text().len() <= LONGEST_ENTRY;
        let entry = self.in_contents && heading.is_none() && short;
        if entry || style.is_some_and(Style::is_contents) {
            self.draft.part = Some(Part::Contents);
        }
        self.draft.kind = match heading {
            Some(level) => Kind::Heading(level),
            None if self.tables > 0 => Kind::Cell,
            None if listed => Kind::Item,
            None => Kind::Paragraph,
        };
    }
}
