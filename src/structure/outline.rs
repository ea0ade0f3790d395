//! The outline: blocks to provisions and passages.
//!
//! One pass over the blocks. Each is read as what its [`Role`] says; numbers open levels of the
//! tree, the text between them becomes passages, and each passage learns on the way which
//! passage leads in to it.

use super::Passage;
use super::inline::{Before, Candidate, candidates, entries};
use super::insertion::{self, inserted};
use super::layout::{Marks, Role};
use super::marked::{self, Marking};
use super::numbering::{Shape, is_dash};
use super::opening::{Opening, Token, TokenKind};
use super::page_data::page_data;
use super::passage::Writer;
use super::section::{self, Numbering};
use super::tree::{Setting, Settled, Tree};
use crate::document::{Block, BlockKind, Document, Part};
use crate::language::{StructureCues, Zone};
use crate::text::Span;

/// What the outline is read from.
pub(super) struct Source<'d> {
    pub(super) document: &'d Document,
    pub(super) cues: &'d StructureCues,
    pub(super) openings: Vec<Opening<'d>>,
    pub(super) roles: Vec<Role>,
    pub(super) marks: Marks<'d>,
    pub(super) marking: Marking,
}

/// An outline whose provisions have no ends yet.
pub(super) struct Outlined {
    pub(super) tree: Tree,
    pub(super) passages: Vec<Passage>,
}

/// Reads the outline.
pub(super) fn outline(source: &Source<'_>) -> Outlined {
    let text = source.document.text();
    let mut outline = Outline {
        text,
        source,
        writer: Writer::new(text, source.cues, source.marks, source.marking == Marking::Whole),
        numbering: Numbering::new(source),
        quoted: false,
    };
    let rests = source.document.blocks().iter().zip(&source.openings);
    let rests = rests.map(|(block, opening)| Span::new(opening.rest.max(block.span.start), block.span.end));
    outline.writer.repeats = super::repeated::repeats(text, rests);
    for (index, block) in source.document.blocks().iter().enumerate() {
        outline.block(index, block);
    }
    Outlined { tree: outline.writer.tree, passages: outline.writer.passages }
}

struct Outline<'s, 'd> {
    text: &'d str,
    source: &'s Source<'d>,
    writer: Writer<'d>,
    numbering: Numbering<'s, 'd>,
    /// Whether a quotation that opened in an earlier block is still open.
    quoted: bool,
}

impl<'s, 'd> Outline<'s, 'd> {
    fn block(&mut self, index: usize, block: &Block) {
        let role = self.source.roles.get(index).copied().unwrap_or(Role::Body);
        self.writer.inserting = block.part == Some(Part::Inserted);
        match role {
            Role::Heading | Role::Body if !block.numbers.is_empty() => self.marked(index, block, role),
            Role::Contents => self.writer.apart(block.span, Zone::Contents),
            Role::Note => self.writer.apart(block.span, Zone::Note),
            Role::Preamble => self.writer.apart(block.span, Zone::Recital),
            Role::Heading => self.heading(index, block),
            Role::Body => self.body(index, block),
        }
    }

    /// A block that begins provisions, as the elements of the source say.
    fn marked(&mut self, index: usize, block: &Block, role: Role) {
        let Some(opening) = self.opening(index) else { return };
        self.quoted = false;
        let quote = block.quote.saturating_add(u8::from(self.writer.inserting));
        self.writer.tree.close_while(|level| level.quote > quote);
        let start = marked::begin(&mut self.writer, block, opening, self.source.cues, quote);
        let span = Span::new(start, block.span.end);
        if role == Role::Heading {
            self.writer.heading_of_top(span);
            return;
        }
        let mut terms = entries(self.text, span, self.source.marks);
        terms.retain(|term| *term > start + 8);
        self.inline(span, block, (quote, false), &terms);
    }

    fn opening(&self, index: usize) -> Option<&'s Opening<'d>> {
        let source = self.source;
        source.openings.get(index)
    }

    fn heading(&mut self, index: usize, block: &Block) {
        let Some(opening) = self.opening(index) else { return };
        let quote = self.quote(block, opening);
        let level = if let BlockKind::Heading(level) = block.kind { level } else { 7 };
        let mut numbered = false;
        if !opening.tokens.is_empty() && opening.rest < block.span.end {
            self.writer.settle_outer_heading(level);
        }
        for token in &opening.tokens {
            numbered |= self.number(token, index, block, quote, opening);
        }
        let rest = if numbered { Span::new(opening.rest, block.span.end) } else { block.span };
        let reference =
            matches!(opening.tokens.first(), Some(token) if matches!(token.kind, TokenKind::Ranked(_)));
        if numbered {
            self.writer.heading_of_top(rest);
        } else if reference {
            self.writer.apart(block.span, Zone::Heading);
        } else {
            self.writer.free_heading(rest, level);
        }
        self.close_quote(block);
    }

