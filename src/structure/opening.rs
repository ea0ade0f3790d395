//! The numbers that a block opens with.
//!
//! A block may open with several: `6.—(1) (a) keep a record`. Whether a bare number opens a section
//! or an item is for the tree to say; here is only told what is written.

use std::borrow::Cow;

use super::numbering::{Places, Shape, bracketed, is_dash, is_quote, marked, places, roman_value};
use crate::document::{Block, BlockKind};
use crate::language::{RankKind, StructureCues};
use crate::text::Span;

/// One number, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'d> {
    /// The number with its marks.
    pub(super) span: Span,
    pub(super) kind: TokenKind,
    /// The number as a citation writes it, brackets left out.
    pub(super) label: Cow<'d, str>,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TokenKind {
    /// "Part II", "SEC. 3.", "§ 4", "First Schedule": the index of its numbering word.
    Ranked(usize),
    /// "12." or "12": a section, or an item of a list.
    Bare,
    /// "(a)", "a)", "a.".
    Item(Shape),
    /// "1.2.a.i": a whole path, the label, as UK acts are dumped.
    Path,
}

/// What a block opens with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Opening<'d> {
    pub(super) tokens: Box<[Token<'d>]>,
    /// Whether a quotation mark stands before the number.
    pub(super) quoted: bool,
    /// Whether its number stands in the block before.
    pub(super) below_number: bool,
    /// Where the text after the numbers begins.
    pub(super) rest: u32,
}

/// Reads what the blocks open with. Where numbers stand alone in their blocks, the block below has
/// none of its own.
pub(super) fn openings<'d>(text: &'d str, blocks: &[Block], cues: &StructureCues) -> Vec<Opening<'d>> {
    let numbered = |block: &Block| block.numbers.last().is_some_and(|last| !last.number.is_empty());
    let letters = letters(cues);
    let read = |block: &Block| {
        // Where the elements give the number, the words have none.
        let elsewhere = || Opening { rest: block.span.start, ..Opening::default() };
        if numbered(block) { elsewhere() } else { opening(&Reader { text, block, cues, letters }) }
    };
    let mut openings: Vec<Opening<'d>> = blocks.iter().map(read).collect();
    let lone = |(opening, block): (&Opening<'_>, &Block)| {
        let path = opening.tokens.first().filter(|_| opening.rest >= block.span.end);
        path.filter(|token| matches!(token.kind, TokenKind::Path | TokenKind::Bare)).map(|token| token.kind)
    };
    let lone: Vec<Option<TokenKind>> = openings.iter().zip(blocks).map(lone).collect();
    if lone.iter().filter(|kind| **kind == Some(TokenKind::Path)).count() > 2 {
        for (index, (opening, block)) in openings.iter_mut().zip(blocks).enumerate().skip(1) {
            let below = lone.get(index - 1).is_some_and(Option::is_some) && lone.get(index) == Some(&None);
            if below && !matches!(block.kind, BlockKind::Heading(_)) {
                *opening = Opening { rest: block.span.start, below_number: true, ..Opening::default() };
            }
        }
    }
    openings
}

/// Reads what the block of `reader` opens with.
fn opening<'d>(reader: &Reader<'d, '_>) -> Opening<'d> {
    let block = reader.block;
    let (skipped, quoted) = prefix(reader.from(block.span.start as usize));
    let start = block.span.start as usize + skipped;
    let mut found = Opening { quoted, rest: block.span.start, ..Opening::default() };
    let Some(first) = reader.first(start) else { return found };
    let first = reader.said_in_words(&first).unwrap_or(first);
    let mut at = reader.skip_separators(first.span.end as usize);
    let mut tokens = vec![first];
    while let Some(next) = reader.item(at).filter(|_| tokens.len() < 6) {
        at = reader.skip_separators(next.span.end as usize);
        tokens.push(next);
    }
    found.tokens = tokens.into_boxed_slice();
    found.rest = at as u32;
    found
}

struct Reader<'d, 'b> {
    text: &'d str,
    block: &'b Block,
    cues: &'b StructureCues,
    /// What [`letters`] gives for the cues.
    letters: u32,
}

/// The letters of ASCII that numbering words and ordinals begin with, a bit for each.
fn letters(cues: &StructureCues) -> u32 {
    let words = cues.ordinals.iter().chain(cues.ranks.iter().flat_map(|rank| &rank.words));
    let firsts = words.filter_map(|word| word.bytes().next()).filter(u8::is_ascii_lowercase);
    firsts.fold(0, |letters, first| letters | 1 << (first - b'a'))
}

