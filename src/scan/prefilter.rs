//! The prefilter: which rules are worth trying in which passage.
//!
//! A rule set holds hundreds of patterns and a bill thousands of sentences, of which a handful
//! matter. Trying every pattern on every sentence would be slow and nearly always in vain. But a
//! pattern such as
//!
//! ```text
//! remove|disable ... <electronic-protection>
//! ```
//!
//! can only match where one of *remove, disable* **and** one of the protections stand. Each pattern
//! names such sets of literals (`rule::literals`). All literals of all rules go into one Aho-Corasick
//! automaton, which finds them in one pass over the folded text:
//!
//! ```text
//! passage 17   "A provider must—"            hits: ()
//! passage 18   "remove any encryption; or"   hits: (remove) (encryption)      -> try the pattern
//! passage 19   "keep a record"               hits: (record)                   -> nothing to try
//! ```
//!
//! A list item is read with its lead-in and tail, so their hits count for it. First whole passages are
//! asked, so that most are never cut into sentences; then the clauses of those that are left, so that
//! each is tried with few rules. The prefilter changes speed, never results: a property test scans with and without it.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::rule::{LanguageRules, LiteralSet};
use crate::text::Span;

/// Something that can be looked for: a rule, or a cue of the document profile.
pub(super) type Target = usize;

/// The automaton over the literals of one language's rules.
#[derive(Debug)]
pub(super) struct Prefilter {
    automaton: Option<AhoCorasick>,
    /// For each literal of the automaton: where it must begin and end, and which sets it belongs to.
    literals: Vec<Needle>,
    /// For each pattern: the sets that must be hit, and what it belongs to.
    patterns: Vec<(Vec<u32>, Target)>,
    /// For each set: the patterns of which it is the rarest.
    by_set: Vec<Vec<usize>>,
    targets: usize,
}

#[derive(Debug)]
struct Needle {
    begins_word: bool,
    ends_word: bool,
    sets: Vec<u32>,
}

/// Where in the folded text which literal set is hit: pairs of (offset, set), ascending.
#[derive(Debug, Default)]
pub(super) struct Hits {
    places: Vec<(u32, u32)>,
}

impl Hits {
    /// The sets that are hit in `span` of the folded text.
    fn in_span(&self, span: Span) -> impl Iterator<Item = u32> + '_ {
        let first = self.places.partition_point(|place| place.0 < span.start);
        let rest = self.places.get(first..).unwrap_or_default();
        rest.iter().take_while(move |place| place.0 < span.end).map(|place| place.1)
    }
}

impl Prefilter {
    /// Builds the automaton. Targets are the rules by index, then one for the profile.
    pub(super) fn new(rules: &LanguageRules) -> Prefilter {
        let mut sets: Vec<LiteralSet> = Vec::new();
        let mut patterns = Vec::new();
        for (required, target) in requirements(rules) {
            let ids: Vec<u32> = required.into_iter().map(|set| intern(&mut sets, set)).collect();
            patterns.push((ids, target));
        }
        let mut by_set = vec![Vec::new(); sets.len()];
        for (index, (required, _)) in patterns.iter().enumerate() {
            if let Some(of_set) = required.first().and_then(|&set| by_set.get_mut(set as usize)) {
                of_set.push(index);
            }
        }
        let (literals, texts) = needles(&sets);
        // A DFA is three times faster than what is chosen by default at this number of literals.
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::Standard)
            .build(texts)
            .ok();
        Prefilter { automaton, literals, patterns, by_set, targets: rules.rules.len() + 1 }
    }

    /// Which literal sets are hit where in the folded text.
    pub(super) fn hits(&self, folded: &str) -> Hits {
        let mut hits = Hits::default();
        let Some(automaton) = &self.automaton else { return hits };
        for hit in automaton.find_overlapping_iter(folded) {
            let Some(needle) = self.literals.get(hit.pattern().as_usize()) else { continue };
            let stands = (!needle.begins_word || is_boundary_before(folded, hit.start()))
                && (!needle.ends_word || is_boundary_after(folded, hit.end()));
            if stands {
                hits.places.extend(needle.sets.iter().map(|&set| (hit.start() as u32, set)));
            }
        }
        hits.places.sort_unstable();
        hits
    }

    /// What is worth trying in the text that `spans` of the folded text make up, ascending.
    pub(super) fn candidates(&self, hits: &Hits, spans: impl Iterator<Item = Span>) -> Vec<Target> {
        let mut sets: Vec<u32> = spans.flat_map(|span| hits.in_span(span)).collect();
        sets.sort_unstable();
        sets.dedup();
        let mut targets: Vec<Target> = sets
            .iter()
            .filter_map(|&set| self.by_set.get(set as usize))
            .flatten()
            .filter_map(|&pattern| self.patterns.get(pattern))
            .filter(|(required, _)| required.iter().all(|set| sets.binary_search(set).is_ok()))
            .map(|(_, target)| *target)
            .collect();
        targets.sort_unstable();
        targets.dedup();
        targets
    }

    /// Everything there is to try.
    pub(super) fn all_targets(&self) -> Vec<Target> {
        (0..self.targets).collect()
    }
}

/// The literal sets of every pattern, with the target that it belongs to.
fn requirements(rules: &LanguageRules) -> Vec<(Vec<LiteralSet>, Target)> {
    let of_rules = rules.rules.iter().enumerate().flat_map(|(target, rule)| {
        let phrases = rule.any.iter().map(|pattern| pattern.literals().to_vec());
        let regexes = rule.regex.iter().map(|regex| crate::rule::required_by_regex(regex.as_str()));
        phrases.chain(regexes).map(move |sets| (sets, target))
    });
    let profile = rules.rules.len();
    let of_profile = rules.profile.clause.iter().map(|pattern| (pattern.literals().to_vec(), profile));
    of_rules.chain(of_profile).collect()
}

fn intern(sets: &mut Vec<LiteralSet>, set: LiteralSet) -> u32 {
    let found = sets.iter().position(|known| *known == set).unwrap_or_else(|| {
        sets.push(set);
        sets.len() - 1
    });
    found as u32
}

fn needles(sets: &[LiteralSet]) -> (Vec<Needle>, Vec<&str>) {
    let mut all: Vec<(&crate::rule::Literal, u32)> =
        (0..).zip(sets).flat_map(|(id, set)| set.iter().map(move |literal| (literal, id))).collect();
    all.sort();
    let mut needles: Vec<Needle> = Vec::new();
    let mut texts = Vec::new();
    let mut last = None;
    for (literal, set) in all {
        if last != Some(literal) {
            needles.push(Needle {
                begins_word: literal.begins_word,
                ends_word: literal.ends_word,
                sets: Vec::new(),
            });
            texts.push(&*literal.text);
            last = Some(literal);
        }
        if let Some(needle) = needles.last_mut() {
            needle.sets.push(set);
        }
    }
    (needles, texts)
}

fn is_boundary_before(text: &str, at: usize) -> bool {
    text.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|c| !c.is_alphanumeric())
}

fn is_boundary_after(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|after| after.chars().next()).is_none_or(|c| !c.is_alphanumeric())
}
