//! One rule: from its table to a [`Rule`], with every check on its keys.

use toml::Spanned;

use crate::diagnostic::Severity;
use crate::language::{Modality, Zone};

use super::catalogue::Catalogue;
use super::check;
use super::error::{Mistake, PackError};
use super::parse::Source;
use super::phrase_compiler::{PhraseCompiler, regexes};
use super::safeguard::safeguarding;
use super::schema::{self, Text};
use super::{ClassId, Examples, Kind, Near, Rule, Topic};

/// What the rules of a language are held against.
pub(super) struct Compiler<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) phrases: PhraseCompiler<'a>,
}

impl Compiler<'_> {
    /// Compiles a rule. Where something is wrong it goes to `errors`, and the rule lacks it.
    pub(super) fn rule(
        &mut self,
        source: &Source,
        table: &Spanned<schema::Rule>,
        topic: Topic,
        errors: &mut Vec<PackError>,
    ) -> Rule {
        let rule = table.get_ref();
        let any = self.phrases.searchable(source, &rule.patterns.any, errors);
        let mut patterns = |texts: &[Text]| self.phrases.patterns(source, texts, errors);
        let unless = patterns(&rule.unless);
        let unless_in_provision = patterns(&rule.unless_in_provision);
        let near =
            rule.near.iter().map(|near| Near { any: patterns(&near.any), words: near.words }).collect();
        let regex = regexes(source, &rule.patterns.regex, errors);
        let subject = self.subject(source, &rule.subject, errors);
        let unless_subject = self.subject(source, &rule.unless_subject, errors);
        check_names(source, rule, errors);
        check_patterns(source, rule, errors);
        check_examples(source, rule, errors);
        let values = |texts: &Option<Spanned<Vec<Text>>>| -> Vec<String> {
            texts.iter().flat_map(Spanned::get_ref).map(|text| text.get_ref().clone()).collect()
        };
        Rule {
            id: rule.id.get_ref().clone(),
            former: rule.former.iter().map(|id| id.get_ref().clone()).collect(),
            title: rule.title.clone(),
            topic,
            kind: rule.kind,
            safeguarding: safeguarding(source, rule, errors),
            severity: severity(source, table, errors),
            confidence: rule.confidence,
            recommendations: self.catalogue.recommendations(source, &rule.recommendations, errors),
            authorities: self.catalogue.authorities(source, &rule.authorities, errors),
            message: rule.message.get_ref().clone(),
            why: rule.why.clone(),
            help: help(source, table, errors),
            any,
            regex,
            struck_safeguards: rule.patterns.struck_safeguards,
            near,
            unless,
            unless_in_provision,
            subject,
            unless_subject,
            context: context(rule),
            zones: zones(rule),
            granted_here: rule.granted_here,
            near_power: rule.near_power,
            examples: Examples { flags: values(&rule.examples.flags), passes: values(&rule.examples.passes) }
                .into(),
        }
    }

    fn subject(&self, source: &Source, names: &[Text], errors: &mut Vec<PackError>) -> Vec<ClassId> {
        let known = names.iter().filter(|name| {
            let whole = 0..name.get_ref().len();
            self.phrases.class(source, name, whole, errors)
        });
        let lexicon = self.phrases.lexicon.as_deref();
        known.filter_map(|name| lexicon?.class(name.get_ref())).collect()
    }
}

fn check_names(source: &Source, rule: &schema::Rule, errors: &mut Vec<PackError>) {
    check::kebab_case(source, &rule.id, errors);
    for id in &rule.former {
        check::kebab_case(source, id, errors);
    }
    check::message(source, &rule.message, errors);
}

fn check_patterns(source: &Source, rule: &schema::Rule, errors: &mut Vec<PackError>) {
    let looks = !rule.patterns.any.is_empty() || !rule.patterns.regex.is_empty();
    if !looks && !rule.patterns.struck_safeguards && rule.power.is_none() {
        errors.push(source.error(rule.id.span(), Mistake::NoPattern));
    }
}

fn check_examples(source: &Source, rule: &schema::Rule, errors: &mut Vec<PackError>) {
    let examples = &rule.examples;
    for (name, texts) in [("flags", &examples.flags), ("passes", &examples.passes)] {
        let count = texts.as_ref().map_or(0, |texts| texts.get_ref().len());
        if count < 2 {
            let at = texts.as_ref().map_or(rule.id.span(), Spanned::span);
            errors.push(source.error(at, Mistake::TooFewExamples(name, count)));
        }
    }
    for text in examples.flags.iter().flat_map(Spanned::get_ref) {
        check::marks(source, text, errors);
    }
}

/// A strength is a note; every other rule says how grave it is.
fn severity(source: &Source, table: &Spanned<schema::Rule>, errors: &mut Vec<PackError>) -> Severity {
    let rule = table.get_ref();
    match (&rule.severity, rule.kind) {
        (None, Kind::Strength) => {}
        (Some(severity), Kind::Strength) => {
            if *severity.get_ref() != Severity::Note {
                errors.push(source.error(severity.span(), Mistake::GraveStrength));
            }
        }
        (Some(severity), Kind::Presence | Kind::Absence | Kind::Definition | Kind::Framing) => {
            return *severity.get_ref();
        }
        (None, Kind::Presence | Kind::Absence | Kind::Definition | Kind::Framing) => {
            errors.push(source.error(rule.id.span(), missing("severity")));
        }
    }
    Severity::Note
}

/// The rights-respecting drafting; a strength is that already.
fn help(source: &Source, table: &Spanned<schema::Rule>, errors: &mut Vec<PackError>) -> String {
    let rule = table.get_ref();
    if rule.help.is_none() && rule.kind != Kind::Strength {
        errors.push(source.error(rule.id.span(), missing("help")));
    }
    rule.help.clone().unwrap_or_default()
}

fn missing(key: &str) -> Mistake {
    Mistake::MissingKey("a rule", key.to_owned())
}

/// The modalities in which a rule fires; none means all.
fn context(rule: &schema::Rule) -> Vec<Modality> {
    match (&rule.context, rule.kind) {
        (Some(context), _) => context.0.clone(),
        (None, Kind::Presence | Kind::Absence) => vec![
            Modality::Duty,
            Modality::NominalDuty,
            Modality::Power,
            Modality::PreservedPower,
            Modality::Offence,
            Modality::ProhibitionOnPersons,
        ],
        (None, Kind::Definition | Kind::Framing | Kind::Strength) => Vec::new(),
    }
}

/// The zones in which a rule fires.
fn zones(rule: &schema::Rule) -> Vec<Zone> {
    match (&rule.zones, rule.kind) {
        (Some(zones), _) => zones.clone(),
        (None, Kind::Presence | Kind::Absence | Kind::Strength) => vec![Zone::Operative],
        (None, Kind::Definition) => vec![Zone::Definition],
        (None, Kind::Framing) => vec![Zone::Recital, Zone::Purpose, Zone::Operative],
    }
}
