//! Finds fixed phrases at the beginnings of words.
//!
//! Most words of a text begin no phrase, and their first bytes say so. Only where they may begin one, a tree of
//! the phrases is walked. An automaton of all phrases, as `aho-corasick` makes it, steps through every byte and has
//! to be built at every start.

/// How much of a text is looked through before the places found in it are looked at, in bytes.
const WINDOW: usize = 4096;

/// A letter or digit of ASCII.
const WORD: u8 = 1;
/// A byte that a phrase begins with.
const FIRST: u8 = 2;

/// Phrases, each with its place in the list that it came from.
#[derive(Clone, Debug)]
pub(super) struct CueFinder {
    /// For each byte: [`WORD`] for a letter or digit, [`FIRST`] if a phrase begins with it.
    classes: Box<[u8; 1 << 8]>,
    /// What longer phrases begin with, and what shorter ones do.
    sixes: Sieve,
    threes: Sieve,
    /// Which node a first byte leads to; 0 if none.
    firsts: Box<[u32; 1 << 8]>,
    nodes: Vec<Node>,
    /// Which byte leads to which node, those of a node together.
    edges: Vec<(u8, u32)>,
    /// The phrases that end at nodes, those of a node together and ascending.
    ends: Vec<usize>,
}

/// What phrases have in common up to some byte.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    edges: (u32, u32),
    ends: (u32, u32),
}

impl CueFinder {
    /// Makes a finder of `phrases`; `open` says of each place in the list whether its last word may go on.
    pub(super) fn new(phrases: &[String], open: impl Fn(usize) -> bool) -> CueFinder {
        let mut sorted: Vec<(&[u8], usize)> =
            phrases.iter().enumerate().map(|(at, phrase)| (phrase.as_bytes(), at)).collect();
        sorted.retain(|(phrase, _)| !phrase.is_empty());
        sorted.sort_unstable();
        let mut finder = CueFinder {
            classes: Box::new([0; 1 << 8]),
            sixes: Sieve(Box::new([0; SLOTS])),
            threes: Sieve(Box::new([0; SLOTS])),
            firsts: Box::new([0; 1 << 8]),
            nodes: Vec::new(),
            edges: Vec::new(),
            ends: Vec::new(),
        };
        for (byte, class) in (0..=u8::MAX).zip(finder.classes.iter_mut()) {
            *class = if byte.is_ascii_alphanumeric() { WORD } else { 0 };
        }
        for (phrase, at) in &sorted {
            let first = phrase.first().and_then(|first| finder.classes.get_mut(usize::from(*first)));
            if let Some(class) = first {
                *class |= FIRST;
            }
            finder.mark_head(phrase, open(*at));
        }
        finder.nodes.push(Node::default());
        let mut open = std::collections::VecDeque::from([(0_usize, sorted.as_slice(), 0_usize)]);
        while let Some((node, phrases, depth)) = open.pop_front() {
            let whole = phrases.partition_point(|(phrase, _)| phrase.len() == depth);
            let (ending, longer) = phrases.split_at(whole);
            let (first_end, first_edge) = (finder.ends.len(), finder.edges.len());
            finder.ends.extend(ending.iter().map(|(_, at)| *at));
            for alike in longer.chunk_by(|a, b| a.0.get(depth) == b.0.get(depth)) {
                let Some(byte) = alike.first().and_then(|(phrase, _)| phrase.get(depth)) else { continue };
                finder.edges.push((*byte, finder.nodes.len() as u32));
                open.push_back((finder.nodes.len(), alike, depth + 1));
                finder.nodes.push(Node::default());
            }
            if let Some(node) = finder.nodes.get_mut(node) {
                node.ends = (first_end as u32, finder.ends.len() as u32);
                node.edges = (first_edge as u32, finder.edges.len() as u32);
            }
        }
        for (byte, node) in finder.edges_of(0).to_vec() {
            if let Some(first) = finder.firsts.get_mut(usize::from(byte)) {
                *first = node;
            }
        }
        finder
    }

    /// Enters the first bytes of a phrase in its sieve, with what may follow it where it is shorter.
    fn mark_head(&mut self, phrase: &[u8], open: bool) {
        let key = |bytes: &[u8]| bytes.iter().rev().fold(0, |key, byte| key << 8 | u64::from(*byte));
        if let Some(six) = phrase.get(..6) {
            return self.sixes.mark(key(six));
        }
        match phrase {
            [first, second, third, ..] => self.threes.mark(key(&[*first, *second, *third])),
            [first, second] => {
                let follows = (0..=u8::MAX).filter(|byte| open || !byte.is_ascii_alphanumeric());
                follows.for_each(|third| self.threes.mark(key(&[*first, *second, third])));
            }
            _ => self.threes.0.fill(u64::MAX),
        }
    }

