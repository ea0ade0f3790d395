//! Which findings are wanted.
//!
//! A choice names rules, topics or recommendations. Names are checked against the rules before
//! anything is read: a misspelt `--select` that silently selected nothing would pass for a clean bill.

use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error as ValueError, StrDeserializer};
use thiserror::Error;

use crate::rule::{Confidence, Rule, RuleSet, Topic};

/// Names one rule or a group of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// The rule of that id.
    Rule(String),
    /// All rules of a topic.
    Topic(Topic),
    /// All rules that stand on a recommendation.
    Recommendation(u8),
}

/// A name that is no rule, topic or recommendation.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no rule, topic or recommendation is called `{name}`{}", suggest(.suggestion.as_deref()))]
pub struct UnknownName {
    /// As it was given.
    pub name: String,
    /// The name that is most like it.
    pub suggestion: Option<String>,
}

/// Which findings are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Only these; all if empty.
    pub select: Vec<Selector>,
    /// None of these; wins over `select`.
    pub ignore: Vec<Selector>,
    /// Nothing less sure than this.
    pub min_confidence: Confidence,
}

impl Default for Selection {
    fn default() -> Selection {
        Selection { select: Vec::new(), ignore: Vec::new(), min_confidence: Confidence::Low }
    }
}

impl Selector {
    /// Reads a rule's id (also one that it had before), a topic (`encryption`) or a recommendation
    /// (`R8`).
    pub fn parse(name: &str, rules: &RuleSet) -> Result<Selector, UnknownName> {
        if let Some(rule) = find_rule(rules, name) {
            return Ok(Selector::Rule(rule.id.clone()));
        }
        let deserializer: StrDeserializer<'_, ValueError> = name.into_deserializer();
        if let Ok(topic) = Topic::deserialize(deserializer) {
            return Ok(Selector::Topic(topic));
        }
        match recommendation_number(name) {
            Some(number) if knows_recommendation(rules, number) => Ok(Selector::Recommendation(number)),
            _ => Err(UnknownName { name: name.to_owned(), suggestion: nearest(name, rules) }),
        }
    }

    /// As it is written in a configuration and on the command line.
    pub fn name(&self) -> String {
        match self {
            Selector::Rule(id) => id.clone(),
            Selector::Topic(topic) => topic_name(*topic),
            Selector::Recommendation(number) => format!("R{number}"),
        }
    }

    pub(super) fn names(&self, rule: &Rule) -> bool {
        match self {
            Selector::Rule(id) => rule.id == *id,
            Selector::Topic(topic) => rule.topic == *topic,
            Selector::Recommendation(number) => rule.recommendations.contains(number),
        }
    }
}

impl Selection {
    /// Whether findings of `rule` are wanted. What is said of a suppression need not be selected: it is
    /// about what was.
    pub fn wants(&self, rule: &Rule) -> bool {
        let selected = self.select.is_empty()
            || rule.is_notice()
            || self.select.iter().any(|selector| selector.names(rule));
        selected && !self.ignore.iter().any(|selector| selector.names(rule))
    }
}

/// The rule that has the id `name`, or had it before.
pub fn find_rule<'r>(rules: &'r RuleSet, name: &str) -> Option<&'r Rule> {
    let by_id = rules.languages.iter().find_map(|pack| {
        let index = pack.rules.binary_search_by(|rule| rule.id.as_str().cmp(name)).ok()?;
        pack.rules.get(index)
    });
    let by_id = by_id.or_else(|| rules.notices.iter().find(|rule| rule.id == name));
    by_id.or_else(|| all_rules(rules).find(|rule| rule.former.iter().any(|former| former == name)))
}

/// The name most like `name` among all rules, topics and recommendations, if one is like enough.
pub fn nearest(name: &str, rules: &RuleSet) -> Option<String> {
    let mut names: Vec<String> =
        rules.recommendations.iter().map(|known| format!("R{}", known.number)).collect();
    for rule in all_rules(rules) {
        names.push(rule.id.clone());
        names.push(topic_name(rule.topic));
        names.extend(rule.former.iter().cloned());
    }
    names.sort();
    names.dedup();
    let wanted = name.to_lowercase();
    let scored = names.into_iter().map(|known| (strsim::jaro_winkler(&wanted, &known.to_lowercase()), known));
    let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|(score, _)| *score >= 0.8).map(|(_, known)| known)
}

