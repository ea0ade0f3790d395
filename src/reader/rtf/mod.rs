//! RTF: groups of control words with text between them, in the encoding of each font.
//!
//! Own code: what there is either drops the text of fields, notes and lists or knows one encoding.
//! A control word that is not known is passed over, a group that says it may be passed over
//! (`\*`) is; everything else that is text is kept.

mod charset;
mod group;
mod paragraph;
mod token;

use std::collections::BTreeMap;

use super::draft::{Draft, Kind};
use super::transcript::Transcript;
use super::{ReadError, ReadOptions, TrackedChanges};
use crate::document::{Change, Document, Part};
use charset::Charset;
use group::{Destination, Group, character};
use token::{Token, Tokens};

/// Groups nested deeper are refused.
const DEEPEST: usize = 1000;
/// A column of indentation, in twentieths of a point.
const COLUMN: i32 = 144;
const MOST_COLUMNS: u16 = 400;
/// How many columns a tab at the start of a paragraph sets it in.
const TAB: u16 = 5;
/// A longer paragraph is no entry of a table of contents; in bytes.
const LONGEST_ENTRY: usize = 300;

/// Reads the RTF that `bytes` are.
pub(super) fn read(bytes: &[u8], options: ReadOptions) -> Result<Document, ReadError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if !bytes.starts_with(b"{\\rtf") {
        return Err(ReadError::NotRtf);
    }
    let mut reader = Reader::new(bytes.len(), options);
    for token in Tokens::new(bytes) {
        reader.token(token)?;
    }
    reader.finish()
}

/// A font: its encoding, or that its characters are pictures.
#[derive(Clone, Copy, Debug, Default)]
struct Font {
    charset: Option<Charset>,
    symbols: bool,
}

/// A style: its name, and its level as a heading.
#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    outline: Option<i32>,
}

struct Reader {
    original: bool,
    /// Whether running heads and feet are text.
    keep_furniture: bool,
    transcript: Transcript,
    groups: Vec<Group>,
    /// The paragraph that is open, and below it those that a note interrupts.
    drafts: Vec<Draft>,
    /// Notes of the text since the last heading.
    notes: Vec<Draft>,
    /// Texts of drawings, which follow the paragraph that they are anchored in.
    frames: Vec<Draft>,
    charset: Charset,
    fonts: BTreeMap<i32, Font>,
    styles: BTreeMap<i32, Style>,
    /// Bytes that are not decoded yet.
    bytes: Vec<u8>,
    /// The first half of a character beyond the basic plane.
    surrogate: Option<u32>,
    /// How many characters are left that only stand in for a `\u`.
    stand_ins: usize,
    title: String,
    /// The code of the field that is open.
    code: String,
    ended: bool,
}

impl Reader {
    fn new(size: usize, options: ReadOptions) -> Reader {
        Reader {
            original: options.changes == TrackedChanges::Original,
            keep_furniture: options.keep_furniture,
            transcript: Transcript::new(size),
            groups: Vec::new(),
            drafts: vec![Draft::default()],
            notes: Vec::new(),
            frames: Vec::new(),
            charset: Charset::DEFAULT,
            fonts: BTreeMap::new(),
            styles: BTreeMap::new(),
            bytes: Vec::new(),
            surrogate: None,
            stand_ins: 0,
            title: String::new(),
            code: String::new(),
            ended: false,
        }
    }

    fn token(&mut self, token: Token<'_>) -> Result<(), ReadError> {
        if self.ended {
            return Ok(());
        }
        match token {
            Token::Open => self.open(),
            Token::Close => self.close(),
            Token::Word(word, parameter) => self.word(word, parameter),
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Hex(byte) => {
                if !self.is_stand_in() {
                    self.bytes.push(byte);
                }
                Ok(())
            }
            Token::Text(text) => {
                let passed = self.stand_ins.min(text.len());
                self.stand_ins -= passed;
                self.bytes.extend_from_slice(text.get(passed..).unwrap_or_default());
                Ok(())
            }
        }
    }

