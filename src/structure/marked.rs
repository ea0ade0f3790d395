//! Provisions as the elements of the source say them.
//!
//! Where a format numbers its provisions by elements, nothing has to be guessed: a provision stands
//! in the nearest one before it that is less deep. Only what no element says, a number typed at the
//! start of a paragraph, is read as in plain text, inside its provision.

use super::link::Link;
use super::numbering::{Place, Series, Shape, is_quote, places};
use super::opening::{Opening, Token, TokenKind};
use super::passage::Writer;
use super::tree::{Level, LevelKind, Own};
use super::{Provision, ProvisionKind};
use crate::document::{Block, Numbered, NumberedRank};
use crate::language::{RankKind, StructureCues};
use crate::text::Span;

/// How long a number is at most, in bytes; what is longer is no number.
const LONGEST: usize = 40;

/// What the elements of a document say of its provisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marking {
    /// Nothing: the numbers are in the text.
    None,
    /// Items of lists, but no sections.
    Lists,
    /// Sections or what is above them.
    Whole,
}

impl Marking {
    pub(super) fn of(blocks: &[Block]) -> Marking {
        let mut numbers = blocks.iter().flat_map(|block| &block.numbers).peekable();
        if numbers.peek().is_none() {
            return Marking::None;
        }
        if numbers.any(|numbered| divides(numbered.rank)) { Marking::Whole } else { Marking::Lists }
    }
}

/// Whether a provision of this rank is a section or stands above one.
pub(super) fn divides(rank: NumberedRank) -> bool {
    match rank {
        NumberedRank::Container | NumberedRank::Schedule | NumberedRank::Section | NumberedRank::Article => {
            true
        }
        NumberedRank::Subdivision => false,
    }
}

/// Begins the provisions of `block`; where its text begins. What the elements leave without a number
/// takes the one that its text opens with.
pub(super) fn begin(
    writer: &mut Writer<'_>,
    block: &Block,
    opening: &Opening<'_>,
    cues: &StructureCues,
    quote: u8,
) -> u32 {
    let innermost = block.numbers.last().map_or(0, |numbered| numbered.depth);
    for numbered in &block.numbers {
        let indent = block.indent.saturating_sub(innermost.saturating_sub(numbered.depth));
        open(writer, block.span.start, numbered, cues, (quote, indent));
    }
    let numberless = block.numbers.last().is_some_and(|numbered| numbered.number.trim().is_empty());
    if numberless { late(writer, opening, cues).unwrap_or(block.span.start) } else { block.span.start }
}

fn open(writer: &mut Writer<'_>, start: u32, numbered: &Numbered, cues: &StructureCues, at: (u8, u16)) {
    close(writer, numbered);
    let label = Label::new(&numbered.number, numbered.rank, cues);
    let kind = match numbered.rank {
        NumberedRank::Container => LevelKind::Container(label.rank.unwrap_or(usize::MAX)),
        NumberedRank::Schedule => LevelKind::Schedule,
        NumberedRank::Section | NumberedRank::Article => LevelKind::Section,
        NumberedRank::Subdivision => LevelKind::Item(label.place(), Shape::Bracketed),
    };
    if divides(numbered.rank) {
        writer.settle_headings();
    }
    let provision = Provision {
        kind: match numbered.rank {
            NumberedRank::Container => ProvisionKind::Container,
            NumberedRank::Schedule => ProvisionKind::Schedule,
            NumberedRank::Section => ProvisionKind::Section,
            NumberedRank::Article => ProvisionKind::Article,
            NumberedRank::Subdivision => ProvisionKind::Subdivision,
        },
        rank: label.rank.and_then(|rank| u8::try_from(rank).ok()),
        label: label.written(numbered.rank),
        heading: None,
        span: Span::new(start, start),
        parent: Link::NONE,
        inserted: at.0 > 0,
    };
    writer.tree.open(provision, kind, at.0, at.1);
    if let Some(level) = writer.tree.levels.last_mut() {
        level.depth = Some(numbered.depth);
    }
    if matches!(numbered.rank, NumberedRank::Section | NumberedRank::Article) {
        writer.adopt_heading();
    } else if divides(numbered.rank) {
        writer.drop_heading();
    }
}

/// Closes what the provision ends: levels as deep as it is, and what was read from text inside them.
fn close(writer: &mut Writer<'_>, numbered: &Numbered) {
    let ends = |level: &Level| level.depth.is_some_and(|depth| depth >= numbered.depth);
    let list = writer.tree.levels.iter().position(ends);
    if let Some(first) = list {
        writer.tree.levels.truncate(first.max(1));
    }
    let begins = places(trimmed(&numbered.number)).into_iter().flatten().any(Place::is_first);
    let above = matches!(numbered.rank, NumberedRank::Container | NumberedRank::Schedule);
    writer.tree.close_while(|level| {
        level.depth.is_none()
            && match level.kind {
                LevelKind::Item(..) => {
                    let stays = list.is_some() || (begins && matches!(level.own, Own::Open(_)));
                    divides(numbered.rank) || !stays
                }
                LevelKind::Section => divides(numbered.rank),
                LevelKind::Container(_) | LevelKind::Schedule | LevelKind::Headed(_) => above,
                LevelKind::Root => false,
            }
    });
}

