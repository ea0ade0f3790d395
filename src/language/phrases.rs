//! A list of fixed phrases, held against words.

use serde::{Deserialize, Deserializer, Serialize};

use crate::document::{Word, fold};

/// Fixed phrases of one kind ("shall", "is required to"). A word may end in `*`: any word that
/// begins so.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Phrases {
    entries: Vec<Vec<String>>,
}

impl From<Vec<String>> for Phrases {
    fn from(lines: Vec<String>) -> Phrases {
        let split = |line: &String| -> Vec<String> {
            fold(line)
                .split(|c: char| !c.is_alphanumeric() && c != '*')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let mut entries: Vec<Vec<String>> =
            lines.iter().map(split).filter(|entry| !entry.is_empty()).collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.len()));
        Phrases { entries }
    }
}

impl<'de> Deserialize<'de> for Phrases {
    /// From lines where people write them, else as they were compiled.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Phrases, D::Error> {
        if deserializer.is_human_readable() {
            return Vec::deserialize(deserializer).map(Phrases::from);
        }
        let (entries,) = Deserialize::deserialize(deserializer)?;
        Ok(Phrases { entries })
    }
}

impl Phrases {
    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many words the longest phrase that stands at `words[at]` has, if any stands there.
    pub fn length_at(&self, folded: &str, words: &[Word], at: usize) -> Option<usize> {
        let rest = words.get(at..)?;
        self.entries.iter().find(|entry| begins_with(folded, rest, entry)).map(Vec::len)
    }

    /// The places in `words` at which a phrase begins, with its length in words, in order.
    pub fn occurrences<'a>(
        &'a self,
        folded: &'a str,
        words: &'a [Word],
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        (0..words.len()).filter_map(move |at| Some((at, self.length_at(folded, words, at)?)))
    }
}

fn begins_with(folded: &str, words: &[Word], entry: &[String]) -> bool {
    entry.len() <= words.len()
        && entry.iter().zip(words).all(|(wanted, word)| {
            let word = word.span.of(folded);
            match wanted.strip_suffix('*') {
                Some(prefix) => word.starts_with(prefix),
                None => word == wanted,
            }
        })
}
