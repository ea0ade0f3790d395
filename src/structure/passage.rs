//! Passages: the text between numbers, and what leads in to it.

use super::Passage;
use super::headed::Pending;
use super::heading::{is_title, run_in, without_note_marks};
use super::inline::{announces, floor, second_lead, tail};
use super::layout::Marks;
use super::link::Link;
use super::numbering::is_quote;
use super::repeated::{Kind, parts};
use super::tree::{LevelKind, Own, Tree};
use crate::document::{Block, BlockKind};
use crate::language::{Cue, StructureCues, Zone};
use crate::text::Span;

/// How many items of a list its tail is given to at most.
const MOST_ITEMS: usize = 1000;

/// How many words a lead-in that ends with a semicolon has at most.
const SEMICOLON: usize = 30;

/// Writes passages as the outline finds them.
#[expect(clippy::struct_excessive_bools, reason = "four independent facts of the text")]
pub(super) struct Writer<'d> {
    pub(super) text: &'d str,
    cues: &'d StructureCues,
    marks: Marks<'d>,
    pub(super) tree: Tree,
    pub(super) passages: Vec<Passage>,
    /// A heading without a number that waits for what it heads.
    pub(super) pending: Option<Pending>,
    /// The level whose list the next passage completes, and the list's lead-in.
    completes: Option<(usize, usize)>,
    /// Whether the next passage is a definition of the innermost level's list.
    entry: bool,
    /// Whether the elements of the source say which provision a block stands in.
    exact: bool,
    /// Whether the open block is text that the draft inserts into another law.
    pub(super) inserting: bool,
    /// Whether the document prints the parts of its sentences twice.
    pub(super) repeats: bool,
}

impl<'d> Writer<'d> {
    pub(super) fn new(text: &'d str, cues: &'d StructureCues, marks: Marks<'d>, exact: bool) -> Writer<'d> {
        Writer {
            text,
            cues,
            marks,
            tree: Tree::new(),
            passages: Vec::new(),
            pending: None,
            completes: None,
            entry: false,
            exact,
            inserting: false,
            repeats: false,
        }
    }

    /// Text that is no part of the tree.
    pub(super) fn apart(&mut self, span: Span, zone: Zone) {
        self.push(span, zone, None, None);
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
        } else if self.exact {
            // Text as deep as the last item goes on with it.
        } else if lower && block.indent == indent {
            // The list stays open: a text broken off in the middle looks the same.
            self.completes = self.completed_level(depth);
        } else if block.indent == indent
            && self.passages.last().is_some_and(|last| self.is_sentence_end(last.span))
        {
            let digits = |level: &super::tree::Level| matches!(level.kind, LevelKind::Item(place, _) if place.series == super::numbering::Series::Digits);
            self.tree.close_while(|level| is_item(level) && !digits(level));
        }
        if lower && self.tree.levels.len() < depth {
            self.completes = self.tree.levels.len().checked_sub(1).and_then(|top| self.open_level(top));
        }
    }

    /// The level whose list a tail completes that nothing but its place tells: the innermost list, or
    /// the one around it if its last item has begun.
    fn completed_level(&self, depth: usize) -> Option<(usize, usize)> {
        let mut found = self.open_level(depth.checked_sub(2)?)?;
        while let Some(outer) = found.0.checked_sub(1).and_then(|above| self.open_level(above)) {
            let item = self.tree.levels.get(found.0).filter(|item| matches!(item.kind, LevelKind::Item(..)));
            let before = item.and_then(|item| item.first)?.checked_sub(1);
            let before = before
                .and_then(|before| self.passages.get(before))
                .map_or("", |before| before.span.of(self.text));
            if before.is_empty()
                || !self.cues.conjunctions.iter().any(|word| before.split(' ').next_back() == Some(word))
            {
                break;
            }
            found = outer;
        }
        Some(found)
    }

