//! What each block is for: body, heading, contents, note, preamble.
//!
//! Read before the numbering, because a table of contents repeats every number of the body and a
//! preamble numbers its recitals.

use super::opening::{Opening, TokenKind};
use crate::document::{Block, BlockKind};
use crate::language::{Cue, Mark, RankKind, StructureCues};
use crate::text::Span;

/// What a block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Body,
    Heading,
    Contents,
    Note,
    Preamble,
}

/// The cues of a document, their spans in the text, ascending.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks<'d>(pub(super) &'d [Mark]);

impl<'d> Marks<'d> {
    /// The marks inside `span`.
    pub(super) fn inside(self, span: Span) -> impl Iterator<Item = &'d Mark> {
        let first = self.0.partition_point(|mark| mark.span.start < span.start);
        let rest = self.0.get(first..).unwrap_or_default();
        rest.iter()
            .take_while(move |mark| mark.span.start < span.end)
            .filter(move |mark| mark.span.end <= span.end)
    }

    /// Whether a mark of `cue` stands inside `span`.
    pub(super) fn has(self, span: Span, cue: Cue) -> bool {
        self.inside(span).any(|mark| mark.cue == cue)
    }

    /// Whether `span` begins with a mark of `cue`, up to a few bytes of brackets and quotation marks.
    pub(super) fn opens(self, text: &str, span: Span, cue: Cue) -> Option<Span> {
        let inside = self.inside(span).take_while(|mark| mark.span.start <= span.start + 6);
        let opening = |mark: &&Mark| {
            mark.cue == cue
                && !Span::new(span.start, mark.span.start).of(text).contains(char::is_alphanumeric)
        };
        inside.filter(opening).map(|mark| mark.span).max_by_key(|span| span.len())
    }
}

/// What the layout is read from.
#[derive(Clone, Copy)]
pub(super) struct Layout<'d> {
    pub(super) text: &'d str,
    pub(super) blocks: &'d [Block],
    pub(super) openings: &'d [Opening],
    pub(super) marks: Marks<'d>,
    pub(super) cues: &'d StructureCues,
}

/// The roles of the blocks.
pub(super) fn roles(layout: Layout<'_>) -> Vec<Role> {
    let mut roles = layout.headings();
    layout.metadata(&mut roles);
    layout.contents(&mut roles);
    layout.notes(&mut roles);
    layout.preamble(&mut roles);
    roles
}

