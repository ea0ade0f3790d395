//! One language's word classes and rules, from their written form to their compiled one.

use std::collections::BTreeMap;
use std::ops::Range;

use regex::Regex;

use super::error::{Mistake, PackError};
use super::parse::{File, Source};
use super::schema::{self, Text};
use super::{
    ClassId, ClassSource, Examples, Kind, Lexicon, LexiconError, Near, Pattern, PatternError, Rule, RuleSet, check,
    required_by_regex,
};
use crate::diagnostic::Severity;
use crate::language::{Language, Modality, Zone};

/// The modalities in which a presence rule fires if it does not say so itself.
const BINDING: [Modality; 6] = [
    Modality::Duty,
    Modality::NominalDuty,
    Modality::Power,
    Modality::PreservedPower,
    Modality::Offence,
    Modality::ProhibitionOnPersons,
];

/// How few examples of each sort a rule may have.
const FEWEST_EXAMPLES: usize = 2;

/// The classes of all files, compiled; `None` with errors where they cannot be.
pub(super) fn compile_lexicon(
    files: &[(&Source, &File)],
    language: &Language,
    errors: &mut Vec<PackError>,
) -> Option<Lexicon> {
    let mut gathered = Gathered::default();
    for (source, file) in files {
        for (name, class) in &file.classes {
            gathered.add(source, name, class, errors);
        }
    }
    match Lexicon::compile(&gathered.classes, &language.inflections) {
        Ok(lexicon) => Some(lexicon),
        Err(faults) => {
            let names: Vec<&str> = gathered.classes.iter().map(|class| class.name.as_str()).collect();
            errors.extend(faults.into_iter().filter_map(|fault| gathered.locate(fault, &names)));
            None
        }
    }
}

/// Classes with the places in which they are written.
#[derive(Default)]
struct Gathered<'a> {
    classes: Vec<ClassSource>,
    names: Vec<(&'a Source, Range<usize>)>,
    entries: Vec<Vec<(&'a Source, &'a Text)>>,
    index: BTreeMap<&'a str, usize>,
}

impl<'a> Gathered<'a> {
    fn add(&mut self, source: &'a Source, name: &'a Text, class: &'a schema::Class, errors: &mut Vec<PackError>) {
        check::kebab_case(source, name, errors);
        let text = name.get_ref();
        let places = class.any.iter().map(|entry| (source, entry));
        let entries = class.any.iter().map(|entry| entry.get_ref().clone());
        match (self.index.get(text.as_str()).copied(), class.extends) {
            (Some(index), true) => {
                self.classes[index].entries.extend(entries);
                self.classes[index].open |= class.open;
                self.entries[index].extend(places);
            }
            (Some(index), false) => {
                let (first, at) = &self.names[index];
                let mistake = Mistake::DuplicateClass(text.clone(), first.place(at));
                errors.push(source.error(name.span(), mistake));
            }
            (None, true) => errors.push(source.error(name.span(), Mistake::ExtendsNothing(text.clone()))),
            (None, false) => {
                self.index.insert(text, self.classes.len());
                self.classes.push(ClassSource { name: text.clone(), entries: entries.collect(), open: class.open });
                self.names.push((source, name.span()));
                self.entries.push(places.collect());
            }
        }
    }

    fn locate(&self, fault: LexiconError, names: &[&str]) -> Option<PackError> {
        match fault.entry {
            Some(entry) => {
                let (source, text) = self.entries.get(fault.class)?.get(entry)?;
                Some(phrase_error(source, text, &fault.error, names.iter().copied()))
            }
            None => {
                let (source, at) = self.names.get(fault.class)?;
                Some(source.error(at.clone(), Mistake::ClassCircle(fault.error.message)))
            }
        }
    }
}

/// Compiles the rules of one language.
pub(super) struct Compiler<'a> {
    pub(super) law: &'a RuleSet,
    pub(super) lexicon: &'a Lexicon,
    /// Whether every table of every file could be read.
    pub(super) complete: bool,
    pub(super) errors: &'a mut Vec<PackError>,
}