impl<'d> Reader<'d, '_> {
    fn from(&self, at: usize) -> &'d str {
        self.text.get(at..self.block.span.end as usize).unwrap_or_default()
    }

    /// Leaves out what stands between a number and its text: dots, dashes, colons, spaces.
    fn skip_separators(&self, at: usize) -> usize {
        let rest = self.from(at);
        let kept =
            rest.trim_start_matches(|c: char| c.is_whitespace() || is_dash(c) || matches!(c, '.' | ':'));
        at + rest.len() - kept.len()
    }

    fn first(&self, at: usize) -> Option<Token<'d>> {
        self.ranked(at).or_else(|| self.path(at)).or_else(|| self.bare(at)).or_else(|| self.item(at))
    }

    /// A bare number with the word that says it again before a title: "31. Section 31. Penalties".
    fn said_in_words(&self, bare: &Token<'d>) -> Option<Token<'d>> {
        let again = || self.ranked(self.skip_separators(bare.span.end as usize));
        let titled =
            |again: &Token<'_>| again.label == bare.label && !self.from(again.span.end as usize).is_empty();
        let again = (bare.kind == TokenKind::Bare).then(again).flatten().filter(titled)?;
        Some(Token { span: Span::new(bare.span.start, again.span.end), ..bare.clone() })
    }

    /// "(a)", "a)", "a.".
    fn item(&self, at: usize) -> Option<Token<'d>> {
        let rest = self.from(at);
        if let Some((length, number)) = bracketed(rest) {
            return token(at, length, TokenKind::Item(Shape::Bracketed), Cow::Borrowed(number));
        }
        let (length, number, shape) = marked(rest)?;
        let digits = number.starts_with(|c: char| c.is_ascii_digit());
        // "No. 5" and "Dr. X" are words; a letter or a roman number is not.
        let short = (number.len() == 1 && !is_initial(rest)) || roman_value(number).is_some() || digits;
        let kind = TokenKind::Item(shape);
        (short && (shape == Shape::HalfBracketed || !digits))
            .then(|| token(at, length, kind, Cow::Borrowed(number)))?
    }

    /// "12. Heading", "12", "317ZG Heading", "3B.—(1)".
    fn bare(&self, at: usize) -> Option<Token<'d>> {
        let rest = self.from(at);
        rest.bytes().next().filter(u8::is_ascii_digit)?;
        let length = rest.bytes().take(10).take_while(u8::is_ascii_alphanumeric).count();
        let number = rest.get(..length).filter(|number| number.starts_with(|c: char| c.is_ascii_digit()))?;
        let after = rest.get(length..)?;
        let mut following = after.chars();
        let accepted = match following.next() {
            None => true,
            Some('.') => {
                following.next().is_none_or(|c| c.is_whitespace() || is_dash(c) || c == '(' || c == '[')
            }
            Some(c) if is_dash(c) => after.trim_start_matches(is_dash).starts_with('('),
            Some(' ') => {
                !number.ends_with(|c: char| c.is_ascii_lowercase()) && self.is_title(after.trim_start())
            }
            Some(_) => false,
        };
        accepted.then(|| token(at, length, TokenKind::Bare, Cow::Borrowed(number)))?
    }

    /// "1.2.a.i", which is the whole block, or "2.1 Text" of a code of practice.
    fn path(&self, at: usize) -> Option<Token<'d>> {
        let rest = self.from(at);
        rest.bytes().next().filter(u8::is_ascii_digit)?;
        let end = rest.find(' ').unwrap_or(rest.len());
        let path = rest.get(..end)?;
        let parts = path.split('.').count();
        let plain =
            path.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        let numbered = path.starts_with(|c: char| c.is_ascii_digit()) && path.len() <= 40;
        if !plain || !numbered || !(2..=9).contains(&parts) {
            return None;
        }
        let alone = end == rest.len();
        let decimal = path.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let kind = TokenKind::Path;
        let titled =
            decimal && rest.get(end..).is_some_and(|text| text.trim_start().starts_with(char::is_uppercase));
        (alone || titled).then(|| Token { span: Span::from(at..at + end), kind, label: Cow::Borrowed(path) })
    }

    /// "Part II", "SEC. 3.", "§ 4", "Schedule", "First Schedule", "Article 3 bis".
    fn ranked(&self, at: usize) -> Option<Token<'d>> {
        let rest = self.from(at);
        if rest.bytes().next().is_some_and(|first| first.is_ascii() && !self.begins_word(first)) {
            return None;
        }
        let (word, length) = first_word(rest);
        if let Some(ordinal) = self.cues.ordinals.iter().position(|ordinal| *ordinal == word) {
            let after = rest.get(length..)?.trim_start();
            let (word, longer) = first_word(after);
            let rank = self.rank(&word, RankKind::Schedule)?;
            let end = rest.len() - after.len() + longer;
            return self
                .titled(at + end)
                .then(|| token(at, end, TokenKind::Ranked(rank), Cow::Owned((ordinal + 1).to_string())))?;
        }
        let rank = self.cues.ranks.iter().position(|rank| rank.words.contains(&word))?;
        let after = rest.get(length..)?;
        let after = after.strip_prefix('.').unwrap_or(after).trim_start();
        let Some((number, taken)) = self.rank_number(after) else {
            let bare = self.cues.ranks.get(rank).is_some_and(|rank| rank.kind == RankKind::Schedule);
            return (bare && self.titled(at + length))
                .then(|| token(at, length, TokenKind::Ranked(rank), Cow::Borrowed("")))?;
        };
        let end = rest.len() - after.len() + taken;
        let sign = !word.starts_with(char::is_alphabetic);
        (sign || self.titled(at + end)).then(|| token(at, end, TokenKind::Ranked(rank), number))?
    }

    /// Whether a numbering word or an ordinal begins with the letter `first`.
    fn begins_word(&self, first: u8) -> bool {
        let first = first.to_ascii_lowercase();
        first.is_ascii_lowercase() && self.letters >> (first - b'a') & 1 == 1
    }

    fn rank(&self, word: &str, kind: RankKind) -> Option<usize> {
        self.cues
            .ranks
            .iter()
            .position(|rank| rank.kind == kind && rank.words.iter().any(|known| known == word))
    }

    /// The number after a numbering word, and its length.
    fn rank_number(&self, text: &'d str) -> Option<(Cow<'d, str>, usize)> {
        // "Article (7)", as laws of the Gulf are translated.
        let all_digits = |number: &str| number.bytes().all(|byte| byte.is_ascii_digit());
        if let Some((length, number)) = bracketed(text).filter(|(_, number)| all_digits(number)) {
            return Some((Cow::Borrowed(number), length));
        }
        let length = text.bytes().take(10).take_while(u8::is_ascii_alphanumeric).count();
        let number = text.get(..length)?;
        let digits = number.starts_with(|c: char| c.is_ascii_digit());
        let letter = number.len() == 1 && number.starts_with(|c: char| c.is_ascii_uppercase());
        let roman = roman_value(number.trim_end_matches(|c: char| matches!(c, 'A'..='H'))).is_some();
        if !(digits || letter || (roman && number.starts_with(|c: char| c.is_ascii_uppercase()))) {
            return None;
        }
        let after = text.get(length..)?;
        let (suffix, longer) = first_word(after.trim_start());
        if digits && after.starts_with(' ') && self.cues.latin_suffixes.contains(&suffix) {
            return Some((Cow::Owned(format!("{number} {suffix}")), length + 1 + longer));
        }
        Some((Cow::Borrowed(number), length))
    }

    /// Whether what stands after a numbering word and its number at `end` is no running text: nothing,
    /// a mark, or a title.
    fn titled(&self, end: usize) -> bool {
        let rest = self.from(end);
        let after = rest.trim_start();
        let Some(c) = after.chars().next() else { return true };
        if matches!(self.block.kind, BlockKind::Heading(_)) {
            return c != '(' || rest.starts_with(' ');
        }
        let mark = matches!(c, '.' | ':') || (is_dash(c) && !rest.starts_with('-')) || rest.starts_with("--");
        let spaced_dash = is_dash(c) && rest.starts_with(" -");
        if mark || spaced_dash {
            let text = after.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
            return !text.starts_with(char::is_lowercase);
        }
        rest.starts_with(' ') && self.is_title(after)
    }

    /// Whether `text`, the rest of the block, reads like a title: short, capital, no full stop.
    fn is_title(&self, text: &str) -> bool {
        let capital = text.starts_with(|c: char| c.is_uppercase() || is_quote(c));
        match self.block.kind {
            BlockKind::Heading(_) => true,
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Cell => {
                capital && text.len() <= 120 && !text.ends_with(['.', ';', ':', ',', '\u{2014}'])
            }
        }
    }
}

