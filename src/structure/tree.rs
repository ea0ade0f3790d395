//! The tree of provisions as it grows: the open levels, and where a number goes.
//!
//! Drafters nest lists by style, so the rule is simple: a number that is next in an open list goes
//! on that list, a number that begins a list of another style opens one below. Indentation and
//! lead-ins only decide where both would do.

use super::inline::Before;
use super::link::Link;
use super::numbering::{Fit, Place, Series, Shape};
use super::opening::Token;
use super::{Provision, ProvisionKind};
use crate::text::Span;

/// How deep provisions nest at most; what is deeper counts as the next of the deepest list.
const MOST_LEVELS: usize = 48;

/// An open level: a provision that text or numbers may still be added to.
#[derive(Clone, Debug)]
pub(super) struct Level {
    /// `None` at the root.
    pub(super) provision: Option<usize>,
    pub(super) kind: LevelKind,
    /// How many quotations it stands in.
    pub(super) quote: u8,
    /// The indentation of the block that it began in.
    pub(super) indent: u16,
    pub(super) own: Own,
    /// The first of its own passages.
    pub(super) first: Option<usize>,
    /// The first of its own passages that leads in to a list.
    pub(super) intro: Option<usize>,
    /// Whether a definition began here: the next one returns to this level.
    pub(super) entries: bool,
    /// How deep the elements of the source nest it; `None` if only the text numbers it.
    pub(super) depth: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LevelKind {
    Root,
    /// A heading without a number, with its level in the source if known.
    Headed(u8),
    Container(usize),
    Schedule,
    Section,
    Item(Place, Shape),
}

/// What a level's own text is so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Own {
    None,
    /// Its last passage leads in to what follows.
    Open(usize),
    Closed,
}

/// What to do with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// It goes on, or begins again, the list of the level with this index.
    On(usize, Place),
    /// It begins a list below the innermost level.
    Below(Place),
    /// It stands in a section whose first numbers are not there.
    InSection(Place),
    /// It is no number of an item.
    Refused,
}

/// Where a number stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// `None` at the start of a block.
    pub(super) before: Option<Before>,
    /// Whether the next number of the list that it would begin follows, set off as items are.
    pub(super) followed: bool,
    /// Whether a capital letter follows.
    pub(super) capital: bool,
    /// Whether the source or the next number shows that it begins a list where it might also go on one.
    pub(super) nests: bool,
    /// How many quotations it stands in.
    pub(super) quote: u8,
}

#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub(super) provisions: Vec<Provision>,
    pub(super) levels: Vec<Level>,
}

impl Tree {
    pub(super) fn new() -> Tree {
        let mut tree = Tree { provisions: Vec::new(), levels: Vec::new() };
        tree.levels.push(Level::new(None, LevelKind::Root, 0, 0));
        tree
    }

    pub(super) fn top(&self) -> Option<&Level> {
        self.levels.last()
    }

    pub(super) fn provision(&self) -> Option<usize> {
        self.top().and_then(|level| level.provision)
    }

    /// Closes the innermost levels as long as `closes` says so; the root stays.
    pub(super) fn close_while(&mut self, closes: impl Fn(&Level) -> bool) {
        while self.levels.len() > 1 && self.levels.last().is_some_and(&closes) {
            self.levels.pop();
        }
    }

    /// Opens a provision below the innermost level.
    pub(super) fn open(&mut self, provision: Provision, kind: LevelKind, quote: u8, indent: u16) {
        self.levels.truncate(MOST_LEVELS);
        let parent = self.provision();
        self.provisions.push(Provision { parent: parent.into(), ..provision });
        self.levels.push(Level::new(Some(self.provisions.len() - 1), kind, quote, indent));
    }

    /// Opens the item that `token` numbers, as `settled`.
    pub(super) fn open_item(&mut self, token: &Token<'_>, settled: Settled, shape: Shape, at: (u8, u16)) {
        let place = match settled {
            Settled::On(level, place) => {
                self.levels.truncate(level.max(1));
                place
            }
            Settled::Below(place) => place,
            Settled::InSection(place) => {
                let holds = |last: Place| last.series == Series::Digits && place.series != Series::Digits;
                self.close_while(|level| {
                    is_list(level, at.0) && matches!(level.kind, LevelKind::Item(last, _) if !holds(last))
                });
                place
            }
            Settled::Refused => return,
        };
        let provision = Provision {
            kind: ProvisionKind::Subdivision,
            rank: None,
            label: ["(", &token.label, ")"].concat(),
            heading: None,
            span: token.span,
            parent: Link::NONE,
            inserted: at.0 > 0,
        };
        self.open(provision, LevelKind::Item(place, shape), at.0, at.1);
    }

    /// Where the number `token` of the given shape goes.
    pub(super) fn settle(&self, token: &Token<'_>, shape: Shape, setting: Setting) -> Settled {
        let next = self.best(token, shape, setting.quote, |fit| fit == Fit::Next);
        let first = token.places().into_iter().flatten().find(|place| place.is_first());
        let top_open = matches!(self.top().map(|level| level.own), Some(Own::Open(_)));
        let leads = match setting.before {
            None => top_open,
            Some(before) => before == Before::LeadIn || before == Before::Number,
        };
        match (next, first) {
            (Some((level, place, _)), Some(start)) => {
                let innermost = level + 1 == self.levels.len();
                let below = setting.nests || (leads && (!innermost || start.series != place.series));
                if below {
                    self.begin(start, shape, setting, leads)
                } else {
                    go_on(level, place, setting, innermost)
                }
            }
            (Some((level, place, _)), None) => go_on(level, place, setting, level + 1 == self.levels.len()),
            (None, Some(start)) => self.begin(start, shape, setting, leads),
            (None, None) => self.late(token, shape, setting),
        }
    }

