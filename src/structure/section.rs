//! Where sections and what stands above them begin.

use std::borrow::Cow;

use super::layout::Role;
use super::link::Link;
use super::numbering::{Fit, Place, Series, Shape, is_dash, places};
use super::opening::{Opening, Token, TokenKind};
use super::outline::Source;
use super::passage::Writer;
use super::tree::LevelKind;
use super::{Provision, ProvisionKind};
use crate::document::BlockKind;
use crate::language::RankKind;
use crate::text::Span;

/// How many numbers may be missing between two sections.
const FURTHEST: u32 = 20;

/// How a bare number is written.
#[expect(clippy::struct_excessive_bools, reason = "four independent facts of layout")]
struct Written {
    /// The source marks its block as a heading.
    marked: bool,
    /// Its block reads like a heading.
    heading: bool,
    /// A full stop or a dash follows.
    dotted: bool,
    /// Nothing follows.
    alone: bool,
}

/// How a document numbers its sections.
#[expect(clippy::struct_excessive_bools, reason = "independent facts of the document")]
pub(super) struct Numbering<'s, 'd> {
    source: &'s Source<'d>,
    /// Its sections are articles: bare numbers are paragraphs, "Section 1" is a container.
    articles: bool,
    /// Its sections are numbered by a word: bare numbers are sections only in headings.
    words: bool,
    /// Numbers stand alone in their blocks.
    paths: bool,
    /// Its sections begin with a number and a title in a line of their own, without a full stop.
    titles: bool,
    /// The number of the last section outside quotations.
    last: Option<Place>,
}

impl<'s, 'd> Numbering<'s, 'd> {
    pub(super) fn new(source: &'s Source<'d>) -> Numbering<'s, 'd> {
        let mut counts = [0_usize; 3];
        let body = |index: usize| matches!(source.roles.get(index), Some(Role::Body | Role::Heading));
        let blocks = source.document.blocks();
        let tokens = source.openings.iter().enumerate().filter(|(index, _)| body(*index));
        for (index, opening) in tokens {
            let Some(first) = opening.tokens.first() else { continue };
            let outside = blocks.get(index).is_some_and(|block| block.quote == 0) && !opening.quoted;
            match first.kind {
                TokenKind::Ranked(rank) if outside => match source.cues.ranks.get(rank).map(|rank| rank.kind)
                {
                    Some(RankKind::Article) => counts[0] += 1,
                    Some(RankKind::Section) => counts[1] += 1,
                    Some(RankKind::Container | RankKind::Schedule) | None => {}
                },
                TokenKind::Path => counts[2] += 1,
                TokenKind::Ranked(_) | TokenKind::Bare | TokenKind::Item(_) => {}
            }
        }
        let [articles, sections, paths] = counts;
        Numbering {
            source,
            articles: articles > 1 && articles > sections,
            words: articles > 1 || sections > 1,
            paths: paths > 2,
            titles: articles < 2 && sections < 2 && paths <= 2 && has_titles(source),
            last: None,
        }
    }

    /// Whether the opening is a path or a lone number: the block has no text.
    pub(super) fn is_path(&self, opening: &Opening<'_>) -> bool {
        let first = opening.tokens.first();
        self.paths
            && first.is_some_and(|first| matches!(first.kind, TokenKind::Path))
            && self.rest_is_empty(opening)
    }

    fn rest_is_empty(&self, opening: &Opening<'_>) -> bool {
        let text = self.source.document.text();
        text.get(opening.rest as usize..).is_none_or(|rest| rest.is_empty() || rest.starts_with('\n'))
    }

    /// Whether the block goes on the numbering outside an open quotation.
    pub(super) fn goes_on_outside(&self, writer: &Writer<'_>, opening: &Opening<'_>) -> bool {
        let Some(first) = opening.tokens.first() else { return false };
        let Some(last) = self.last else { return false };
        let ranked = matches!(first.kind, TokenKind::Ranked(_)) && self.words
            || first.kind == TokenKind::Bare && !self.words;
        let place = first.places().into_iter().flatten().next();
        let next = place.is_some_and(|place| place.after(last) == Some(Fit::Next));
        ranked && next && writer.tree.section(0).is_some()
    }

