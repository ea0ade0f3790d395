//! A table of words: each has a number, and is found by its bytes.
//!
//! Every word of every document is looked up here, so that a look costs one place of the table for most.

use serde::{Deserialize, Serialize};

use super::numbers;

/// Names a word of [`Words`]; 0 is none.
pub(super) type WordId = u32;

/// Words with numbers from 1.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(from = "Spelt", into = "Spelt")]
pub(super) struct Words {
    spelt: Spelt,
    /// Open addressing; a power of two of places, half of them free.
    table: Vec<Slot>,
}

/// All words one after the other.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct Spelt {
    text: String,
    /// Where each word ends; the first, which is none, is empty.
    #[serde(with = "numbers")]
    ends: Vec<u32>,
}

/// A place of the table: the first eight bytes of a word, its length and its number.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    head: u64,
    length: u32,
    id: WordId,
}

/// How many places the table has at first.
const PLACES: usize = 1 << 10;

impl From<Spelt> for Words {
    fn from(spelt: Spelt) -> Words {
        let mut words = Words { spelt, table: Vec::new() };
        if !words.spelt.ends.is_empty() {
            let most = words.count().saturating_sub(1) * 2;
            words.fill(most.next_power_of_two().max(PLACES));
        }
        words
    }
}

impl From<Words> for Spelt {
    fn from(words: Words) -> Spelt {
        words.spelt
    }
}

impl Words {
    /// How many words there are, with the one that is none.
    pub(super) fn count(&self) -> usize {
        self.spelt.ends.len()
    }

    /// The number of a word, which is added if it is new.
    pub(super) fn add(&mut self, text: &str) -> WordId {
        if self.spelt.ends.is_empty() {
            self.spelt.ends.push(0);
        }
        if self.count() * 2 > self.table.len() {
            self.fill((self.table.len() * 2).max(PLACES));
        }
        let head = head(text.as_bytes(), text.len());
        let (place, found) = self.place(head, text.as_bytes());
        if found != 0 {
            return found;
        }
        let id = self.count() as u32;
        self.spelt.text.push_str(text);
        self.spelt.ends.push(self.spelt.text.len() as u32);
        if let Some(slot) = self.table.get_mut(place) {
            *slot = Slot { head, length: text.len() as u32, id };
        }
        id
    }

    /// The text of a word.
    pub(super) fn text(&self, word: WordId) -> &str {
        let end_of = |word: u32| self.spelt.ends.get(word as usize).map(|&at| at as usize);
        let range = word.checked_sub(1).and_then(end_of).zip(end_of(word));
        range.and_then(|(start, end)| self.spelt.text.get(start..end)).unwrap_or_default()
    }

    /// The texts of all words, from that with the number 0.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.count() as u32).map(|word| self.text(word))
    }

    /// The number of a word that begins with `head`, 0 if it is not there.
    pub(super) fn find(&self, head: u64, word: &[u8]) -> WordId {
        if self.table.is_empty() { 0 } else { self.place(head, word).1 }
    }

    /// Where in the table the word stands or would, and its number, 0 if it is not there.
    fn place(&self, head: u64, word: &[u8]) -> (usize, WordId) {
        let mask = self.table.len().wrapping_sub(1);
        let mut place = hash(head, word) & mask;
        loop {
            match self.table.get(place) {
                Some(slot) if slot.id != 0 => {
                    let same = slot.head == head && slot.length as usize == word.len();
                    if same && (word.len() <= 8 || self.text(slot.id).as_bytes() == word) {
                        return (place, slot.id);
                    }
                }
                Some(_) | None => return (place, 0),
            }
            place = (place + 1) & mask;
        }
    }

    /// Makes a table of so many places.
    fn fill(&mut self, places: usize) {
        self.table = vec![Slot::default(); places];
        let mut start = 0;
        for id in 1..self.count() {
            let end = self.spelt.ends.get(id).map_or(start, |&end| end as usize);
            let word = self.spelt.text.as_bytes().get(start..end).unwrap_or_default();
            let (head, length) = (head(word, word.len()), word.len() as u32);
            let (place, _) = self.place(head, word);
            if let Some(slot) = self.table.get_mut(place) {
                *slot = Slot { head, length, id: id as u32 };
            }
            start = end;
        }
    }
}

/// The first eight bytes of a word of `length` bytes that `rest` begins with, as a number.
pub(super) fn head(rest: &[u8], length: usize) -> u64 {
    let whole = match rest.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => rest.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)),
    };
    match length {
        0 => 0,
        1..8 => whole & (u64::MAX >> (64 - 8 * length)),
        _ => whole,
    }
}

/// A number that differs between words, in its low bits too.
fn hash(head: u64, word: &[u8]) -> usize {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let tail = match word.last_chunk::<8>() {
        Some(tail) => u64::from_le_bytes(*tail),
        None => 0,
    };
    let mixed = (head ^ tail.rotate_left(23)).wrapping_add(word.len() as u64).wrapping_mul(FACTOR);
    (mixed >> 32) as usize ^ (mixed >> 12) as usize
}
