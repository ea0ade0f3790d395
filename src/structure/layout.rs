//! What each block is for: body, heading, contents, note, preamble.
//!
//! Read before the numbering, because a table of contents repeats every number of the body and a
//! preamble numbers its recitals.

use super::marked::Marking;
use super::opening::{Opening, TokenKind};
use crate::document::{Block, BlockKind, Part};
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
pub(super) struct Marks<'d> {
    all: &'d [Mark],
    /// For each stretch of the text, how many marks begin before it: they are looked for many times.
    before: &'d [u32],
}

/// How long a stretch of the text is in [`Marks`], in bytes.
const STRETCH: u32 = 64;

impl<'d> Marks<'d> {
    /// How many of the marks begin before each stretch of a text.
    pub(super) fn before(marks: &[Mark], text: &str) -> Vec<u32> {
        let stretches = text.len() / STRETCH as usize + 1;
        let mut before = Vec::with_capacity(stretches);
        for (at, mark) in marks.iter().enumerate() {
            while before.len() <= (mark.span.start / STRETCH) as usize {
                before.push(at as u32);
            }
        }
        before.resize(stretches.max(before.len()), marks.len() as u32);
        before
    }

    /// The cues `marks`, of which so many stand `before` each stretch of the text.
    pub(super) fn new(marks: &'d [Mark], before: &'d [u32]) -> Marks<'d> {
        Marks { all: marks, before }
    }

    /// The marks from the first on that begins at or after the byte `start` of the text.
    fn from(self, start: u32) -> &'d [Mark] {
        let first = self.before.get((start / STRETCH) as usize).map_or(self.all.len(), |at| *at as usize);
        let rest = self.all.get(first..).unwrap_or_default();
        let earlier = rest.iter().take_while(|mark| mark.span.start < start).count();
        rest.get(earlier..).unwrap_or_default()
    }

    /// The marks inside `span`.
    pub(super) fn inside(self, span: Span) -> impl Iterator<Item = &'d Mark> {
        self.from(span.start)
            .iter()
            .take_while(move |mark| mark.span.start < span.end)
            .filter(move |mark| mark.span.end <= span.end)
    }

    /// The marks that begin in `span`, up to the first that ends beyond it.
    pub(super) fn up_to(self, span: Span) -> impl Iterator<Item = &'d Mark> {
        self.from(span.start).iter().take_while(move |mark| mark.span.end <= span.end)
    }

    /// Which cues stand inside `span`.
    pub(super) fn cues(self, span: Span) -> Cues {
        Cues(self.inside(span).fold(0, |cues, mark| cues | 1 << mark.cue as u32))
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

    /// Whether the heading `span` is a phrase of `cue`: no other word follows right after, unless the
    /// phrase is a telling one ("explanatory notes to the bill", but not "summary trial").
    pub(super) fn names(self, text: &str, span: Span, cue: Cue) -> bool {
        self.opens(text, span, cue).is_some_and(|found| {
            let after = Span::new(found.end, span.end).of(text).trim_start();
            found.len() >= TELLING || !after.starts_with(char::is_alphanumeric)
        })
    }
}

/// A set of cues.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cues(u32);

impl Cues {
    /// Whether one of `cues` is among them.
    pub(super) fn any(self, cues: &[Cue]) -> bool {
        cues.iter().any(|cue| self.0 >> *cue as u32 & 1 == 1)
    }
}

/// How long a phrase is that names a heading though other words follow it, in bytes.
const TELLING: u32 = 15;

/// What the layout is read from.
#[derive(Clone, Copy)]
pub(super) struct Layout<'d> {
    pub(super) text: &'d str,
    pub(super) blocks: &'d [Block],
    pub(super) openings: &'d [Opening<'d>],
    pub(super) marks: Marks<'d>,
    pub(super) cues: &'d StructureCues,
}

/// The roles of the blocks. What the source's elements say goes before what the words look like.
pub(super) fn roles(layout: Layout<'_>, marking: Marking) -> Vec<Role> {
    let mut roles = layout.headings();
    if marking == Marking::Whole {
        for (index, role) in roles.iter_mut().enumerate() {
            *role = layout.marked_role(index);
        }
    } else {
        layout.metadata(&mut roles);
    }
    super::contents::mark(layout, &mut roles);
    layout.notes(&mut roles);
    for (index, role) in roles.iter_mut().enumerate().filter(|(index, _)| layout.is_marked(*index)) {
        *role = layout.marked_role(index);
    }
    layout.preamble(&mut roles);
    roles
}

