//! Holds patterns against the words of one clause.
//!
//! A pattern is followed like a small automaton: from a set of positions to the set of positions at
//! which it can end. Gaps widen the set, words narrow it, so the work is bounded by the length of
//! the pattern times the words of the clause, however the gaps nest. Where a class matches is
//! remembered, since the patterns of many rules ask for the same classes. With each position goes how
//! many words the gaps have skipped on the way, so that the longest phrase can be told from a longer
//! gap.

use std::ops::Range;
use std::rc::Rc;

use super::initials::Initials;
use super::pattern::{Node, Pattern};
use super::{ClassId, Lexicon};
use crate::document::{Break, Word};

/// Terms that a document defines, by the class that they extend: each a list of folded words.
#[derive(Clone, Debug, Default)]
pub struct DefinedTerms {
    terms: Vec<(ClassId, Vec<String>)>,
    /// With which letters they begin.
    initials: Initials,
}

impl DefinedTerms {
    /// Adds a term, given as folded words, to a class.
    pub fn add(&mut self, class: ClassId, term: Vec<String>) {
        if !term.is_empty() && !self.terms.iter().any(|(id, words)| *id == class && *words == term) {
            term.first().into_iter().for_each(|word| self.initials.add(word));
            self.terms.push((class, term));
        }
    }

    /// Whether no term was added.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

/// Where a part of a match can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Reach {
    /// The word after its last.
    end: usize,
    /// How many words its gaps skip, at least.
    skipped: usize,
}

/// The words of one clause, ready to be matched.
#[derive(Debug)]
pub struct Matcher<'a> {
    lexicon: &'a Lexicon,
    terms: &'a DefinedTerms,
    words: &'a [Word],
    /// The words as text.
    texts: Vec<&'a str>,
    /// Of each word, the bit of its beginning.
    bits: Vec<u8>,
    classes: Vec<Vec<Option<Rc<[Reach]>>>>,
    /// Shared by all places where a class does not match.
    nowhere: Rc<[Reach]>,
}