    fn body(&mut self, index: usize, block: &Block) {
        let end = page_data(self.text, block.span).unwrap_or(block.span.end);
        self.body_until(end, index, block);
        self.writer.apart(Span::new(end, block.span.end), Zone::Note);
    }

    /// The text of a block up to `end`.
    fn body_until(&mut self, end: u32, index: usize, block: &Block) {
        let Some(opening) = self.opening(index) else { return };
        let quote = self.quote(block, opening);
        let whole = self.source.marking == Marking::Whole;
        if whole && self.writer.inserting {
            self.writer.tree.close_while(|level| level.quote > 0 && level.indent > block.indent);
        }
        if whole && self.writer.inserting && self.writer.tree.top().is_none_or(|top| top.quote < quote) {
            return self.writer.inserted_text(block.span);
        }
        let mut start = block.span.start;
        for (at, token) in opening.tokens.iter().enumerate() {
            if !self.number(token, index, block, quote, opening) {
                break;
            }
            let next = opening.tokens.get(at + 1);
            start = next.map_or(opening.rest, |next| next.span.start);
        }
        let numbered = start > block.span.start || opening.below_number;
        let text = Span::new(start.min(end), end);
        let mut terms = entries(self.text, text, self.source.marks);
        if terms.is_empty() && !numbered && self.writer.is_plain_entry(block.span) {
            terms.push(start);
        }
        let defines = terms.first().is_some_and(|term| *term < block.span.start + 8);
        if !numbered && !defines {
            self.writer.unnumbered(block, quote);
        }
        if numbered && self.numbering.is_path(opening) {
            return;
        }
        self.inline(text, block, (quote, !numbered), &terms);
        self.close_quote(block);
    }

    /// Cuts the text of a block at the numbers, definitions and inserted sections inside it.
    fn inline(&mut self, span: Span, block: &Block, (quote, whole): (u8, bool), terms: &[u32]) {
        let rest = self.writer.after_heading(span);
        let headed = rest.start > span.start;
        if headed {
            self.writer.text(Span::new(span.start, rest.start), block, whole);
        }
        let span = rest;
        let mut numbers = candidates(self.text, rest, headed, self.source.cues).into_iter().peekable();
        let mut terms = terms.iter().copied().peekable();
        let mut sections =
            inserted(self.text, span, self.source.marks, self.source.cues).into_iter().peekable();
        let mut start = span.start;
        let mut first = true;
        let mut inside = quote;
        loop {
            let number_at = numbers.peek().map(|number| number.token.span.start);
            let term_at = terms.peek().copied();
            let section_at = sections.peek().map(|section| section.token.span.start);
            let Some(at) = number_at.into_iter().chain(term_at).chain(section_at).min() else { break };
            if section_at == Some(at) {
                let Some(section) = sections.next() else { break };
                self.writer.text(Span::new(start, at), block, whole && first);
                inside = quote.saturating_add(1);
                section::insert(&mut self.writer, &section.token, section.title, inside);
                (start, first) = (section.title.end, false);
                continue;
            }
            if term_at == Some(at) {
                terms.next();
                if at > start {
                    self.writer.text(Span::new(start, at), block, whole && first);
                }
                self.writer.entry(inside);
                (start, first) = (at, false);
                continue;
            }
            let Some(mut number) = numbers.next() else { break };
            let before = Span::new(start, at);
            if inside > quote && before.of(self.text).trim().is_empty() {
                number.before = Before::LeadIn;
            }
            if inside > quote && insertion::closes(before.of(self.text)) {
                self.writer.text(before, block, false);
                self.writer.tree.close_while(|level| level.quote > quote);
                (inside, start) = (quote, at);
            }
            let settled = self.settle(&number, inside);
            if settled == Settled::Refused {
                continue;
            }
            self.writer.text(Span::new(start, at), block, whole && first);
            let settled =
                if number.before == Before::Number { settled } else { self.settle(&number, inside) };
            self.writer.tree.open_item(&number.token, settled, Shape::Bracketed, (inside, block.indent));
            (start, first) = (self.after(number.token.span, span.end), false);
        }
        self.writer.text(Span::new(start, span.end), block, whole && first);
    }