/// Gives the innermost provisions the numbers that the text of their first block opens with: a
/// section without a number takes a bare one, the provision itself the next. Where the text begins.
fn late(writer: &mut Writer<'_>, opening: &Opening<'_>, cues: &StructureCues) -> Option<u32> {
    let taken = opening.tokens.iter().take_while(|token| take(writer, token, cues)).count();
    if taken == 0 {
        return None;
    }
    Some(opening.tokens.get(taken).map_or(opening.rest, |next| next.span.start))
}

/// Gives one of the three innermost provisions the number `token`, if it has none and is of its rank.
fn take(writer: &mut Writer<'_>, token: &Token<'_>, cues: &StructureCues) -> bool {
    let rank = if let TokenKind::Ranked(rank) = token.kind { Some(rank) } else { None };
    let kinds: &[ProvisionKind] = match rank.and_then(|rank| cues.ranks.get(rank)).map(|rank| rank.kind) {
        Some(RankKind::Container | RankKind::Schedule) => {
            &[ProvisionKind::Schedule, ProvisionKind::Container]
        }
        Some(RankKind::Section) => &[ProvisionKind::Section],
        Some(RankKind::Article) => &[ProvisionKind::Article],
        None if token.kind == TokenKind::Bare => &[ProvisionKind::Section, ProvisionKind::Subdivision],
        None => &[ProvisionKind::Subdivision],
    };
    let tree = &writer.tree;
    let innermost = tree.levels.iter().enumerate().rev().take(3);
    let unnamed = innermost.filter_map(|(index, level)| {
        let provision = tree.provisions.get(level.provision?)?;
        provision.label.is_empty().then_some((index, provision.kind))
    });
    let unnamed: Vec<(usize, ProvisionKind)> = unnamed.collect();
    let of_kind =
        |kind: &ProvisionKind| unnamed.iter().find(|(_, known)| known == kind).map(|(index, _)| *index);
    let Some(level) = kinds.iter().find_map(of_kind) else { return false };
    name(writer, level, token, rank);
    true
}

/// Gives the provision of a level its number.
fn name(writer: &mut Writer<'_>, level: usize, token: &Token<'_>, rank: Option<usize>) {
    let Some(level) = writer.tree.levels.get_mut(level) else { return };
    let provision = level.provision.and_then(|index| writer.tree.provisions.get_mut(index));
    let Some(provision) = provision else { return };
    let item = provision.kind == ProvisionKind::Subdivision;
    provision.label = if item { format!("({})", token.label) } else { token.label.clone().into_owned() };
    provision.rank = rank.and_then(|rank| u8::try_from(rank).ok()).or(provision.rank);
    if let LevelKind::Item(place, _) = &mut level.kind {
        *place = token.places().into_iter().flatten().next().unwrap_or(*place);
    }
}

/// A number as the source prints it, taken apart.
struct Label {
    /// Its numbering word, an index of the language's ranks.
    rank: Option<usize>,
    number: String,
}

impl Label {
    fn new(printed: &str, rank: NumberedRank, cues: &StructureCues) -> Label {
        let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        let bare = printed.trim_start_matches(|c: char| is_quote(c));
        let (word, rest) = bare.split_once([' ', '.']).unwrap_or((bare, ""));
        let word = word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let ranked =
            |word: &str| cues.ranks.iter().position(|rank| rank.words.iter().any(|known| known == word));
        let ordinal = cues.ordinals.iter().position(|ordinal| *ordinal == word);
        if let (Some(ordinal), Some(rank)) = (ordinal, ranked(&trimmed(rest).to_lowercase())) {
            return Label { rank: Some(rank), number: (ordinal + 1).to_string() };
        }
        if let Some(rank) = ranked(&word) {
            return Label { rank: Some(rank), number: shortened(trimmed(rest)) };
        }
        let kind = match rank {
            NumberedRank::Schedule => Some(RankKind::Schedule),
            NumberedRank::Article => Some(RankKind::Article),
            NumberedRank::Container | NumberedRank::Section | NumberedRank::Subdivision => None,
        };
        let rank = kind.and_then(|kind| cues.ranks.iter().position(|rank| rank.kind == kind));
        Label { rank, number: shortened(trimmed(bare)) }
    }

    fn written(&self, rank: NumberedRank) -> String {
        if divides(rank) || self.number.is_empty() {
            self.number.clone()
        } else {
            format!("({})", self.number)
        }
    }

    fn place(&self) -> Place {
        let unread = Place { series: Series::Digits, value: 0, suffix: 0 };
        places(&self.number).into_iter().flatten().next().unwrap_or(unread)
    }
}

/// A number without the marks around it.
fn trimmed(number: &str) -> &str {
    number.trim_matches(|c: char| !c.is_alphanumeric())
}

fn shortened(number: &str) -> String {
    if number.len() <= LONGEST { number.to_owned() } else { String::new() }
}