impl<'a> Matcher<'a> {
    /// Prepares `words` of the text `folded`.
    pub fn new(
        lexicon: &'a Lexicon,
        terms: &'a DefinedTerms,
        folded: &'a str,
        words: &'a [Word],
    ) -> Matcher<'a> {
        let texts: Vec<&str> = words.iter().map(|word| word.span.of(folded)).collect();
        let bits = texts.iter().map(|word| Initials::bit(word)).collect();
        Matcher { lexicon, terms, words, texts, bits, classes: Vec::new(), nowhere: Rc::new([]) }
    }

    /// The matches of `pattern` that touch `within` (word indices), leftmost first, none overlapping;
    /// each is the tightest that ends where it ends, and then as long as it can be without a longer gap:
    /// "computer system" where the class names both it and "computer".
    pub fn matches(&mut self, pattern: &Pattern, within: Range<usize>) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut start = 0;
        while start < within.end {
            if !self.may_begin(pattern.initials, start) {
                start += 1;
                continue;
            }
            let ends = self.ends(&pattern.root, start);
            let Some(first) = ends.into_iter().find(|reach| reach.end > start && reach.end > within.start)
            else {
                start += 1;
                continue;
            };
            let tightest = (start..first.end.min(within.end)).rev().find_map(|later| {
                if !self.may_begin(pattern.initials, later) {
                    return None;
                }
                let ends = self.ends(&pattern.root, later);
                let reach = ends.iter().find(|reach| reach.end == first.end)?;
                let longest = ends.iter().rfind(|other| other.skipped <= reach.skipped);
                Some(later..longest.unwrap_or(reach).end)
            });
            let tightest = tightest.unwrap_or(start..first.end);
            start = tightest.end;
            found.push(tightest);
        }
        found
    }

    /// Whether `pattern` matches anywhere in `within`.
    pub fn occurs(&mut self, pattern: &Pattern, within: Range<usize>) -> bool {
        self.occurs_where(pattern, within, |_| true)
    }

    /// Whether `pattern` matches in `within` at a word at which it may begin.
    pub fn occurs_where(
        &mut self,
        pattern: &Pattern,
        within: Range<usize>,
        may_begin: impl Fn(usize) -> bool,
    ) -> bool {
        within.clone().any(|start| {
            if !self.may_begin(pattern.initials, start) {
                return false;
            }
            let ends = self.ends(&pattern.root, start);
            ends.iter().any(|reach| reach.end > start && reach.end <= within.end) && may_begin(start)
        })
    }

    /// Whether a phrase of `class` begins in `within`, and where it stands.
    pub fn class_in(&mut self, class: ClassId, within: Range<usize>) -> Option<Range<usize>> {
        within.clone().find_map(|start| {
            let ends = self.class_ends(class, start);
            let end = ends.iter().map(|reach| reach.end).filter(|&end| end <= within.end).max()?;
            Some(start..end)
        })
    }

    /// Whether a phrase of `class` begins at the word `at`.
    pub fn class_begins(&mut self, class: ClassId, at: usize) -> bool {
        !self.class_ends(class, at).is_empty()
    }

    /// Whether the word `at` has the beginning of a match; a defined term may stand in for any class.
    fn may_begin(&self, initials: Initials, at: usize) -> bool {
        self.bits.get(at).is_some_and(|&bit| initials.has(bit) || self.terms.initials.has(bit))
    }

    /// Where a match of `node` that begins at `start` can end, ascending.
    fn ends(&mut self, node: &Node, start: usize) -> Vec<Reach> {
        if !self.can_begin(node, start) {
            return Vec::new();
        }
        self.advance(node, &[Reach { end: start, skipped: 0 }], start)
    }

    /// Whether a match of `node` could begin at the word `at`: a quick look, which most starts fail.
    fn can_begin(&mut self, node: &Node, at: usize) -> bool {
        match node {
            Node::Word(wanted) => self.word(at) == &**wanted,
            Node::Prefix(prefix) => self.word(at).starts_with(&**prefix),
            Node::OneOf(words) => {
                let word = self.word(at);
                words.binary_search_by(|form| (**form).cmp(word)).is_ok()
            }
            Node::Class(class) => self.class_begins(*class, at),
            Node::Sequence(nodes) => nodes.first().is_some_and(|first| self.can_begin(first, at)),
            Node::Alternatives(nodes) => nodes.iter().any(|node| self.can_begin(node, at)),
            Node::Any | Node::Gap(_) | Node::Optional(_) => true,
        }
    }

    fn advance(&mut self, node: &Node, from: &[Reach], origin: usize) -> Vec<Reach> {
        let mut to = Vec::new();
        match node {
            Node::Word(wanted) => self.step(from, origin, &mut to, |word| word == &**wanted),
            Node::Prefix(prefix) => self.step(from, origin, &mut to, |word| word.starts_with(&**prefix)),
            Node::OneOf(words) => {
                self.step(from, origin, &mut to, |word| {
                    words.binary_search_by(|form| (**form).cmp(word)).is_ok()
                });
            }
            Node::Any => self.step(from, origin, &mut to, |_| true),
            Node::Gap(most) => {
                for &Reach { end, skipped } in from {
                    let longest =
                        (1..=*most as usize).take_while(|more| self.may_take(end + more - 1, origin));
                    let reach = |more| Reach { end: end + more, skipped: skipped + more };
                    to.extend(std::iter::once(0).chain(longest).map(reach));
                }
            }
            Node::Class(class) => {
                for &Reach { end, skipped } in from {
                    if self.may_take(end, origin) {
                        let ends = self.class_ends(*class, end);
                        to.extend(
                            ends.iter().map(|reach| Reach { skipped: skipped + reach.skipped, ..*reach }),
                        );
                    }
                }
            }
            Node::Sequence(nodes) => {
                to.extend_from_slice(from);
                for node in nodes {
                    if to.is_empty() {
                        break;
                    }
                    to = self.advance(node, &to, origin);
                }
            }
            Node::Alternatives(nodes) => {
                for node in nodes {
                    to.extend(self.advance(node, from, origin));
                }
            }
            Node::Optional(node) => {
                to.extend_from_slice(from);
                to.extend(self.advance(node, from, origin));
            }
        }
        settle(&mut to);
        to
    }

    fn step(&self, from: &[Reach], origin: usize, to: &mut Vec<Reach>, is_wanted: impl Fn(&str) -> bool) {
        let stands = |reach: &&Reach| self.may_take(reach.end, origin) && is_wanted(self.word(reach.end));
        to.extend(from.iter().filter(stands).map(|reach| Reach { end: reach.end + 1, ..*reach }));
    }

    /// Whether a match that began at `origin` may run over the word `at`.
    fn may_take(&self, at: usize, origin: usize) -> bool {
        self.words.get(at).is_some_and(|word| at == origin || word.before != Break::Stop)
    }

    fn word(&self, at: usize) -> &'a str {
        self.texts.get(at).copied().unwrap_or_default()
    }

    /// Where a phrase of `class` that begins at `start` can end, ascending.
    fn class_ends(&mut self, class: ClassId, start: usize) -> Rc<[Reach]> {
        if !self.may_begin(self.lexicon.initials(class), start) {
            return Rc::clone(&self.nowhere);
        }
        let id = usize::from(class);
        if self.classes.len() <= id {
            self.classes.resize_with(id + 1, Vec::new);
        }
        if self.classes[id].is_empty() {
            self.classes[id] = vec![None; self.words.len() + 1];
        }
        if let Some(Some(ends)) = self.classes[id].get(start) {
            return Rc::clone(ends);
        }
        let lexicon = self.lexicon;
        let mut ends = Vec::new();
        for entry in lexicon.entries_at(class, self.word(start)) {
            ends.extend(self.ends(entry, start));
        }
        let terms = self.terms;
        for (_, term) in terms.terms.iter().filter(|(id, _)| *id == class) {
            let stands = term
                .iter()
                .zip(start..)
                .all(|(wanted, at)| self.may_take(at, start) && wanted == self.word(at));
            if stands {
                ends.push(Reach { end: start + term.len(), skipped: 0 });
            }
        }
        ends.retain(|reach| reach.end > start);
        settle(&mut ends);
        let ends: Rc<[Reach]> = if ends.is_empty() { Rc::clone(&self.nowhere) } else { ends.into() };
        if let Some(slot) = self.classes[id].get_mut(start) {
            *slot = Some(Rc::clone(&ends));
        }
        ends
    }
}