    /// Opens the section, article, schedule or container that `token` numbers. `None` if it is an
    /// item of a list, `false` if it is no number.
    pub(super) fn divide(
        &mut self,
        writer: &mut Writer<'d>,
        token: &Token<'_>,
        index: usize,
        quote: u8,
    ) -> Option<bool> {
        match token.kind {
            TokenKind::Path => Some(self.path(writer, token, quote)),
            TokenKind::Ranked(rank) => {
                let kind = self.source.cues.ranks.get(rank)?.kind;
                if self.paths && kind == RankKind::Section && !self.is_marked(index) {
                    // "Section 59" under the title of a schedule: where it belongs to.
                    return Some(false);
                }
                match kind {
                    RankKind::Container => container(writer, token, rank, quote),
                    RankKind::Schedule => schedule(writer, token, rank, quote),
                    RankKind::Section if self.articles => container(writer, token, rank, quote),
                    RankKind::Section => {
                        self.section(writer, token, Some(rank), ProvisionKind::Section, quote);
                    }
                    RankKind::Article => {
                        self.section(writer, token, Some(rank), ProvisionKind::Article, quote);
                    }
                }
                Some(true)
            }
            TokenKind::Bare => self.bare(writer, token, index, quote),
            TokenKind::Item(_) => None,
        }
    }

    /// "12. Title", "12", "12 Title": a section if it goes on the numbering of the sections.
    fn bare(&mut self, writer: &mut Writer<'d>, token: &Token<'_>, index: usize, quote: u8) -> Option<bool> {
        let written = self.written(token, index);
        let place = token.places().into_iter().flatten().next()?;
        let last = self.last.filter(|_| quote == 0);
        let same = last == Some(place);
        let fit = last.map(|last| place.after(last));
        if written.alone && !self.paths && !written.marked {
            return Some(false);
        }
        let inserted = quote > 0 && written.heading;
        let weak = !written.dotted && !written.alone && !written.marked && !same && !inserted;
        let schedule = writer.tree.levels.iter().any(|level| level.kind == LevelKind::Schedule);
        let weak = weak && !(self.titles && written.heading && quote == 0 && !schedule);
        if weak && fit.is_none_or(|fit| fit != Some(Fit::Next)) {
            return Some(false);
        }
        let near = match fit {
            _ if same || written.marked => true,
            None | Some(Some(Fit::Next)) => true,
            Some(Some(Fit::Gap(gap))) => gap <= FURTHEST || (written.heading && written.dotted),
            Some(None) => writer.tree.section(quote).is_none() || (written.heading && written.dotted),
        };
        let other = (self.articles && !written.marked) || (self.words && !written.heading && !same);
        let said_again = written.dotted
            && self.words
            && !goes_on_list(writer, token, quote)
            && self.is_said_again(token, index);
        if said_again || (near && (!other || schedule || !written.dotted)) {
            self.section(writer, token, None, ProvisionKind::Section, quote);
            return Some(true);
        }
        if written.dotted { None } else { Some(false) }
    }

    fn written(&self, token: &Token<'_>, index: usize) -> Written {
        let after = self.source.document.text().get(token.span.end as usize..).unwrap_or_default();
        let dotted = after.starts_with(|c: char| c == '.' || is_dash(c));
        let marked = self.is_marked(index);
        Written {
            marked,
            heading: marked || self.source.roles.get(index) == Some(&Role::Heading),
            dotted,
            alone: after.is_empty() || after.starts_with('\n'),
        }
    }

