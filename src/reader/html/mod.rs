//! HTML: blocks from the elements, the text from the source, byte for byte.
//!
//! Pages of law are what Word exported, what a publisher set with classes of its own, or printed lines
//! in one `<pre>`. What belongs to the site (scripts, navigation, controls, hidden text) and what
//! belongs to the page (running heads, marks of footnotes) is left out.

mod element;
mod flow;
mod list;
mod open;
mod printed;
mod token;

use element::{Effect, Element, Role, element, ends_paragraph, is_hidden, is_void, role};
use flow::{Flow, TitlePiece};
use list::Numbering;
use open::{Open, OpenElements};
use printed::Printed;
use token::{Piece, Pieces, Tag, references};

use super::ReadError;
use crate::document::{BlockKind, Change, Document, Origin, Part};
use crate::text::Span;

/// How many elements may be open inside each other.
const DEEPEST: usize = 100_000;
/// How much of a header or footer is looked at.
const LOOK_AHEAD: usize = 20_000;
/// How many headers and footers are looked at.
const MOST_FRAMES: usize = 64;
/// Endings of file names, which some programs write for a title.
const FILE_NAMES: [&str; 7] = [".xml", ".html", ".htm", ".doc", ".docx", ".pdf", ".rtf"];

/// Reads `source` as HTML or XHTML; what is printed on every page stays if `keep_furniture`.
///
/// Errors: [`ReadError::NoShownText`], [`ReadError::NestedTooDeep`].
pub(super) fn read(source: &str, origin: Origin, keep_furniture: bool) -> Result<Document, ReadError> {
    let mut reading = Reading::new(source);
    reading.keep_furniture = keep_furniture;
    reading.flow.builder.origin(origin);
    let mut pieces = Pieces::new(source);
    for piece in pieces.by_ref() {
        match piece {
            Piece::Text(span) => reading.text(span),
            Piece::Start(tag) => reading.start(&tag),
            Piece::End(name) => reading.end(&name),
            Piece::Comment(comment) => reading.flow.builder.comment(comment),
        }
        if reading.open.depth() > DEEPEST {
            return Err(ReadError::NestedTooDeep { limit: DEEPEST });
        }
    }
    if let Some((what, at)) = pieces.swallowed() {
        reading
            .flow
            .builder
            .unread(format!("everything after the {what} at byte {at}, which is never closed"));
    }
    reading.finish()
}

/// What has been read so far.
#[derive(Debug)]
struct Reading<'s> {
    source: &'s str,
    flow: Flow<'s>,
    open: OpenElements,
    /// How many open elements hide what is in them.
    hidden: usize,
    /// How many open elements are preformatted.
    printing: usize,
    printed: Printed,
    /// The numbering of each open list.
    lists: Vec<Option<Numbering>>,
    /// How many headers and footers have been looked at.
    frames: usize,
    /// Whether text explains the draft that follows.
    memorandum: bool,
    /// Whether the page's title is being read.
    titling: bool,
    title: String,
    /// Whether running heads, page numbers and margin numbers are text.
    keep_furniture: bool,
}

