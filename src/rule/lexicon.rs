//! Named word classes: what `<provider>` stands for.

use std::collections::BTreeMap;

use super::initials::Initials;
use super::pattern::{Node, PatternError};
use super::phrase;

/// Names a class inside one [`Lexicon`].
pub type ClassId = u16;

/// The classes of a language, compiled.
///
/// Invariant: no class contains itself, however indirectly.
#[derive(Debug, Default)]
pub struct Lexicon {
    names: BTreeMap<String, ClassId>,
    classes: Vec<Class>,
    inflections: Vec<(String, String)>,
}

#[derive(Debug, Default)]
struct Class {
    entries: Vec<Node>,
    open: bool,
    /// Which entries can begin with a given word.
    by_first_word: BTreeMap<Box<str>, Vec<usize>>,
    /// The entries that can begin with words that are not listed: a stem, any word.
    by_any_word: Vec<usize>,
    /// With which letters its phrases can begin.
    initials: Initials,
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
        let mut lexicon = Lexicon { names, classes: Vec::new(), inflections: inflections.to_vec() };
        let mut errors = Vec::new();
        let mut compiled = Vec::new();
        for (index, class) in classes.iter().enumerate() {
            let mut entries = Vec::new();
            for (entry, text) in class.entries.iter().enumerate() {
                match phrase::parse(text, &lexicon) {
                    Ok(node) => entries.push(node),
                    Err(error) => errors.push(LexiconError { class: index, entry: Some(entry), error }),
                }
            }
            compiled.push(Class { entries, open: class.open, ..Class::default() });
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
        lexicon.index_first_words();
        Ok(lexicon)
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

    /// The forms of a word, itself included, ascending.
    pub(super) fn inflect(&self, word: &str) -> Vec<Box<str>> {
        let mut forms: Vec<Box<str>> = vec![word.into()];
        for (off, on) in &self.inflections {
            if let Some(stem) = word.strip_suffix(off.as_str()) {
                forms.push(format!("{stem}{on}").into());
            }
        }
        forms.sort();
        forms.dedup();
        forms
    }

    /// Whether a document's own definitions extend the class, or a class in it.
    pub(super) fn is_open(&self, class: ClassId) -> bool {
        self.classes.get(usize::from(class)).is_some_and(|found| {
            found.open
                || found
                    .entries
                    .iter()
                    .any(|entry| classes_in(entry).iter().any(|&inner| self.is_open(inner)))
        })
    }

    pub(super) fn entries(&self, class: ClassId) -> &[Node] {
        self.classes.get(usize::from(class)).map_or(&[], |class| &class.entries)
    }

    /// With which letters a phrase of the class can begin, what a document adds left out.
    pub(super) fn initials(&self, class: ClassId) -> Initials {
        self.classes.get(usize::from(class)).map_or(Initials::default(), |class| class.initials)
    }

    /// The entries of a class that can begin with `word`.
    pub(super) fn entries_at(&self, class: ClassId, word: &str) -> impl Iterator<Item = &Node> {
        let class = self.classes.get(usize::from(class));
        let listed = class.and_then(|class| class.by_first_word.get(word)).map_or(&[][..], Vec::as_slice);
        let any = class.map_or(&[][..], |class| class.by_any_word.as_slice());
        listed.iter().chain(any).filter_map(move |&entry| class.and_then(|class| class.entries.get(entry)))
    }

    fn reaches(&self, from: ClassId, target: ClassId, seen: &mut [bool]) -> bool {
        self.entries(from).iter().flat_map(classes_in).any(|inner| {
            inner == target
                || (!std::mem::replace(&mut seen[usize::from(inner)], true)
                    && self.reaches(inner, target, seen))
        })
    }

    fn index_first_words(&mut self) {
        for index in 0..self.classes.len() {
            let mut by_first_word: BTreeMap<Box<str>, Vec<usize>> = BTreeMap::new();
            let mut by_any_word = Vec::new();
            for (entry, node) in self.classes[index].entries.iter().enumerate() {
                match self.first_words(node) {
                    Some(words) => {
                        for word in words {
                            by_first_word.entry(word).or_default().push(entry);
                        }
                    }
                    None => by_any_word.push(entry),
                }
            }
            self.classes[index].by_first_word = by_first_word;
            self.classes[index].by_any_word = by_any_word;
            self.classes[index].initials = Initials::of_class(self, index as ClassId);
        }
    }

    /// The words with which a match of `node` can begin; `None` if they cannot be listed. Open
    /// classes cannot: a document adds to them.
    fn first_words(&self, node: &Node) -> Option<Vec<Box<str>>> {
        let mut words = match node {
            Node::Word(word) => vec![word.clone()],
            Node::OneOf(words) => words.clone(),
            Node::Prefix(_) | Node::Any | Node::Gap(_) | Node::Optional(_) => return None,
            Node::Class(class) if self.is_open(*class) => return None,
            Node::Class(class) => self.first_words_of_all(self.entries(*class))?,
            Node::Alternatives(nodes) => self.first_words_of_all(nodes)?,
            Node::Sequence(nodes) => {
                let required = nodes.iter().position(|node| !node.may_be_empty())?;
                let optional = nodes[..required].iter().map(|node| {
                    if let Node::Optional(inner) = node { self.first_words(inner) } else { None }
                });
                let mut words: Vec<Box<str>> = optional.collect::<Option<Vec<_>>>()?.concat();
                words.extend(self.first_words(&nodes[required])?);
                words
            }
        };
        words.sort();
        words.dedup();
        Some(words)
    }

    fn first_words_of_all(&self, nodes: &[Node]) -> Option<Vec<Box<str>>> {
        Some(nodes.iter().map(|node| self.first_words(node)).collect::<Option<Vec<_>>>()?.concat())
    }
}

fn classes_in(node: &Node) -> Vec<ClassId> {
    match node {
        Node::Class(class) => vec![*class],
        Node::Sequence(nodes) | Node::Alternatives(nodes) => nodes.iter().flat_map(classes_in).collect(),
        Node::Optional(node) => classes_in(node),
        Node::Word(_) | Node::Prefix(_) | Node::OneOf(_) | Node::Any | Node::Gap(_) => Vec::new(),
    }
}
