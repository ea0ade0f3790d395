//! The body of a DOCX, element by element.
//!
//! What is not known here is looked through, not left out: a smart tag, a content control or an
//! element of a later version of Word may hold text. What stands in properties, comments, headers,
//! field codes and second renderings of the same thing is left out.

use super::changes::{Changes, Fate};
use super::field::Fields;
use super::find_prefixes;
use super::numbering::Numbering;
use super::paragraph::{Finished, NoteKind, NoteReference, Open};
use super::properties::RunProperties;
use super::styles::Styles;
use crate::document::Change;
use crate::reader::part::{Element, Flow, Walk};

/// An element that is open, and what to do at its end.
#[derive(Clone, Debug)]
enum Frame {
    /// Nothing.
    Plain,
    Paragraph,
    ParagraphProperties,
    /// Properties of the paragraph mark.
    MarkProperties,
    /// A run; the one that it stands in, as a text box does.
    Run(RunProperties),
    RunProperties,
    /// What is text here.
    Text,
    /// The code of a field.
    Code,
    Changed(Change),
    Table,
    SimpleField,
    /// Alternatives, and whether one has been taken.
    Alternatives(bool),
    /// The properties of a content control that holds a table of contents.
    Control(bool),
    Note,
}

/// Walks through one part.
#[derive(Debug)]
pub(super) struct Walker<'s> {
    styles: &'s Styles,
    numbering: Numbering,
    /// The prefixes of the names of text and of formulas.
    prefixes: [String; 2],
    frames: Vec<Frame>,
    /// Paragraphs that are open: in a text box, one inside the other.
    open: Vec<Open>,
    run: RunProperties,
    fields: Fields,
    changes: Changes,
    tables: usize,
    contents: usize,
    /// A paragraph whose mark is deleted, to which the next belongs.
    unfinished: Option<Open>,
    finished: Vec<Finished>,
    /// Paragraphs of text boxes, which follow the paragraph that they are anchored in.
    boxes: Vec<Finished>,
    /// The note that is being read.
    note: Option<String>,
    /// Content of another format inside, which is not read.
    pub(super) embedded: bool,
}