/// How long the marks of amendment notes ("F12[", "1["), bullets and quotation marks are that `text`
/// opens with, and whether there is a quotation mark among them.
pub(super) fn prefix(text: &str) -> (usize, bool) {
    // Most text opens with a word, or with a number in brackets.
    let bracket = || text.bytes().take(5).any(|byte| byte == b'[');
    match text.bytes().next() {
        Some(first) if first == b'(' || (first.is_ascii_alphabetic() && !bracket()) => return (0, false),
        _ => {}
    }
    let mut rest = text;
    let mut quoted = false;
    for _ in 0..4 {
        let mark = rest.bytes().take(4).take_while(u8::is_ascii_alphanumeric).count();
        let note = rest.get(mark..).is_some_and(|rest| rest.starts_with('['))
            && rest.bytes().take(mark).skip(1).all(|byte| byte.is_ascii_digit());
        // "1 [", and "1, 2[": the numbers of notes may stand apart from the bracket.
        let apart = rest.get(mark..).unwrap_or_default().trim_start_matches([' ', ',']);
        let digits = mark > 0 && rest.bytes().take(mark).all(|byte| byte.is_ascii_digit());
        let apart = Some(apart).filter(|apart| digits && apart.len() < rest.len() - mark);
        let skipped = match rest.chars().next() {
            Some(_) if note => mark + 1,
            Some(_) if apart.is_some_and(opens_note) => rest.len() - apart.map_or(0, str::len),
            Some(c) if is_quote(c) => {
                quoted = true;
                c.len_utf8()
            }
            Some(c @ ('\u{2022}' | '\u{b7}' | '*')) => c.len_utf8(),
            _ => break,
        };
        rest = rest.get(skipped..).unwrap_or_default().trim_start();
    }
    (text.len() - rest.len(), quoted)
}