impl<'s> Reading<'s> {
    fn new(source: &'s str) -> Reading<'s> {
        Reading {
            source,
            flow: Flow::new(source),
            open: OpenElements::default(),
            hidden: 0,
            printing: 0,
            printed: Printed::default(),
            lists: Vec::new(),
            frames: 0,
            memorandum: false,
            titling: false,
            title: String::new(),
            keep_furniture: false,
        }
    }

    fn text(&mut self, span: Span) {
        if self.hidden > 0 {
            return;
        }
        let source = self.source;
        for (span, text) in references(source, span) {
            let shown = text.as_deref().unwrap_or_else(|| span.of(source));
            if self.titling {
                self.title.push_str(shown);
            } else if self.printing > 0 {
                self.printed.push(shown, span, text.is_none());
            } else {
                if !shown.trim().is_empty() {
                    self.write_printed();
                }
                self.flow.piece(span, text.as_deref());
            }
        }
    }

    fn start(&mut self, tag: &Tag) {
        if let Some(depth) = self.open.depth_before(&tag.name) {
            self.end_to(depth);
        }
        let ends_here = tag.closed || is_void(&tag.name);
        if self.hidden > 0 {
            // Only what could be taken for the end of a hidden element counts.
            if !ends_here && self.open.has(&tag.name) {
                self.open.push(&tag.name, Vec::new());
            }
            return;
        }
        let kind = element(&tag.name);
        if kind == Element::Rule {
            self.flow.close();
        } else if kind == Element::Break {
            self.line_end();
        }
        if ends_here && matches!(kind, Element::Break | Element::Rule | Element::Hidden | Element::Inline) {
            return;
        }
        let role = role(tag);
        let mut effects = Vec::new();
        if self.is_hidden(tag, kind, role) {
            self.hidden += 1;
            effects.push(Effect::Hidden);
        } else {
            self.begin(tag, kind, &mut effects);
            if let Some(role) = role {
                self.take_role(role, &mut effects);
            }
        }
        if ends_here {
            self.finish_element(&effects);
        } else if !effects.is_empty() || tag.name == "sup" || self.open.has(&tag.name) {
            self.open.push(&tag.name, effects);
        }
    }

    fn line_end(&mut self) {
        if self.printing > 0 {
            self.printed.line_end();
        } else {
            self.flow.line_end();
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(depth) = self.open.depth_below(name) {
            self.end_to(depth);
        } else if name == "p" && self.hidden == 0 {
            self.flow.close();
        }
    }

    fn end_to(&mut self, depth: usize) {
        while self.open.depth() > depth {
            let Some(Open { effects, .. }) = self.open.pop() else { break };
            self.finish_element(&effects);
        }
    }

    fn is_hidden(&mut self, tag: &Tag, kind: Element, role: Option<Role>) -> bool {
        let by_kind = match kind {
            Element::Hidden => true,
            Element::Division => self.is_frame(tag),
            Element::Title => !self.title.is_empty(),
            Element::Block(_)
            | Element::List
            | Element::Quote
            | Element::Row
            | Element::Printed
            | Element::Break
            | Element::Rule
            | Element::Change(_)
            | Element::Inline => false,
        };
        let mark_of_note = tag.name == "a" && is_mark_of_note(tag, self.open.has("sup"));
        let body = matches!(tag.name.as_str(), "html" | "body" | "main");
        let by_role = match role {
            Some(Role::Hidden) => true,
            Some(Role::Furniture) => !self.keep_furniture,
            _ => false,
        };
        !body && (by_kind || mark_of_note || by_role || is_hidden(tag))
    }

    /// Whether a header or footer is the site's and not the document's.
    fn is_frame(&mut self, tag: &Tag) -> bool {
        let own = ["article", "main"].iter().any(|name| self.open.has(name));
        if !matches!(tag.name.as_str(), "header" | "footer") || own || self.frames >= MOST_FRAMES {
            return false;
        }
        self.frames += 1;
        let start = tag.span.end as usize;
        let end = (start..=(start + LOOK_AHEAD).min(self.source.len()))
            .rev()
            .find(|at| self.source.is_char_boundary(*at));
        let ahead = end.and_then(|end| self.source.get(start..end)).unwrap_or_default();
        let ahead = ahead.split_once(&format!("</{}", tag.name)).map_or(ahead, |(inside, _)| inside);
        let holds = |marks: &[&str]| marks.iter().any(|mark| ahead.contains(mark));
        if tag.name == "header" {
            holds(&["<nav", "<form", "<input", "role=\"navigation\""])
        } else {
            !holds(&["footnote", "endnote"])
        }
    }

    /// Begins the element of `tag`.
    fn begin(&mut self, tag: &Tag, kind: Element, effects: &mut Vec<Effect>) {
        if ends_paragraph(&tag.name) {
            effects.push(Effect::Block);
            self.flow.close();
        }
        let effect = match kind {
            Element::Block(block) => self.begin_block(tag, block),
            Element::List => {
                self.lists.push(Numbering::of(tag));
                self.flow.lists = self.flow.lists.saturating_add(1);
                Effect::List
            }
            Element::Quote => {
                self.flow.quote = self.flow.quote.saturating_add(1);
                Effect::Quote
            }
            Element::Row => {
                self.flow.row(true);
                Effect::Row
            }
            Element::Printed => {
                let (part, quote) = (self.flow.part, self.flow.quote);
                if (self.printed.part, self.printed.quote) != (part, quote) {
                    self.write_printed();
                }
                (self.printed.part, self.printed.quote) = (part, quote);
                self.printing += 1;
                self.printed.page();
                Effect::Printed
            }
            Element::Change(change) => self.begin_change(change),
            Element::Title => {
                self.titling = self.title.is_empty();
                Effect::Title
            }
            Element::Division | Element::Break | Element::Rule | Element::Hidden | Element::Inline => return,
        };
        effects.push(effect);
    }

    fn begin_block(&mut self, tag: &Tag, block: BlockKind) -> Effect {
        if tag.name == "li" {
            let number = self.lists.last_mut().and_then(Option::as_mut).map(|list| list.item(tag));
            self.flow.number(number.map(|number| (number, tag.span)));
        }
        if tag.name == "h1" {
            self.flow.title_begins(TitlePiece::Only);
        }
        Effect::Kind(std::mem::replace(&mut self.flow.kind, block))
    }

    fn begin_change(&mut self, change: Change) -> Effect {
        if self.printing > 0 {
            self.printed.change(change, true);
        } else {
            self.write_printed();
        }
        Effect::Change(change, self.flow.builder.position())
    }

    /// Does what the publisher's class asks for.
    fn take_role(&mut self, role: Role, effects: &mut Vec<Effect>) {
        match role {
            Role::Heading(level) => effects.push(self.begin_heading(level)),
            Role::FirstTitle if self.flow.has_title() => effects.push(self.begin_heading(1)),
            Role::Title | Role::FirstTitle => {
                if std::mem::take(&mut self.memorandum) {
                    self.flow.part = None;
                }
                effects.extend([self.begin_heading(1), self.begin_part(Part::Recital)]);
                self.flow.title_begins(TitlePiece::Certain);
            }
            Role::Memorandum => {
                effects.push(self.begin_heading(1));
                (self.memorandum, self.flow.part) = (true, Some(Part::Note));
            }
            Role::Part(part) => effects.push(self.begin_part(part)),
            Role::Number => effects.push(Effect::Number),
            Role::Hidden | Role::Furniture => {}
        }
    }

    /// Begins a part of the document; what stands in a note is a note.
    fn begin_part(&mut self, part: Part) -> Effect {
        let before = self.flow.part;
        if before != Some(Part::Note) {
            self.flow.part = Some(part);
        }
        Effect::Part(before)
    }

    fn begin_heading(&mut self, level: u8) -> Effect {
        Effect::Kind(std::mem::replace(&mut self.flow.kind, BlockKind::Heading(level)))
    }

    /// Ends what an element began.
    fn finish_element(&mut self, effects: &[Effect]) {
        for effect in effects.iter().rev() {
            match *effect {
                Effect::Block => self.flow.close(),
                Effect::Hidden => self.hidden -= 1,
                Effect::List => {
                    self.lists.pop();
                    self.flow.lists = self.flow.lists.saturating_sub(1);
                }
                Effect::Quote => self.flow.quote = self.flow.quote.saturating_sub(1),
                Effect::Row => self.flow.row(false),
                Effect::Printed => self.printing -= 1,
                Effect::Title => self.titling = false,
                Effect::Number => self.flow.space(),
                Effect::Change(change, _) if self.printing > 0 => self.printed.change(change, false),
                Effect::Change(change, start) => {
                    self.write_printed();
                    self.flow.builder.change(start, change);
                }
                Effect::Part(before) => self.flow.part = before,
                Effect::Kind(before) => {
                    self.flow.kind = before;
                    self.flow.forget();
                }
            }
        }
    }

    /// Writes the preformatted text that waits for more.
    fn write_printed(&mut self) {
        if !self.printed.is_empty() {
            std::mem::take(&mut self.printed).write(&mut self.flow.builder, self.keep_furniture);
            self.flow.close();
        }
    }

    fn finish(mut self) -> Result<Document, ReadError> {
        self.end_to(0);
        self.write_printed();
        let name = self.title.trim();
        let is_file = FILE_NAMES.iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
        let (headings, certain) = self.flow.title();
        let title = if certain || name.is_empty() || is_file { headings.as_str() } else { name };
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        self.flow.builder.title(&title);
        let document = self.flow.builder.finish();
        if document.text().is_empty() { Err(ReadError::NoShownText) } else { Ok(document) }
    }
}

/// Whether the link `tag` leads from the text to a note: one that is raised, or that has the name of one.
fn is_mark_of_note(tag: &Tag, raised: bool) -> bool {
    let href = tag.attribute("href").unwrap_or_default().to_ascii_lowercase();
    let Some(place) = href.strip_prefix('#') else { return false };
    let notes = ["ntr", "_ftn", "_edn", "footnote", "fn:", "fn-", "fn1"];
    let back = ["_ftnref", "_ednref", "footnoteref"].iter().any(|start| place.starts_with(start));
    raised || (!back && notes.iter().any(|start| place.starts_with(start)))
}

#[cfg(test)]
mod tests;