    /// The level and its lead-in, if its own text leads in.
    fn open_level(&self, level: usize) -> Option<(usize, usize)> {
        match self.tree.levels.get(level)?.own {
            Own::Open(lead) => Some((level, lead)),
            Own::None | Own::Closed => None,
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

    /// Whether a block of a section of definitions opens with an unquoted term and the verb.
    pub(super) fn is_plain_entry(&self, span: Span) -> bool {
        let head = Span::new(span.start, floor(self.text, (span.start + 160).min(span.end) as usize) as u32);
        let verb = self.marks.inside(head).find(|mark| matches!(mark.cue, Cue::Means | Cue::Verb));
        let Some(verb) = verb.filter(|verb| self.marks.inside(verb.span).any(|mark| mark.cue == Cue::Means))
        else {
            return false;
        };
        let term = Span::new(span.start, verb.span.start).of(self.text);
        let short = term.split(',').next().is_some_and(|term| term.split(' ').count() <= 8)
            && !term.contains(['.', ';']);
        let section = self.tree.levels.iter().rev().find(|level| !matches!(level.kind, LevelKind::Item(..)));
        let provision =
            section.and_then(|level| level.provision).and_then(|index| self.tree.provisions.get(index));
        let heading = provision.and_then(|provision| provision.heading);
        let zone = heading.and_then(|heading| super::zone::heading_zone(self.text, self.marks, heading));
        short && zone == Some(Zone::Definition)
    }

    /// Whether the last passage leads in to what follows.
    pub(super) fn last_is_open(&self) -> bool {
        self.passages.last().is_some_and(|last| self.leads_in(last.span))
    }

    /// The text of the innermost level, and the text after it that completes its list; `unnumbered` if
    /// it is a block that no number opens.
    pub(super) fn text(&mut self, span: Span, block: &Block, unnumbered: bool) {
        if self.repeats {
            return self.repeated(span, block, unnumbered);
        }
        let item = |top: &super::tree::Level| matches!(top.kind, LevelKind::Item(..)) && top.own == Own::None;
        let list = self.tree.top().filter(|top| item(top) && !self.entry && self.completes.is_none());
        let list = list.and_then(|_| self.completed_level(self.tree.levels.len()));
        let next = |(_, lead): (usize, usize)| {
            let lead = self.passages.get(lead)?.span;
            tail(self.text, span, self.marks).or_else(|| second_lead(self.text, lead, span, self.marks))
        };
        let Some(tail) = list.and_then(next) else {
            return self.piece(span, block, unnumbered);
        };
        self.piece(Span::new(span.start, tail), block, unnumbered);
        self.completes = list;
        self.piece(Span::new(tail, span.end), block, true);
    }

    /// Text of a document that prints its parts twice: the copies stand apart, and what they show to be
    /// lead-in, items and tail is read so.
    fn repeated(&mut self, span: Span, block: &Block, unnumbered: bool) {
        // The open lead-ins, each with whether its next item is its last.
        let mut leads: Vec<(usize, bool)> = Vec::new();
        for part in parts(self.text, span) {
            let index = self.passages.len();
            let provision = self.tree.provision();
            let lead = leads.last().map(|lead| lead.0);
            let lower = part.span.of(self.text).trim_start().starts_with(char::is_lowercase);
            match (part.kind, lead) {
                (Kind::Copy, _) => self.push(part.span, Zone::Contents, provision, None),
                (Kind::Item, Some(_)) => {
                    self.push(part.span, Zone::Operative, provision, lead);
                    self.end_lists(&mut leads, part.span);
                }
                (Kind::Tail, Some(above)) => {
                    self.complete(above, index);
                    self.push(part.span, Zone::Operative, provision, lead);
                    leads.clear();
                }
                (Kind::Lead, Some(_)) if lower => {
                    self.push(part.span, Zone::Operative, provision, lead);
                    leads.push((index, false));
                }
                (Kind::Lead | Kind::Whole | Kind::Item | Kind::Tail, _) => {
                    self.piece(part.span, block, unnumbered);
                    leads.clear();
                    let last = self.passages.len().checked_sub(1).filter(|_| part.kind == Kind::Lead);
                    leads.extend(last.map(|last| (last, false)));
                }
            }
        }
    }

    /// Closes the list inside another whose last item `span` is, and marks the one whose last item is
    /// next.
    fn end_lists(&self, leads: &mut Vec<(usize, bool)>, span: Span) {
        let last = span.of(self.text).split_whitespace().next_back();
        let joins = self.cues.conjunctions.iter().any(|joining| last == Some(joining));
        let nested = leads.len() > 1;
        match leads.last_mut() {
            Some((_, ends)) if joins => *ends = true,
            Some((_, true)) if nested => {
                leads.pop();
            }
            Some(_) | None => {}
        }
    }

    fn piece(&mut self, span: Span, block: &Block, unnumbered: bool) {
        let span = self.without_run_in_heading(without_note_marks(self.text, span));
        let span = without_note_marks(self.text, span);
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
        if let Some((level, lead)) = self.completes.take().filter(|_| !entry) {
            self.complete(lead, index);
            let provision = self.tree.levels.get(level).and_then(|level| level.provision);
            self.push(span, Zone::Operative, provision, Some(lead));
            // "If: (a) ...; the Board may require: (c) ...": what completes one list leads in to the next.
            let level = self.tree.levels.get_mut(level).filter(|_| announces(span.of(self.text)));
            if let Some(level) = level {
                level.own = Own::Open(index);
            }
            return;
        }
        let lead = match own {
            _ if entry => self.tree.top().and_then(|top| top.intro),
            Own::None => self.lead_above(!lower),
            Own::Open(lead) if listed => {
                keeps = true;
                Some(lead)
            }
            Own::Open(_) | Own::Closed => None,
        };
        let provision = self.tree.provision();
        self.push(span, Zone::Operative, provision, lead);
        let open = self.leads_in(span);
        if keeps {
            return;
        }
        if let Some(top) = self.tree.levels.last_mut() {
            top.first.get_or_insert(index);
            top.own = if open { Own::Open(index) } else { Own::Closed };
            if open && !entry && top.intro.is_none() {
                top.intro = Some(index);
            }
        }
    }

    /// Inserted text that no number of its own places: it is no part of the sentence around it.
    pub(super) fn inserted_text(&mut self, span: Span) {
        let provision = self.tree.provision();
        self.push(span, Zone::Operative, provision, None);
    }

    /// Gives the items of the list that `lead` leads in to their tail.
    fn complete(&mut self, lead: usize, tail: usize) {
        let items = self.passages.iter_mut().skip(lead + 1).rev().take(MOST_ITEMS);
        for passage in items.filter(|passage| passage.zone == Zone::Operative) {
            if passage.tail == Link::NONE {
                passage.tail = tail.into();
            }
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
                Own::Open(lead) if capital && !self.exact && self.is_title(lead) => {
                    let span = self.passages.get(lead)?.span;
                    self.set_heading(provision, span);
                    let heading = self.passages.get_mut(lead)?;
                    (heading.zone, heading.lead) = (Zone::Heading, Link::NONE);
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

    fn is_title(&self, passage: usize) -> bool {
        self.passages.get(passage).is_some_and(|passage| is_title(self.text, self.marks, passage.span))
    }

    /// Whether the text of `span` is no whole sentence but leads in to a list.
    fn leads_in(&self, span: Span) -> bool {
        let text = span.of(self.text).trim_end_matches(|c: char| is_quote(c) || c.is_whitespace());
        let end = span.start + text.len() as u32;
        match text.chars().next_back() {
            // "A person who knowingly; (a) ...": a short sentence that a list goes on with.
            Some(';') => {
                text.starts_with(char::is_uppercase)
                    && !text.trim_end_matches(';').contains(';')
                    && text.split(' ').count() <= SEMICOLON
            }
            None | Some('?' | '!' | ']') => false,
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

    /// Cuts off the heading that stands in one line with its text.
    fn without_run_in_heading(&mut self, span: Span) -> Span {
        let Some(top) = self.tree.top().filter(|top| top.own == Own::None) else { return span };
        let Some(provision) = top.provision else { return span };
        let heading = self.tree.provisions.get(provision).and_then(|provision| provision.heading);
        let Some((heading, rest)) = run_in(self.text, self.marks, span, heading) else { return span };
        self.set_heading(Some(provision), heading);
        self.push(heading, Zone::Heading, Some(provision), None);
        rest
    }

    pub(super) fn push(&mut self, span: Span, zone: Zone, provision: Option<usize>, lead: Option<usize>) {
        let span = trim(self.text, span);
        if !span.is_empty() {
            let quoted = self.tree.top().is_some_and(|top| top.quote > 0) && provision.is_some();
            let inserted = quoted || self.inserting;
            let (provision, lead) = (provision.into(), lead.into());
            self.passages.push(Passage { span, provision, lead, tail: Link::NONE, zone, inserted });
        }
    }
}

/// `span` without white space at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let body = span.of(text);
    let start = span.start + (body.len() - body.trim_start().len()) as u32;
    Span::new(start, start + body.trim().len() as u32)
}
