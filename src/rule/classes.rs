//! The word classes of a language, gathered from all of its files.
//!
//! A class stands in one file and may be extended in others, whatever their order, so classes are
//! gathered first and compiled once.

use std::collections::BTreeMap;

use super::check;
use super::error::{Mistake, PackError};
use super::parse::{File, Source};
use super::phrase_compiler::PhraseCompiler;
use super::schema::{Class, Text};
use super::{ClassSource, Lexicon, LexiconError};

/// Where an entry stands.
type Entry<'a> = (&'a Source, &'a Text);

/// One class of a language, from all files.
struct Gathered<'a> {
    name: Entry<'a>,
    open: bool,
    entries: Vec<Entry<'a>>,
}

/// The classes of a language, sorted by name.
pub(super) struct Classes<'a> {
    gathered: BTreeMap<&'a str, Gathered<'a>>,
    /// Whether a class may be missing because its table could not be read.
    pub(super) lost: bool,
}

impl<'a> Classes<'a> {
    /// Gathers the classes of `files`, which are all of one language.
    pub(super) fn gather(files: &[(&'a Source, &'a File)], errors: &mut Vec<PackError>) -> Classes<'a> {
        let lost = files.iter().any(|(_, file)| file.lost("a class"));
        let mut classes = Classes { gathered: BTreeMap::new(), lost };
        let all = || {
            let of = |&(source, file): &(&'a Source, &'a File)| {
                file.classes.iter().map(move |(name, class)| (source, name, class))
            };
            files.iter().flat_map(of)
        };
        for (source, name, class) in all().filter(|(_, _, class)| !class.extends) {
            classes.define(source, name, class, errors);
        }
        for (source, name, class) in all().filter(|(_, _, class)| class.extends) {
            classes.extend(source, name, class, errors);
        }
        classes
    }

    fn define(&mut self, source: &'a Source, name: &'a Text, class: &'a Class, errors: &mut Vec<PackError>) {
        check::kebab_case(source, name, errors);
        if let Some(first) = self.gathered.get(name.get_ref().as_str()) {
            let (file, text) = first.name;
            let mistake = Mistake::DuplicateClass(name.get_ref().clone(), file.place(&text.span()));
            errors.push(source.error(name.span(), mistake));
            return;
        }
        let entries = class.any.iter().map(|text| (source, text)).collect();
        self.gathered.insert(name.get_ref(), Gathered { name: (source, name), open: class.open, entries });
    }

    fn extend(&mut self, source: &'a Source, name: &'a Text, class: &'a Class, errors: &mut Vec<PackError>) {
        match self.gathered.get_mut(name.get_ref().as_str()) {
            Some(extended) => {
                extended.open |= class.open;
                extended.entries.extend(class.any.iter().map(|text| (source, text)));
            }
            None if self.lost => {}
            None => {
                let mistake = Mistake::ExtendsNothing(name.get_ref().clone());
                errors.push(source.error(name.span(), mistake));
            }
        }
    }

    /// The names of all classes, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        self.gathered.keys().map(|name| (*name).to_owned()).collect()
    }

    /// Compiles the classes. Wrong entries are reported and left out, so that the rest can be checked;
    /// `None` where a class as a whole is wrong.
    pub(super) fn compile(
        mut self,
        inflections: &[(String, String)],
        errors: &mut Vec<PackError>,
    ) -> Option<Lexicon> {
        let names = self.names();
        let phrases = PhraseCompiler { classes: &names, classes_lost: self.lost, lexicon: None };
        for class in self.gathered.values_mut() {
            class.entries.retain(|(source, text)| phrases.names(source, text, errors));
        }
        let faults = match Lexicon::compile(&self.sources(), inflections) {
            Ok(lexicon) => return Some(lexicon),
            Err(faults) => faults,
        };
        let mut wrong = Vec::new();
        let classes: Vec<&Gathered<'_>> = self.gathered.values().collect();
        for LexiconError { class: index, entry, error } in faults {
            let Some(class) = classes.get(index) else { continue };
            if let Some((source, text)) = entry.and_then(|entry| class.entries.get(entry)) {
                errors.push(source.error(source.within(text, error.at), Mistake::BadPhrase(error.message)));
                wrong.push((index, entry));
            } else {
                let (source, name) = class.name;
                errors.push(source.error(name.span(), Mistake::ClassCircle(error.message)));
            }
        }
        let classes = self.without(&wrong)?;
        Lexicon::compile(&classes.sources(), inflections).ok()
    }

    fn without(mut self, wrong: &[(usize, Option<usize>)]) -> Option<Classes<'a>> {
        if wrong.is_empty() {
            return None;
        }
        for (index, class) in self.gathered.values_mut().enumerate() {
            let mut entry = 0..;
            class.entries.retain(|_| !wrong.contains(&(index, entry.next())));
        }
        Some(self)
    }

    fn sources(&self) -> Vec<ClassSource> {
        let source = |(name, class): (&&str, &Gathered<'_>)| ClassSource {
            name: (*name).to_owned(),
            entries: class.entries.iter().map(|(_, text)| text.get_ref().clone()).collect(),
            open: class.open,
        };
        self.gathered.iter().map(source).collect()
    }
}
