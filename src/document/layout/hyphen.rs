//! The hyphen at a line end: part of the word, or the break of one?
//!
//! The document itself is the witness. If the joined word stands elsewhere in it unbroken, the
//! hyphen broke it; if the hyphenated word does, the hyphen belongs to it. Where neither is seen, the
//! document's practice decides: a text that is known to break words breaks this one too.

use std::collections::BTreeMap;

use super::Joint;
use crate::document::Line;

/// What a document's words say about its hyphens.
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    /// How often a form stands in the document, for the forms that a hyphen at a line end may stand
    /// for and their halves.
    seen: BTreeMap<String, u32>,
    /// Whether the document is known to break words, or known to keep its hyphens.
    breaks_words: Option<bool>,
}

/// Which lengths and first letters the forms have that are looked for; a hit may be none of them.
#[derive(Debug, Default)]
struct Sieve(Vec<bool>);

impl Sieve {
    const SLOTS: usize = 1 << 13;

    fn of(seen: &BTreeMap<String, u32>) -> Sieve {
        let mut slots = vec![false; Sieve::SLOTS];
        for form in seen.keys() {
            if let Some(slot) = slots.get_mut(Sieve::slot(form)) {
                *slot = true;
            }
        }
        Sieve(slots)
    }

    fn slot(word: &str) -> usize {
        let letter = |at: usize| usize::from(word.as_bytes().get(at).copied().unwrap_or(0) & 0x1f);
        (letter(0) << 8) | (letter(1) << 3) | (word.len() & 7)
    }

    fn may_hold(&self, word: &str) -> bool {
        self.0.get(Sieve::slot(word)).copied().unwrap_or(false) || !word.is_ascii()
    }
}

/// A word that a line end cuts at its hyphen.
struct Cut<'s> {
    first: &'s str,
    second: &'s str,
}

impl<'s> Cut<'s> {
    fn joined(&self) -> String {
        format!("{}{}", self.first, self.second).to_lowercase()
    }

    fn hyphenated(&self) -> String {
        format!("{}-{}", self.first, self.second).to_lowercase()
    }

    /// The part that the line end cuts of a word with more than one hyphen, if what stands around it is
    /// no small word: "deter-mining" of "policy-deter-" and "mining", and nothing of "end-to-" and "end".
    fn innermost(&self) -> Option<Cut<'s>> {
        let first = self.first.rsplit(is_hyphen).next().unwrap_or_default();
        let second = self.second.split(is_hyphen).next().unwrap_or_default();
        let inner = Cut { first, second };
        let compound = first.len() < self.first.len() || second.len() < self.second.len();
        let small = first.len() < self.first.len() && first.chars().count() <= 3;
        (compound && !small && !inner.keeps_hyphen()).then_some(inner)
    }

    /// Whether its own shape says that the hyphen stays: "end-to-", "non-EU", "e-mail", "2020-21".
    fn keeps_hyphen(&self) -> bool {
        let is_plain = |half: &str| half.chars().all(char::is_alphabetic);
        let mixed = self.second.starts_with(char::is_uppercase) && self.first.contains(char::is_lowercase);
        !is_plain(self.first) || !is_plain(self.second) || mixed || self.first.chars().count() < 2
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}')
}

fn is_word(c: char) -> bool {
    // Dashes and quotation marks are met most beyond ASCII.
    if matches!(c, '\u{2012}'..='\u{2027}') {
        return false;
    }
    c.is_alphanumeric() || is_hyphen(c) || c == '\u{2011}'
}

/// The word that the end of `last` cuts, if it ends in a hyphen and `next` begins with a letter.
fn cut<'s>(last: &'s str, next: &'s str) -> Option<Cut<'s>> {
    let stem = last.strip_suffix(is_hyphen)?;
    let first =
        stem.get(stem.rfind(|c| !is_word(c)).map_or(0, |at| at + stem.get(at..).map_or(1, char_len))..)?;
    let second = next.get(..next.find(|c| !is_word(c)).unwrap_or(next.len()))?;
    let joins = first.ends_with(char::is_alphanumeric) && second.starts_with(char::is_alphanumeric);
    joins.then_some(Cut { first, second })
}

