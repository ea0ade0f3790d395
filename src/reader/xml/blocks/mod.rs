//! From elements to blocks.
//!
//! Elements of structure end the open block; the next text begins one, with the numbers of the
//! provisions that have begun since. Notes wait until the block that refers to them has ended, so
//! that no sentence is cut by its footnote.

mod notes;

use std::collections::BTreeSet;

use super::super::entity::entity;
use super::number;
use super::tree::{NodeKind, Tree};
use super::vocabulary::{Role, Vocabulary};
use crate::document::{BlockKind, Builder, Change, Document, Numbered, NumberedRank, Part};
use crate::text::Span;

/// How deep sections are where headings stand beside them: below all levels of headings.
const BELOW_CROSSHEADINGS: u16 = 8;

/// Writes the blocks of a tree.
pub(super) struct Writer<'t, 's> {
    tree: &'t Tree<'s>,
    vocabulary: Option<&'t Vocabulary>,
    builder: Builder<'s>,
    frames: Vec<Frame>,
    context: Context,
    /// The provisions that have begun and have no text yet, the outermost first.
    begun: Vec<Numbered>,
    /// The number elements that say what a provision's number is, and are no text.
    numbers: BTreeSet<usize>,
    /// The provision that the heading before it has begun.
    headed: Option<usize>,
    /// Whether the next text begins a block.
    ended: bool,
    /// Whether a number that is text has just ended: what follows goes on in its block.
    run_in: bool,
    /// Notes that stand inside the open block.
    notes: Vec<usize>,
}

/// What holds inside an element.
#[derive(Clone, Copy)]
struct Context {
    /// How many levels of provisions are open.
    depth: u16,
    kind: BlockKind,
    part: Option<Part>,
    /// Whether elements without a role are inline.
    flows: bool,
    in_section: bool,
    in_schedule: bool,
}

/// An open element.
struct Frame {
    end: usize,
    node: usize,
    /// What holds after it.
    outer: Context,
    /// Whether it ends the open block.
    ends: bool,
    /// Whether it is a number that stays in the text.
    numbers: bool,
    /// What stands for its end: the closing quotation mark.
    mark: Option<&'static str>,
    /// The change that it makes, and where its text begins.
    change: Option<(u32, Change)>,
}

impl<'t, 's> Writer<'t, 's> {
    pub(super) fn new(
        tree: &'t Tree<'s>,
        vocabulary: Option<&'t Vocabulary>,
        builder: Builder<'s>,
    ) -> Writer<'t, 's> {
        let context = Context {
            depth: 0,
            kind: BlockKind::Paragraph,
            part: None,
            flows: false,
            in_section: false,
            in_schedule: false,
        };
        Writer {
            tree,
            vocabulary,
            builder,
            frames: Vec::new(),
            context,
            begun: Vec::new(),
            numbers: BTreeSet::new(),
            headed: None,
            ended: true,
            run_in: false,
            notes: Vec::new(),
        }
    }

    /// Writes the whole tree.
    pub(super) fn write(mut self) -> Document {
        self.nodes(0, self.tree.nodes.len());
        self.write_notes();
        self.builder.finish()
    }

    fn nodes(&mut self, from: usize, to: usize) {
        let base = self.frames.len();
        let mut at = from;
        while at < to {
            self.close(base, at);
            let Some(node) = self.tree.nodes.get(at) else { break };
            at = match node.kind {
                NodeKind::Text => self.text(node.span, at),
                NodeKind::Reference => self.reference(node.span, at),
                NodeKind::Element { .. } => self.element(at),
            };
        }
        self.close(base, usize::MAX);
    }

    /// Closes the elements that end before the node `at`.
    fn close(&mut self, base: usize, at: usize) {
        while self.frames.len() > base && self.frames.last().is_some_and(|frame| frame.end <= at) {
            let Some(frame) = self.frames.pop() else { break };
            if let Some((start, change)) = frame.change {
                self.builder.change(start, change);
            }
            if let Some(mark) = frame.mark.filter(|_| !self.ended) {
                self.builder.replaced(mark, self.tree.end_tag(frame.node));
            }
            self.ended |= frame.ends;
            if frame.numbers && !self.ended {
                self.run_in = true;
                self.builder.white_space(Span::new(
                    self.tree.end_tag(frame.node).end,
                    self.tree.end_tag(frame.node).end,
                ));
            }
            if self.context.depth > frame.outer.depth {
                self.begun.retain(|numbered| numbered.depth < self.context.depth.saturating_sub(1));
            }
            self.context = frame.outer;
        }
    }