/// Sorts by end, and keeps for each the way that skips least.
fn settle(reaches: &mut Vec<Reach>) {
    reaches.sort_unstable();
    reaches.dedup_by_key(|reach| reach.end);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::append_words;
    use crate::rule::ClassSource;
    use crate::text::Span;

    fn lexicon() -> Lexicon {
        let class = |name: &str, entries: &[&str], open| ClassSource {
            name: name.to_owned(),
            entries: entries.iter().map(|&entry| entry.to_owned()).collect(),
            open,
        };
        let inflections = [("", "s"), ("", "ed"), ("", "ing"), ("e", "ed"), ("e", "ing")];
        let inflections: Vec<_> =
            inflections.iter().map(|(off, on)| ((*off).to_owned(), (*on).to_owned())).collect();
        let classes = [
            class("message", &["message~", "message body", "electronic mail", "<postal>"], false),
            class("postal", &["postal article~"], false),
            class("provider", &["provider~", "(licensed)? operator~"], true),
        ];
        Lexicon::compile(&classes, &inflections).unwrap()
    }

    /// Holds `pattern` against `text`, in which the first match is marked with `«»`, if there is one.
    fn check(pattern: &str, text: &str) {
        let plain = text.replace(['«', '»'], "");
        let lexicon = lexicon();
        let mut terms = DefinedTerms::default();
        terms.add(lexicon.class("provider").unwrap(), vec!["relevant".to_owned(), "entity".to_owned()]);
        let pattern = Pattern::parse(pattern, &lexicon).unwrap();
        let mut words = Vec::new();
        append_words(&plain, Span::from(0..plain.len()), &[], Break::None, &mut words);
        let all = 0..words.len();
        let mut matcher = Matcher::new(&lexicon, &terms, &plain, &words);
        let found = matcher.matches(&pattern, all).into_iter().next();
        let shown = found.map_or(plain.clone(), |found| {
            let (start, end) =
                (words[found.start].span.start as usize, words[found.end - 1].span.end as usize);
            format!("{}«{}»{}", &plain[..start], &plain[start..end], &plain[end..])
        });
        assert_eq!(shown, text, "{pattern:?}");
    }

    #[test]
    fn phrases() {
        check("decrypt", "to «decrypt» it");
        check("decrypt", "to decrypts it");
        check("decrypt*", "the «decryption» of it");
        check("remove~ _ protection", "by «removing the protection»");
        check("remove|disable any protection", "shall «disable any protection»");
        check("in (an)? (intelligible form|clear)", "handed over «in clear»");
        check("in (an)? (intelligible form|clear)", "handed over «in an intelligible form»");
        check("in (an)? (intelligible form|clear)", "in a clear voice");
        check("<provider> ... decrypt~ ... <message>", "a provider or an operator x");
        check(
            "<provider> ... decrypt~ ... <message>",
            "a provider and an «operator shall decrypt any, or every, postal article» x",
        );
        check("<provider> decrypts", "the «relevant entity decrypts» it");
        check("keep ... data", "keep x");
        check("keep ... data", "keep it; the data");
        check("keep ...2 data", "keep a b c data");
        check("keep ...3 data", "«keep a b c data»");
        check("end-to-end", "an «end to-end» x");
        check("keep (all)? data", "«keep data»");
        check("decrypt ... <message>", "to «decrypt a message body» of a message");
        check("decrypt ... message (in clear)?", "to «decrypt a message in clear» x");
        check("keep ... (data|data of ... person)", "«keep data» of any person");
        check("<provider> decrypts", "a licensed «operator decrypts» it");
        check("keep ... data ... keep", "«keep data keep» data keep");
    }

    #[test]
    fn broken_phrases_say_where() {
        let check = |phrase: &str, at: Range<usize>, message: &str| {
            let error = Pattern::parse(phrase, &lexicon()).unwrap_err();
            assert_eq!((error.at, error.message.as_str()), (at, message), "{phrase:?}");
        };
        check("", 0..0, "nothing that must be there");
        check("(an)?", 0..5, "nothing that must be there");
        check("keep ... <msg>", 9..14, "no class is called `msg`");
        check("keep (a|b", 5..9, "`(` without `)`");
        check("keep a)", 6..7, "unexpected `)`");
        check("keep ...", 0..8, "a gap needs words on both sides");
        check("keep .. data", 5..6, "a gap is written `...`");
        check("keep ...99 data", 5..10, "a gap is 1 to 60 words long");
        check("a | b", 2..3, "nothing stands before `|`");
        check("provider's", 8..9, "leave the possessive out: `provider` matches \"provider's\"");
    }

    #[test]
    fn classes_that_contain_themselves_are_refused() {
        let class = |name: &str, entry: &str| ClassSource {
            name: name.to_owned(),
            entries: vec![entry.to_owned()],
            open: false,
        };
        let errors = Lexicon::compile(&[class("a", "x <b>"), class("b", "<a>")], &[]).unwrap_err();
        assert_eq!(errors[0].error.message, "the class `a` contains itself");
    }

    #[test]
    fn literals_are_what_must_occur() {
        let lexicon = lexicon();
        let check = |phrase: &str, expected: &str| {
            let pattern = Pattern::parse(phrase, &lexicon).unwrap();
            let shown: Vec<String> = pattern
                .literals()
                .iter()
                .map(|set| set.iter().map(|literal| &*literal.text).collect::<Vec<_>>().join("|"))
                .collect();
            assert_eq!(shown.join(" & "), expected, "{phrase:?}");
        };
        check("decrypt* any|all message", "decrypt & message & all|any");
        check(
            "<message>",
            "article|articled|articleed|articleing|articles|articling|electronic|message|messaged|messageed|messageing|messages|messaging",
        );
        check("<provider> decrypts", "decrypts");
        check("<provider> to it", "");
        check("(remove|take away) ... protection", "protection & remove|take");
    }
}
