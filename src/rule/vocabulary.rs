//! The words that any pattern of a language knows, as numbers.
//!
//! A pattern asks of each word of a clause whether it is one of its own, and hundreds of patterns ask the
//! same. So every word of a text is looked up once, in one table of all words and stems of all patterns,
//! and from then on numbers are compared. What no pattern knows is the same as nothing: number 0.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::literals::Literal;
pub(super) use super::words::WordId;
use super::words::{Words, head};
use super::{Lists, numbers};

/// Names a stem of a [`Vocabulary`]: the beginning of a word (`decrypt*`).
pub(super) type StemId = u32;

/// Names a [`Choice`] of a [`Vocabulary`].
pub(super) type ChoiceId = u32;

/// Words of which any will do in a place of a pattern.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Choice<'v> {
    /// Ascending.
    pub(super) words: &'v [WordId],
    /// Any word that begins so; ascending.
    pub(super) stems: &'v [StemId],
}

/// The words and stems of a choice.
type Choosable = (Box<[WordId]>, Box<[StemId]>);

/// What patterns know of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// The word, or for one that only a stem fits, the number of words and the rank of the stem; 0 for a
    /// word that no pattern knows.
    key: u32,
    /// The rank of the longest stem that fits, from 1; 0 for none.
    stem: u32,
}

impl Token {
    /// Among all that patterns tell apart, which this is: less than [`Vocabulary::keys`].
    pub fn key(self) -> usize {
        self.key as usize
    }

    /// Whether a stem fits it.
    pub(super) fn has_stem(self) -> bool {
        self.stem != 0
    }

    /// Whether no pattern knows it.
    pub fn is_unknown(self) -> bool {
        self.key == 0
    }
}

/// A stem among the others, in the order of the alphabet.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Stem {
    text: Box<str>,
    /// The rank, from 1, of the next shorter stem that it begins with; 0 for none.
    parent: u32,
}

/// All words and stems of all patterns of a language.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Vocabulary {
    words: Words,
    /// The words and the stems of choices, by number.
    choices: [Lists; 2],
    /// In order, once all are known.
    sorted: Vec<Stem>,
    /// Of each stem by number: its own rank, from 1, and the last rank of those that go on from it.
    #[serde(with = "numbers::pairs")]
    ranks: Vec<(u32, u32)>,
    /// Of each word by number, the rank of the longest stem that fits.
    #[serde(with = "numbers")]
    stem_of: Vec<u32>,
    /// Which first four bytes a stem has, or all bytes of a shorter one: a bit for a number made of them.
    beginnings: Vec<u64>,
    /// How long the shortest stem is, in bytes, four at most.
    shortest: usize,
    #[serde(skip)]
    gathered: Gathered,
}

/// What is known of words and stems while patterns are compiled.
#[derive(Clone, Debug, Default)]
struct Gathered {
    /// By number.
    stems: Vec<Box<str>>,
    stem_ids: BTreeMap<Box<str>, StemId>,
    choice_ids: BTreeMap<Choosable, ChoiceId>,
    /// Of a word by number, 1 more than the choice of it alone, and than that of its inflections.
    alone: Vec<(ChoiceId, ChoiceId)>,
    /// Pairs of the rank of the longest stem that fits and a word, ascending.
    by_stem: Vec<(u32, WordId)>,
}

impl Vocabulary {
    /// The number of a word, which is added if it is new.
    pub(super) fn word(&mut self, text: &str) -> WordId {
        self.words.add(text)
    }

    /// The number of a stem, which is added if it is new.
    pub(super) fn stem(&mut self, text: &str) -> StemId {
        let next = self.gathered.stems.len() as StemId;
        let id = *self.gathered.stem_ids.entry(text.into()).or_insert(next);
        if id == next {
            self.gathered.stems.push(text.into());
        }
        id
    }

    /// The number of a choice, which is added if it is new.
    pub(super) fn choice(&mut self, mut words: Vec<WordId>, mut stems: Vec<StemId>) -> ChoiceId {
        for list in [&mut words, &mut stems] {
            list.sort_unstable();
            list.dedup();
        }
        let choice = (words.into_boxed_slice(), stems.into_boxed_slice());
        let [of_words, of_stems] = &mut self.choices;
        let next = of_words.count() as ChoiceId;
        let id = *self.gathered.choice_ids.entry(choice.clone()).or_insert(next);
        if id == next {
            of_words.push(&choice.0);
            of_stems.push(&choice.1);
        }
        id
    }

    /// The choice of a word alone.
    pub(super) fn choice_of(&mut self, text: &str) -> ChoiceId {
        let word = self.word(text);
        let known = self.gathered.alone.get(word as usize).and_then(|known| known.0.checked_sub(1));
        known.unwrap_or_else(|| {
            let choice = self.choice(vec![word], Vec::new());
            self.remember(word).0 = choice + 1;
            choice
        })
    }

