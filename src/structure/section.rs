//! Where sections and what stands above them begin.

use super::layout::Role;
use super::numbering::{Fit, Place, is_dash};
use super::opening::{Opening, Token, TokenKind};
use super::outline::Source;
use super::passage::Writer;
use super::tree::LevelKind;
use super::{Provision, ProvisionKind};
use crate::document::BlockKind;
use crate::language::RankKind;
use crate::text::Span;

/// How a document numbers its sections.
pub(super) struct Numbering<'s, 'd> {
    source: &'s Source<'d>,
    /// Its sections are articles: bare numbers are paragraphs, "Section 1" is a container.
    articles: bool,
    /// Its sections are numbered by a word: bare numbers are sections only in headings.
    words: bool,
    /// Numbers stand alone in their blocks.
    paths: bool,
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
                TokenKind::Ranked(_) | TokenKind::Bare | TokenKind::Item(_) | TokenKind::Entry => {}
            }
        }
        let [articles, sections, paths] = counts;
        Numbering {
            source,
            articles: articles > 1 && articles > sections,
            words: articles > 1 || sections > 1,
            paths: paths > 2,
            last: None,
        }
    }

    /// Whether the opening is a path or a lone number: the block has no text.
    pub(super) fn is_path(&self, opening: &Opening) -> bool {
        let first = opening.tokens.first();
        self.paths
            && first.is_some_and(|first| matches!(first.kind, TokenKind::Path))
            && self.rest_is_empty(opening)
    }

    fn rest_is_empty(&self, opening: &Opening) -> bool {
        let text = self.source.document.text();
        text.get(opening.rest as usize..).is_none_or(|rest| rest.is_empty() || rest.starts_with('\n'))
    }

    /// Whether the block goes on the numbering outside an open quotation.
    pub(super) fn goes_on_outside(&self, writer: &Writer<'_>, opening: &Opening) -> bool {
        let Some(first) = opening.tokens.first() else { return false };
        let Some(last) = self.last else { return false };
        let ranked = matches!(first.kind, TokenKind::Ranked(_)) && self.words
            || first.kind == TokenKind::Bare && !self.words;
        let place = first.places.iter().flatten().next();
        let next = place.is_some_and(|place| place.after(last) == Some(Fit::Next));
        ranked && next && writer.tree.section(0).is_some()
    }

    /// Opens the section, article, schedule or container that `token` numbers. `None` if it is an
    /// item of a list, `false` if it is no number.
    pub(super) fn divide(
        &mut self,
        writer: &mut Writer<'d>,
        token: &Token,
        index: usize,
        quote: u8,
    ) -> Option<bool> {
        match token.kind {
            TokenKind::Path => Some(self.path(writer, token, quote)),
            TokenKind::Ranked(rank) => {
                match self.source.cues.ranks.get(rank)?.kind {
                    RankKind::Container => container(writer, token, rank, quote),
                    RankKind::Schedule => schedule(writer, token, rank, quote),
                    RankKind::Section if self.articles => container(writer, token, rank, quote),
                    RankKind::Section => {
                        self.section(writer, token, Some(rank), ProvisionKind::Section, quote)
                    }
                    RankKind::Article => {
                        self.section(writer, token, Some(rank), ProvisionKind::Article, quote)
                    }
                }
                Some(true)
            }
            TokenKind::Bare => self.bare(writer, token, index, quote),
            TokenKind::Item(_) | TokenKind::Entry => None,
        }
    }

    fn bare(&mut self, writer: &mut Writer<'d>, token: &Token, index: usize, quote: u8) -> Option<bool> {
        let text = self.source.document.text();
        let place = token.places.iter().flatten().next().copied()?;
        let marked = matches!(self.source.document.blocks().get(index)?.kind, BlockKind::Heading(_));
        let heading = marked || self.source.roles.get(index) == Some(&Role::Heading);
        let after = text.get(token.span.end as usize..).unwrap_or_default();
        let dotted = after.starts_with(|c: char| c == '.' || is_dash(c));
        let alone = after.is_empty() || after.starts_with('\n');
        if alone && !dotted && !self.paths && !marked {
            return Some(false);
        }
        let here = writer.tree.section(quote).is_some();
        let fit = self.last.filter(|_| quote == 0).map(|last| place.after(last));
        let same = self.last == Some(place) && quote == 0;
        let near = match fit {
            _ if same => true,
            None => true,
            Some(Some(Fit::Next)) => true,
            Some(Some(Fit::Gap(gap))) => gap <= 20 || marked,
            Some(None) => place.is_first() && !here || marked || (heading && dotted),
        };
        let spaced = !dotted && !alone;
        if spaced && !marked && !same && fit.is_none_or(|fit| fit != Some(Fit::Next)) {
            return Some(false);
        }
        if (self.articles && !marked) || (self.words && !heading && !same) || !near {
            let listed = dotted && !self.in_schedule(writer);
            return if listed {
                None
            } else if near {
                self.open(writer, token, quote)
            } else {
                Some(false).filter(|_| !dotted)
            };
        }
        self.open(writer, token, quote)
    }

    fn open(&mut self, writer: &mut Writer<'d>, token: &Token, quote: u8) -> Option<bool> {
        self.section(writer, token, None, ProvisionKind::Section, quote);
        Some(true)
    }

    fn in_schedule(&self, writer: &Writer<'_>) -> bool {
        writer.tree.levels.iter().any(|level| level.kind == LevelKind::Schedule)
    }

    fn section(
        &mut self,
        writer: &mut Writer<'d>,
        token: &Token,
        rank: Option<usize>,
        kind: ProvisionKind,
        quote: u8,
    ) {
        if quote == 0 {
            self.last = token.places.iter().flatten().next().copied();
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
    fn path(&mut self, writer: &mut Writer<'d>, token: &Token, quote: u8) -> bool {
        if !self.paths {
            // A paragraph of a code of practice, "2.1".
            self.section(writer, token, None, ProvisionKind::Section, quote);
            return true;
        }
        let mut parts = token.label.split('.');
        let first = Token { label: parts.next().unwrap_or_default().to_owned(), ..token.clone() };
        let first = Token { places: super::numbering::places(&first.label), ..first };
        let known = |writer: &Writer<'_>, level: usize, label: &str| {
            let provision = writer.tree.levels.get(level).and_then(|level| level.provision);
            provision
                .and_then(|index| writer.tree.provisions.get(index))
                .is_some_and(|known| known.label == label)
        };
        let mut level =
            match writer.tree.section(quote).filter(|section| known(writer, *section, &first.label)) {
                Some(section) => section,
                None => {
                    self.section(writer, &first, None, ProvisionKind::Section, quote);
                    writer.tree.levels.len().saturating_sub(1)
                }
            };
        for part in parts {
            level += 1;
            let label = format!("({part})");
            if known(writer, level, &label) {
                continue;
            }
            writer.tree.levels.truncate(level);
            let provision = Provision { label, ..provision(token, quote) };
            let place = super::numbering::places(part).into_iter().flatten().next();
            let place =
                place.unwrap_or(Place { series: super::numbering::Series::Digits, value: 0, suffix: 0 });
            writer.tree.open(provision, LevelKind::Item(place, super::numbering::Shape::Bracketed), quote, 0);
        }
        writer.tree.levels.truncate(level + 1);
        true
    }
}