    /// A number that begins a list.
    fn begin(&self, start: Place, shape: Shape, setting: Setting, leads: bool) -> Settled {
        let accepted = match setting.before {
            None | Some(Before::LeadIn | Before::Number) => true,
            Some(Before::Stop | Before::Word | Before::Reference) => setting.followed,
            Some(Before::Separator | Before::Conjunction) => setting.followed && !setting.capital,
        };
        if !accepted {
            return Settled::Refused;
        }
        let same = |level: &Level| matches!(level.kind, LevelKind::Item(place, other) if place.series == start.series && other == shape);
        let levels =
            self.levels.iter().enumerate().rev().take_while(|(_, level)| is_list(level, setting.quote));
        let open = levels.map(|(index, level)| (index, same(level))).find(|(_, same)| *same);
        match open {
            // In the middle of a sentence a list begins below what the sentence is part of.
            Some(_) if matches!(setting.before, Some(Before::Separator | Before::Conjunction)) => {
                Settled::Below(start)
            }
            Some((index, _)) if index + 1 == self.levels.len() || !leads => Settled::On(index, start),
            _ => Settled::Below(start),
        }
    }

    /// A number that neither begins a list nor is the next of one.
    fn late(&self, token: &Token<'_>, shape: Shape, setting: Setting) -> Settled {
        let furthest = match setting.before {
            None => 30,
            Some(Before::Stop) if setting.capital => 5,
            Some(Before::Separator | Before::Stop | Before::LeadIn) => 2,
            Some(_) => 0,
        };
        let near = |fit: Fit| matches!(fit, Fit::Gap(gap) if gap <= furthest);
        if let Some((level, place, _)) = self.best(token, shape, setting.quote, near) {
            return Settled::On(level, place);
        }
        match token.places().into_iter().flatten().next() {
            Some(place) if setting.before.is_none() => Settled::InSection(place),
            _ => Settled::Refused,
        }
    }

    /// The open list that `token` goes on best: the smallest gap, the innermost level.
    fn best(
        &self,
        token: &Token<'_>,
        shape: Shape,
        quote: u8,
        accepts: impl Fn(Fit) -> bool,
    ) -> Option<(usize, Place, Fit)> {
        let mut best: Option<(usize, Place, Fit)> = None;
        for (index, level) in
            self.levels.iter().enumerate().rev().take_while(|(_, level)| is_list(level, quote))
        {
            let LevelKind::Item(last, other) = level.kind else { continue };
            for place in token.places().into_iter().flatten().filter(|_| other == shape) {
                let Some(fit) = place.after(last).filter(|fit| accepts(*fit)) else { continue };
                if best.is_none_or(|(.., known)| fit < known) {
                    best = Some((index, place, fit));
                }
            }
        }
        best
    }

    /// The innermost section of the quotation `quote`, an index of the levels.
    pub(super) fn section(&self, quote: u8) -> Option<usize> {
        self.levels.iter().rposition(|level| level.kind == LevelKind::Section && level.quote == quote)
    }

    /// Ends every provision where its last passage or part ends.
    pub(super) fn finish(mut self, ends: impl Iterator<Item = (usize, u32)>) -> Vec<Provision> {
        for (provision, end) in ends {
            if let Some(provision) = self.provisions.get_mut(provision) {
                provision.span = Span::new(provision.span.start, provision.span.end.max(end));
            }
        }
        for index in (0..self.provisions.len()).rev() {
            let Some(provision) = self.provisions.get(index) else { continue };
            let (Some(parent), end) = (provision.parent(), provision.span.end) else { continue };
            if let Some(parent) = self.provisions.get_mut(parent) {
                parent.span = Span::new(parent.span.start, parent.span.end.max(end));
            }
        }
        self.provisions
    }
}

/// The next number of a list, or an insertion after it.
fn go_on(level: usize, place: Place, setting: Setting, innermost: bool) -> Settled {
    let accepted = match setting.before {
        None | Some(Before::Separator | Before::Stop | Before::LeadIn) => true,
        Some(Before::Conjunction) => innermost,
        Some(Before::Number | Before::Word | Before::Reference) => false,
    };
    if accepted { Settled::On(level, place) } else { Settled::Refused }
}

/// Whether `level` is an item of the quotation `quote` that numbers in the text go on with; what the
/// elements of the source number, they alone go on with.
fn is_list(level: &Level, quote: u8) -> bool {
    level.quote == quote && level.depth.is_none() && matches!(level.kind, LevelKind::Item(..))
}

impl Level {
    fn new(provision: Option<usize>, kind: LevelKind, quote: u8, indent: u16) -> Level {
        let (own, first, intro) = (Own::None, None, None);
        Level { provision, kind, quote, indent, own, first, intro, entries: false, depth: None }
    }

    /// Whether it is an item or a section: what ends where the next section begins.
    pub(super) fn is_within_section(&self) -> bool {
        matches!(self.kind, LevelKind::Item(..) | LevelKind::Section)
    }
}