impl<'s> Walker<'s> {
    pub(super) fn new(styles: &'s Styles, numbering: Numbering, original: bool) -> Walker<'s> {
        Walker {
            styles,
            numbering,
            prefixes: ["w".to_owned(), "m".to_owned()],
            frames: Vec::new(),
            open: Vec::new(),
            run: RunProperties::default(),
            fields: Fields::default(),
            changes: Changes::new(original),
            tables: 0,
            contents: 0,
            unfinished: None,
            finished: Vec::new(),
            boxes: Vec::new(),
            note: None,
            embedded: false,
        }
    }

    /// The paragraphs that are complete, and the note that they stand in.
    pub(super) fn take(&mut self) -> (Option<&str>, Vec<Finished>) {
        (self.note.as_deref(), std::mem::take(&mut self.finished))
    }

    /// Completes what the end of the part leaves open.
    pub(super) fn end_part(&mut self) {
        if let Some(open) = self.unfinished.take() {
            self.complete(open);
        }
    }

    fn start_other(&mut self, element: &Element<'_>) -> Option<Frame> {
        let taken = match self.frames.last_mut() {
            Some(Frame::Alternatives(taken)) => std::mem::replace(taken, true),
            _ => false,
        };
        match element.name() {
            "AlternateContent" => Some(Frame::Alternatives(false)),
            _ if taken => None,
            _ => Some(Frame::Plain),
        }
    }

    fn start_word(&mut self, element: &Element<'_>) -> Option<Frame> {
        match self.frames.last() {
            Some(Frame::ParagraphProperties) => self.start_in_paragraph_properties(element),
            Some(Frame::MarkProperties) => {
                self.take_mark(element);
                None
            }
            Some(Frame::RunProperties) => {
                self.run.take(element);
                None
            }
            Some(Frame::Control(_)) => self.start_in_control(element),
            _ => self.start_content(element),
        }
    }

    fn start_in_paragraph_properties(&mut self, element: &Element<'_>) -> Option<Frame> {
        match element.name() {
            "rPr" => Some(Frame::MarkProperties),
            "numPr" => Some(Frame::ParagraphProperties),
            name if name.ends_with("Change") || name == "sectPr" => None,
            _ => {
                if let Some(open) = self.open.last_mut() {
                    open.properties.take(element);
                }
                None
            }
        }
    }

    /// What becomes of a paragraph's mark.
    fn take_mark(&mut self, element: &Element<'_>) {
        let change = match element.name() {
            "ins" | "moveTo" => Change::Inserted,
            "del" | "moveFrom" => Change::Deleted,
            _ => return,
        };
        if let Some(open) = self.open.last_mut() {
            open.mark = Some(change);
        }
    }

    fn start_in_control(&mut self, element: &Element<'_>) -> Option<Frame> {
        match element.name() {
            "sdtPr" | "docPartObj" => Some(Frame::Plain),
            _ => self.start_content(element),
        }
    }

    fn start_content(&mut self, element: &Element<'_>) -> Option<Frame> {
        let name = element.name();
        match name {
            "p" => self.begin_paragraph(),
            "pPr" => return Some(Frame::ParagraphProperties),
            "r" => return Some(Frame::Run(std::mem::take(&mut self.run))),
            "rPr" => return Some(if self.in_run() { Frame::RunProperties } else { Frame::Plain }),
            "t" | "delText" => return Some(Frame::Text),
            "instrText" | "delInstrText" => return Some(Frame::Code),
            "ins" | "moveTo" => return Some(Frame::Changed(self.changes.begin(Change::Inserted))),
            "del" | "moveFrom" => return Some(Frame::Changed(self.changes.begin(Change::Deleted))),
            "tbl" => {
                self.tables += 1;
                return Some(Frame::Table);
            }
            "fldSimple" => {
                self.fields.begin_simple(&element.attribute("instr").unwrap_or_default());
                return Some(Frame::SimpleField);
            }
            "fldChar" => self.field_mark(&element.attribute("fldCharType").unwrap_or_default()),
            "sdt" => return Some(Frame::Control(false)),
            "docPartGallery" => self.gallery(&element.attribute("val").unwrap_or_default()),
            "footnoteReference" => self.refer(NoteKind::Footnote, element),
            "endnoteReference" => self.refer(NoteKind::Endnote, element),
            "footnote" | "endnote" => return self.begin_note(element),
            "altChunk" | "subDoc" => self.embedded = true,
            _ => return self.character(element),
        }
        match name {
            "p" => Some(Frame::Paragraph),
            _ => Some(Frame::Plain),
        }
    }

    /// Elements that stand for a character, and those that hold nothing to read.
    fn character(&mut self, element: &Element<'_>) -> Option<Frame> {
        match element.name() {
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" => self.break_line(),
            "noBreakHyphen" => self.push("-"),
            "softHyphen" => self.push("\u{ad}"),
            "sym" => {
                let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                // The symbol fonts stand in the private use area; which character is meant only the font tells.
                let known = code.filter(|code| !(0xe000..0xf900).contains(code)).and_then(char::from_u32);
                self.push(known.unwrap_or(' ').encode_utf8(&mut [0; 4]));
            }
            "tblPr" | "tblGrid" | "tblPrEx" | "trPr" | "tcPr" | "sectPr" | "rt" | "sdtEndPr"
            | "smartTagPr" | "customXmlPr" | "ffData" | "rubyPr" => return None,
            name if name.ends_with("Change") => return None,
            _ => {}
        }
        Some(Frame::Plain)
    }

    fn in_run(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Run(_)))
    }

    fn field_mark(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.begin(),
            "separate" => {
                self.fields.separate();
                self.end_code();
            }
            "end" => {
                let number = self.fields.end();
                self.end_code();
                let shown = self.fate() != Fate::LeftOut;
                if let (Some(number), Some(open)) = (number.filter(|_| shown), self.open.last_mut()) {
                    open.numbers.push((open.draft.text().len(), number));
                }
            }
            _ => {}
        }
    }

    /// Where no code is open any more, what stood in it was none of the text.
    fn end_code(&mut self) {
        if let Some(open) = self.open.last_mut().filter(|_| !self.fields.in_code()) {
            open.held.clear();
        }
    }

    /// The content control that is open holds a part of a document of this kind.
    fn gallery(&mut self, name: &str) {
        let control = self.frames.iter_mut().rev().find(|frame| matches!(frame, Frame::Control(_)));
        if let Some(Frame::Control(contents @ false)) = control
            && name == "Table of Contents"
        {
            *contents = true;
            self.contents += 1;
        }
    }

    fn refer(&mut self, kind: NoteKind, element: &Element<'_>) {
        let left_out = self.fate() == Fate::LeftOut;
        let id = element.attribute("id").unwrap_or_default();
        if let Some(open) = self.open.last_mut().filter(|_| !left_out) {
            open.notes.push(NoteReference { kind, id });
        }
    }

    fn begin_note(&mut self, element: &Element<'_>) -> Option<Frame> {
        let is_text = matches!(element.attribute("type").as_deref(), None | Some("normal"));
        self.note = element.attribute("id").filter(|_| is_text);
        is_text.then_some(Frame::Note)
    }

    fn begin_paragraph(&mut self) {
        let in_contents = self.contents > 0 || self.fields.in_contents();
        let tables = self.tables;
        self.open.push(Open { in_contents, tables, ..Open::default() });
    }

    fn end_paragraph(&mut self) {
        self.fields.end_of_paragraph();
        let Some(mut open) = self.open.pop() else { return };
        open.release();
        if let Some(mut before) = self.unfinished.take() {
            before.append(open);
            open = before;
        }
        if self.changes.joins(open.mark, &open.draft) {
            self.unfinished = Some(open);
        } else {
            self.complete(open);
        }
    }

    fn complete(&mut self, open: Open) {
        // In the text as it was, a paragraph that is inserted as a whole has no number either.
        let finished = open.finish(self.styles, &mut self.numbering);
        if self.open.is_empty() {
            self.finished.push(finished);
            self.finished.append(&mut self.boxes);
        } else {
            self.boxes.push(finished);
        }
    }

    fn fate(&self) -> Fate {
        self.changes.fate(self.run.struck == Some(true))
    }

    fn push(&mut self, text: &str) {
        let paragraph = self.open.last().and_then(|open| open.properties.style.as_deref());
        self.styles.settle_run(&mut self.run, paragraph);
        let Fate::Kept(change) = self.fate() else { return };
        let shown = self.fields.show();
        if let Some(open) = self.open.last_mut().filter(|_| self.run.hidden != Some(true)) {
            open.push(text, change, shown);
        }
    }

    fn break_line(&mut self) {
        let shown = self.fate() != Fate::LeftOut && self.fields.show();
        if let Some(open) = self.open.last_mut().filter(|_| shown) {
            open.draft.break_line();
        }
    }
}

