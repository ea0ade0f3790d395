//! The body of an ODT, element by element.
//!
//! Like Word's, a document is looked through: an element that is not known here may hold text. What is
//! deleted stands apart from the text, before it, and is put back where its mark stands.

mod paragraph;

use std::collections::{BTreeMap, BTreeSet};

use super::list::Counters;
use super::styles::Styles;
use crate::document::Change;
use crate::reader::draft::Draft;
use crate::reader::part::{Element, Flow, Walk};

/// How many columns a tab at the start of a paragraph sets it in.
const TAB: u16 = 5;
/// Lists are nested at most so deep.
const LEVELS: usize = 10;

/// An element that is open, and what to do at its end.
#[derive(Clone, Debug)]
enum Frame {
    /// Nothing.
    Plain,
    Paragraph,
    /// A run of text, and whether the text around it is struck and hidden.
    Run(Run),
    List,
    Table,
    Contents,
    Note,
    /// What a change deleted.
    Deletion,
}

#[derive(Clone, Copy, Debug, Default)]
struct Run {
    struck: bool,
    hidden: bool,
}

/// A list that is open.
#[derive(Clone, Debug, Default)]
struct List {
    style: Option<String>,
    /// From 1.
    level: usize,
    /// Whether the open item has its label.
    labelled: bool,
    /// The number that the open item is given.
    start: Option<u32>,
}

/// A paragraph that is open.
#[derive(Clone, Debug, Default)]
struct Open {
    draft: Draft,
    style: Option<String>,
    /// The level as a heading, from 1.
    heading: Option<u8>,
    /// Whether it stands in a note.
    note: bool,
    label: String,
    /// The run of the paragraph outside that it stands in.
    outer: Run,
    listed: Option<(String, usize)>,
}

/// A paragraph that is complete.
#[derive(Debug)]
pub(super) enum Finished {
    /// A heading, before which the notes of the part above it stand.
    Heading(Draft),
    Text(Draft),
    Note(Draft),
}

/// Walks through the body.
#[derive(Debug)]
pub(super) struct Walker<'s> {
    styles: &'s Styles,
    original: bool,
    counters: Counters,
    frames: Vec<Frame>,
    lists: Vec<List>,
    open: Vec<Open>,
    /// A paragraph that goes on in the next: its end is inserted.
    unfinished: Option<Open>,
    run: Run,
    tables: usize,
    contents: usize,
    notes: usize,
    /// The change that is being described.
    region: String,
    /// Whether deleted text is being read.
    in_deletion: bool,
    insertions: BTreeSet<String>,
    deletions: BTreeMap<String, Vec<String>>,
    /// Insertions that are open.
    inserting: BTreeSet<String>,
    finished: Vec<Finished>,
    /// Paragraphs of text boxes, which follow the paragraph that they are anchored in.
    boxes: Vec<Finished>,
}