/// Whether `text` opens with the bracket of a note around a number, or with a further note's number and
/// its bracket.
fn opens_note(text: &str) -> bool {
    let kept = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = (1..=3).contains(&(text.len() - kept.len()));
    let inside = kept.strip_prefix('[');
    inside.is_some_and(|inside| numbered || inside.starts_with(|c: char| c == '(' || c.is_ascii_digit()))
}

/// A number `length` bytes long at `at`, if it counts in some series or a word numbers it.
fn token(at: usize, length: usize, kind: TokenKind, number: Cow<'_, str>) -> Option<Token<'_>> {
    let token = Token { span: Span::from(at..at + length), kind, label: number };
    let known = token.places().iter().any(Option::is_some) || matches!(kind, TokenKind::Ranked(_));
    known.then_some(token)
}

/// Whether `text` opens with the initials of a name: "H. R. 1500", "J. R. Smith". A list below a letter
/// begins with its first.
fn is_initial(text: &str) -> bool {
    let mut words = text.split(' ');
    let initial = |word: Option<&str>| {
        let letter = word.and_then(|word| word.strip_suffix('.'))?.as_bytes();
        (letter.len() == 1 && letter.first()?.is_ascii_uppercase()).then(|| letter.first().copied())?
    };
    initial(words.next()).is_some()
        && initial(words.next()).is_some_and(|second| !matches!(second, b'A' | b'I'))
}

impl Token<'_> {
    /// Where in which series the number may stand.
    pub(super) fn places(&self) -> Places {
        match self.kind {
            TokenKind::Ranked(_) => places(self.label.split(' ').next().unwrap_or_default()),
            TokenKind::Path if self.label.contains('.') => [None; 3],
            TokenKind::Path | TokenKind::Bare | TokenKind::Item(_) => places(&self.label),
        }
    }
}

/// The first word of `text` in lower case (or the sign "§"), and its length.
fn first_word(text: &str) -> (String, usize) {
    let signs = text.len() - text.trim_start_matches('\u{a7}').len();
    let length = if signs > 0 {
        signs
    } else {
        text.char_indices().take(16).find(|(_, c)| !c.is_alphabetic()).map_or(text.len(), |(at, _)| at)
    };
    let word = text.get(..length).unwrap_or_default();
    if word.len() > 40 { (String::new(), length) } else { (word.to_lowercase(), length) }
}
