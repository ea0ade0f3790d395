//! The words by which provisions, sentences and regions are told apart.
//!
//! Numbering words are looked up one by one. The cues, many fixed phrases of several kinds, are
//! searched for in a single pass over a document.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize};

use super::cue_finder::{CueFinder, begins_with_letter};
use crate::document::fold;
use crate::text::Span;

/// Numbering words, headings and abbreviations of a language.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct StructureCues {
    /// The words that number provisions above the subdivision.
    pub ranks: Vec<Rank>,
    /// How citations are written.
    pub citation: CitationForms,
    /// "first", "second" ... as in "First Schedule", in order.
    pub ordinals: Vec<String>,
    /// What may follow the number of an article: "bis", "ter".
    pub latin_suffixes: Vec<String>,
    /// Words after which a number is a reference ("section", "paragraph", "of").
    pub references: Vec<String>,
    /// Words whose number changes when a draft is renumbered ("section", "paragraphs").
    pub renumbered: Vec<String>,
    /// Those of [`StructureCues::references`] that may lead in to a list, if it goes on ("of (a) ...; and
    /// (b) ...").
    pub introducing: Vec<String>,
    /// What follows the number of a provision of another law ("of the").
    pub outside: Vec<String>,
    /// Words that join references and items ("and", "or").
    pub conjunctions: Vec<String>,
    /// Words that a full stop follows without ending a sentence ("no", "art"), without their dots.
    pub abbreviations: Vec<String>,
    /// Phrases that open, name or mark regions.
    pub cues: CueSet,
}

/// One numbering word: "Part", "Schedule", "Section", "Article".
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rank {
    /// What it numbers.
    pub kind: RankKind,
    /// Its spellings, in lower case and without dots: "section", "sec", "§".
    pub words: Vec<String>,
    /// How a citation begins: `s. `, `Part `.
    pub cite: String,
}

/// What a numbering word numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RankKind {
    /// A part, chapter, title or division.
    Container,
    /// A schedule or annex.
    Schedule,
    /// A section or clause.
    Section,
    /// An article.
    Article,
}

/// How citations are written.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct CitationForms {
    /// Before the number of a section that no word numbers: `s. `.
    pub section: String,
    /// Between a schedule and its paragraph: ` para. `.
    pub paragraph: String,
    /// Between a provision and one that it inserts into another law: `, new `.
    pub inserted: String,
}

/// What a cue shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cue {
    /// The law that follows is amended ("is amended by").
    Amending,
    /// What follows is deleted ("by striking").
    Strike,
    /// What follows is deleted, if it is quoted or nothing stands before ("omit").
    StrikeQuoted,
    /// What stands between this and an [`Cue::Insert`] is deleted, if it is quoted ("for").
    Replace,
    /// What follows is inserted ("and inserting", "substitute").
    Insert,
    /// A definition's verb ("means").
    Means,
    /// Stands before an unquoted term ("the term").
    Term,
    /// A verb that headings do not have ("shall", "is").
    Verb,
    /// Completes a list where a semicolon stands before it ("; shall"), or, if it is a phrase of several
    /// words, a comma (", commits an offence").
    Tail,
    /// The last words of a lead-in that a full stop may follow ("the following").
    LeadIn,
    /// Opens the heading of a section of definitions.
    DefinitionHeading,
    /// Is the whole heading of a section of purposes.
    PurposeHeading,
    /// Opens the heading of recitals and findings.
    RecitalHeading,
    /// Opens the heading of notes and memoranda.
    NoteHeading,
    /// Is the whole heading of a section that is no longer law.
    RepealedHeading,
    /// Opens the heading of a table of contents.
    ContentsHeading,
    /// Opens a note.
    Note,
    /// Opens a recital, an enacting formula or a long title.
    Recital,
    /// Opens a clause of purpose.
    Purpose,
    /// Says that a table of contents follows.
    Contents,
}

/// A cue at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Where it stands in the folded text.
    pub span: Span,
    /// What it shows.
    pub cue: Cue,
}

/// The phrases of every [`Cue`], compiled. A phrase may end in `*`: the last word may go on.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CueSet {
    phrases: Vec<String>,
    /// Made when the first document is read in the language.
    #[serde(skip)]
    finder: OnceLock<CueFinder>,
    /// For each phrase its cue, and whether its last word may go on.
    kinds: Vec<(Cue, bool)>,
}

impl From<BTreeMap<Cue, Vec<String>>> for CueSet {
    fn from(lists: BTreeMap<Cue, Vec<String>>) -> CueSet {
        let mut patterns = Vec::new();
        let mut kinds = Vec::new();
        for (cue, phrases) in lists {
            for phrase in phrases.iter().filter(|phrase| !phrase.is_empty()) {
                let folded = fold(phrase);
                kinds.push((cue, folded.ends_with('*')));
                patterns.push(folded.trim_end_matches('*').to_owned());
            }
        }
        CueSet { phrases: patterns, finder: OnceLock::new(), kinds }
    }
}

impl<'de> Deserialize<'de> for CueSet {
    /// From lists where people write them, else as they were compiled.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CueSet, D::Error> {
        if deserializer.is_human_readable() {
            return BTreeMap::deserialize(deserializer).map(CueSet::from);
        }
        let (phrases, kinds) = Deserialize::deserialize(deserializer)?;
        Ok(CueSet { phrases, finder: OnceLock::new(), kinds })
    }
}

impl CueSet {
    /// Every cue that stands in `folded` as whole words, by place. Cues may overlap.
    pub fn marks(&self, folded: &str) -> Vec<Mark> {
        let finder = self.finder.get_or_init(|| {
            CueFinder::new(&self.phrases, |at| self.kinds.get(at).is_some_and(|kind| kind.1))
        });
        let mut marks = Vec::new();
        finder.find(folded, |start, end, phrase| {
            let Some((cue, open)) = self.kinds.get(phrase).copied() else { return };
            if open || !begins_with_letter(folded, end) {
                marks.push(Mark { span: Span::from(start..end), cue });
            }
        });
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Cue)]) {
        let lists = BTreeMap::from([
            (Cue::Verb, vec!["shall".to_owned(), "is".to_owned()]),
            (Cue::Note, vec!["explanat*".to_owned(), "note:".to_owned()]),
        ]);
        let cues = CueSet::from(lists);
        let found: Vec<(&str, Cue)> =
            cues.marks(text).iter().map(|mark| (mark.span.of(text), mark.cue)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn cues_are_whole_words() {
        check("it shall, it is", &[("shall", Cue::Verb), ("is", Cue::Verb)]);
        check("this shallow island", &[]);
        check("explanatory matter", &[("explanat", Cue::Note)]);
        check("note: x; notes: y", &[("note:", Cue::Note)]);
    }
}