impl<'s> Walker<'s> {
    pub(super) fn new(styles: &'s Styles, original: bool) -> Walker<'s> {
        Walker {
            styles,
            original,
            counters: Counters::default(),
            frames: Vec::new(),
            lists: Vec::new(),
            open: Vec::new(),
            unfinished: None,
            run: Run::default(),
            tables: 0,
            contents: 0,
            notes: 0,
            region: String::new(),
            in_deletion: false,
            insertions: BTreeSet::new(),
            deletions: BTreeMap::new(),
            inserting: BTreeSet::new(),
            finished: Vec::new(),
            boxes: Vec::new(),
        }
    }

    /// The paragraphs that are complete.
    pub(super) fn take(&mut self) -> Vec<Finished> {
        std::mem::take(&mut self.finished)
    }

    /// Completes what the end of the part leaves open.
    pub(super) fn end_part(&mut self) {
        if let Some(open) = self.unfinished.take() {
            self.complete(open);
        }
    }

    fn start_text(&mut self, element: &Element<'_>) -> Option<Frame> {
        match element.name() {
            "p" | "h" => {
                self.begin_paragraph(element);
                return Some(Frame::Paragraph);
            }
            "span" => return Some(self.begin_run(element)),
            "list" => return Some(self.begin_list(element)),
            "list-item" | "list-header" => self.begin_item(element),
            "s" => self.text(" "),
            "tab" => self.text("\t"),
            "line-break" => self.break_line(),
            "note" => {
                self.notes += 1;
                return Some(Frame::Note);
            }
            "section" if element.attribute("display").as_deref() == Some("none") => return None,
            "changed-region" => {
                self.region = element.attribute("id").unwrap_or_default();
            }
            "change-start" | "change-end" | "change" => self.mark_change(element),
            name => return self.start_special(name),
        }
        Some(Frame::Plain)
    }

    /// Elements that hold nothing to read, or something of another kind.
    fn start_special(&mut self, name: &str) -> Option<Frame> {
        match name {
            "insertion" => {
                self.insertions.insert(self.region.clone());
            }
            "deletion" => {
                self.in_deletion = true;
                return Some(Frame::Deletion);
            }
            "table-of-content" | "alphabetical-index" | "illustration-index" | "table-index"
            | "object-index" | "user-index" => {
                self.contents += 1;
                return Some(Frame::Contents);
            }
            "note-citation"
            | "number"
            | "ruby-text"
            | "script"
            | "hidden-text"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "dde-connection-decls" => return None,
            name if name.ends_with("-source") || name.ends_with("-decls") => return None,
            _ => {}
        }
        Some(Frame::Plain)
    }

    fn break_line(&mut self) {
        let left_out = self.run.hidden || (self.original && !self.inserting.is_empty());
        if let Some(open) = self.open.last_mut().filter(|_| !left_out) {
            open.draft.break_line();
        }
    }

    fn begin_run(&mut self, element: &Element<'_>) -> Frame {
        let outer = self.run;
        let style = element.attribute("style-name").and_then(|name| self.styles.get("text", &name));
        if let Some(style) = style {
            self.run.struck = style.struck.unwrap_or(outer.struck);
            self.run.hidden = style.hidden.unwrap_or(outer.hidden);
        }
        Frame::Run(outer)
    }

    fn begin_list(&mut self, element: &Element<'_>) -> Frame {
        let outer = self.lists.last();
        let own = element.attribute("style-name");
        let style = own.or_else(|| outer?.style.clone());
        let continues = element.attribute("continue-numbering").as_deref() == Some("true")
            || element.attribute("continue-list").is_some();
        if let Some(style) = style.as_deref().filter(|_| outer.is_none() && !continues) {
            self.counters.restart(style);
        }
        let level = (self.lists.len() + 1).min(LEVELS);
        let list = List { style, level, ..List::default() };
        self.lists.push(list);
        Frame::List
    }

    fn begin_item(&mut self, element: &Element<'_>) {
        if let Some(list) = self.lists.last_mut() {
            list.labelled = element.name() == "list-header";
            list.start = element.attribute("start-value").and_then(|start| start.parse().ok());
        }
    }

    fn mark_change(&mut self, element: &Element<'_>) {
        let id = element.attribute("change-id").unwrap_or_default();
        match element.name() {
            "change-start" if self.insertions.contains(&id) => {
                self.inserting.insert(id);
            }
            "change-end" => {
                self.inserting.remove(&id);
            }
            "change" => self.put_back(&id),
            _ => {}
        }
    }

    /// Puts deleted text where its mark stands.
    fn put_back(&mut self, id: &str) {
        let left_out = self.original && !self.inserting.is_empty();
        let (Some(paragraphs), Some(open)) = (self.deletions.remove(id), self.open.last_mut()) else {
            return;
        };
        if left_out {
            return;
        }
        for (index, paragraph) in paragraphs.into_iter().enumerate() {
            if self.original {
                if index > 0 {
                    open.draft.break_line();
                }
                open.draft.push(&paragraph, None);
            } else {
                let space = if index > 0 { " " } else { "" };
                open.draft.push(&[space, &paragraph].concat(), Some(Change::Deleted));
            }
        }
    }
}

impl Walk for Walker<'_> {
    /// An element begins.
    fn start(&mut self, element: &Element<'_>) -> Flow {
        let frame = match element.prefix() {
            "text" => self.start_text(element),
            "table" => match element.name() {
                "table" => {
                    self.tables += 1;
                    Some(Frame::Table)
                }
                "covered-table-cell" => None,
                _ => Some(Frame::Plain),
            },
            "office" => match element.name() {
                "text" | "body" | "document-content" => Some(Frame::Plain),
                _ => None,
            },
            "svg" | "form" | "script" | "dc" | "meta" | "style" | "number" | "math" => None,
            "draw" if matches!(element.name(), "object" | "object-ole" | "image" | "plugin") => None,
            _ => Some(Frame::Plain),
        };
        match frame {
            Some(frame) => {
                self.frames.push(frame);
                Flow::Enter
            }
            None => Flow::Skip,
        }
    }

    /// The innermost element ends.
    fn end(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frame {
            Frame::Paragraph => self.end_paragraph(),
            Frame::Run(outer) => self.run = outer,
            Frame::List => {
                self.lists.pop();
            }
            Frame::Table => self.tables -= 1,
            Frame::Contents => self.contents -= 1,
            Frame::Note => self.notes -= 1,
            Frame::Deletion => self.in_deletion = false,
            Frame::Plain => {}
        }
    }

    /// Text stands in the innermost element.
    fn text(&mut self, text: &str) {
        if self.run.hidden {
            return;
        }
        let inserted = !self.inserting.is_empty();
        if self.original && inserted {
            return;
        }
        let change = match (self.run.struck, inserted) {
            _ if self.original || self.in_deletion => None,
            (true, _) => Some(Change::Deleted),
            (false, true) => Some(Change::Inserted),
            (false, false) => None,
        };
        if let Some(open) = self.open.last_mut() {
            open.draft.push(text, change);
        }
    }
}
