//! Rule files become a [`RuleSet`].
//!
//! All files are read before anything is judged: classes may be extended anywhere, a pack may replace
//! a rule of another, and an author wants to see all mistakes at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use toml::Spanned;

use crate::language::Language;

use super::catalogue::Catalogue;
use super::classes::Classes;
use super::compile::Compiler;
use super::error::{Mistake, PackError};
use super::parse::{File, Source, parse};
use super::phrase_compiler::PhraseCompiler;
use super::safeguard;
use super::schema::{self, Text};
use super::{ClassId, Index, LanguageRules, ProfileCues, Rule, RuleSet};

/// The format of rule files that is read here.
pub const FORMAT: i64 = 1;
/// This rightslint, as `requires` means it.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A rule file: its name, as errors show it, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFile {
    /// A path, or what stands for one.
    pub name: String,
    /// TOML.
    pub text: String,
}

impl RuleSet {
    /// The rules of `files`, and nothing else.
    ///
    /// Errors are all mistakes of all files, sorted by file and place.
    pub fn compile(files: &[PackFile]) -> Result<RuleSet, Vec<PackError>> {
        let source = |file: &PackFile| Source { name: file.name.clone(), text: Arc::from(&*file.text) };
        compile(&files.iter().map(source).collect::<Vec<_>>())
    }
}

fn compile(sources: &[Source]) -> Result<RuleSet, Vec<PackError>> {
    let mut errors = Vec::new();
    let parsed: Vec<File> = sources.iter().map(|source| parse(source, &mut errors)).collect();
    let files: Vec<(&Source, &File)> = sources.iter().zip(&parsed).collect();

    let catalogue = Catalogue::gather(&files, &mut errors);
    let mut by_language: BTreeMap<&str, Vec<(&Source, &File)>> = BTreeMap::new();
    for &(source, file) in &files {
        if let Some(header) = &file.header {
            by_language.entry(header.language.get_ref()).or_default().push((source, file));
        }
    }
    // A file that could not be read at all may have been of any language.
    let unreadable = files.iter().any(|(_, file)| file.unreadable);
    let compile = |(tag, files): (&str, Vec<(&Source, &File)>)| {
        OneLanguage { tag, files, unreadable }.compile(&catalogue, &mut errors)
    };
    let languages = by_language.into_iter().map(compile).collect();
    if !errors.is_empty() {
        errors.sort_by(|a, b| (&a.file_name, a.span).cmp(&(&b.file_name, b.span)));
        return Err(errors);
    }
    let Catalogue { recommendations, principles, authorities, notices, .. } = catalogue;
    Ok(RuleSet { languages, recommendations, principles, authorities, notices, digest: digest(sources) })
}

/// A digest over the names and texts of all files, whatever their order.
fn digest(sources: &[Source]) -> String {
    let mut files: Vec<(&str, &str)> = sources.iter().map(|file| (&*file.name, &*file.text)).collect();
    files.sort_unstable();
    let mut hasher = Sha256::new();
    for part in files.iter().flat_map(|(name, text)| [name, text]) {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let digest = hasher.finalize();
    digest.iter().take(6).fold(String::new(), |mut name, byte| {
        let _ = write!(name, "{byte:02x}");
        name
    })
}

/// The files of one language.
struct OneLanguage<'a> {
    tag: &'a str,
    files: Vec<(&'a Source, &'a File)>,
    unreadable: bool,
}

impl<'a> OneLanguage<'a> {
    fn compile(&self, catalogue: &Catalogue, errors: &mut Vec<PackError>) -> LanguageRules {
        let language = self.language(errors);
        let mut classes = Classes::gather(&self.files, errors);
        classes.lost |= self.unreadable;
        let (names, classes_lost) = (classes.names(), classes.lost);
        let mut lexicon = classes.compile(&language.inflections, errors);
        let mut phrases = PhraseCompiler { classes: &names, classes_lost, lexicon: lexicon.as_mut() };
        let profile = self.profile(&mut phrases, errors);
        let mut compiler = Compiler { catalogue, phrases };
        let rules = self.rules(&mut compiler, errors);
        let mut lexicon = lexicon.unwrap_or_default();
        lexicon.finish();
        let index = Index::new(&rules, &profile, &lexicon);
        lexicon.seal();
        let mut parties: Vec<ClassId> =
            rules.iter().flat_map(|rule| rule.subject.iter().chain(&rule.unless_subject)).copied().collect();
        parties.sort_unstable();
        parties.dedup();
        LanguageRules { tag: self.tag.to_owned(), language, lexicon, rules, parties, profile, index }
    }

