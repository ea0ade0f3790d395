//! From rule files to a [`RuleSet`].
//!
//! Files are read, gathered by language, and compiled: word classes first, then the rules that speak
//! of them. Everything that is wrong in any file is reported together, sorted by file and place.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::compile::{Compiler, compile_lexicon};
use super::embedded;
use super::error::{Mistake, PackError};
use super::parse::{File, Source, parse};
use super::{Authority, LanguageRules, Principle, ProfileCues, Recommendation, Rule, RuleSet};
use crate::language::Language;

/// The format of rule files that is read here.
pub const FORMAT: i64 = 1;
/// The version that `requires` of a pack is held against.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFile {
    /// As it is shown in messages.
    pub name: String,
    /// Its whole text.
    pub text: String,
}

impl RuleSet {
    /// The rules that are compiled into the program. `Err` holds every mistake in them.
    pub fn builtin() -> Result<RuleSet, Vec<PackError>> {
        RuleSet::load(&[])
    }

    /// The built-in rules and those of `extra`, which may add rules, replace those that they name,
    /// extend classes, and bring languages of their own. `Err` holds every mistake in all files.
    pub fn load(extra: &[PackFile]) -> Result<RuleSet, Vec<PackError>> {
        let builtin = embedded::FILES.iter().map(|(name, text)| source(name, text, false));
        let sources: Vec<Source> = builtin.chain(extra.iter().map(|file| source(&file.name, &file.text, true))).collect();
        RuleSet::from_sources(&sources)
    }

    /// The rules of `files` alone. `Err` holds every mistake in them.
    pub fn from_files(files: &[PackFile]) -> Result<RuleSet, Vec<PackError>> {
        let sources: Vec<Source> = files.iter().map(|file| source(&file.name, &file.text, true)).collect();
        RuleSet::from_sources(&sources)
    }

    fn from_sources(sources: &[Source]) -> Result<RuleSet, Vec<PackError>> {
        let mut errors = Vec::new();
        let files: Vec<(&Source, File)> = sources.iter().map(|source| (source, parse(source, &mut errors))).collect();
        let mut rules = RuleSet { digest: digest(sources), ..RuleSet::default() };
        rules.gather_sources_of_law(&files, &mut errors);
        let mut by_language: BTreeMap<&str, Vec<(&Source, &File)>> = BTreeMap::new();
        for (source, file) in &files {
            match &file.header {
                Some(header) => by_language.entry(header.language.get_ref()).or_default().push((source, file)),
                None => debug_assert!(file.rules.is_empty() || file.incomplete || !errors.is_empty()),
            }
        }
        for (tag, files) in by_language {
            let language = language_rules(tag, &files, &rules, &mut errors);
            rules.languages.extend(language);
        }
        if errors.is_empty() {
            return Ok(rules);
        }
        errors.sort_by(|a, b| (&a.file_name, a.span).cmp(&(&b.file_name, b.span)));
        Err(errors)
    }

    /// The rule that has or had the id, with the rules of its language.
    pub fn rule(&self, id: &str) -> Option<(&LanguageRules, &Rule)> {
        let all = || self.languages.iter().flat_map(|language| language.rules.iter().map(move |rule| (language, rule)));
        all().find(|(_, rule)| rule.id == id).or_else(|| all().find(|(_, rule)| rule.former.iter().any(|old| old == id)))
    }

    /// The rules of a language.
    pub fn language(&self, tag: &str) -> Option<&LanguageRules> {
        self.languages.iter().find(|language| language.tag == tag)
    }