    /// The choice of a word and its inflections, pairs of an ending taken off and one put on.
    pub(super) fn inflections(&mut self, text: &str, inflections: &[(String, String)]) -> ChoiceId {
        let word = self.word(text);
        let known = self.gathered.alone.get(word as usize).and_then(|known| known.1.checked_sub(1));
        known.unwrap_or_else(|| {
            let mut forms = vec![word];
            for (off, on) in inflections {
                if let Some(stem) = text.strip_suffix(off.as_str()) {
                    forms.push(self.word(&format!("{stem}{on}")));
                }
            }
            let choice = self.choice(forms, Vec::new());
            self.remember(word).1 = choice + 1;
            choice
        })
    }

    fn remember(&mut self, word: WordId) -> &mut (ChoiceId, ChoiceId) {
        let word = word as usize;
        if self.gathered.alone.len() <= word {
            self.gathered.alone.resize(word + 1, (0, 0));
        }
        &mut self.gathered.alone[word]
    }

    /// The words of a choice.
    pub(super) fn words_of(&self, choice: ChoiceId) -> Choice<'_> {
        let [words, stems] = &self.choices;
        Choice { words: words.at(choice as usize), stems: stems.at(choice as usize) }
    }

    /// Whether one of the choice's stems fits the word.
    pub(super) fn fits_any(&self, choice: Choice<'_>, token: Token) -> bool {
        choice.stems.iter().any(|&stem| self.fits(token, stem))
    }

    /// Whether the word is one of the choice.
    pub(super) fn offers(&self, choice: Choice<'_>, token: Token) -> bool {
        let Some((first, last)) = choice.words.first().zip(choice.words.last()) else {
            return self.fits_any(choice, token);
        };
        // Most words are not even in the range.
        let in_range = *first <= token.key && token.key <= *last;
        in_range && choice.words.contains(&token.key) || token.stem != 0 && self.fits_any(choice, token)
    }

    pub(super) fn word_text(&self, word: WordId) -> &str {
        self.words.text(word)
    }

    pub(super) fn stem_text(&self, stem: StemId) -> &str {
        self.gathered.stems.get(stem as usize).map_or("", |text| text)
    }

    /// Puts the stems in order. To be called when all words are known, before any text is looked at.
    pub(super) fn finish(&mut self) {
        let mut order: Vec<u32> = (0..self.gathered.stems.len() as u32).collect();
        order.sort_by(|&a, &b| self.stem_text(a).cmp(self.stem_text(b)));
        self.sorted.clear();
        self.ranks = vec![(0, 0); self.gathered.stems.len()];
        self.beginnings = vec![0; BEGINNINGS / 64];
        self.shortest = self.gathered.stems.iter().map(|stem| stem.len().clamp(1, 4)).min().unwrap_or(4);
        for (rank, &stem) in (1..).zip(&order) {
            let text: Box<str> = self.stem_text(stem).into();
            let parent = self.longest_stem_from(&text, rank - 1);
            if let Some(own) = self.ranks.get_mut(stem as usize) {
                *own = (rank, rank);
            }
            let mut above = parent;
            while let Some(outer) = above.checked_sub(1).and_then(|index| order.get(index as usize)) {
                if let Some(range) = self.ranks.get_mut(*outer as usize) {
                    range.1 = rank;
                }
                above = self.sorted.get(above as usize - 1).map_or(0, |stem| stem.parent);
            }
            let at = beginning(head(text.as_bytes(), text.len()), text.len().min(4));
            if let Some(bits) = self.beginnings.get_mut(at / 64) {
                *bits |= 1 << (at % 64);
            }
            self.sorted.push(Stem { text, parent });
        }
        self.stem_of = self.words.texts().map(|word| self.longest_stem(word)).collect();
        let fitting = self.stem_of.iter().copied().zip(0..).filter(|(stem, _)| *stem != 0);
        self.gathered.by_stem = fitting.collect();
        self.gathered.by_stem.sort_unstable();
    }

    /// Forgets what only the compiler of patterns needs. No pattern can be parsed from here on.
    pub(super) fn seal(&mut self) {
        self.gathered = Gathered::default();
    }

    /// How many keys tokens have, 0 included.
    pub fn keys(&self) -> usize {
        self.words.count().max(1) + self.sorted.len()
    }

    /// The word at the bytes `start..end` of `text`.
    pub fn token(&self, text: &str, start: usize, end: usize) -> Token {
        let bytes = text.as_bytes();
        let Some(rest) = bytes.get(start..) else { return Token::default() };
        let length = end.saturating_sub(start);
        let word = rest.get(..length).unwrap_or_default();
        let head = head(rest, length);
        let key = self.words.find(head, word);
        if key != 0 {
            return Token { key, stem: self.stem_of.get(key as usize).copied().unwrap_or(0) };
        }
        if !self.may_have_stem(head, length) {
            return Token::default();
        }
        match text.get(start..end).map_or(0, |word| self.longest_stem(word)) {
            0 => Token::default(),
            stem => Token { key: self.words.count() as u32 - 1 + stem, stem },
        }
    }

    /// Whether a stem may fit the word that begins so: if not, none does.
    fn may_have_stem(&self, head: u64, length: usize) -> bool {
        let bit = |length: usize| {
            let at = beginning(head, length);
            self.beginnings.get(at / 64).is_some_and(|bits| bits & (1 << (at % 64)) != 0)
        };
        (self.shortest..=4.min(length)).any(bit)
    }

    /// Whether the stem fits the word.
    pub(super) fn fits(&self, token: Token, stem: StemId) -> bool {
        let (first, last) = self.ranks.get(stem as usize).copied().unwrap_or_default();
        token.stem != 0 && first <= token.stem && token.stem <= last
    }

    /// The keys of all words that a stem fits, itself and longer stems included.
    pub(super) fn keys_of_stem(&self, stem: StemId) -> impl Iterator<Item = u32> + '_ {
        let (first, last) = self.ranks.get(stem as usize).copied().unwrap_or_default();
        let start = self.gathered.by_stem.partition_point(|pair| pair.0 < first);
        let known = self
            .gathered
            .by_stem
            .iter()
            .skip(start)
            .take_while(move |pair| pair.0 <= last)
            .map(|pair| pair.1);
        let unknown = (first..=last).map(|rank| self.words.count() as u32 - 1 + rank);
        known.chain(unknown).filter(move |_| first != 0)
    }

    /// The keys of the words that a literal stands for; none for a text.
    pub(super) fn keys_of(&self, literal: &Literal) -> Vec<usize> {
        match literal {
            Literal::Word(word) => vec![*word as usize],
            Literal::Stem(stem) => self.keys_of_stem(*stem).map(|key| key as usize).collect(),
            Literal::Text(_) => Vec::new(),
        }
    }

    /// The rank, from 1, of the longest stem with which `word` begins; 0 for none.
    fn longest_stem(&self, word: &str) -> u32 {
        let before = self.sorted.partition_point(|stem| &*stem.text <= word);
        self.longest_stem_from(word, before as u32)
    }

    /// As [`Vocabulary::longest_stem`], where that of the rank `last` is the last not after `word`.
    fn longest_stem_from(&self, word: &str, mut last: u32) -> u32 {
        // Of all stems with which the word begins, the last before it goes on from the longest.
        while let Some(stem) = last.checked_sub(1).and_then(|index| self.sorted.get(index as usize)) {
            if word.starts_with(&*stem.text) {
                return last;
            }
            last = stem.parent;
        }
        0
    }
}