impl Walk for Walker<'_> {
    /// An element begins.
    fn start(&mut self, element: &Element<'_>) -> Flow {
        if self.frames.is_empty() {
            find_prefixes(&mut self.prefixes, element);
        }
        let [word, formula] = &self.prefixes;
        let frame = match element.prefix() {
            prefix if prefix == word => self.start_word(element),
            prefix if prefix == formula => {
                Some(if element.name() == "t" { Frame::Text } else { Frame::Plain })
            }
            _ => self.start_other(element),
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
            Frame::Changed(change) => self.changes.end(change),
            Frame::Table => self.tables -= 1,
            Frame::SimpleField => self.field_mark("end"),
            Frame::Control(true) => self.contents -= 1,
            Frame::Note => {
                self.end_part();
                self.note = None;
            }
            Frame::Plain
            | Frame::ParagraphProperties
            | Frame::MarkProperties
            | Frame::RunProperties
            | Frame::Text
            | Frame::Code
            | Frame::Alternatives(_)
            | Frame::Control(false) => {}
        }
    }

    /// Text stands in the innermost element.
    fn text(&mut self, text: &str) {
        match self.frames.last() {
            Some(Frame::Text) => self.push(text),
            Some(Frame::Code) => self.fields.code(text),
            _ => {}
        }
    }
}