impl Compiler<'_> {
    fn error(&mut self, source: &Source, at: Range<usize>, mistake: Mistake) {
        self.errors.push(source.error(at, mistake));
    }

    /// The phrases that can be read.
    pub(super) fn phrases(&mut self, source: &Source, texts: &[Text]) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for text in texts {
            if text.get_ref().contains('\u{8}') {
                self.error(source, text.span(), Mistake::Backspace);
                continue;
            }
            match Pattern::parse(text.get_ref(), self.lexicon) {
                Ok(pattern) => patterns.push(pattern),
                Err(error) => self.errors.push(phrase_error(source, text, &error, self.lexicon.names())),
            }
        }
        patterns
    }

    /// The phrases that can be read, each of which the prefilter can search for.
    pub(super) fn searchable_phrases(&mut self, source: &Source, texts: &[Text]) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for text in texts {
            for pattern in self.phrases(source, std::slice::from_ref(text)) {
                if pattern.literals().is_empty() {
                    self.error(source, text.span(), Mistake::PhraseWithoutLiteral);
                } else {
                    patterns.push(pattern);
                }
            }
        }
        patterns
    }

    fn regexes(&mut self, source: &Source, texts: &[Text]) -> Vec<Regex> {
        let mut regexes = Vec::new();
        for text in texts {
            let pattern = text.get_ref();
            let capital = pattern.split('\\').enumerate().find_map(|(index, piece)| {
                let piece = if index == 0 { piece } else { piece.get(1..).unwrap_or_default() };
                piece.chars().find(|c| c.is_uppercase())
            });
            match Regex::new(pattern) {
                _ if pattern.contains('\u{8}') => self.error(source, text.span(), Mistake::Backspace),
                Err(error) => {
                    let last = error.to_string().lines().last().unwrap_or_default().trim().to_owned();
                    self.error(source, text.span(), Mistake::BadRegex(last));
                }
                Ok(_) if required_by_regex(pattern).is_empty() => {
                    self.error(source, text.span(), Mistake::RegexWithoutLiteral);
                }
                Ok(regex) => match capital {
                    Some(letter) => self.error(source, text.span(), Mistake::CapitalInRegex(letter)),
                    None => regexes.push(regex),
                },
            }
        }
        regexes
    }

    fn classes(&mut self, source: &Source, names: &[Text]) -> Vec<ClassId> {
        let mut classes = Vec::new();
        for name in names {
            match self.lexicon.class(name.get_ref()) {
                Some(class) => classes.push(class),
                None => {
                    let like = check::nearest(name.get_ref(), self.lexicon.names());
                    self.error(source, name.span(), Mistake::UnknownClass(name.get_ref().clone(), like));
                }
            }
        }
        classes
    }

    /// A rule; `None` with an error where it has no topic.
    pub(super) fn rule(&mut self, source: &Source, file: &File, written: &schema::Rule) -> Option<Rule> {
        let id = &written.id;
        check::kebab_case(source, id, self.errors);
        check::message(source, &written.message, self.errors);
        self.check_law(source, written);
        self.check_safeguard(source, written);
        let Some(topic) = file.header.as_ref().and_then(|header| header.topic) else {
            self.error(source, id.span(), Mistake::MissingTopic);
            return None;
        };
        let any = self.searchable_phrases(source, &written.patterns.any);
        let regex = self.regexes(source, &written.patterns.regex);
        if written.patterns.any.is_empty() && written.patterns.regex.is_empty() {
            self.error(source, id.span(), Mistake::NoPattern);
        }
        let near = written
            .near
            .iter()
            .map(|near| Near { any: self.phrases(source, &near.any), words: near.words })
            .collect();
        Some(Rule {
            id: id.get_ref().clone(),
            former: written.former.iter().map(|former| former.get_ref().clone()).collect(),
            title: written.title.clone(),
            topic,
            kind: written.kind,
            safeguard: written.safeguard.as_ref().map(|safeguard| safeguard.get_ref().clone()),
            severity: self.severity(source, written),
            confidence: written.confidence,
            recommendations: written
                .recommendations
                .get_ref()
                .iter()
                .filter_map(|number| u8::try_from(*number.get_ref()).ok())
                .collect(),
            authorities: written.authorities.iter().map(|authority| authority.get_ref().clone()).collect(),
            message: written.message.get_ref().clone(),
            why: written.why.clone(),
            help: written.help.clone().unwrap_or_default(),
            any,
            regex,
            near,
            unless: self.phrases(source, &written.unless),
            unless_in_provision: self.phrases(source, &written.unless_in_provision),
            subject: self.classes(source, &written.subject),
            context: written.context.as_ref().map_or_else(|| context_of(written.kind), |context| context.0.clone()),
            zones: written.zones.clone().unwrap_or_else(|| zones_of(written.kind)),
            near_power: written.near_power,
            examples: self.examples(source, written),
        })
    }

    fn severity(&mut self, source: &Source, written: &schema::Rule) -> Severity {
        match (&written.severity, written.kind) {
            (None, Kind::Strength) => Severity::Note,
            (Some(severity), Kind::Strength) if *severity.get_ref() > Severity::Note => {
                self.error(source, severity.span(), Mistake::GraveStrength);
                Severity::Note
            }
            (Some(severity), _) => *severity.get_ref(),
            (None, _) => {
                self.error(source, written.id.span(), Mistake::MissingKey("a rule", "severity".to_owned()));
                Severity::Note
            }
        }
    }

    fn check_law(&mut self, source: &Source, written: &schema::Rule) {
        if written.recommendations.get_ref().is_empty() {
            self.error(source, written.recommendations.span(), Mistake::NoRecommendation);
        }
        for number in written.recommendations.get_ref() {
            let known = self.law.recommendations.iter().any(|entry| u64::from(entry.number) == *number.get_ref());
            if !known {
                self.error(source, number.span(), Mistake::UnknownRecommendation(*number.get_ref()));
            }
        }
        for authority in &written.authorities {
            let id = authority.get_ref();
            let instruments = self.law.authorities.iter().map(|entry| entry.id.as_str());
            let principles = self.law.principles.iter().map(|entry| entry.id.as_str());
            let mut known = instruments.chain(principles);
            if self.complete && !known.clone().any(|known| known == id) {
                let like = check::nearest(id, &mut known);
                self.error(source, authority.span(), Mistake::UnknownAuthority(id.clone(), like));
            }
        }
        if written.help.is_none() && written.kind != Kind::Strength {
            self.error(source, written.id.span(), Mistake::MissingKey("a rule", "help".to_owned()));
        }
    }

    fn check_safeguard(&mut self, source: &Source, written: &schema::Rule) {
        match (&written.safeguard, written.kind) {
            (Some(safeguard), Kind::Strength) if !check::SAFEGUARDS.contains(&safeguard.get_ref().as_str()) => {
                let like = check::nearest(safeguard.get_ref(), check::SAFEGUARDS.into_iter());
                self.error(source, safeguard.span(), Mistake::UnknownSafeguard(safeguard.get_ref().clone(), like));
            }
            (Some(safeguard), Kind::Presence | Kind::Definition | Kind::Framing) => {
                self.error(source, safeguard.span(), Mistake::SafeguardOnProblem);
            }
            (Some(_), Kind::Strength) | (None, _) => {}
        }
    }

    fn examples(&mut self, source: &Source, written: &schema::Rule) -> Examples {
        let mut texts = |what, list: &Option<toml::Spanned<Vec<Text>>>| -> Vec<String> {
            let count = list.as_ref().map_or(0, |list| list.get_ref().len());
            if count < FEWEST_EXAMPLES {
                let at = list.as_ref().map_or(written.id.span(), toml::Spanned::span);
                self.errors.push(source.error(at, Mistake::TooFewExamples(what, count)));
            }
            list.iter().flat_map(|list| list.get_ref()).map(|text| text.get_ref().clone()).collect()
        };
        let examples = Examples {
            flags: texts("flags", &written.examples.flags),
            passes: texts("passes", &written.examples.passes),
        };
        for example in written.examples.flags.iter().flat_map(|list| list.get_ref()) {
            check::marks(source, example, self.errors);
        }
        examples
    }
}

