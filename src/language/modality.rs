//! The cues of duty, power and denial.
//!
//! A clause's modality is read from fixed phrases ("shall", "is required to", "nothing in") and from
//! a few dozen small words that show where a subject begins and ends. All of them are one table,
//! looked up once per word, so that reading a clause costs one pass over it.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use crate::document::{Word, fold};

/// What a phrase shows about the clause in which it stands. The names are the keys of the table
/// `language.modality`; each holds a list of phrases. A word of a phrase may end in `*` (any word
/// that begins so) or begin with it (any word that ends so).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CueKind {
    /// Stands for something else than its words say ("technical means", "not later than"): no
    /// other word of duty, power or denial begins inside it.
    Homonym,
    /// Denies what would follow: "nothing in", "does not require", "shall not apply".
    Disclaimer,
    /// "commits an offence", "is punishable".
    Offence,
    /// Makes an offence of the modal before it: "be guilty of" after "shall".
    Sanction,
    /// "is prohibited", "it is unlawful".
    Prohibition,
    /// "means", "has the meaning".
    Definition,
    /// "includes": a definition after a term, a list of duties after "the functions of the Board".
    Inclusion,
    /// "shall", "is required to".
    Duty,
    /// "may", "is empowered to".
    Power,
    /// "is", "are": a cue only after nouns of purpose and of function.
    Copula,
    /// A duty or power in the form of a noun: "obligation to", "requiring".
    Nominal,
    /// Nouns of purpose: "object", "purpose".
    PurposeNoun,
    /// Nouns of function: "functions", "powers", "obligations".
    FunctionNoun,
    /// A noun of duty that governs what follows where it opens a sentence or an item: "a duty to".
    DutyNoun,
    /// A noun of power with its infinitive: "power to" in "includes power to require".
    PowerNoun,
    /// What stands around a power, its applications and reports: "application", "report".
    Procedure,
    /// A paper that is to be written: "a written report".
    NewPaper,
    /// Papers that are kept: "register".
    Book,
    /// Counts what was done: "the number of".
    Count,
    /// Verbs of telling and recording: "inform", "keep a register".
    Telling,
    /// Verbs of what a paper contains and how it is written: "include", "be in writing".
    Form,
    /// Names the bearer where the subject is an empty "it": "lawful for", "duty of".
    Impersonal,
    /// Nouns of interpretation: "references".
    ReferenceNoun,
    /// Those whom law binds: "person", "user", "whoever".
    Persons,
    /// Those who run services: "provider", "licensee".
    Providers,
    /// Those who hold public power: "Minister", "court".
    Authorities,
    /// Words that name a body of the State where they are written as a name: "the Service".
    Bodies,
    /// What they act by: "notice", "warrant", "Act".
    Instruments,
    /// "not", "no", "never".
    Negator,
    /// Verbs that take a negation back: "fail to".
    Failing,
    /// Verbs of hindrance: "prevent", "affect".
    Hindering,
    /// Hindrance in the passive: "be prevented from".
    Hindered,
    /// Burdens in the passive: "be required", "be compelled".
    Burden,
    /// Verbs of asking for a remedy: "appeal", "complain".
    Seeking,
    /// What a provider that must not do it leaves to its users: "collect", "suspend", "throttle".
    Taking,
    /// Permission in the passive: "be permitted".
    Permission,
    /// Verbs by which one makes another act: "require", "direct".
    Requiring,
    /// What makes a passive: "be", "been".
    Passive,
    /// Participles: "*ed", "kept".
    Participle,
    /// What names the bearer of a passive: "by".
    Agent,
    /// What joins a verb of requiring with the act: "to".
    Infinitive,
    /// "and", "or".
    Conjunction,
    /// Words that a noun phrase begins with: "a", "any", "no".
    Determiner,
    /// Words that are a noun phrase: "he", "it".
    Pronoun,
    /// Words that a phrase beside the main clause begins with: "on", "under", "without".
    Preposition,
    /// "who", "which", "that".
    Relative,
    /// "where", "if", "as".
    Conditional,
    /// A conditional that says in which case a clause holds: "where", "if".
    Circumstance,
    /// What a power hangs on in the judgement of its holder: "is satisfied", "necessary".
    Ground,
    /// Verbs that say when a rule holds, whose condition is the rule: "apply" in "shall apply if".
    Applying,
    /// Opens a sentence on whoever does wrong, whose penalty may stand elsewhere: "whoever".
    Culprit,
    /// Nouns that need no word after "without": "authority", "delay".
    Complete,
    /// Words that only qualify a verb: "*ly".
    Adverb,
    /// The conditional that may also join a mere noun: "as" in "acts as an agent".
    Comparison,
    /// What a clause of result begins with: "so that", "such that".
    Result,
    /// Finite verbs by which a subordinate clause is known to be complete: "is", "has".
    Auxiliary,
    /// Begins a main clause: "provided that", "but".
    Resuming,
    /// Turns a prohibition into a condition: "unless", "without".
    Condition,
    /// What a clause refers to itself by: "this".
    Deictic,
}