/// `; did you mean ...?` for an error message, or nothing.
pub fn suggest(suggestion: Option<&str>) -> String {
    suggestion.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

/// A topic as it is written in rule files and reports.
pub fn topic_name(topic: Topic) -> String {
    let value = serde_json::to_value(topic).ok();
    value.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

pub(super) fn all_rules(rules: &RuleSet) -> impl Iterator<Item = &Rule> {
    rules.languages.iter().flat_map(|pack| &pack.rules).chain(&rules.notices)
}

fn recommendation_number(name: &str) -> Option<u8> {
    name.strip_prefix(['R', 'r'])?.parse().ok()
}

fn knows_recommendation(rules: &RuleSet, number: u8) -> bool {
    rules.recommendations.iter().any(|known| known.number == number)
        || all_rules(rules).any(|rule| rule.recommendations.contains(&number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::rule::{Kept, Kind, LanguageRules, Safeguarding};

    fn rule(id: &str, former: &[&str], topic: Topic, recommendations: &[u8]) -> Rule {
        Rule {
            id: id.to_owned(),
            former: former.iter().map(|&name| name.to_owned()).collect(),
            title: String::new(),
            topic,
            kind: Kind::Presence,
            safeguarding: Safeguarding::default(),
            severity: Severity::Error,
            confidence: Confidence::High,
            recommendations: recommendations.to_vec(),
            authorities: Vec::new(),
            message: String::new(),
            why: String::new(),
            help: String::new(),
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

    fn rules() -> RuleSet {
        let rules = vec![
            rule("encryption-backdoor", &["backdoor"], Topic::Encryption, &[7, 8]),
            rule("real-name-mandate", &[], Topic::Identity, &[4]),
        ];
        RuleSet { languages: vec![LanguageRules { rules, ..LanguageRules::default() }], ..RuleSet::default() }
    }

    fn check(name: &str, expected: Result<Selector, &str>) {
        let found = Selector::parse(name, &rules()).map_err(|error| error.to_string());
        assert_eq!(found, expected.map_err(str::to_owned), "{name}");
    }

    #[test]
    fn names_are_read() {
        check("encryption-backdoor", Ok(Selector::Rule("encryption-backdoor".to_owned())));
        check("backdoor", Ok(Selector::Rule("encryption-backdoor".to_owned())));
        check("cross-border", Ok(Selector::Topic(Topic::CrossBorder)));
        check("R8", Ok(Selector::Recommendation(8)));
        check("r4", Ok(Selector::Recommendation(4)));
        check(
            "encryption-backdor",
            Err(
                "no rule, topic or recommendation is called `encryption-backdor`; did you mean `encryption-backdoor`?",
            ),
        );
        check(
            "identty",
            Err("no rule, topic or recommendation is called `identty`; did you mean `identity`?"),
        );
        check("R14", Err("no rule, topic or recommendation is called `R14`"));
        check("", Err("no rule, topic or recommendation is called ``"));
    }

    fn check_wanted(select: &[&str], ignore: &[&str], expected: &[&str]) {
        let rules = rules();
        let parse =
            |names: &[&str]| names.iter().map(|name| Selector::parse(name, &rules).unwrap()).collect();
        let selection = Selection { select: parse(select), ignore: parse(ignore), ..Selection::default() };
        let wanted: Vec<&str> =
            all_rules(&rules).filter(|rule| selection.wants(rule)).map(|rule| rule.id.as_str()).collect();
        assert_eq!(wanted, expected, "--select {select:?} --ignore {ignore:?}");
    }

    #[test]
    fn ignoring_wins_over_selecting() {
        check_wanted(&[], &[], &["encryption-backdoor", "real-name-mandate"]);
        check_wanted(&["encryption"], &[], &["encryption-backdoor"]);
        check_wanted(&["R4", "backdoor"], &[], &["encryption-backdoor", "real-name-mandate"]);
        check_wanted(&["R8"], &["encryption-backdoor"], &[]);
        check_wanted(&[], &["R4"], &["encryption-backdoor"]);
    }
}