/// A subdivision that begins at `token`.
fn provision(token: &Token, quote: u8) -> Provision {
    Provision {
        kind: ProvisionKind::Subdivision,
        rank: None,
        label: token.label.clone(),
        heading: None,
        span: Span::new(token.span.start, token.span.end),
        parent: None,
        inserted: quote > 0,
    }
}

/// Whether the number repeats that of a section that has had nothing but its heading: Irish and
/// Philippine acts number the heading and the text.
fn is_repeated(writer: &Writer<'_>, token: &Token, quote: u8) -> bool {
    let Some(level) = writer.tree.top().filter(|level| level.kind == LevelKind::Section) else {
        return false;
    };
    let known = level.provision.and_then(|index| writer.tree.provisions.get(index));
    level.quote == quote
        && level.own == super::tree::Own::None
        && known.is_some_and(|known| known.label == token.label && known.heading.is_some())
}

fn container(writer: &mut Writer<'_>, token: &Token, rank: usize, quote: u8) {
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

fn schedule(writer: &mut Writer<'_>, token: &Token, rank: usize, quote: u8) {
    writer.tree.close_while(|level| level.quote >= quote);
    let provision =
        Provision { kind: ProvisionKind::Schedule, rank: Some(rank as u8), ..provision(token, quote) };
    writer.tree.open(provision, LevelKind::Schedule, quote, 0);
    writer.drop_heading();
}