fn context_of(kind: Kind) -> Vec<Modality> {
    match kind {
        Kind::Presence => BINDING.to_vec(),
        Kind::Definition | Kind::Framing | Kind::Strength => Vec::new(),
    }
}

fn zones_of(kind: Kind) -> Vec<Zone> {
    match kind {
        Kind::Presence | Kind::Strength => vec![Zone::Operative],
        Kind::Definition => vec![Zone::Definition],
        Kind::Framing => vec![Zone::Recital, Zone::Purpose, Zone::Operative],
    }
}

/// Points into the phrase, where its text stands in the file as it is.
fn phrase_error<'n, N: Iterator<Item = &'n str>>(
    source: &Source,
    text: &Text,
    error: &PatternError,
    names: N,
) -> PackError {
    let whole = text.span();
    let raw = source.text.get(whole.clone()).unwrap_or_default();
    let at = match raw.find(text.get_ref().as_str()) {
        Some(quote) if !error.at.is_empty() => {
            whole.start + quote + error.at.start..whole.start + quote + error.at.end
        }
        _ => whole,
    };
    let mistake = match error.message.strip_prefix("no class is called `") {
        Some(name) => {
            let name = name.trim_end_matches('`');
            Mistake::UnknownClass(name.to_owned(), check::nearest(name, names))
        }
        None => Mistake::BadPhrase(error.message.clone()),
    };
    source.error(at, mistake)
}
