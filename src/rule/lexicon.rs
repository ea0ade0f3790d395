//! Named word classes: what `<provider>` stands for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::beginning::{Beginnings, KeySet};
use super::defined::LONGEST_TERM;
use super::literals::{self, LiteralSet};
use super::pattern::{Node, PatternError};
use super::phrase;
use super::vocabulary::{ChoiceId, Token, Vocabulary};
use super::{Kept, numbers};

/// Names a class inside one [`Lexicon`].
pub type ClassId = u16;

/// The classes of a language, compiled.
///
/// Invariant: no class contains itself, however indirectly.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    names: BTreeMap<String, ClassId>,
    classes: Vec<Class>,
    #[serde(skip)]
    inflections: Vec<(String, String)>,
    /// All words of classes and patterns.
    pub(super) vocabulary: Vocabulary,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Class {
    entries: Kept<Vec<Node>>,
    open: bool,
    /// What must occur if it does; empty once the lexicon is sealed.
    #[serde(skip)]
    literals: LiteralSet,
    /// How many words its longest phrase has, in a document that extends it too.
    longest: u32,
    /// With which words its phrases can begin, what a document adds left out.
    beginnings: KeySet,
    /// Pairs of a word and an entry that can begin with it, ascending.
    #[serde(with = "numbers::pairs")]
    by_first_word: Vec<(u32, u32)>,
    /// The entries that are tried at every word: a class, any word.
    by_any_word: Vec<u32>,
}

/// One class as it is written.
#[derive(Clone, Debug)]
pub struct ClassSource {
    /// Its name, without the angle brackets.
    pub name: String,
    /// Its phrases.
    pub entries: Vec<String>,
    /// Whether a document's own definitions extend it.
    pub open: bool,
}

/// What is wrong with a class.
#[derive(Clone, Debug)]
pub struct LexiconError {
    /// Which class, an index of the list that was compiled.
    pub class: usize,
    /// Which of its entries; `None` if the class as a whole is wrong, as in a circle.
    pub entry: Option<usize>,
    /// What is wrong, and where in the entry.
    pub error: PatternError,
}