    /// Whether the source marks the block as a heading.
    fn is_marked(&self, index: usize) -> bool {
        let block = self.source.document.blocks().get(index);
        block.is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)))
    }

    /// Whether the block below begins with the same number and its word: "6. Title", "Section 6. Title".
    fn is_said_again(&self, token: &Token<'_>, index: usize) -> bool {
        let next = self.source.openings.get(index + 1).and_then(|opening| opening.tokens.first());
        next.is_some_and(|next| matches!(next.kind, TokenKind::Ranked(_)) && next.label == token.label)
    }

    fn section(
        &mut self,
        writer: &mut Writer<'d>,
        token: &Token<'_>,
        rank: Option<usize>,
        kind: ProvisionKind,
        quote: u8,
    ) {
        let first = token.places().into_iter().flatten().any(Place::is_first);
        if self.paths && quote == 0 && first && self.last.is_some_and(|last| last.value > 1) {
            // Schedules of UK acts are dumped without their numbers; their paragraphs begin again.
            let rank = self.source.cues.ranks.iter().position(|rank| rank.kind == RankKind::Schedule);
            schedule(writer, &Token { label: Cow::Borrowed(""), ..token.clone() }, rank.unwrap_or(0), quote);
        }
        if quote == 0 {
            self.last = token.places().into_iter().flatten().next();
        }
        if is_repeated(writer, token, quote) {
            return;
        }
        writer.tree.close_while(|level| level.quote >= quote && level.is_within_section());
        writer.settle_headings();
        let provision = Provision { kind, rank: rank.map(|rank| rank as u8), ..provision(token, quote) };
        writer.tree.open(provision, LevelKind::Section, quote, 0);
        writer.adopt_heading();
    }

    /// "1.2.a.i": opens what is not open yet.
    fn path(&mut self, writer: &mut Writer<'d>, token: &Token<'_>, quote: u8) -> bool {
        if !self.paths {
            // A paragraph of a code of practice, "2.1".
            self.section(writer, token, None, ProvisionKind::Section, quote);
            return true;
        }
        let mut parts = token.label.split('.');
        let number = parts.next().unwrap_or_default();
        let first = Token { label: Cow::Borrowed(number), ..token.clone() };
        let open = writer.tree.section(quote).filter(|section| is_labelled(writer, *section, number));
        let mut level = open.unwrap_or_else(|| {
            self.section(writer, &first, None, ProvisionKind::Section, quote);
            writer.tree.levels.len().saturating_sub(1)
        });
        for part in parts {
            level += 1;
            let label = format!("({part})");
            if is_labelled(writer, level, &label) {
                continue;
            }
            writer.tree.levels.truncate(level);
            let unread = Place { series: Series::Digits, value: 0, suffix: 0 };
            let place = places(part).into_iter().flatten().next().unwrap_or(unread);
            let provision = Provision { label, ..provision(token, quote) };
            writer.tree.open(provision, LevelKind::Item(place, Shape::Bracketed), quote, 0);
        }
        writer.tree.levels.truncate(level + 1);
        true
    }
}

/// Whether the sections of a document begin with a number and a title in a line of their own, without a full
/// stop: "174  Voluntary disclosure". So at least three do, one after the other, and no number has a full stop.
fn has_titles(source: &Source<'_>) -> bool {
    let text = source.document.text();
    let blocks = source.document.blocks();
    let (mut count, mut next, mut last) = (0, 0, None);
    for (index, opening) in source.openings.iter().enumerate() {
        let Some(token) = opening.tokens.first().filter(|token| token.kind == TokenKind::Bare) else {
            continue;
        };
        if blocks.get(index).is_none_or(|block| block.quote > 0) || opening.quoted {
            continue;
        }
        let after = text.get(token.span.end as usize..).unwrap_or_default();
        if !after.starts_with(' ') {
            if !after.is_empty()
                && !after.starts_with('\n')
                && source.roles.get(index) != Some(&Role::Contents)
            {
                return false;
            }
            continue;
        }
        if source.roles.get(index) != Some(&Role::Heading) {
            continue;
        }
        let place = token.places().into_iter().flatten().next();
        let follows = place.zip(last).is_some_and(|(place, last): (Place, Place)| {
            matches!(place.after(last), Some(Fit::Next | Fit::Gap(2..=FURTHEST)))
        });
        (count, next, last) = (count + 1, next + usize::from(follows), place);
    }
    count >= 3 && next * 10 >= (count - 1) * 8
}