fn char_len(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

impl Hyphens {
    /// Gathers what the document says about the words that its line ends cut.
    pub(super) fn read(source: &str, lines: &[Line]) -> Hyphens {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        let cuts = cuts(source, lines);
        if cuts.is_empty() {
            return Hyphens::default();
        }
        let inner: Vec<Cut<'_>> = cuts.iter().filter_map(Cut::innermost).collect();
        for cut in cuts.iter().chain(&inner) {
            for form in [cut.joined(), cut.hyphenated(), cut.first.to_lowercase(), cut.second.to_lowercase()]
            {
                seen.insert(form, 0);
            }
        }
        let sieve = Sieve::of(&seen);
        let mut after_cut = false;
        for line in lines {
            let mut text = line.of(source);
            let before_cut = text.ends_with(is_hyphen);
            // A word that is cut is no witness.
            if after_cut {
                text = text.trim_start_matches(is_word);
            }
            if before_cut {
                text = text.trim_end_matches(is_word);
            }
            for_each_word(text, |word| {
                if sieve.may_hold(word) {
                    count_word(word, &mut seen);
                }
            });
            after_cut = before_cut;
        }
        let mut hyphens = Hyphens { seen, breaks_words: None };
        let settled = |joint| cuts.iter().filter(|cut| hyphens.witnessed(cut) == Some(joint)).count();
        let (soft, hard) = (settled(Joint::SoftHyphen), settled(Joint::HardHyphen));
        if soft + hard > 0 {
            hyphens.breaks_words = Some(soft > hard);
        }
        hyphens
    }

    /// How `next` is joined to `last`, the line before it.
    pub(super) fn joint(&self, last: &str, next: &str) -> Joint {
        if last.ends_with('\u{ad}') {
            return if next.starts_with(char::is_alphabetic) { Joint::HardHyphen } else { Joint::Space };
        }
        let Some(cut) = cut(last, next) else { return Joint::Space };
        if let Some(inner) = cut.innermost() {
            return self.witnessed(&cut).unwrap_or_else(|| self.joint_of_compound(&inner));
        }
        if cut.keeps_hyphen() {
            return Joint::HardHyphen;
        }
        if let Some(joint) = self.witnessed(&cut) {
            return joint;
        }
        let seen = |half: &str| self.count(&half.to_lowercase()) > 0;
        match (self.breaks_words, seen(cut.first) && seen(cut.second)) {
            (Some(false), _) | (_, true) => Joint::HardHyphen,
            _ => Joint::SoftHyphen,
        }
    }

    /// The hyphen of a word that has others stays, unless the document shows that it breaks words.
    fn joint_of_compound(&self, inner: &Cut<'_>) -> Joint {
        let seen = |half: &str| self.count(&half.to_lowercase()) > 0;
        match self.witnessed(inner) {
            Some(joint) => joint,
            None if self.breaks_words == Some(true) && !(seen(inner.first) && seen(inner.second)) => {
                Joint::SoftHyphen
            }
            None => Joint::HardHyphen,
        }
    }

    fn witnessed(&self, cut: &Cut<'_>) -> Option<Joint> {
        match (self.count(&cut.joined()), self.count(&cut.hyphenated())) {
            (0, 0) => None,
            (joined, hyphenated) if hyphenated >= joined => Some(Joint::HardHyphen),
            _ => Some(Joint::SoftHyphen),
        }
    }

    fn count(&self, form: &str) -> u32 {
        self.seen.get(form).copied().unwrap_or(0)
    }
}

/// The words that line ends cut and whose own shape does not settle the matter.
fn cuts<'s>(source: &'s str, lines: &[Line]) -> Vec<Cut<'s>> {
    let texts = lines.windows(2).filter_map(|pair| Some((pair.first()?.of(source), pair.get(1)?.of(source))));
    let cuts = texts.filter_map(|(last, next)| cut(last, next));
    cuts.filter(|cut| !cut.keeps_hyphen() || cut.innermost().is_some()).collect()
}

/// Calls `count` with each word of `text`, its hyphens included.
fn for_each_word<'s>(text: &'s str, mut count: impl FnMut(&'s str)) {
    let (mut start, mut at) = (0, 0);
    while let Some(&byte) = text.as_bytes().get(at) {
        let (is_part, length) = if byte.is_ascii() {
            (IS_WORD[usize::from(byte)], 1)
        } else {
            let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
            (is_word(c), c.len_utf8())
        };
        if !is_part {
            if start < at {
                count(text.get(start..at).unwrap_or_default());
            }
            start = at + length;
        }
        at += length;
    }
    count(text.get(start..).unwrap_or_default());
}

/// The bytes of ASCII that words are made of.
const IS_WORD: [bool; 1 << 8] = {
    let mut words = [false; 1 << 8];
    let mut byte = 0;
    while byte < words.len() {
        words[byte] = (byte as u8).is_ascii_alphanumeric() || byte == b'-' as usize;
        byte += 1;
    }
    words
};

/// Counts `word` if it is a form in `seen`.
fn count_word(word: &str, seen: &mut BTreeMap<String, u32>) {
    let folded = if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        let lower = word.chars().flat_map(char::to_lowercase);
        lower.map(|c| if is_word(c) && !c.is_alphanumeric() { '-' } else { c }).collect()
    };
    if let Some(count) = seen.get_mut(folded.as_str()) {
        *count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::lines;

    fn check(source: &str, expected: Joint) {
        let lines = lines(source);
        let hyphens = Hyphens::read(source, &lines);
        let (last, next) = (lines[0].of(source), lines[1].of(source));
        assert_eq!(hyphens.joint(last, next), expected, "{source:?}");
    }

    #[test]
    fn the_document_is_the_witness() {
        check("for surveil-\nlance", Joint::SoftHyphen);
        check("end-to-\nend", Joint::HardHyphen);
        check("self-\nincrimination is self-incrimination", Joint::HardHyphen);
        check("co-\noperation and cooperation", Joint::SoftHyphen);
        check("non-\nEU states", Joint::HardHyphen);
        check("e-\nmail", Joint::HardHyphen);
        check("2020-\n21", Joint::HardHyphen);
        check("a regime--\ngaps", Joint::Space);
        check("a dash -\ngaps", Joint::Space);
        check("tele\u{ad}\ncom", Joint::HardHyphen);
        check("a peer-\nassisted call by a peer is assisted", Joint::HardHyphen);
        check("policy-deter-\nmining and determining", Joint::SoftHyphen);
        check("an en-\nforcement-free zone, enforcement", Joint::SoftHyphen);
        check("state-of-the-\nart", Joint::HardHyphen);
        check("two-thirds-\nmajority", Joint::HardHyphen);
        // A text that keeps its hyphens keeps this one.
        check("time-\nlimited x\nuser-\nuploaded and user-uploaded", Joint::HardHyphen);
        check("re-\nquest x\nsurveil-\nlance and surveillance", Joint::SoftHyphen);
    }
}
