//! Passages: the text between numbers, and what leads in to it.

use super::inline::floor;
use super::layout::Marks;
use super::numbering::{is_dash, is_quote};
use super::tree::{LevelKind, Own, Tree};
use super::{Passage, Provision, ProvisionKind};
use crate::document::{Block, BlockKind};
use crate::language::{Cue, StructureCues, Zone};
use crate::text::Span;

/// Writes passages as the outline finds them.
pub(super) struct Writer<'d> {
    text: &'d str,
    cues: &'d StructureCues,
    marks: Marks<'d>,
    pub(super) tree: Tree,
    pub(super) passages: Vec<Passage>,
    /// A heading without a number that waits for what it heads.
    pending: Option<Pending>,
    /// The lead-in of the list that the next passage completes.
    completes: Option<usize>,
    /// Whether the next passage is a definition of the innermost level's list.
    entry: bool,
}

#[derive(Clone, Copy, Debug)]
struct Pending {
    span: Span,
    level: u8,
    passage: usize,
}

impl<'d> Writer<'d> {
    pub(super) fn new(text: &'d str, cues: &'d StructureCues, marks: Marks<'d>) -> Writer<'d> {
        let tree = Tree::new();
        Writer { text, cues, marks, tree, passages: Vec::new(), pending: None, completes: None, entry: false }
    }

    /// Text that is no part of the tree.
    pub(super) fn apart(&mut self, span: Span, zone: Zone) {
        self.push(span, zone, None, None);
    }

    /// The heading of the provision that has just begun.
    pub(super) fn heading_of_top(&mut self, span: Span) {
        let provision = self.tree.provision();
        self.set_heading(provision, span);
        self.push(span, Zone::Heading, provision, None);
    }

    fn set_heading(&mut self, provision: Option<usize>, span: Span) {
        let span = trim(self.text, span);
        let Some(provision) = provision.and_then(|index| self.tree.provisions.get_mut(index)) else { return };
        if provision.heading.is_none() && !span.is_empty() {
            provision.heading = Some(span);
        }
    }

    /// A heading without a number: of the section that follows, or of unnumbered text. Right below a
    /// number that stands alone it is that provision's.
    pub(super) fn free_heading(&mut self, span: Span, level: u8) {
        let top = self.tree.top();
        let bare = top.is_some_and(|top| {
            let provision = top.provision.and_then(|index| self.tree.provisions.get(index));
            let empty = provision.is_some_and(|provision| provision.heading.is_none());
            let headed =
                matches!(top.kind, LevelKind::Section | LevelKind::Container(_) | LevelKind::Schedule);
            headed && empty && top.own == Own::None
        });
        if bare && self.pending.is_none() {
            return self.heading_of_top(span);
        }
        if let Some(outer) = self.pending.take().filter(|pending| pending.level < level) {
            self.open_headed(outer);
        }
        self.push(span, Zone::Heading, None, None);
        self.pending = Some(Pending { span, level, passage: self.passages.len().saturating_sub(1) });
    }

    fn open_headed(&mut self, heading: Pending) {
        self.tree.close_while(|level| match level.kind {
            LevelKind::Headed(level) => level >= heading.level,
            LevelKind::Root | LevelKind::Container(_) | LevelKind::Schedule => false,
            LevelKind::Section | LevelKind::Item(..) => true,
        });
        let provision = Provision {
            kind: ProvisionKind::Container,
            rank: None,
            label: String::new(),
            heading: Some(trim(self.text, heading.span)),
            span: heading.span,
            parent: None,
            inserted: false,
        };
        let quote = self.tree.top().map_or(0, |level| level.quote);
        self.tree.open(provision, LevelKind::Headed(heading.level), quote, 0);
        let provision = self.tree.provision();
        if let Some(passage) = self.passages.get_mut(heading.passage) {
            passage.provision = provision;
        }
    }

    /// Closes the headings that the waiting one ends.
    pub(super) fn settle_headings(&mut self) {
        if let Some(pending) = self.pending {
            self.tree.close_while(
                |level| matches!(level.kind, LevelKind::Headed(level) if level >= pending.level),
            );
        }
    }

    /// Gives the waiting heading to the provision that has just begun.
    pub(super) fn adopt_heading(&mut self) {
        let Some(pending) = self.pending.take() else { return };
        let provision = self.tree.provision();
        self.set_heading(provision, pending.span);
        if let Some(passage) = self.passages.get_mut(pending.passage) {
            passage.provision = provision;
        }
    }

    /// Forgets the waiting heading.
    pub(super) fn drop_heading(&mut self) {
        self.pending = None;
    }

    /// Prepares for a block that no number opens: closes the lists that it ends.
    pub(super) fn unnumbered(&mut self, block: &Block, quote: u8) {
        if let Some(pending) = self.pending.take() {
            self.open_headed(pending);
        }
        let text = block.span.of(self.text).trim_start_matches(|c: char| is_quote(c) || c == '(');
        let lower = text.starts_with(char::is_lowercase);
        let depth = self.tree.levels.len();
        let is_item =
            |level: &super::tree::Level| level.quote == quote && matches!(level.kind, LevelKind::Item(..));
        let Some(top) = self.tree.top().filter(|top| is_item(top)) else { return };
        let indent = top.indent;
        if block.indent < indent {
            self.tree.close_while(|level| is_item(level) && level.indent > block.indent);
        } else if lower && block.indent == indent {
            let above = depth.checked_sub(2).and_then(|above| self.tree.levels.get(above));
            if above.is_some_and(|above| matches!(above.own, Own::Open(_))) {
                self.tree.levels.truncate(depth - 1);
            }
        } else if block.indent == indent
            && self.passages.last().is_some_and(|last| self.is_sentence_end(last.span))
        {
            let digits = |level: &super::tree::Level| matches!(level.kind, LevelKind::Item(place, _) if place.series == super::numbering::Series::Digits);
            self.tree.close_while(|level| is_item(level) && !digits(level));
        }
        if lower
            && self.tree.levels.len() < depth
            && let Some(Own::Open(lead)) = self.tree.top().map(|top| top.own)
        {
            self.completes = Some(lead);
        }
    }

    fn is_sentence_end(&self, span: Span) -> bool {
        span.of(self.text).trim_end_matches(|c: char| is_quote(c) || c == ']').ends_with('.')
    }

    /// Begins a definition that opens with its quoted term: returns to the level of its list.
    pub(super) fn entry(&mut self, quote: u8) {
        let within = |level: &super::tree::Level| level.quote == quote && level.is_within_section();
        let levels = self.tree.levels.iter().enumerate().rev().take_while(|(_, level)| within(level));
        let base = levels.filter(|(_, level)| level.entries).map(|(index, _)| index).last();
        if let Some(base) = base {
            self.tree.levels.truncate(base + 1);
        }
        if let Some(top) = self.tree.levels.last_mut() {
            top.entries = true;
        }
        self.entry = true;
    }

    /// Whether the last passage leads in to what follows.
    pub(super) fn last_is_open(&self) -> bool {
        self.passages.last().is_some_and(|last| self.leads_in(last.span))
    }

    /// The text of the innermost level; `unnumbered` if it is a block that no number opens.
    pub(super) fn text(&mut self, span: Span, block: &Block, unnumbered: bool) {
        let span = self.without_run_in_heading(trim(self.text, span));
        if span.is_empty() {
            return;
        }
        self.pending = None;
        let index = self.passages.len();
        let text = span.of(self.text);
        let lower = text.trim_start_matches(is_quote).starts_with(char::is_lowercase);
        let own = self.tree.top().map_or(Own::None, |top| top.own);
        let entry = std::mem::take(&mut self.entry);
        let listed = unnumbered && (lower || block.kind == BlockKind::Item);
        let mut keeps = false;
        let lead = match (self.completes.take(), own) {
            (Some(lead), _) => {
                self.complete(lead, index);
                Some(lead)
            }
            _ if entry => self.tree.top().and_then(|top| top.intro),
            (None, Own::None) => self.lead_above(!lower),
            (None, Own::Open(lead)) if listed => {
                keeps = true;
                Some(lead)
            }
            (None, Own::Open(_) | Own::Closed) => None,
        };
        let provision = self.tree.provision();
        self.push(span, Zone::Operative, provision, lead);
        let open = self.leads_in(span);
        if keeps {
            return;
        }
        if let Some(top) = self.tree.levels.last_mut() {
            top.own = if open { Own::Open(index) } else { Own::Closed };
            if open && !entry && top.intro.is_none() {
                top.intro = Some(index);
            }
        }
    }

    /// Gives the items of the list that `lead` leads in to their tail.
    fn complete(&mut self, lead: usize, tail: usize) {
        for passage in
            self.passages.iter_mut().skip(lead + 1).filter(|passage| passage.zone == Zone::Operative)
        {
            passage.tail.get_or_insert(tail);
        }
    }

    /// The passage that leads in to the first text of the innermost level. A short title without a
    /// verb that stands where a lead-in would is the heading of its provision.
    fn lead_above(&mut self, capital: bool) -> Option<usize> {
        let top = self.tree.levels.len().checked_sub(1)?;
        let quote = self.tree.levels.get(top)?.quote;
        if !matches!(self.tree.levels.get(top)?.kind, LevelKind::Item(..)) {
            return None;
        }
        for index in (0..top).rev() {
            let level = self.tree.levels.get(index).filter(|level| level.quote == quote)?;
            let (own, provision, kind) = (level.own, level.provision, level.kind);
            match own {
                Own::Open(lead) if capital && self.is_heading(lead) => {
                    let span = self.passages.get(lead)?.span;
                    self.set_heading(provision, span);
                    self.passages.get_mut(lead)?.zone = Zone::Heading;
                    let level = self.tree.levels.get_mut(index)?;
                    (level.own, level.intro) = (Own::None, None);
                }
                Own::Open(lead) => return Some(lead),
                Own::Closed => return None,
                Own::None => {}
            }
            if !matches!(kind, LevelKind::Item(..)) {
                return None;
            }
        }
        None
    }

    /// Whether a passage reads like a title: short, capital, no mark at its end, no verb.
    fn is_heading(&self, passage: usize) -> bool {
        let Some(passage) = self.passages.get(passage) else { return false };
        let text = passage.span.of(self.text);
        text.starts_with(char::is_uppercase)
            && text.ends_with(|c: char| c.is_alphanumeric() || c == ')')
            && text.split(' ').count() <= 15
            && !self.marks.has(passage.span, Cue::Verb)
    }

    /// Whether the text of `span` is no whole sentence but leads in to a list.
    fn leads_in(&self, span: Span) -> bool {
        let text = span.of(self.text).trim_end_matches(|c: char| is_quote(c) || c.is_whitespace());
        let end = span.start + text.len() as u32;
        match text.chars().next_back() {
            None | Some(';' | '?' | '!' | ']') => false,
            Some('.') => {
                let tail =
                    Span::new(floor(self.text, end.saturating_sub(24).max(span.start) as usize) as u32, end);
                self.marks.inside(tail).any(|mark| mark.cue == Cue::LeadIn && mark.span.end + 1 == end)
            }
            Some(c) if c.is_alphanumeric() => {
                let (head, word) = text.rsplit_once(' ').unwrap_or(("", text));
                !(head.ends_with([',', ';']) && self.cues.conjunctions.iter().any(|known| known == word))
            }
            Some(_) => true,
        }
    }

    /// Cuts off the heading that stands in one line with its text: "Short title.—This Act", or the
    /// heading of the section once more.
    fn without_run_in_heading(&mut self, span: Span) -> Span {
        let Some(top) = self.tree.top().filter(|top| top.own == Own::None) else { return span };
        let Some(provision) = top.provision else { return span };
        let text = span.of(self.text);
        let heading = self.tree.provisions.get(provision).and_then(|provision| provision.heading);
        let again = heading.map(|heading| heading.of(self.text)).filter(|heading| heading.len() > 3);
        let repeated = again.and_then(|again| {
            let rest = text.strip_prefix(again)?;
            rest.starts_with([' ', '.'])
                .then_some((again.len(), text.len() - rest.trim_start_matches(['.', ' ']).len()))
        });
        let Some((end, start)) = repeated.or_else(|| self.run_in(span)) else { return span };
        if start >= text.len() && repeated.is_some() {
            return span;
        }
        let heading = Span::new(span.start, span.start + end as u32);
        self.set_heading(Some(provision), heading);
        self.push(heading, Zone::Heading, Some(provision), None);
        trim(self.text, Span::new(span.start + start as u32, span.end))
    }

    /// Where a heading set off by a full stop and a dash ends, and its text begins.
    fn run_in(&self, span: Span) -> Option<(usize, usize)> {
        let text = span.of(self.text);
        let window = text.get(..floor(text, 200))?;
        let stop = window.match_indices('.').find_map(|(at, _)| {
            let after = text.get(at + 1..)?;
            let dash = after.trim_start();
            let rest = dash.trim_start_matches(is_dash);
            let dashes = dash.get(..dash.len() - rest.len())?;
            let long = dashes.len() > 1;
            long.then(|| (at, text.len() - rest.trim_start().len()))
        })?;
        let heading = Span::new(span.start, span.start + stop.0 as u32);
        let title = text.starts_with(|c: char| c.is_uppercase()) && !self.marks.has(heading, Cue::Verb);
        title.then_some(stop)
    }

    fn push(&mut self, span: Span, zone: Zone, provision: Option<usize>, lead: Option<usize>) {
        let span = trim(self.text, span);
        if !span.is_empty() {
            let inserted = self.tree.top().is_some_and(|top| top.quote > 0) && provision.is_some();
            self.passages.push(Passage { span, provision, lead, tail: None, zone, inserted });
        }
    }
}

/// `span` without white space at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let body = span.of(text);
    let start = span.start + (body.len() - body.trim_start().len()) as u32;
    Span::new(start, start + body.trim().len() as u32)
}