impl Layout<'_> {
    /// The block without the numbers that it opens with.
    fn rest(&self, index: usize) -> Span {
        let (Some(block), Some(opening)) = (self.blocks.get(index), self.openings.get(index)) else {
            return Span::default();
        };
        Span::new(opening.rest, block.span.end)
    }

    pub(super) fn rank_kind(&self, index: usize) -> Option<RankKind> {
        match self.openings.get(index)?.tokens.first()?.kind {
            TokenKind::Ranked(rank) => self.cues.ranks.get(rank).map(|rank| rank.kind),
            TokenKind::Bare | TokenKind::Item(_) | TokenKind::Path | TokenKind::Entry => None,
        }
    }

    fn is_bare(&self, index: usize) -> bool {
        let first = self.openings.get(index).and_then(|opening| opening.tokens.first());
        first.is_some_and(|token| token.kind == TokenKind::Bare)
    }

    /// Whether the block begins a section or something above it.
    fn divides(&self, index: usize) -> bool {
        self.rank_kind(index).is_some() || self.is_bare(index)
    }

    fn headings(&self) -> Vec<Role> {
        let mut roles = Vec::with_capacity(self.blocks.len());
        for (index, block) in self.blocks.iter().enumerate() {
            let alone = |index: usize| self.rank_kind(index).is_some() && self.rest(index).is_empty();
            let below_number = index.checked_sub(1).is_some_and(alone);
            let heading = matches!(block.kind, BlockKind::Heading(_))
                || alone(index)
                || is_capitals(self.rest(index).of(self.text))
                || (self.divides(index) || (below_number && block.kind == BlockKind::Paragraph))
                    && self.is_title(index);
            roles.push(if heading { Role::Heading } else { Role::Body });
        }
        roles
    }

    /// Whether the block reads like the title of a section: short, capital, without a verb.
    fn is_title(&self, index: usize) -> bool {
        let single = self.openings.get(index).is_some_and(|opening| opening.tokens.len() < 2);
        let rest = self.rest(index);
        let text = rest.of(self.text).trim_end();
        if !single || text.is_empty() || text.len() > 200 || text.ends_with([';', ',', ':', '\u{2014}', '-'])
        {
            return false;
        }
        let capital =
            text.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| !c.is_lowercase());
        let sentence = text.ends_with('.') && !text.ends_with("etc.");
        let verb = self.marks.has(rest, Cue::Verb);
        let words = text.split(' ').count();
        capital && if sentence { !verb && words <= 15 } else { !verb || words <= 12 }
    }

    /// Lines such as "Date: 2024-08-23" above everything else.
    fn metadata(&self, roles: &mut [Role]) {
        let is_field = |block: &Block| {
            let text = block.span.of(self.text);
            let key = text.split_once(": ").map_or("", |(key, _)| key);
            text.len() <= 400
                && (2..=30).contains(&key.len())
                && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.'))
                && key.split(' ').count() <= 3
                && !self.marks.has(block.span, Cue::Means)
        };
        let head = self.blocks.iter().take(40).take_while(|block| block.span.start < 4000);
        let fields: Vec<usize> =
            head.enumerate().filter(|(_, block)| is_field(block)).map(|(at, _)| at).collect();
        let numbered = |index: &usize| self.divides(*index);
        let close =
            |pair: &[usize]| pair.last().zip(pair.first()).is_some_and(|(last, first)| last - first <= 1);
        let run = fields.windows(2).any(close)
            || fields.first().is_some_and(|first| {
                *first == 0
                    && self
                        .blocks
                        .first()
                        .is_some_and(|block| block.span.of(self.text).matches(": ").count() > 1)
            });
        for index in fields.into_iter().filter(|index| run && !numbered(index)) {
            if let Some(role) = roles.get_mut(index) {
                *role = Role::Contents;
            }
        }
    }

    /// Tables of contents: under their heading or words that announce one, as long as the lines are
    /// titles; also a run of titles whose numbers come again below.
    fn contents(&self, roles: &mut [Role]) {
        let mut index = 0;
        while index < self.blocks.len() {
            let announced = self.announces_contents(index, roles);
            let end = if announced { self.contents_end(index + 1) } else { self.title_run_end(index) };
            let from = if announced { index + 1 } else { index };
            if end > from {
                let lines = roles.get_mut(from..end).unwrap_or_default();
                lines.fill(Role::Contents);
                if announced && let Some(role) = roles.get_mut(index).filter(|role| **role == Role::Heading) {
                    *role = Role::Contents;
                }
                index = end;
            } else {
                index += 1;
            }
        }
    }

    fn announces_contents(&self, index: usize, roles: &[Role]) -> bool {
        let Some(block) = self.blocks.get(index) else { return false };
        let whole = |found: Span| {
            let after = Span::new(found.end, block.span.end).of(self.text);
            after.len() <= 30 && !self.marks.has(block.span, Cue::Verb)
        };
        let short = block.span.len() <= 80 || roles.get(index) == Some(&Role::Heading);
        let headed =
            short && self.marks.opens(self.text, block.span, Cue::ContentsHeading).is_some_and(whole);
        headed || (block.span.len() <= 300 && self.marks.has(block.span, Cue::Contents))
    }

    /// Where the lines of a table of contents that begins at `from` end.
    fn contents_end(&self, from: usize) -> usize {
        let first = self.opening_label(from);
        let mut seen_first = 0;
        for index in from..self.blocks.len() {
            if first.is_some() && self.opening_label(index) == first {
                seen_first += 1;
            }
            let again = seen_first > 1 && index > from + 1;
            if again || !self.is_contents_line(index) {
                return self.last_entry(from, index);
            }
        }
        from
    }

    /// The body's first heading may stand before the first line that is no title: step back over
    /// lines whose numbers do not go on the list.
    fn last_entry(&self, from: usize, end: usize) -> usize {
        let back = end.saturating_sub(4).max(from + 1);
        let repeated = |index: &usize| {
            let label = self.opening_label(*index);
            label.is_some() && (from..*index).take(400).any(|earlier| self.opening_label(earlier) == label)
        };
        (back..end).find(repeated).unwrap_or(end)
    }

    fn opening_label(&self, index: usize) -> Option<(TokenKind, &str)> {
        let token = self.openings.get(index).filter(|_| self.divides(index))?.tokens.first()?;
        Some((token.kind, token.label.as_str()))
    }

    fn is_contents_line(&self, index: usize) -> bool {
        let Some(block) = self.blocks.get(index) else { return false };
        let text = block.span.of(self.text);
        let leader = text.contains("....") || text.contains(". . .");
        let page = text.ends_with(|c: char| c.is_ascii_digit()) && text.len() <= 200;
        let title = text.len() <= 200 && !text.ends_with([';', ':', ',', '\u{2014}']);
        leader || page || (title && (!self.marks.has(block.span, Cue::Verb) || !text.ends_with('.')))
    }

    /// Where a run of titles ends that begins at `from`: at least five with numbers, which come again.
    fn title_run_end(&self, from: usize) -> usize {
        if !self.divides(from) {
            return from;
        }
        let length = self
            .blocks
            .iter()
            .skip(from)
            .enumerate()
            .take_while(|(at, _)| self.is_contents_line(from + at))
            .count();
        let numbered = (from..from + length).filter(|index| self.divides(*index)).count();
        let label = self.opening_label(from);
        let below = (from + 5..self.blocks.len()).take(4000);
        let again = numbered > 5
            && label.is_some()
            && below.into_iter().any(|index| self.opening_label(index) == label);
        if again { self.last_entry(from, from + length) } else { from }
    }

    /// Notes: the blocks that open as notes do, and everything under a heading of notes.
    fn notes(&self, roles: &mut [Role]) {
        let mut under: Option<u8> = None;
        for (index, block) in self.blocks.iter().enumerate() {
            let Some(role) = roles.get_mut(index).filter(|role| **role != Role::Contents) else { continue };
            let level = if let BlockKind::Heading(level) = block.kind { level } else { 6 };
            if *role == Role::Heading {
                let headed = block.span.len() <= 100
                    && !self.divides(index)
                    && self.marks.opens(self.text, block.span, Cue::NoteHeading).is_some();
                if headed {
                    under = Some(under.map_or(level, |known| known.min(level)));
                } else if under.is_some_and(|known| level <= known) || self.divides(index) {
                    under = None;
                }
            } else if self.divides(index)
                && self.openings.get(index).is_some_and(|opening| opening.tokens.len() > 1)
            {
                under = None;
            }
            if under.is_some() || self.marks.opens(self.text, block.span, Cue::Note).is_some() {
                *role = Role::Note;
            }
        }
    }

    /// What stands before the first section, if there are sections.
    fn preamble(&self, roles: &mut [Role]) {
        let path = |index: usize| {
            let first = self.openings.get(index).and_then(|opening| opening.tokens.first());
            first.is_some_and(|token| token.kind == TokenKind::Path)
        };
        let body =
            |index: usize, roles: &[Role]| matches!(roles.get(index), Some(Role::Body | Role::Heading));
        let begins = |index: &usize| body(*index, roles) && (self.divides(*index) || path(*index));
        let mut divided = (0..self.blocks.len()).filter(begins);
        let Some(first) = divided.next() else { return };
        if divided.next().is_none() {
            return;
        }
        for role in roles.iter_mut().take(first).filter(|role| **role == Role::Body) {
            *role = Role::Preamble;
        }
    }
}

/// Whether `text` is a short line in capitals.
fn is_capitals(text: &str) -> bool {
    if text.len() > 250 || text.is_empty() {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    letters >= 4 && capitals * 10 >= letters * 9
}