/// How many titles above numbered sections show that a document sets its titles so.
const LONE_TITLES: usize = 3;

impl Layout<'_> {
    /// The block without the numbers that it opens with.
    pub(super) fn rest(&self, index: usize) -> Span {
        let (Some(block), Some(opening)) = (self.blocks.get(index), self.openings.get(index)) else {
            return Span::default();
        };
        Span::new(opening.rest, block.span.end)
    }

    /// Whether the source's elements say what the block is for.
    pub(super) fn is_marked(&self, index: usize) -> bool {
        self.blocks.get(index).is_some_and(|block| block.part.is_some() || !block.numbers.is_empty())
    }

    /// What the source's elements say that the block is for.
    fn marked_role(&self, index: usize) -> Role {
        match self.blocks.get(index).and_then(|block| block.part) {
            Some(Part::Contents) => Role::Contents,
            Some(Part::Recital) => Role::Preamble,
            Some(Part::Note) => Role::Note,
            Some(Part::Inserted) | None if self.is_source_heading(index) => Role::Heading,
            Some(Part::Inserted) | None => Role::Body,
        }
    }

    pub(super) fn rank_kind(&self, index: usize) -> Option<RankKind> {
        match self.openings.get(index)?.tokens.first()?.kind {
            TokenKind::Ranked(rank) => self.cues.ranks.get(rank).map(|rank| rank.kind),
            TokenKind::Bare | TokenKind::Item(_) | TokenKind::Path => None,
        }
    }

    fn below_number(&self, index: usize) -> bool {
        self.openings.get(index).is_some_and(|opening| opening.below_number)
    }

    pub(super) fn is_bare(&self, index: usize) -> bool {
        let first = self.openings.get(index).and_then(|opening| opening.tokens.first());
        first.is_some_and(|token| token.kind == TokenKind::Bare) && !self.rest(index).is_empty()
    }

    /// Whether a full stop or a dash follows the number.
    fn is_dotted(&self, index: usize) -> bool {
        let first = self.openings.get(index).and_then(|opening| opening.tokens.first());
        let after = first.and_then(|token| self.text.get(token.span.end as usize..));
        after.is_some_and(|after| after.starts_with(|c: char| c == '.' || super::numbering::is_dash(c)))
    }

    /// Whether the block begins a section or something above it.
    pub(super) fn divides(&self, index: usize) -> bool {
        let numbers = self.blocks.get(index).map(|block| &block.numbers);
        let marked = numbers.into_iter().flatten().any(|numbered| super::marked::divides(numbered.rank));
        marked || self.rank_kind(index).is_some() || self.is_bare(index)
    }

    fn headings(&self) -> Vec<Role> {
        let mut roles = Vec::with_capacity(self.blocks.len());
        // Where numbers stand in blocks of their own, a title without one heads a schedule or a part.
        let apart = (0..self.blocks.len()).any(|index| self.below_number(index));
        let lone = self.lone_titles();
        for (index, block) in self.blocks.iter().enumerate() {
            let alone = |index: usize| self.rank_kind(index).is_some() && self.rest(index).is_empty();
            let below_number = index.checked_sub(1).is_some_and(alone);
            let heading = matches!(block.kind, BlockKind::Heading(_))
                || alone(index)
                || (is_capitals(self.rest(index).of(self.text)) && !self.below_number(index))
                || (self.divides(index) || (below_number && block.kind == BlockKind::Paragraph))
                    && self.is_title(index)
                || (apart && self.is_lone_title(index))
                || lone.binary_search(&index).is_ok();
            roles.push(if heading { Role::Heading } else { Role::Body });
        }
        roles
    }

    /// The blocks that read like a title above a numbered section that has none of its own, in order; none
    /// unless the document is set so.
    fn lone_titles(&self) -> Vec<usize> {
        let is_titled = |index: &usize| {
            let below = index + 1;
            let text = self.blocks.get(below).is_some_and(|block| block.kind == BlockKind::Paragraph)
                && self.is_bare(below)
                && self.is_dotted(below)
                && !self.is_title(below);
            let plain =
                |index: usize| self.blocks.get(index).is_some_and(|block| block.kind == BlockKind::Paragraph);
            let capital = self.rest(*index).of(self.text).starts_with(char::is_uppercase);
            text && capital && plain(*index) && self.is_lone_title(*index)
        };
        let found: Vec<usize> = (0..self.blocks.len()).filter(is_titled).collect();
        if found.len() < LONE_TITLES { Vec::new() } else { found }
    }

    /// Whether the block reads like a title, though nothing numbers it.
    fn is_lone_title(&self, index: usize) -> bool {
        let numbered = self.openings.get(index).is_none_or(|opening| !opening.tokens.is_empty());
        let rest = self.rest(index);
        let ends = rest.of(self.text).ends_with(|c: char| c.is_alphanumeric() || c == ')');
        !numbered
            && !self.below_number(index)
            && ends
            && !self.marks.has(rest, Cue::Verb)
            && self.is_title(index)
    }

    /// Whether the block reads like the title of a section: short, capital, without a verb.
    fn is_title(&self, index: usize) -> bool {
        let single = self.openings.get(index).is_some_and(|opening| opening.tokens.len() < 2);
        let rest = self.rest(index);
        let text = rest.of(self.text).trim_end();
        let leads = |c: char| matches!(c, ';' | ',' | ':') || super::numbering::is_dash(c);
        if !single || text.is_empty() || text.len() > 200 || text.ends_with(leads) {
            return false;
        }
        let bodiless = self.divides(index) && self.ends_at_once(index);
        let verb = self.marks.has(rest, Cue::Verb);
        !(verb && self.is_headed(index)) && super::heading::is_section_title(text, verb, bodiless)
    }

    /// Whether the block above has the same number and nothing but a title: this one is the text.
    fn is_headed(&self, index: usize) -> bool {
        let label = |index: usize| Some(&*self.openings.get(index)?.tokens.first()?.label);
        let above = index.checked_sub(1).filter(|above| self.divides(*above));
        above
            .is_some_and(|above| label(above) == label(index) && !self.marks.has(self.rest(above), Cue::Verb))
    }

    /// Whether no text of its own follows the numbered block: the next number, or nothing.
    fn ends_at_once(&self, index: usize) -> bool {
        let first = |index: usize| self.openings.get(index).and_then(|opening| opening.tokens.first());
        let again =
            first(index + 1).is_some_and(|next| first(index).is_some_and(|this| this.label == next.label));
        index + 1 >= self.blocks.len() || (self.divides(index + 1) && !again)
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

    /// Whether the source marks the block as a heading.
    pub(super) fn is_source_heading(&self, index: usize) -> bool {
        self.blocks.get(index).is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)))
    }

    /// Notes: the blocks that open as notes do, and everything under a heading of notes.
    fn notes(&self, roles: &mut [Role]) {
        let mut under: Option<u8> = None;
        for (index, block) in self.blocks.iter().enumerate() {
            let Some(role) = roles.get_mut(index).filter(|role| **role != Role::Contents) else { continue };
            if self.is_marked(index) {
                under = None;
                continue;
            }
            let level = if let BlockKind::Heading(level) = block.kind { level } else { 6 };
            if *role == Role::Heading {
                let headed = block.span.len() <= 100
                    && !self.divides(index)
                    && self.marks.names(self.text, block.span, Cue::NoteHeading);
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
            first.is_some_and(|token| {
                token.kind == TokenKind::Path
                    || (token.kind == TokenKind::Bare && self.rest(index).is_empty())
            })
        };
        let body =
            |index: usize, roles: &[Role]| matches!(roles.get(index), Some(Role::Body | Role::Heading));
        let marked =
            |index: usize| !self.is_bare(index) || self.is_source_heading(index) || self.is_dotted(index);
        let begins =
            |index: &usize| body(*index, roles) && ((self.divides(*index) && marked(*index)) || path(*index));
        let mut divided = (0..self.blocks.len()).filter(begins);
        let Some(first) = divided.next() else { return };
        if divided.next().is_none() {
            return;
        }
        for (index, role) in roles.iter_mut().enumerate().take(first) {
            if *role == Role::Body && !self.is_marked(index) {
                *role = Role::Preamble;
            }
        }
    }
}

/// Whether `text` is a short line in capitals.
fn is_capitals(text: &str) -> bool {
    if text.len() > 250 || text.is_empty() {
        return false;
    }
    let small = text.bytes().filter(u8::is_ascii_lowercase).count();
    if small * 9 > text.len() {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    letters >= 4 && capitals * 10 >= letters * 9
}