    /// Whether a phrase may stand at `at`, by more of its first bytes.
    fn may_stand(&self, text: &[u8], at: usize) -> bool {
        let head = text.get(at..).and_then(<[u8]>::first_chunk::<8>);
        head.is_none_or(|head| {
            let key = u64::from_le_bytes(*head);
            self.sixes.holds(key & 0xffff_ffff_ffff) | self.threes.holds(key & 0xff_ffff)
        })
    }

    /// Calls `found` with the beginning, the end and the place of each phrase that stands in `text` and does
    /// not begin inside a word: ascending, those that begin together from the shortest on.
    pub(super) fn find(&self, text: &str, mut found: impl FnMut(usize, usize, usize)) {
        let bytes = text.as_bytes();
        let mut places = [0_u16; WINDOW];
        let mut word = 0;
        for (window, start) in bytes.chunks(WINDOW).zip((0..).step_by(WINDOW)) {
            let mut count = 0;
            for (at, byte) in (0_u16..).zip(window) {
                let class = self.classes[usize::from(*byte)];
                // Written in any case, kept if it counts: no branch that is guessed wrong at every word.
                places[count & (WINDOW - 1)] = at;
                count += usize::from((class / FIRST) & !(class & word));
                word = class & WORD;
            }
            let mut left = 0;
            for index in 0..count.min(WINDOW) {
                let at = places[index];
                places[left] = at;
                left += usize::from(self.may_stand(bytes, start + usize::from(at)));
            }
            for at in places.iter().take(left) {
                self.find_at(text, start + usize::from(*at), &mut found);
            }
        }
    }

    fn edges_of(&self, node: u32) -> &[(u8, u32)] {
        let edges = self.nodes.get(node as usize).map_or((0, 0), |node| node.edges);
        self.edges.get(edges.0 as usize..edges.1 as usize).unwrap_or_default()
    }

    /// The phrases that stand at `start`.
    fn find_at(&self, text: &str, start: usize, found: &mut impl FnMut(usize, usize, usize)) {
        if begins_with_letter(text, start) && ends_with_letter(text, start) {
            return;
        }
        let bytes = text.as_bytes().get(start..).unwrap_or_default();
        let mut next = bytes.first().and_then(|first| self.firsts.get(usize::from(*first)).copied());
        let mut end = start;
        while let Some(node) = next.filter(|node| *node != 0) {
            end += 1;
            let ends = self.nodes.get(node as usize).map_or((0, 0), |node| node.ends);
            for phrase in self.ends.get(ends.0 as usize..ends.1 as usize).unwrap_or_default() {
                found(start, end, *phrase);
            }
            let byte = bytes.get(end - start).copied();
            let edge = |edge: &&(u8, u32)| Some(edge.0) == byte;
            next = self.edges_of(node).iter().find(edge).map(|edge| edge.1);
        }
    }
}

/// How many words of bits a [`Sieve`] has: 2^15 bits.
const SLOTS: usize = 1 << 9;

/// Which beginnings there are; one that it holds may be none of them.
#[derive(Clone, Debug)]
struct Sieve(Box<[u64; SLOTS]>);

impl Sieve {
    fn slot(key: u64) -> usize {
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 49) as usize
    }

    fn mark(&mut self, key: u64) {
        self.0[Sieve::slot(key) >> 6] |= 1 << (Sieve::slot(key) & 63);
    }

    fn holds(&self, key: u64) -> bool {
        self.0[Sieve::slot(key) >> 6] >> (Sieve::slot(key) & 63) & 1 == 1
    }
}

/// Whether a letter or digit stands in `text` at `at`.
pub(super) fn begins_with_letter(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        _ => text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric),
    }
}

fn ends_with_letter(text: &str, at: usize) -> bool {
    match at.checked_sub(1).and_then(|last| text.as_bytes().get(last)) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        _ => text.get(..at).and_then(|head| head.chars().next_back()).is_some_and(char::is_alphanumeric),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_begin_words() {
        let phrases = ["is", "is not", "i", "(x", "\u{e9}t\u{e9}", "is"].map(str::to_owned);
        let finder = CueFinder::new(&phrases, |at| at == 1);
        let found = |text: &str| {
            let mut found = Vec::new();
            finder.find(text, |start, end, phrase| {
                assert_eq!(&text[start..end], phrases[phrase]);
                found.push((start, phrase));
            });
            found
        };
        assert_eq!(found("is not"), [(0, 2), (0, 0), (0, 5), (0, 1)]);
        assert_eq!(found("this a(xis \u{e9}is i"), [(6, 3), (16, 2)]);
        assert_eq!(found("\u{e9}t\u{e9} \u{e0}\u{e9}t\u{e9} x(x"), [(0, 4), (15, 3)]);
        assert_eq!(found(""), []);
        let far = format!("{}is not", " ".repeat(WINDOW - 1));
        assert_eq!(found(&far).len(), 4);
    }
}
