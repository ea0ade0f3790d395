//! With which letters a match can begin: a quick look at a word that most patterns fail.
//!
//! A pattern is tried at every word of a clause. Comparing words costs more than all else of a scan, so
//! each pattern and class keeps a set of 256 bits over the first two bytes of the words with which it
//! can begin; a word whose bit is not set is passed over without looking at it.

use super::pattern::Node;
use super::{ClassId, Lexicon};

/// A set of beginnings of words. May hold more than was put in, never less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Initials([u64; 4]);

impl Initials {
    const ALL: Initials = Initials([u64::MAX; 4]);

    /// The bit of a word.
    pub(super) fn bit(word: &str) -> u8 {
        let mut bytes = word.bytes();
        let (first, second) = (bytes.next().unwrap_or(0), bytes.next().unwrap_or(0));
        first.wrapping_mul(31).wrapping_add(second)
    }

    /// Whether a word with this bit may be one.
    pub(super) fn has(self, bit: u8) -> bool {
        self.0.get(usize::from(bit >> 6)).is_some_and(|bits| bits & (1 << (bit & 63)) != 0)
    }

    pub(super) fn add(&mut self, word: &str) {
        let bit = Initials::bit(word);
        if let Some(bits) = self.0.get_mut(usize::from(bit >> 6)) {
            *bits |= 1 << (bit & 63);
        }
    }

    fn join(&mut self, other: Initials) {
        for (bits, more) in self.0.iter_mut().zip(other.0) {
            *bits |= more;
        }
    }

    /// The beginnings of matches of `node`, what a document adds to open classes left out. `of_class` says
    /// those of a class.
    pub(super) fn of(node: &Node, of_class: &impl Fn(ClassId) -> Initials) -> Initials {
        let mut found = Initials::default();
        match node {
            Node::Word(word) => found.add(word),
            // The word goes on: its second byte is known only from the prefix.
            Node::Prefix(prefix) if prefix.len() < 2 => return Initials::ALL,
            Node::Prefix(prefix) => found.add(prefix),
            Node::OneOf(words) => words.iter().for_each(|word| found.add(word)),
            Node::Any | Node::Gap(_) => return Initials::ALL,
            Node::Class(class) => return of_class(*class),
            Node::Optional(node) => return Initials::of(node, of_class),
            Node::Alternatives(nodes) => {
                for node in nodes {
                    found.join(Initials::of(node, of_class));
                }
            }
            Node::Sequence(nodes) => {
                let required = nodes.iter().position(|node| !node.may_be_empty()).unwrap_or(nodes.len());
                for node in nodes.iter().take(required + 1) {
                    found.join(Initials::of(node, of_class));
                }
            }
        }
        found
    }

    /// The beginnings of all entries of a class, those of the classes in it included.
    pub(super) fn of_class(lexicon: &Lexicon, class: ClassId) -> Initials {
        let mut found = Initials::default();
        for entry in lexicon.entries(class) {
            found.join(Initials::of(entry, &|inner| Initials::of_class(lexicon, inner)));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{ClassSource, Pattern};

    fn check(phrase: &str, word: &str, expected: bool) {
        let class = ClassSource {
            name: "message".to_owned(),
            entries: vec!["message~".to_owned(), "postal article".to_owned()],
            open: false,
        };
        let lexicon = Lexicon::compile(&[class], &[(String::new(), "s".to_owned())]).unwrap();
        let pattern = Pattern::parse(phrase, &lexicon).unwrap();
        assert_eq!(pattern.initials.has(Initials::bit(word)), expected, "{phrase} at {word}");
    }

    #[test]
    fn what_can_begin_is_let_through() {
        check("keep data", "keep", true);
        check("keep data", "data", false);
        check("decrypt*", "decryption", true);
        check("(an)? intelligible form", "an", true);
        check("(an)? intelligible form", "intelligible", true);
        check("(an)? intelligible form", "form", false);
        check("remove|disable protection", "disable", true);
        check("<message> body", "messages", true);
        check("<message> body", "postal", true);
        check("<message> body", "body", false);
        check("_ data", "whatever", true);
    }
}