/// How many numbers [`beginning`] makes.
const BEGINNINGS: usize = 1 << 13;

/// A number made of the first `length` bytes, four at most, of a word that begins with `head`.
fn beginning(head: u64, length: usize) -> usize {
    let kept = head as u32 & (u32::MAX >> (32 - 8 * length.clamp(1, 4)));
    (kept.wrapping_add(length as u32).wrapping_mul(0x9E37_79B1) >> 19) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_stems_are_told_apart() {
        let mut vocabulary = Vocabulary::default();
        let words = ["keep", "cryptography", "cryptographic", "a", "é"].map(|word| vocabulary.word(word));
        let stems = ["crypto", "cryptograph", "decrypt", "ke", "cry"].map(|stem| vocabulary.stem(stem));
        let many: Vec<WordId> = (0..3000).map(|number| vocabulary.word(&format!("word{number}"))).collect();
        vocabulary.finish();
        let check = |text: &str, word: Option<usize>, fitting: &[usize]| {
            let text = format!("{text} x");
            let token = vocabulary.token(&text, 0, text.len() - 2);
            assert_eq!(words.iter().position(|&word| token.key == word), word, "{text}");
            let fits: Vec<usize> =
                (0..stems.len()).filter(|&stem| vocabulary.fits(token, stems[stem])).collect();
            assert_eq!(fits, fitting, "{text}");
            for (index, &stem) in stems.iter().enumerate() {
                let listed = vocabulary.keys_of_stem(stem).any(|key| key as usize == token.key());
                assert_eq!(listed, fitting.contains(&index), "{text}");
            }
            assert!(token.key() < vocabulary.keys());
        };
        check("keep", Some(0), &[3]);
        check("keeper", None, &[3]);
        check("kneel", None, &[]);
        check("cryptography", Some(1), &[0, 1, 4]);
        check("cryptographers", None, &[0, 1, 4]);
        check("crypto", None, &[0, 4]);
        check("cryptology", None, &[0, 4]);
        check("crypt", None, &[4]);
        check("cr", None, &[]);
        check("decrypts", None, &[2]);
        check("a", Some(3), &[]);
        check("é", Some(4), &[]);
        check("", None, &[]);
        for (number, &word) in many.iter().enumerate() {
            let text = format!("word{number}");
            assert!(vocabulary.token(&text, 0, text.len()).key == word, "{text}");
        }
    }
}