/// Whether a bare number is the next of the paragraphs that stand open: the last paragraph of an article
/// before the article of the same number.
fn goes_on_list(writer: &Writer<'_>, token: &Token<'_>, quote: u8) -> bool {
    let next = |level: &super::tree::Level| {
        let LevelKind::Item(last, Shape::Dotted) = level.kind else { return false };
        let places = token.places();
        let mut places = places.iter().flatten();
        level.quote == quote && places.any(|place| place.after(last) == Some(Fit::Next))
    };
    writer.tree.levels.iter().rev().take_while(|level| level.is_within_section()).any(next)
}

/// Opens the section of another law that `token` numbers inside a block, in the quotation `quote`.
pub(super) fn insert(writer: &mut Writer<'_>, token: &Token<'_>, title: Span, quote: u8) {
    writer.tree.close_while(|level| level.quote >= quote);
    let provision = Provision { kind: ProvisionKind::Section, ..provision(token, quote) };
    writer.tree.open(provision, LevelKind::Section, quote, 0);
    writer.heading_of_top(title);
}

/// Whether the provision of the level has this label.
fn is_labelled(writer: &Writer<'_>, level: usize, label: &str) -> bool {
    let provision = writer.tree.levels.get(level).and_then(|level| level.provision);
    let provision = provision.and_then(|index| writer.tree.provisions.get(index));
    provision.is_some_and(|provision| provision.label == label)
}

/// A subdivision that begins at `token`.
fn provision(token: &Token<'_>, quote: u8) -> Provision {
    Provision {
        kind: ProvisionKind::Subdivision,
        rank: None,
        label: token.label.clone().into_owned(),
        heading: None,
        span: Span::new(token.span.start, token.span.end),
        parent: Link::NONE,
        inserted: quote > 0,
    }
}

/// Whether the number repeats that of a section that has had nothing but its heading: Irish and
/// Philippine acts number the heading and the text.
fn is_repeated(writer: &Writer<'_>, token: &Token<'_>, quote: u8) -> bool {
    let Some(level) = writer.tree.top().filter(|level| level.kind == LevelKind::Section) else {
        return false;
    };
    let known = level.provision.and_then(|index| writer.tree.provisions.get(index));
    level.quote == quote
        && level.own == super::tree::Own::None
        && known.is_some_and(|known| known.label == token.label && known.heading.is_some())
}

fn container(writer: &mut Writer<'_>, token: &Token<'_>, rank: usize, quote: u8) {
    let kind = LevelKind::Container(rank);
    writer.tree.close_while(|level| level.quote >= quote && level.is_within_section());
    let repeated = writer.tree.top().is_some_and(|level| {
        let known = level.provision.and_then(|index| writer.tree.provisions.get(index));
        level.kind == kind && level.quote == quote && known.is_some_and(|known| known.label == token.label)
    });
    if repeated {
        return;
    }
    let levels = &writer.tree.levels;
    let nearest = levels
        .iter()
        .rposition(|level| level.kind == LevelKind::Schedule && level.quote == quote)
        .unwrap_or(0);
    let same = levels
        .iter()
        .rposition(|level| level.kind == kind && level.quote == quote)
        .filter(|same| *same > nearest);
    match same {
        Some(same) => writer.tree.levels.truncate(same.max(1)),
        None => writer
            .tree
            .close_while(|level| matches!(level.kind, LevelKind::Headed(_)) && level.quote >= quote),
    }
    let provision =
        Provision { kind: ProvisionKind::Container, rank: Some(rank as u8), ..provision(token, quote) };
    writer.tree.open(provision, kind, quote, 0);
    writer.drop_heading();
}

fn schedule(writer: &mut Writer<'_>, token: &Token<'_>, rank: usize, quote: u8) {
    writer.tree.close_while(|level| level.quote >= quote);
    let provision =
        Provision { kind: ProvisionKind::Schedule, rank: Some(rank as u8), ..provision(token, quote) };
    writer.tree.open(provision, LevelKind::Schedule, quote, 0);
    if !token.label.is_empty() {
        writer.drop_heading();
    }
}
