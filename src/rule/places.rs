//! Sets of places in a clause, a bit for each word: what is asked of all words at once.

use crate::document::{Break, Word};

/// How far patterns have come, at all places at once.
///
/// Two sets of places: those at which nothing is taken yet, then those up to which something is.
pub(super) type Front = Vec<u64>;

/// A set of places kept in [`Places`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept(usize);

/// The sets of places of one clause.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// How many numbers a set has.
    width: usize,
    /// All words; the words that a phrase may run on to; then what is kept.
    sets: Vec<u64>,
    /// For each number of something, 1 more than what is kept of it; 0 for nothing.
    kept: [Vec<u32>; 2],
    /// For what something is kept.
    touched: Vec<(Of, u32)>,
    spare: Vec<Front>,
}

/// Of what sets are kept.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    /// Choices of words.
    Choice = 0,
    /// Classes: where their phrases begin; those that have one word; those that have more.
    Class = 1,
}

impl Places {
    /// Forgets what was kept, for the words of another clause.
    pub(super) fn begin(&mut self, words: &[Word]) {
        self.width = words.len() / 64 + 1;
        self.sets.clear();
        self.sets.resize(2 * self.width, 0);
        for (of, number) in self.touched.drain(..) {
            let slot = self.kept.get_mut(of as usize).and_then(|kept| kept.get_mut(number as usize));
            if let Some(slot) = slot {
                *slot = 0;
            }
        }
        for (at, word) in words.iter().enumerate() {
            self.add(Places::all(), at);
            if word.before != Break::Stop {
                self.add(self.going_on(), at);
            }
        }
    }

    /// All words.
    pub(super) fn all() -> Kept {
        Kept(0)
    }

    /// The words that a phrase may run on to.
    fn going_on(&self) -> Kept {
        Kept(self.width)
    }

    /// Room for so many more sets.
    pub(super) fn open(&mut self, count: usize) -> [Kept; 3] {
        let start = self.sets.len();
        self.sets.resize(start + count * self.width, 0);
        [0, 1, 2].map(|index| Kept(start + index * self.width))
    }

    pub(super) fn add(&mut self, set: Kept, at: usize) {
        if let Some(bits) = self.sets.get_mut(set.0 + at / 64) {
            *bits |= 1 << (at % 64);
        }
    }

    pub(super) fn get(&self, set: Kept) -> &[u64] {
        self.sets.get(set.0..set.0 + self.width).unwrap_or_default()
    }

    /// What is kept of the number.
    pub(super) fn known(&self, of: Of, number: usize) -> Option<[Kept; 3]> {
        let start = self.kept.get(of as usize)?.get(number)?.checked_sub(1)? as usize;
        Some([0, 1, 2].map(|index| Kept(start + index * self.width)))
    }

    /// Keeps the sets for the number.
    pub(super) fn keep(&mut self, of: Of, number: usize, first: Kept) {
        let Some(kept) = self.kept.get_mut(of as usize) else { return };
        if kept.len() <= number {
            kept.resize(number + 1, 0);
        }
        if let Some(slot) = kept.get_mut(number) {
            *slot = first.0 as u32 + 1;
            self.touched.push((of, number as u32));
        }
    }

    /// An empty front.
    pub(super) fn front(&mut self) -> Front {
        let mut front = self.spare.pop().unwrap_or_default();
        front.clear();
        front.resize(2 * self.width, 0);
        front
    }

    /// A front at which nothing is taken, at the places of `range`.
    pub(super) fn front_at(&mut self, range: std::ops::Range<usize>) -> Front {
        let mut front = self.front();
        fill(&mut front, range.start, range.end.min(64 * self.width));
        front
    }

    pub(super) fn put_away(&mut self, front: Front) {
        self.spare.push(front);
    }

    /// Whether something is taken up to a place of `range`.
    pub(super) fn reaches(&mut self, front: &Front, range: std::ops::Range<usize>) -> bool {
        let wanted = self.front_at(range);
        let (_, taken) = front.split_at(self.width.min(front.len()));
        let reaches = taken.iter().zip(&wanted).any(|(taken, wanted)| taken & wanted != 0);
        self.put_away(wanted);
        reaches
    }

    /// The places of `set` at which the front may take a word.
    pub(super) fn open_at(&self, front: &[u64], set: Kept, index: usize) -> u64 {
        let at = |bits: &[u64], index: usize| bits.get(index).copied().unwrap_or(0);
        let goes_on = at(self.get(self.going_on()), index);
        (at(front, index) | at(front, self.width + index) & goes_on) & at(self.get(set), index)
    }

    /// Takes one word that is in `set`.
    pub(super) fn take(&self, set: Kept, from: &[u64], to: &mut [u64]) {
        let mut carry = 0;
        for index in 0..self.width {
            let open = self.open_at(from, set, index);
            if let Some(to) = to.get_mut(self.width + index) {
                *to |= open << 1 | carry;
            }
            carry = open >> 63;
        }
    }

    /// Skips at most so many words.
    pub(super) fn skip(&mut self, most: u32, from: &[u64], to: &mut [u64]) {
        let mut here = self.front();
        join(&mut here, from);
        for step in 0..most {
            let mut carry = 0;
            let mut more = false;
            for index in 0..self.width {
                let open = self.open_at(&here, Places::all(), index);
                if let Some(taken) = here.get_mut(self.width + index) {
                    let next = *taken | open << 1 | carry;
                    more |= next != *taken;
                    *taken = next;
                }
                carry = open >> 63;
            }
            if step == 0 {
                // What is skipped from where nothing is taken is taken from then on.
                here.iter_mut().take(self.width).for_each(|bits| *bits = 0);
            } else if !more {
                break;
            }
        }
        join(to, from);
        join(to, &here);
        self.put_away(here);
    }

    /// How many numbers a set has.
    pub(super) fn width(&self) -> usize {
        self.width
    }
}

/// Adds one front to another.
pub(super) fn join(to: &mut [u64], from: &[u64]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to |= from);
}

/// Sets the bits from `start` up to `end`.
fn fill(bits: &mut [u64], start: usize, end: usize) {
    for (index, bits) in bits.iter_mut().enumerate() {
        let (low, high) = (index * 64, index * 64 + 64);
        if start < high && low < end {
            let from = u64::MAX << start.saturating_sub(low);
            let to = if end >= high { u64::MAX } else { (1 << (end - low)) - 1 };
            *bits |= from & to;
        }
    }
}