/// The table of all cues of a language.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ModalityCues {
    /// Sorted by first word.
    fixed: Vec<Entry>,
    /// Those whose first word is a part of a word.
    open: Vec<Entry>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct Entry {
    words: Vec<String>,
    kind: CueKind,
}

impl From<BTreeMap<CueKind, Vec<String>>> for ModalityCues {
    fn from(lists: BTreeMap<CueKind, Vec<String>>) -> ModalityCues {
        let entries = lists.iter().flat_map(|(kind, lines)| {
            lines
                .iter()
                .map(|line| Entry { words: split(line), kind: *kind })
                .filter(|entry| !entry.words.is_empty())
        });
        let (open, mut fixed): (Vec<Entry>, Vec<Entry>) =
            entries.partition(|entry| entry.words.first().is_some_and(|word| word.contains('*')));
        fixed.sort_by(|a, b| a.words.first().cmp(&b.words.first()));
        ModalityCues { fixed, open }
    }
}

impl<'de> Deserialize<'de> for ModalityCues {
    /// From lists where people write them, else as they were compiled.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ModalityCues, D::Error> {
        if deserializer.is_human_readable() {
            return BTreeMap::deserialize(deserializer).map(ModalityCues::from);
        }
        let (fixed, open) = Deserialize::deserialize(deserializer)?;
        Ok(ModalityCues { fixed, open })
    }
}

impl ModalityCues {
    /// The cues that begin at `words[at]`, each with its length in words.
    pub fn at<'a>(
        &'a self,
        folded: &'a str,
        words: &'a [Word],
        at: usize,
    ) -> impl Iterator<Item = (CueKind, usize)> + 'a {
        let rest = words.get(at..).unwrap_or_default();
        let first = rest.first().map_or("", |word| word.span.of(folded));
        let key = |entry: &Entry| entry.words.first().map_or("", String::as_str).cmp(first);
        let start = self.fixed.partition_point(|entry| key(entry).is_lt());
        let same = self.fixed.iter().skip(start).take_while(move |entry| key(entry).is_eq());
        same.chain(&self.open)
            .filter(move |entry| stands_at(folded, rest, &entry.words))
            .map(|entry| (entry.kind, entry.words.len()))
    }
}

fn split(line: &str) -> Vec<String> {
    let folded = fold(line);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '*');
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn stands_at(folded: &str, words: &[Word], wanted: &[String]) -> bool {
    wanted.len() <= words.len()
        && wanted.iter().zip(words).all(|(wanted, word)| {
            let word = word.span.of(folded);
            match (wanted.strip_suffix('*'), wanted.strip_prefix('*')) {
                (Some(beginning), _) => word.starts_with(beginning),
                (None, Some(ending)) => word.ends_with(ending),
                (None, None) => word == wanted,
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Break, append_words};
    use crate::text::Span;

    fn check(text: &str, expected: &[(CueKind, usize)]) {
        let lists = [
            (CueKind::Duty, vec!["shall".to_owned(), "Is required\u{2014}to".to_owned()]),
            (CueKind::Requiring, vec!["requir*".to_owned()]),
            (CueKind::Participle, vec!["*ed".to_owned(), String::new()]),
        ];
        let cues = ModalityCues::from(BTreeMap::from(lists));
        let mut words = Vec::new();
        append_words(text, Span::from(0..text.len()), &[], Break::None, &mut words);
        assert_eq!(cues.at(text, &words, 0).collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn cues_at_a_word() {
        check("shall keep", &[(CueKind::Duty, 1)]);
        check("shallow", &[]);
        check("is required to keep", &[(CueKind::Duty, 3)]);
        check("is required", &[]);
        check("required to", &[(CueKind::Requiring, 1), (CueKind::Participle, 1)]);
        check("", &[]);
    }
}
