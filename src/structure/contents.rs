//! Tables of contents: lines that repeat the headings of the body.
//!
//! They are told by their heading, by words that announce them, or by the run of titles alone, if the
//! numbers of the run come again below.

use std::collections::BTreeMap;

use super::layout::{Layout, Role};
use super::opening::TokenKind;
use crate::language::Cue;
use crate::text::Span;

/// How long a block is at most that amends a table of contents, in bytes.
const LONGEST_AMENDMENT: u32 = 400;

/// What leads from a title to its page.
const LEADERS: [&str; 2] = ["....", ". . ."];

/// A number as written, to be held against the same number elsewhere.
type Label<'d> = (TokenKind, &'d str);

/// Marks the lines of tables of contents.
pub(super) fn mark(layout: Layout<'_>, roles: &mut [Role]) {
    let mut contents = Contents { layout, last: BTreeMap::new(), run: (0, 0, 0) };
    for index in 0..layout.blocks.len() {
        if let Some(label) = contents.label(index) {
            contents.last.insert(label, index);
        }
    }
    let mut index = 0;
    while index < layout.blocks.len() {
        if let Some((from, end)) = contents.amended(index) {
            roles.get_mut(from..end).unwrap_or_default().fill(Role::Contents);
            index = end;
            continue;
        }
        let announced = contents.announces(index, roles);
        let from = if announced { index + 1 } else { index };
        let end = if announced { contents.end(from) } else { contents.run_end(from) };
        if end <= from {
            index += 1;
            continue;
        }
        roles.get_mut(from..end).unwrap_or_default().fill(Role::Contents);
        if announced && let Some(role) = roles.get_mut(index).filter(|role| **role == Role::Heading) {
            *role = Role::Contents;
        }
        index = end;
    }
}

struct Contents<'d> {
    layout: Layout<'d>,
    /// The last block that opens with each number.
    last: BTreeMap<Label<'d>, usize>,
    /// The last run of titles looked at: its start, its end, how many of its lines are numbered.
    run: (usize, usize, usize),
}

impl<'d> Contents<'d> {
    fn label(&self, index: usize) -> Option<Label<'d>> {
        let layout = self.layout;
        let token = layout.openings.get(index).filter(|_| layout.divides(index))?.tokens.first()?;
        Some((token.kind, &*token.label))
    }

    /// Whether the number of the block `index` comes again at or after the block `from`.
    fn comes_again(&self, index: usize, from: usize) -> bool {
        let last = self.label(index).and_then(|label| self.last.get(&label));
        last.is_some_and(|last| *last >= from && *last > index)
    }

    fn announces(&self, index: usize, roles: &[Role]) -> bool {
        let Layout { text, marks, .. } = self.layout;
        let Some(block) = self.layout.blocks.get(index) else { return false };
        let whole = |found: Span| {
            let after = Span::new(found.end, block.span.end).of(text);
            after.len() <= 30 && !marks.has(block.span, Cue::Verb)
        };
        let short = block.span.len() <= 80 || roles.get(index) == Some(&Role::Heading);
        let headed = short && marks.opens(text, block.span, Cue::ContentsHeading).is_some_and(whole);
        headed || (block.span.len() <= 300 && marks.has(block.span, Cue::Contents))
    }

    /// The lines that an amendment of a table of contents, announced by the block `index`, inserts.
    fn amended(&self, index: usize) -> Option<(usize, usize)> {
        let Layout { marks, blocks, openings, .. } = self.layout;
        let announcing = blocks.get(index).filter(|block| block.span.len() <= LONGEST_AMENDMENT)?;
        let has = |index: usize, cues: &[Cue]| {
            let block = blocks.get(index).filter(|block| block.span.len() <= LONGEST_AMENDMENT);
            block.is_some_and(|block| cues.iter().any(|cue| marks.has(block.span, *cue)))
        };
        if !has(index, &[Cue::Contents]) || !has(index, &[Cue::Amending, Cue::Insert]) {
            return None;
        }
        let quoted = |index: usize| {
            let deeper = blocks.get(index).is_some_and(|block| block.quote > announcing.quote);
            deeper || openings.get(index).is_some_and(|opening| opening.quoted && !opening.tokens.is_empty())
        };
        let orders = |index: &usize| !quoted(*index) && has(*index, &[Cue::Strike, Cue::Insert]);
        let from = index + 1 + (index + 1..blocks.len()).take(6).take_while(orders).count();
        let line =
            |index: &usize| quoted(*index) && blocks.get(*index).is_some_and(|block| block.span.len() <= 350);
        let end = from + (from..blocks.len()).take_while(line).count();
        (end > from).then_some((from, end))
    }

    /// Where the lines of a table of contents that begins at `from` end.
    fn end(&self, from: usize) -> usize {
        let first = self.label(from);
        let mut seen = 0;
        for index in from..self.layout.blocks.len() {
            seen += usize::from(first.is_some() && self.label(index) == first);
            // A title may read like a sentence: "Sec. 3. Means by which fees may be paid."
            let repeated = self.layout.divides(index) && self.comes_again(index, index + 1);
            if (seen > 1 && index > from + 1) || !(self.goes_on(from, index) || repeated) {
                let end = self.step_back(from, index);
                return if self.comes_again(from, end) || end > from + 2 { end } else { from };
            }
        }
        from
    }

    /// Where a run of titles ends that begins at `from`: more than five numbers, which come again.
    fn run_end(&mut self, from: usize) -> usize {
        if !self.layout.divides(from) {
            return from;
        }
        if from >= self.run.1 {
            let blocks = from..self.layout.blocks.len();
            let end = blocks.clone().find(|index| !self.goes_on(from, *index)).unwrap_or(blocks.end);
            let numbered = (from..end).filter(|index| self.layout.divides(*index)).count();
            self.run = (from, end, numbered);
        } else {
            self.run.2 = self.run.2.saturating_sub(1);
        }
        let (_, end, numbered) = self.run;
        if numbered > 5 && self.comes_again(from, from + 5) { self.step_back(from, end) } else { from }
    }

    fn goes_on(&self, from: usize, index: usize) -> bool {
        let heading = |index| self.layout.is_source_heading(index);
        self.is_line(index) && (heading(from) || !heading(index))
    }

    fn is_line(&self, index: usize) -> bool {
        let Layout { text, marks, .. } = self.layout;
        let Some(block) = self
            .layout
            .blocks
            .get(index)
            .filter(|block| block.span.len() <= 2000 && !self.layout.is_marked(index))
        else {
            return false;
        };
        let line = block.span.of(text);
        let dotted =
            |at: usize| line.get(at..).is_some_and(|rest| LEADERS.iter().any(|dots| rest.starts_with(dots)));
        let leader = memchr::memchr_iter(b'.', line.as_bytes()).any(dotted);
        let page = line.ends_with(|c: char| c.is_ascii_digit()) && line.len() <= 200;
        let most = if self.layout.divides(index) { 350 } else { 200 };
        let title = line.len() <= most && !line.ends_with([';', ':', ',', '\u{2014}']);
        leader || page || (title && (!marks.has(block.span, Cue::Verb) || !line.ends_with('.')))
    }

    /// The body's first headings may stand before the first line that is no title: steps back to the
    /// first of the last lines whose number stands in the table already.
    fn step_back(&self, from: usize, end: usize) -> usize {
        let back = end.saturating_sub(4).max(from + 1);
        let repeats = |index: &usize| {
            let label = self.label(*index);
            label.is_some() && (from..*index).take(2000).any(|earlier| self.label(earlier) == label)
        };
        (back..end).find(repeats).unwrap_or(end)
    }
}