    fn language(&self, errors: &mut Vec<PackError>) -> Language {
        let described = |&(source, file): &(&'a Source, &'a File)| Some((source, file.language.as_ref()?));
        let mut described = self.files.iter().filter_map(described);
        let Some((first, language)) = described.next() else {
            let lost = self.unreadable || self.files.iter().any(|(_, file)| file.lost("`[language]`"));
            let header = self.files.first().and_then(|(source, file)| Some((source, file.header.as_ref()?)));
            if let (Some((source, header)), false) = (header, lost) {
                let mistake = Mistake::MissingLanguage(self.tag.to_owned());
                errors.push(source.error(header.language.span(), mistake));
            }
            return Language::default();
        };
        for (source, language) in described {
            let place = first.place(&language.span());
            let mistake = Mistake::DuplicateLanguage(self.tag.to_owned(), place);
            errors.push(source.error(language.span(), mistake));
        }
        language.get_ref().clone()
    }

    fn profile(&self, phrases: &mut PhraseCompiler<'_>, errors: &mut Vec<PackError>) -> ProfileCues {
        let mut cues = ProfileCues::default();
        for (source, file) in &self.files {
            cues.title.extend(phrases.patterns(source, &file.profile.title, errors));
            cues.short_title.extend(phrases.patterns(source, &file.profile.short_title, errors));
            cues.clause.extend(phrases.searchable(source, &file.profile.clause, errors));
            cues.recurring.extend(phrases.searchable(source, &file.profile.recurring, errors));
        }
        cues
    }

    fn rules(&self, compiler: &mut Compiler<'_>, errors: &mut Vec<PackError>) -> Vec<Rule> {
        let mut seen: BTreeMap<&str, String> = BTreeMap::new();
        let mut rules = Vec::new();
        let replaced = self.replaced(errors);
        let all = self.files.iter().flat_map(|(_, file)| &file.rules);
        let ids: Vec<&str> = all.map(|rule| rule.get_ref().id.get_ref().as_str()).collect();
        for &(source, file) in &self.files {
            let topic = file.header.as_ref().and_then(|header| header.topic);
            let without = file.rules.iter().find(|rule| rule.get_ref().topic.is_none());
            if let (None, Some(rule)) = (topic, without) {
                errors.push(source.error(rule.get_ref().id.span(), Mistake::MissingTopic));
            }
            for table in &file.rules {
                let rule = table.get_ref();
                if !rule.replaces && replaced.contains(&rule.id.get_ref().as_str()) {
                    continue;
                }
                for id in std::iter::once(&rule.id).chain(&rule.former) {
                    check_id(source, id, &mut seen, errors);
                }
                safeguard::check_rule_names(source, rule, &ids, errors);
                let topic = rule.topic.or(topic).unwrap_or(super::Topic::Process);
                rules.push(compiler.rule(source, table, topic, errors));
            }
        }
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        rules
    }

    /// The ids of rules in whose place another file puts its own.
    fn replaced(&self, errors: &mut Vec<PackError>) -> Vec<&'a str> {
        let all = self.files.iter().flat_map(|&(source, file)| {
            file.rules.iter().map(move |table: &'a Spanned<schema::Rule>| (source, table.get_ref()))
        });
        let (replacing, plain): (Vec<_>, Vec<_>) = all.partition(|(_, rule)| rule.replaces);
        let plain: BTreeSet<&str> = plain.iter().map(|(_, rule)| rule.id.get_ref().as_str()).collect();
        let lost = self.unreadable || self.files.iter().any(|(_, file)| file.lost("a rule"));
        let mut replaced = Vec::new();
        for (source, rule) in replacing {
            let id = rule.id.get_ref().as_str();
            if plain.contains(id) {
                replaced.push(id);
            } else if !lost {
                errors.push(source.error(rule.id.span(), Mistake::ReplacesNothing(id.to_owned())));
            }
        }
        replaced
    }
}

fn check_id<'a>(
    source: &Source,
    id: &'a Text,
    seen: &mut BTreeMap<&'a str, String>,
    errors: &mut Vec<PackError>,
) {
    let name = id.get_ref().as_str();
    match seen.get(name) {
        Some(place) => {
            let mistake = Mistake::DuplicateId("rule", name.to_owned(), place.clone());
            errors.push(source.error(id.span(), mistake));
        }
        None => {
            seen.insert(name, source.place(&id.span()));
        }
    }
}