    fn gather_sources_of_law(&mut self, files: &[(&Source, File)], errors: &mut Vec<PackError>) {
        let mut seen: BTreeMap<(&str, String), String> = BTreeMap::new();
        let mut claim = |source: &Source, at: std::ops::Range<usize>, what: &'static str, id: String| {
            let place = source.place(&at);
            if let Some(first) = seen.get(&(what, id.clone())) {
                errors.push(source.error(at, Mistake::DuplicateId(what, id, first.clone())));
                return;
            }
            seen.insert((what, id), place);
        };
        for (source, file) in files {
            for entry in &file.recommendations {
                let number = *entry.number.get_ref();
                claim(source, entry.number.span(), "recommendation", number.to_string());
                let number = u8::try_from(number).unwrap_or(u8::MAX);
                self.recommendations.push(Recommendation { number, title: entry.title.clone(), source: entry.source.clone() });
            }
            for entry in &file.principles {
                claim(source, entry.id.span(), "principle", entry.id.get_ref().clone());
                let id = entry.id.get_ref().clone();
                self.principles.push(Principle { id, title: entry.title.clone(), source: entry.source.clone() });
            }
            for entry in &file.authorities {
                claim(source, entry.id.span(), "authority", entry.id.get_ref().clone());
                self.authorities.push(Authority { id: entry.id.get_ref().clone(), title: entry.title.clone() });
            }
        }
        self.recommendations.sort_by_key(|entry| entry.number);
    }
}

fn source(name: &str, text: &str, extra: bool) -> Source {
    Source { name: name.to_owned(), text: Arc::from(text), extra }
}

/// 12 hexadecimal digits over all names and texts.
fn digest(sources: &[Source]) -> String {
    let mut hasher = Sha256::new();
    for source in sources {
        for part in [source.name.as_bytes(), source.text.as_bytes()] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
    }
    let digest = hasher.finalize();
    let first: [u8; 8] = std::array::from_fn(|index| digest[index]);
    format!("{:012x}", u64::from_be_bytes(first) >> 16)
}

/// The rules of one language; `None` with errors where its words could not be read.
fn language_rules(
    tag: &str,
    files: &[(&Source, &File)],
    law: &RuleSet,
    errors: &mut Vec<PackError>,
) -> Option<LanguageRules> {
    let language = the_language(tag, files, errors)?;
    let lexicon = compile_lexicon(files, &language, errors)?;
    let complete = files.iter().all(|(_, file)| !file.incomplete);
    let mut compiler = Compiler { law, lexicon: &lexicon, complete, errors };
    let mut profile = ProfileCues::default();
    let mut rules: Vec<Rule> = Vec::new();
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    for (source, file) in files {
        profile.title.extend(compiler.phrases(source, &file.profile.title));
        profile.clause.extend(compiler.searchable_phrases(source, &file.profile.clause));
        for entry in &file.rules {
            let written = entry.get_ref();
            let (id, at) = (written.id.get_ref(), written.id.span());
            let known = rules.iter().position(|rule| rule.id == *id);
            match (known, written.replaces && source.extra) {
                (Some(index), true) => {
                    rules.remove(index);
                }
                (Some(_), false) => {
                    let first = places.get(id).cloned().unwrap_or_default();
                    compiler.errors.push(source.error(at, Mistake::DuplicateId("rule", id.clone(), first)));
                    continue;
                }
                (None, _) if written.replaces => {
                    compiler.errors.push(source.error(at, Mistake::ReplacesNothing(id.clone())));
                }
                (None, _) => {}
            }
            places.insert(id.clone(), source.place(&written.id.span()));
            rules.extend(compiler.rule(source, file, written));
        }
    }
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    Some(LanguageRules { tag: tag.to_owned(), language, lexicon, rules, profile })
}

/// The one `[language]` of the files.
fn the_language(tag: &str, files: &[(&Source, &File)], errors: &mut Vec<PackError>) -> Option<Language> {
    let mut found: Option<(&Source, &toml::Spanned<Language>)> = None;
    for (source, file) in files {
        let Some(language) = &file.language else { continue };
        match found {
            None => found = Some((source, language)),
            Some((first, of_first)) => {
                let first = first.place(&of_first.span());
                errors.push(source.error(language.span(), Mistake::DuplicateLanguage(tag.to_owned(), first)));
            }
        }
    }
    if found.is_none() && files.iter().all(|(_, file)| !file.incomplete) {
        let header = files.iter().find_map(|(source, file)| Some((source, file.header.as_ref()?)));
        if let Some((source, header)) = header {
            errors.push(source.error(header.language.span(), Mistake::MissingLanguage(tag.to_owned())));
        }
    }
    found.map(|(_, language)| language.get_ref().clone())
}