    fn text(&mut self, span: Span, at: usize) -> usize {
        if span.of(self.tree.source).trim().is_empty() {
            if !self.ended {
                self.builder.white_space(span);
            }
        } else {
            self.begin();
            self.builder.text(span);
            self.run_in = false;
        }
        at + 1
    }

    fn reference(&mut self, span: Span, at: usize) -> usize {
        self.begin();
        match entity(span.of(self.tree.source)) {
            Some((text, _)) => self.builder.replaced(&text, span),
            None => self.builder.text(span),
        }
        at + 1
    }

    /// Begins a block, if the last one has ended.
    fn begin(&mut self) {
        if !self.ended {
            return;
        }
        self.write_notes();
        self.ended = false;
        let apart = matches!(self.context.part, Some(Part::Contents | Part::Note));
        let begun = if apart { Vec::new() } else { std::mem::take(&mut self.begun) };
        let depth = begun.last().map_or(0, |numbered| numbered.depth + 1);
        self.builder.block(self.context.kind, self.context.depth.max(depth), 0);
        if begun.is_empty() {
            self.builder.describe(None, self.context.part);
        }
        for numbered in begun {
            self.builder.describe(Some(numbered), self.context.part);
        }
    }

    /// Opens an element; the node to go on with.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other roles have no rule of their own here")]
    fn element(&mut self, at: usize) -> usize {
        let parent = self.frames.last().map_or("", |frame| self.tree.name(frame.node));
        let role = match self.vocabulary.and_then(|vocabulary| vocabulary.role(self.tree, at, parent)) {
            Some(Role::Number) if self.is_second_number(at) => Role::Heading,
            Some(role) => role,
            None if self.is_inline() => Role::Inline,
            None => Role::Group,
        };
        let end = self.tree.end(at);
        match role {
            Role::Skip => return end,
            Role::Number | Role::NumberWord if self.numbers.contains(&at) => {
                self.notes_inside(at);
                return end;
            }
            Role::Space => {
                self.builder.white_space(self.tree.span(at));
                return end;
            }
            Role::OpeningMark | Role::ClosingMark => {
                self.mark(at, role);
                return end;
            }
            Role::Note if !self.ended => {
                self.notes.push(at);
                return end;
            }
            _ => {}
        }
        self.open(at, role);
        at + 1
    }

    /// Whether a number stands beside the one that numbers the provision: some publishers write the
    /// heading so.
    fn is_second_number(&self, at: usize) -> bool {
        let parent = self.frames.last().map_or(at, |frame| frame.node);
        !self.numbers.contains(&at) && self.numbers.range(parent..at).next().is_some()
    }

    /// Whether an element that has no role is a part of the text around it.
    fn is_inline(&self) -> bool {
        let parent = self.frames.last().is_some_and(|frame| self.tree.is_mixed(frame.node));
        self.context.flows || parent
    }