impl Lexicon {
    /// Compiles all classes of a language; `inflections` are pairs of (ending taken off, ending put
    /// on) for `word~`. Names must differ. All errors are reported.
    pub fn compile(
        classes: &[ClassSource],
        inflections: &[(String, String)],
    ) -> Result<Lexicon, Vec<LexiconError>> {
        let names = classes.iter().zip(0..).map(|(class, id)| (class.name.clone(), id)).collect();
        let inflections = inflections.to_vec();
        let mut lexicon =
            Lexicon { names, classes: Vec::new(), inflections, vocabulary: Vocabulary::default() };
        let mut errors = Vec::new();
        let mut compiled = Vec::new();
        for (index, class) in classes.iter().enumerate() {
            let mut entries = Vec::new();
            for (entry, text) in class.entries.iter().enumerate() {
                match phrase::parse(text, &mut lexicon) {
                    Ok(node) => entries.push(node),
                    Err(error) => errors.push(LexiconError { class: index, entry: Some(entry), error }),
                }
            }
            compiled.push(Class { entries: entries.into(), open: class.open, ..Class::default() });
        }
        lexicon.classes = compiled;
        for index in 0..lexicon.classes.len() {
            if lexicon.reaches(index as ClassId, index as ClassId, &mut vec![false; classes.len()]) {
                let message = format!("the class `{}` contains itself", classes[index].name);
                errors.push(LexiconError {
                    class: index,
                    entry: None,
                    error: PatternError { at: 0..0, message },
                });
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut done = vec![false; classes.len()];
        for index in 0..classes.len() {
            lexicon.settle_class(index as ClassId, &mut done);
        }
        Ok(lexicon)
    }

    /// Prepares for texts. To be called when all patterns are parsed.
    pub(super) fn finish(&mut self) {
        self.vocabulary.finish();
        let mut done = vec![false; self.classes.len()];
        for index in 0..self.classes.len() {
            self.index_class(index as ClassId, &mut done);
        }
    }

    /// Forgets what only the compiler of patterns needs. No pattern can be parsed from here on.
    pub(super) fn seal(&mut self) {
        self.vocabulary.seal();
        self.inflections.clear();
        self.classes.iter_mut().for_each(|class| class.literals = LiteralSet::default());
    }

    /// The words that patterns know.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The class of that name.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        self.names.get(name).copied()
    }

    /// The names of all classes, ascending.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// The classes that a document's own definitions extend.
    pub fn open_classes(&self) -> impl Iterator<Item = ClassId> {
        (0..).zip(&self.classes).filter(|(_, class)| class.open).map(|(id, _)| id)
    }

    /// Whether a document's own definitions extend the class.
    pub(super) fn is_open(&self, class: ClassId) -> bool {
        self.get(class).is_some_and(|class| class.open)
    }

    /// The forms of a word, itself included.
    pub(super) fn inflect(&mut self, word: &str) -> ChoiceId {
        self.vocabulary.inflections(word, &self.inflections)
    }

    fn get(&self, class: ClassId) -> Option<&Class> {
        self.classes.get(usize::from(class))
    }

    /// What must occur if a phrase of the class does; `None` if nothing is known to.
    pub(super) fn literals(&self, class: ClassId) -> Option<LiteralSet> {
        let found = self.get(class).filter(|found| !found.literals.literals.is_empty());
        found.map(|found| found.literals.clone())
    }

    pub(super) fn entries(&self, class: ClassId) -> &[Node] {
        self.get(class).map_or(&[], |class| &class.entries)
    }

    /// Whether a phrase of the class can begin with the word, what a document adds left out.
    pub(super) fn can_begin(&self, class: ClassId, token: Token) -> bool {
        self.get(class).is_some_and(|class| class.beginnings.has(token.key()))
    }

    /// The keys of the words with which a phrase of the class can begin, what a document adds left out.
    pub(super) fn beginnings(&self, class: ClassId) -> Option<&KeySet> {
        self.get(class).map(|class| &class.beginnings)
    }

    /// The entries of a class that can begin with the word.
    pub(super) fn entries_at(&self, class: ClassId, token: Token) -> impl Iterator<Item = &Node> {
        let class = self.get(class);
        let pairs = class.map_or(&[][..], |class| &class.by_first_word);
        let key = token.key() as u32;
        let first = pairs.partition_point(|pair| pair.0 < key);
        let listed = pairs.iter().skip(first).take_while(move |pair| pair.0 == key).map(|pair| pair.1);
        let any = class.map_or(&[][..], |class| &class.by_any_word).iter().copied();
        listed.chain(any).filter_map(move |entry| class.and_then(|class| class.entries.get(entry as usize)))
    }

    fn reaches(&self, from: ClassId, target: ClassId, seen: &mut [bool]) -> bool {
        self.entries(from).iter().flat_map(classes_in).any(|inner| {
            inner == target
                || (!std::mem::replace(&mut seen[usize::from(inner)], true)
                    && self.reaches(inner, target, seen))
        })
    }

    /// Whether it is the first time that the class is asked about; the classes in it come before it.
    fn begins_work(&self, class: ClassId, done: &mut [bool]) -> Option<Vec<ClassId>> {
        let done = done.get_mut(usize::from(class))?;
        (!std::mem::replace(done, true)).then(|| self.entries(class).iter().flat_map(classes_in).collect())
    }

    /// Says of a class what must occur.
    fn settle_class(&mut self, class: ClassId, done: &mut [bool]) {
        let Some(inner) = self.begins_work(class, done) else { return };
        for &inner in &inner {
            self.settle_class(inner, done);
        }
        let is_open = self.get(class).is_some_and(|found| found.open);
        let literals = literals::of_class(class, is_open, self);
        let by_document = if is_open { LONGEST_TERM as u32 } else { 0 };
        let own = self.entries(class).iter().map(|entry| self.longest(entry)).max().unwrap_or(0);
        let longest = own.max(by_document);
        if let Some(found) = self.classes.get_mut(usize::from(class)) {
            found.literals = literals;
            found.longest = longest;
        }
    }

    /// How many words a match of `node` has at most; the classes in it are settled.
    pub(super) fn longest(&self, node: &Node) -> u32 {
        match node {
            Node::Words(_) | Node::Any => 1,
            Node::Gap(most) => *most,
            Node::Class(class) => self.get(*class).map_or(0, |class| class.longest),
            Node::Sequence(nodes) => {
                nodes.iter().fold(0, |sum: u32, node| sum.saturating_add(self.longest(node)))
            }
            Node::Alternatives(nodes) => nodes.iter().map(|node| self.longest(node)).max().unwrap_or(0),
            Node::Optional(node) => self.longest(node),
        }
    }

    /// Says with which words the entries of a class can begin.
    fn index_class(&mut self, class: ClassId, done: &mut [bool]) {
        let Some(inner) = self.begins_work(class, done) else { return };
        for &inner in &inner {
            self.index_class(inner, done);
        }
        let mut beginnings = KeySet::new(self.vocabulary.keys());
        let (mut by_first_word, mut by_any_word) = (Vec::new(), Vec::new());
        for (entry, node) in (0..).zip(self.entries(class)) {
            let first = Beginnings::of(node, &self.vocabulary);
            first.keys.iter().for_each(|&key| beginnings.add(key as usize));
            for class in first.classes.iter().filter_map(|&inner| self.get(inner)) {
                beginnings.join(&class.beginnings);
            }
            if first.any {
                beginnings.add_all();
            }
            if first.any || !first.classes.is_empty() {
                by_any_word.push(entry);
            } else {
                by_first_word.extend(first.keys.iter().map(|&key| (key, entry)));
            }
        }
        by_first_word.sort_unstable();
        by_first_word.dedup();
        if let Some(found) = self.classes.get_mut(usize::from(class)) {
            (found.beginnings, found.by_first_word, found.by_any_word) =
                (beginnings, by_first_word, by_any_word);
        }
    }
}

fn classes_in(node: &Node) -> Vec<ClassId> {
    match node {
        Node::Class(class) => vec![*class],
        Node::Sequence(nodes) | Node::Alternatives(nodes) => nodes.iter().flat_map(classes_in).collect(),
        Node::Optional(node) => classes_in(node),
        Node::Words(_) | Node::Any | Node::Gap(_) => Vec::new(),
    }
}