    fn is_stand_in(&mut self) -> bool {
        let passes = self.stand_ins > 0;
        self.stand_ins = self.stand_ins.saturating_sub(1);
        passes
    }

    fn group(&self) -> Group {
        self.groups.last().copied().unwrap_or_default()
    }

    fn open(&mut self) -> Result<(), ReadError> {
        self.flush();
        self.stand_ins = 0;
        if self.groups.len() == DEEPEST {
            return Err(ReadError::TooDeep { part: "the document".to_owned(), most: DEEPEST });
        }
        self.groups.push(self.group().inner());
        Ok(())
    }

    fn close(&mut self) -> Result<(), ReadError> {
        self.flush();
        self.stand_ins = 0;
        let Some(group) = self.groups.pop() else { return Ok(()) };
        if let Some(inset) = group.inset {
            self.end_inset(inset, group);
        }
        let is_contents = group.destination == Destination::Code && is_contents(&self.code);
        if let Some(outer) = self.groups.last_mut() {
            outer.contents |= is_contents;
            if group.destination == Destination::Code && outer.destination != Destination::Code {
                self.code.clear();
            }
        } else {
            self.ended = true;
            self.end_paragraph(group, false)?;
        }
        Ok(())
    }

    fn word(&mut self, word: &str, parameter: Option<i32>) -> Result<(), ReadError> {
        if word == "u" {
            self.unicode(parameter.unwrap_or(0));
            return Ok(());
        }
        if self.is_stand_in() {
            return Ok(());
        }
        self.flush();
        let Some(group) = self.groups.last_mut() else { return Ok(()) };
        // A head or foot that is kept stands apart like the text of a drawing.
        let word = if self.keep_furniture && is_furniture(word) { "shptxt" } else { word };
        if group.aim(word) {
            if group.inset.is_some() {
                self.drafts.push(Draft::default());
            }
            if matches!(word, "listtext" | "pntext")
                && let Some(draft) = self.drafts.last_mut()
            {
                draft.kind = Kind::Item;
            }
            group.optional = false;
            return Ok(());
        }
        if group.take(word, parameter) {
            let group = *group;
            self.define(word, parameter, group);
            return Ok(());
        }
        let group = *group;
        match (group.destination, word) {
            (_, "ansicpg") => self.charset = parameter.map_or(self.charset, charset::of_code_page),
            (_, "mac") => self.charset = charset::of_code_page(10000),
            (_, "pc") => self.charset = charset::of_code_page(437),
            (_, "pca") => self.charset = charset::of_code_page(850),
            (_, "fcharset" | "cpg") => self.define(word, parameter, group),
            (Destination::Text, "par" | "sect") => self.end_paragraph(group, false)?,
            (Destination::Text, "cell" | "nestcell") => self.end_paragraph(group, true)?,
            (Destination::Text, "line" | "page" | "column" | "softline") => self.break_line(group),
            _ => self.push(character(word).unwrap_or_default()),
        }
        Ok(())
    }

    /// What a word says of the font or style that is being defined.
    fn define(&mut self, word: &str, parameter: Option<i32>, group: Group) {
        match (group.destination, word) {
            (Destination::Fonts, "f") => {
                self.fonts.entry(group.font).or_default();
            }
            (Destination::Fonts, "fcharset" | "cpg") => {
                let font = self.fonts.entry(group.font).or_default();
                let number = parameter.unwrap_or(0);
                let named = if word == "cpg" {
                    Some(charset::of_code_page(number))
                } else {
                    charset::of_font(number)
                };
                font.charset = named.or(font.charset);
                font.symbols |= word == "fcharset" && number == charset::SYMBOLS;
            }
            (Destination::Styles, "s" | "outlinelevel") => {
                let style = self.styles.entry(group.paragraph.style.unwrap_or(0)).or_default();
                style.outline = group.paragraph.outline;
            }
            _ => {}
        }
    }