    /// A quotation mark that an empty element stands for: its code point is an attribute.
    fn mark(&mut self, at: usize, role: Role) {
        let code = self.tree.attribute(at, "CODE").and_then(|code| u32::from_str_radix(&code, 16).ok());
        let usual = if role == Role::OpeningMark { '\u{2018}' } else { '\u{2019}' };
        let mark = code.and_then(char::from_u32).unwrap_or(usual);
        if role == Role::OpeningMark {
            self.begin();
        }
        if !self.ended {
            self.builder.replaced(&mark.to_string(), self.tree.span(at));
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the other roles have no rule of their own here")]
    fn open(&mut self, at: usize, role: Role) {
        let mut frame = Frame {
            end: self.tree.end(at),
            node: at,
            outer: self.context,
            ends: !role.is_in_line() && !self.run_in,
            numbers: role == Role::Number,
            mark: None,
            change: None,
        };
        self.ended |= frame.ends && role != Role::Joined;
        let change = match role {
            Role::Deleted => Some(Change::Deleted),
            Role::Inserted => Some(Change::Inserted),
            _ if self.is_deleted(at) => Some(Change::Deleted),
            _ => None,
        };
        frame.change = change.map(|change| (self.builder.position(), change));
        match role {
            Role::Joined => self.ended &= self.builder.block_text().is_empty(),
            Role::Text => self.context.flows = true,
            Role::Heading => (self.context.kind, self.context.flows) = (self.heading(), true),
            Role::Cell => self.context.kind = BlockKind::Cell,
            Role::Contents => self.part(Part::Contents),
            Role::Recital => self.part(Part::Recital),
            Role::Note => self.part(Part::Note),
            Role::Quoted => self.quoted(),
            Role::Headed => self.headed(at),
            Role::Crossheading => self.crossheading(at),
            Role::Quotation => {
                self.begin();
                self.builder.replaced("\u{201c}", self.tree.span(at));
                frame.mark = Some("\u{201d}");
            }
            Role::Spaced => {
                let tag = self.tree.span(at);
                self.builder.white_space(Span::new(tag.start, tag.start));
            }
            Role::Separated => self.builder.replaced(": ", self.tree.span(at)),
            _ => {
                if let Some(rank) = role.rank() {
                    self.provision(at, rank);
                }
            }
        }
        self.frames.push(frame);
    }

    fn is_deleted(&self, at: usize) -> bool {
        self.tree.tag(at).contains("deleted")
            && self.tree.attribute(at, "changed").is_some_and(|changed| changed == "deleted")
    }

    fn heading(&self) -> BlockKind {
        BlockKind::Heading((self.context.depth + 1).min(6) as u8)
    }

    /// Text inside is in `part`; what stands in a table of contents or a note stays there.
    fn part(&mut self, part: Part) {
        if !matches!(self.context.part, Some(Part::Contents | Part::Note)) {
            self.context.part = Some(part);
        }
    }

    fn quoted(&mut self) {
        self.part(Part::Inserted);
        self.context.kind = BlockKind::Paragraph;
        (self.context.in_section, self.context.in_schedule, self.context.flows) = (false, false, false);
    }

    /// Begins the provision `at`, which counts from its first text.
    fn provision(&mut self, at: usize, rank: NumberedRank) {
        (self.context.kind, self.context.flows) = (BlockKind::Paragraph, false);
        if matches!(self.context.part, Some(Part::Contents | Part::Note | Part::Recital)) {
            return;
        }
        let depth = self.depth(rank);
        if self.headed.take_if(|headed| *headed == at).is_none() {
            self.number(at, rank, depth);
        }
        let promoted = self.begun.last().map_or(rank, |numbered| numbered.rank);
        self.context.depth = depth + 1;
        self.context.in_section |= matches!(promoted, NumberedRank::Section | NumberedRank::Article);
        self.context.in_schedule |= rank == NumberedRank::Schedule;
    }

    fn depth(&self, rank: NumberedRank) -> u16 {
        let crossheadings = self.vocabulary.is_some_and(Vocabulary::has_crossheadings);
        if crossheadings && rank != NumberedRank::Schedule {
            self.context.depth.max(BELOW_CROSSHEADINGS)
        } else {
            self.context.depth
        }
    }

    /// Notes that the provision `at` begins.
    fn number(&mut self, at: usize, rank: NumberedRank, depth: u16) {
        let Some(vocabulary) = self.vocabulary else { return };
        let found = number::find(self.tree, vocabulary, at);
        let words: Vec<String> = found.iter().map(|found| vocabulary.words(self.tree, *found)).collect();
        let words = words.join(" ");
        self.numbers.extend(found);
        let rank = number::rank(rank, &words, self.context.in_section, self.context.in_schedule);
        let name = self.tree.name(at).rsplit_once('-').map_or(self.tree.name(at), |(head, _)| head);
        let number = number::printed(&words, rank, name, vocabulary.names_containers());
        self.begun.push(Numbered { depth, rank, number });
    }

    /// A heading and the provisions below it: it is the first one's.
    fn headed(&mut self, at: usize) {
        let Some(vocabulary) = self.vocabulary else { return };
        let name = self.tree.name(at);
        let role = |child: usize| vocabulary.role(self.tree, child, name);
        let mut children = self.tree.children(at);
        if !children.any(|child| role(child) == Some(Role::Heading)) {
            return;
        }
        let found = children.find_map(|child| Some((child, role(child)?.rank()?)));
        if let Some((first, rank)) = found {
            self.number(first, rank, self.depth(rank));
            self.headed = Some(first);
        }
    }

    /// A heading that stands between provisions: a container up to the next of its level.
    fn crossheading(&mut self, at: usize) {
        let level = self.tree.attribute(at, "level").and_then(|level| level.parse::<u16>().ok()).unwrap_or(1);
        let depth = self.context.depth.max(level.clamp(1, BELOW_CROSSHEADINGS - 1));
        self.number(at, NumberedRank::Container, depth);
        self.context.kind = BlockKind::Heading(level.clamp(1, 6) as u8);
    }
}
