//! What rules may point to: recommendations, principles, instruments and cases.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;

use super::check;
use super::error::{Mistake, PackError};
use super::parse::{File, Source};
use super::schema::{Notice, Text};
use super::terms::Confidence;
use super::{Authority, Kept, Kind, Principle, Recommendation, Rule, Safeguarding, Topic};

/// How many recommendations there are.
const RECOMMENDATIONS: u64 = 13;

/// Everything that a rule may point to, gathered from all files.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub(super) recommendations: Vec<Recommendation>,
    pub(super) principles: Vec<Principle>,
    pub(super) authorities: Vec<Authority>,
    pub(super) notices: Vec<Rule>,
    /// Sorted ids of authorities and principles.
    ids: Vec<String>,
    /// Whether an entry may be missing because its table could not be read.
    lost: bool,
}

impl Catalogue {
    /// Gathers the entries of `files`.
    pub(super) fn gather(files: &[(&Source, &File)], errors: &mut Vec<PackError>) -> Catalogue {
        let mut catalogue = Catalogue::default();
        let mut seen = Seen::default();
        for &(source, file) in files {
            let what = ["an authority", "a principle", "a recommendation"];
            catalogue.lost |= what.iter().any(|what| file.lost(what));
            catalogue.add(source, file, &mut seen, errors);
        }
        catalogue.recommendations.sort_by_key(|recommendation| recommendation.number);
        catalogue.ids = seen.ids.into_keys().collect();
        catalogue
    }

    fn add(&mut self, source: &Source, file: &File, seen: &mut Seen, errors: &mut Vec<PackError>) {
        for entry in &file.recommendations {
            let number = *entry.number.get_ref();
            if (1..=RECOMMENDATIONS).contains(&number) {
                let id = number.to_string();
                seen.number(source, id, entry.number.span(), errors);
            } else {
                errors.push(source.error(entry.number.span(), Mistake::UnknownRecommendation(number)));
            }
            let (title, from) = (entry.title.clone(), entry.source.clone());
            self.recommendations.push(Recommendation { number: number as u8, title, source: from });
        }
        for entry in &file.principles {
            seen.id(source, &entry.id, "principle", errors);
            let (id, title, from) = (entry.id.get_ref().clone(), entry.title.clone(), entry.source.clone());
            self.principles.push(Principle { id, title, source: from });
        }
        for entry in &file.authorities {
            seen.id(source, &entry.id, "authority", errors);
            self.authorities.push(Authority { id: entry.id.get_ref().clone(), title: entry.title.clone() });
        }
        self.add_notices(source, file, seen, errors);
    }

    /// Adds what the file says of suppressions.
    fn add_notices(&mut self, source: &Source, file: &File, seen: &mut Seen, errors: &mut Vec<PackError>) {
        for entry in &file.notices {
            seen.id(source, &entry.id, "notice", errors);
            check::message(source, &entry.message, errors);
            self.notices.push(notice(entry));
        }
    }

    /// The numbers that a rule names, ascending.
    pub(super) fn recommendations(
        &self,
        source: &Source,
        named: &Spanned<Vec<Spanned<u64>>>,
        errors: &mut Vec<PackError>,
    ) -> Vec<u8> {
        if named.get_ref().is_empty() {
            errors.push(source.error(named.span(), Mistake::NoRecommendation));
        }
        let mut numbers = Vec::new();
        for number in named.get_ref() {
            let wanted = *number.get_ref();
            match self.recommendations.iter().find(|known| u64::from(known.number) == wanted) {
                Some(known) => numbers.push(known.number),
                None if self.lost => {}
                None => errors.push(source.error(number.span(), Mistake::UnknownRecommendation(wanted))),
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The authorities and principles that a rule names.
    pub(super) fn authorities(
        &self,
        source: &Source,
        named: &[Text],
        errors: &mut Vec<PackError>,
    ) -> Vec<String> {
        for id in named {
            let wanted = id.get_ref();
            if !self.lost && self.ids.binary_search(wanted).is_err() {
                let like = check::nearest(wanted, self.ids.iter().map(String::as_str));
                errors.push(source.error(id.span(), Mistake::UnknownAuthority(wanted.clone(), like)));
            }
        }
        named.iter().map(|id| id.get_ref().clone()).collect()
    }
}

/// A notice as a rule that looks for nothing.
fn notice(entry: &Notice) -> Rule {
    Rule {
        id: entry.id.get_ref().clone(),
        former: Vec::new(),
        title: entry.title.clone(),
        topic: Topic::Process,
        kind: Kind::Presence,
        safeguarding: Safeguarding::default(),
        severity: entry.severity,
        confidence: Confidence::High,
        recommendations: Vec::new(),
        authorities: Vec::new(),
        message: entry.message.get_ref().clone(),
        why: entry.why.clone(),
        help: entry.help.clone(),
        any: Vec::new(),
        regex: Vec::new(),
        struck_safeguards: false,
        near: Vec::new(),
        unless: Vec::new(),
        unless_in_provision: Vec::new(),
        subject: Vec::new(),
        unless_subject: Vec::new(),
        context: Vec::new(),
        zones: Vec::new(),
        granted_here: false,
        near_power: None,
        examples: Kept::default(),
    }
}

/// Where each id and number was first seen.
#[derive(Default)]
struct Seen {
    ids: BTreeMap<String, String>,
    numbers: BTreeMap<String, String>,
}

impl Seen {
    fn id(&mut self, source: &Source, id: &Text, what: &'static str, errors: &mut Vec<PackError>) {
        check::kebab_case(source, id, errors);
        first(&mut self.ids, source, id.get_ref().clone(), id.span(), what, errors);
    }

    fn number(&mut self, source: &Source, number: String, at: Range<usize>, errors: &mut Vec<PackError>) {
        first(&mut self.numbers, source, number, at, "recommendation", errors);
    }
}

fn first(
    seen: &mut BTreeMap<String, String>,
    source: &Source,
    id: String,
    at: Range<usize>,
    what: &'static str,
    errors: &mut Vec<PackError>,
) {
    match seen.get(&id) {
        Some(place) => errors.push(source.error(at, Mistake::DuplicateId(what, id, place.clone()))),
        None => {
            seen.insert(id, source.place(&at));
        }
    }
}