    fn symbol(&mut self, symbol: u8) -> Result<(), ReadError> {
        if self.is_stand_in() {
            return Ok(());
        }
        self.flush();
        match symbol {
            b'*' => {
                if let Some(group) = self.groups.last_mut() {
                    group.optional = true;
                }
            }
            b'~' => self.push("\u{a0}"),
            b'-' => self.push("\u{ad}"),
            b'_' => self.push("-"),
            b'\\' | b'{' | b'}' => self.push(char::from(symbol).encode_utf8(&mut [0; 4])),
            b'\r' | b'\n' if self.group().destination == Destination::Text => {
                self.end_paragraph(self.group(), false)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// A UTF-16 code unit, negative above 32767.
    fn unicode(&mut self, number: i32) {
        self.flush();
        self.stand_ins = self.group().fallback;
        let unit = (number & 0xffff).unsigned_abs();
        let code = match (self.surrogate.take(), unit) {
            (_, 0xd800..=0xdbff) => {
                self.surrogate = Some(unit);
                return;
            }
            (Some(first), 0xdc00..=0xdfff) => 0x1_0000 + ((first - 0xd800) << 10) + (unit - 0xdc00),
            _ => unit,
        };
        if let Some(c) = char::from_u32(code) {
            self.push(c.encode_utf8(&mut [0; 4]));
        }
    }

    /// Decodes the bytes so far in the encoding of the font.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let font = self.fonts.get(&self.group().font).copied().unwrap_or_default();
        let bytes = std::mem::take(&mut self.bytes);
        if font.symbols && !bytes.is_ascii() {
            return;
        }
        match font.charset.unwrap_or(self.charset).decode(&bytes) {
            Ok(text) => self.push(&text),
            Err(page) => self.transcript.unread(&format!("letters of code page {page} are not read")),
        }
    }

    fn push(&mut self, text: &str) {
        let group = self.group();
        match group.destination {
            Destination::Text => self.push_text(text, group),
            Destination::Title => self.title.push_str(text),
            Destination::Code if self.code.len() < 100 => self.code.push_str(text),
            Destination::Styles => {
                let style = self.styles.entry(group.paragraph.style.unwrap_or(0)).or_default();
                if style.name.len() < 100 {
                    style.name.push_str(text);
                }
            }
            Destination::Nothing | Destination::Fonts | Destination::Code => {}
        }
    }

    fn push_text(&mut self, text: &str, group: Group) {
        let characters = group.characters;
        if characters.hidden || (self.original && characters.inserted) {
            return;
        }
        let change = match (characters.deleted || characters.struck, characters.inserted) {
            _ if self.original => None,
            (true, _) => Some(Change::Deleted),
            (false, true) => Some(Change::Inserted),
            (false, false) => None,
        };
        if let Some(draft) = self.drafts.last_mut() {
            draft.push(text, change);
            if group.contents {
                draft.part = Some(Part::Contents);
            }
        }
    }

    fn break_line(&mut self, group: Group) {
        let left_out = group.characters.hidden || (self.original && group.characters.inserted);
        if let Some(draft) = self.drafts.last_mut().filter(|_| !left_out) {
            draft.break_line();
        }
    }

    fn finish(mut self) -> Result<Document, ReadError> {
        if !self.ended {
            self.drafts.truncate(1);
            self.end_paragraph(self.group(), false)?;
            self.transcript.unread("the document is cut off: its end is missing");
        }
        self.write_notes()?;
        self.transcript.title(std::mem::take(&mut self.title));
        self.transcript.finish()
    }
}

/// Whether a group is a running head or foot.
fn is_furniture(word: &str) -> bool {
    let page = word.strip_prefix("header").or_else(|| word.strip_prefix("footer"));
    page.is_some_and(|page| matches!(page, "" | "l" | "r" | "f"))
}

/// Whether the code of a field makes a table of contents.
fn is_contents(code: &str) -> bool {
    let kind = code.split_whitespace().next().unwrap_or_default();
    ["TOC", "INDEX"].iter().any(|known| kind.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests;
