//! What a rule says of safeguards: with how much force a strength shows one, which one an absence
//! misses and where, which ones silence or soften a problem.
//!
//! A safeguard has a name that many rules share (`judicial-authorisation`). Strengths say by which
//! words a bill gives it; all other rules only name it, so that a new wording is taught in one place.

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::check::{self, SAFEGUARDS};
use super::error::{Mistake, PackError};
use super::parse::Source;
use super::schema::{self, Text};
use super::{Kind, Reach, Topic};

/// How much a safeguard is worth where it stands, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    /// It binds weakly ("shall have regard to"): it may soften a rule, and does not count as there.
    Lowers,
    /// It binds.
    Cancels,
}

/// What an absence rule looks at and what must be there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Absence {
    /// The power that needs a safeguard: findings of rules of these topics.
    pub topics: Vec<Topic>,
    /// The same, of the rules with these ids. Where both are empty the rule's own patterns find the power.
    pub rules: Vec<String>,
    /// Ids of strengths any of which shows what is missing, besides those that show the rule's safeguard.
    pub shown_by: Vec<String>,
    /// Whether each provision with a power is reported, or the document once.
    pub within: Reach,
    /// Whether only documents that regulate the field as a whole are looked at.
    pub comprehensive: bool,
}

/// So many of these safeguards, bound to the same power, make a finding less grave.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Softening {
    /// How many of them must be there.
    pub at_least: usize,
    /// Names of safeguards.
    pub of: Vec<String>,
}

/// Everything that a rule says of safeguards.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Safeguarding {
    /// The safeguard that a strength shows or an absence misses.
    pub safeguard: Option<String>,
    /// With how much force a strength shows it.
    pub force: Force,
    /// What an absence rule looks at.
    pub absence: Option<Absence>,
    /// Safeguards any of which, bound to the same power, silences the rule.
    pub cancelled_by: Vec<String>,
    /// Safeguards that lower the confidence of the rule.
    pub softened_by: Vec<Softening>,
}

impl Default for Safeguarding {
    fn default() -> Safeguarding {
        Safeguarding {
            safeguard: None,
            force: Force::Cancels,
            absence: None,
            cancelled_by: Vec::new(),
            softened_by: Vec::new(),
        }
    }
}

/// Reads what `rule` says of safeguards.
pub(super) fn safeguarding(
    source: &Source,
    rule: &schema::Rule,
    errors: &mut Vec<PackError>,
) -> Safeguarding {
    let mut named = |names: &[Text]| -> Vec<String> {
        names.iter().map(|name| safeguard(source, name, errors)).collect()
    };
    let cancelled_by = named(&rule.cancelled_by);
    let softened_by = rule
        .softened_by
        .iter()
        .map(|softening| Softening { at_least: *softening.at_least.get_ref(), of: named(&softening.of) })
        .collect();
    let name = match rule.kind {
        Kind::Strength => rule.safeguard.as_ref(),
        Kind::Absence => rule.missing.as_ref(),
        Kind::Presence | Kind::Definition | Kind::Framing => None,
    };
    let safeguard = name.map(|name| safeguard(source, name, errors));
    misplaced(source, rule, errors);
    for softening in &rule.softened_by {
        // None would soften every finding, more than there are none.
        if !(1..=softening.of.len()).contains(softening.at_least.get_ref()) {
            let what = "`at_least` is 1 to the number of safeguards in `of`".to_owned();
            errors.push(source.error(softening.at_least.span(), Mistake::WrongType(what)));
        }
    }
    let absence = (rule.kind == Kind::Absence).then(|| absence(source, rule, errors));
    Safeguarding {
        safeguard,
        force: rule.force.as_ref().map_or(Force::Cancels, |force| *force.get_ref()),
        absence,
        cancelled_by,
        softened_by,
    }
}

fn safeguard(source: &Source, name: &Text, errors: &mut Vec<PackError>) -> String {
    let wanted = name.get_ref();
    if !SAFEGUARDS.contains(&wanted.as_str()) {
        let like = check::nearest(wanted, SAFEGUARDS.into_iter());
        errors.push(source.error(name.span(), Mistake::UnknownSafeguard(wanted.clone(), like)));
    }
    wanted.clone()
}

/// Keys on a rule of a kind for which they mean nothing.
fn misplaced(source: &Source, rule: &schema::Rule, errors: &mut Vec<PackError>) {
    let (strength, absence) = (rule.kind == Kind::Strength, rule.kind == Kind::Absence);
    if let Some(name) = rule.safeguard.as_ref().filter(|_| !strength) {
        errors.push(source.error(name.span(), Mistake::SafeguardOnProblem));
    }
    let of_strengths = rule.force.as_ref().map(|force| ("force", force.span())).filter(|_| !strength);
    let of_absences = [
        rule.missing.as_ref().map(|missing| ("missing", missing.span())),
        rule.power.as_ref().map(|power| ("power", power.span())),
        rule.within.as_ref().map(|within| ("within", within.span())),
        rule.shown_by.first().map(|id| ("shown_by", id.span())),
    ];
    for (key, at) in of_strengths.into_iter().chain(of_absences.into_iter().flatten().filter(|_| !absence)) {
        errors.push(source.error(at, Mistake::KeyOfOtherKind(key)));
    }
}

fn absence(source: &Source, rule: &schema::Rule, errors: &mut Vec<PackError>) -> Absence {
    if rule.missing.is_none() && rule.shown_by.is_empty() && rule.unless_in_provision.is_empty() {
        let key = "missing".to_owned();
        errors.push(source.error(rule.id.span(), Mistake::MissingKey("an absence rule", key)));
    }
    let within = rule.within.as_ref().map(|within| *within.get_ref());
    if within.is_none() {
        let key = "within".to_owned();
        errors.push(source.error(rule.id.span(), Mistake::MissingKey("an absence rule", key)));
    }
    let power = rule.power.as_ref().map(Spanned::get_ref);
    let ids = |ids: &[Text]| ids.iter().map(|id| id.get_ref().clone()).collect();
    Absence {
        topics: power.map_or(Vec::new(), |power| power.topics.clone()),
        rules: power.map_or(Vec::new(), |power| ids(&power.rules)),
        shown_by: ids(&rule.shown_by),
        within: within.unwrap_or(Reach::Provision),
        comprehensive: power.is_some_and(|power| power.comprehensive),
    }
}

/// Checks that the rules which `rule` names are there.
pub(super) fn check_rule_names(
    source: &Source,
    rule: &schema::Rule,
    ids: &[&str],
    errors: &mut Vec<PackError>,
) {
    let of_power = rule.power.iter().flat_map(|power| &power.get_ref().rules);
    for id in rule.shown_by.iter().chain(of_power) {
        let wanted = id.get_ref();
        if !ids.contains(&wanted.as_str()) {
            let like = check::nearest(wanted, ids.iter().copied());
            errors.push(source.error(id.span(), Mistake::UnknownRule(wanted.clone(), like)));
        }
    }
}