    fn settle(&self, number: &Candidate<'_>, quote: u8) -> Settled {
        let setting = Setting {
            before: Some(number.before),
            followed: number.followed,
            capital: number.capital,
            nests: number.followed,
            quote,
        };
        self.writer.tree.settle(&number.token, Shape::Bracketed, setting)
    }

    /// Where the text after a number begins.
    fn after(&self, number: Span, end: u32) -> u32 {
        let rest = Span::new(number.end, end).of(self.text);
        let kept = rest.trim_start_matches(|c: char| c.is_whitespace() || is_dash(c));
        number.end + (rest.len() - kept.len()) as u32
    }

    /// Places a number at the start of a block; whether it is one.
    fn number(
        &mut self,
        token: &Token<'_>,
        index: usize,
        block: &Block,
        quote: u8,
        opening: &Opening<'_>,
    ) -> bool {
        let heading = matches!(block.kind, BlockKind::Heading(_));
        match token.kind {
            TokenKind::Ranked(_) if self.source.marking == Marking::Whole && !heading => false,
            TokenKind::Bare | TokenKind::Path if self.source.marking == Marking::Whole => false,
            TokenKind::Ranked(_) | TokenKind::Bare | TokenKind::Path => {
                match self.numbering.divide(&mut self.writer, token, index, quote) {
                    Some(done) => done,
                    None => self.item(token, Shape::Dotted, index, block, quote),
                }
            }
            TokenKind::Item(Shape::Dotted) if self.source.marking == Marking::Whole => false,
            TokenKind::Item(shape) => {
                let alone = opening.tokens.first().is_some_and(|first| first.span == token.span);
                let word = shape == Shape::Dotted && alone && self.writer.tree.levels.len() < 2 && quote == 0;
                !word && self.item(token, shape, index, block, quote)
            }
        }
    }

    fn item(&mut self, token: &Token<'_>, shape: Shape, index: usize, block: &Block, quote: u8) -> bool {
        let tree = &self.writer.tree;
        let items = block.kind == BlockKind::Item;
        let deeper = items && tree.top().is_some_and(|top| top.quote == quote && block.indent > top.indent);
        let first = token.places().into_iter().flatten().find(|place| place.is_first());
        let next = self.source.openings.get(index + 1).and_then(|opening| opening.tokens.first());
        let goes_on = |next: &Token<'_>| {
            let places = next.places().into_iter().flatten();
            first.is_some_and(|first| {
                places.into_iter().any(|place| place.after(first) == Some(super::numbering::Fit::Next))
            })
        };
        let nests = deeper || next.is_some_and(goes_on);
        let setting = Setting { before: None, followed: false, capital: false, nests, quote };
        if items {
            self.writer.tree.close_while(|level| {
                level.quote == quote && level.is_within_section() && level.indent > block.indent
            });
        }
        let settled = self.writer.tree.settle(token, shape, setting);
        self.writer.tree.open_item(token, settled, shape, (quote, block.indent));
        settled != Settled::Refused
    }

    /// How many quotations the block stands in; closes the levels of those that ended.
    fn quote(&mut self, block: &Block, opening: &Opening<'_>) -> u8 {
        let opens = opening.quoted && !opening.tokens.is_empty() && !self.quoted;
        if opens && self.writer.last_is_open() {
            self.quoted = true;
        }
        if self.quoted && !opening.quoted && self.numbering.goes_on_outside(&self.writer, opening) {
            self.quoted = false;
        }
        let quoted = self.quoted || self.writer.inserting;
        let quote = block.quote.saturating_add(u8::from(quoted));
        self.writer.tree.close_while(|level| level.quote > quote);
        quote
    }

    fn close_quote(&mut self, block: &Block) {
        if self.quoted && ends_in_quote(block.span.of(self.text)) {
            self.quoted = false;
        }
    }
}

/// Whether a block ends with a closing quotation mark, punctuation and a conjunction apart.
fn ends_in_quote(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ',' | ':'));
    let ends = |text: &str| {
        text.ends_with(['"', '\u{201d}', '\u{bb}'])
            || text.ends_with("''")
            || text.ends_with("\u{2019}\u{2019}")
    };
    let short = bare.rsplit_once(' ').filter(|(_, word)| word.len() <= 3).map(|(head, _)| head);
    let head =
        short.unwrap_or(bare).trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ','));
    ends(bare) || ends(head)
}
