//! The words of an edited clause: what stayed, what was taken out, what was put in.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::draft::Draft;
use crate::document::Word;
use crate::structure::reference_numbers;
use crate::text::Span;

/// Two clauses of more words than this, multiplied, are compared only at their ends.
const MOST_COMPARED: usize = 4_000_000;

/// A run of words of an edited clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// In both drafts, as the new one has it.
    Same(String),
    /// In the old draft alone.
    Old(String),
    /// In the new draft alone.
    New(String),
}

/// One run of the comparison: ranges of words of both clauses, whether they are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) old: std::ops::Range<usize>,
    pub(super) new: std::ops::Range<usize>,
    pub(super) same: bool,
}

/// The pieces of two aligned clauses; empty where the words are the same.
pub(super) fn between(old: &Draft<'_>, new: &Draft<'_>, before: usize, after: usize) -> Vec<Piece> {
    let (old_words, new_words) = (old.words(before), new.words(after));
    let runs = runs(&keys(old, &old_words), &keys(new, &new_words));
    if runs.iter().all(|run| run.same) {
        return Vec::new();
    }
    let mut pieces = Vec::new();
    for run in runs {
        if run.same {
            pieces.push(Piece::Same(text(new, after, &new_words, run.new)));
            continue;
        }
        if !run.old.is_empty() {
            pieces.push(Piece::Old(text(old, before, &old_words, run.old)));
        }
        if !run.new.is_empty() {
            pieces.push(Piece::New(text(new, after, &new_words, run.new)));
        }
    }
    pieces
}

/// The words of a range as they stand in the text, with the marks that follow them.
fn text(draft: &Draft<'_>, unit: usize, words: &[Word], range: std::ops::Range<usize>) -> String {
    let (Some(first), Some(last)) = (words.get(range.start), words.get(range.end.saturating_sub(1))) else {
        return String::new();
    };
    let clause = draft.units.get(unit).map(|unit| draft.document.to_folded(unit.clause.span).end);
    let next = words.get(range.end).map(|next| next.span.start).or(clause);
    let end = next.unwrap_or_default().max(last.span.end);
    let text = draft.document.text();
    let shown = draft.document.to_text(Span::new(first.span.start, end)).of(text);
    let opening = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '\u{201c}' | '\u{2018}');
    shown.trim_end_matches(opening).to_owned()
}

/// What words are compared by: themselves, but the number of a cross reference is like any other.
pub(super) fn keys<'d>(draft: &Draft<'d>, words: &[Word]) -> Vec<&'d str> {
    let folded = draft.document.folded();
    let numbers = reference_numbers(folded, words, &draft.rules.language.structure);
    let key = |(word, is_number): (&Word, bool)| if is_number { "#" } else { word.span.of(folded) };
    words.iter().zip(numbers).map(key).collect()
}

/// Compares the words of two clauses.
pub(super) fn runs(before: &[&str], after: &[&str]) -> Vec<Run> {
    if before.len().saturating_mul(after.len()) > MOST_COMPARED {
        return ends(before, after);
    }
    let ops = capture_diff_slices(Algorithm::Myers, before, after);
    let runs = ops.iter().map(|op| Run {
        old: op.old_range(),
        new: op.new_range(),
        same: matches!(op, DiffOp::Equal { .. }),
    });
    runs.fold(Vec::new(), joined)
}

/// Two edits with a single small word between them are one: "the Minister for the" reads as a whole.
fn joined(mut runs: Vec<Run>, next: Run) -> Vec<Run> {
    let count = runs.len();
    if !next.same && count >= 2 {
        let is_short = runs.get(count - 1).is_some_and(|last| last.same && last.new.len() == 1);
        if is_short && runs.get(count - 2).is_some_and(|edit| !edit.same) {
            runs.truncate(count - 1);
            if let Some(edit) = runs.last_mut() {
                edit.old.end = next.old.end;
                edit.new.end = next.new.end;
            }
            return runs;
        }
    }
    match runs.last_mut() {
        Some(last) if last.same == next.same => {
            last.old.end = next.old.end;
            last.new.end = next.new.end;
        }
        _ => runs.push(next),
    }
    runs
}

/// What two long clauses share at both ends, and all between as one edit.
fn ends(old: &[&str], new: &[&str]) -> Vec<Run> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let shorter = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(shorter).take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let runs = [
        Run { old: 0..head, new: 0..head, same: true },
        Run { old: head..old_end, new: head..new_end, same: false },
        Run { old: old_end..old.len(), new: new_end..new.len(), same: true },
    ];
    runs.into_iter().filter(|run| !run.old.is_empty() || !run.new.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs as they read: `-out- +in+`.
    fn shown(old: &str, new: &str) -> String {
        let (old, new): (Vec<&str>, Vec<&str>) = (words(old), words(new));
        let show = |run: Run| {
            if run.same {
                new[run.new].join(" ")
            } else {
                format!("-{}- +{}+", old[run.old].join(" "), new[run.new].join(" "))
            }
        };
        runs(&old, &new).into_iter().map(show).collect::<Vec<_>>().join(" ")
    }

    fn words(text: &str) -> Vec<&str> {
        text.split(' ').filter(|word| !word.is_empty()).collect()
    }

    fn check(old: &str, new: &str, expected: &str) {
        assert_eq!(shown(old, new), expected);
    }

    #[test]
    fn edits_are_found() {
        check("a judge may issue", "the minister may issue", "-a judge- +the minister+ may issue");
        check("it must report", "it must report yearly", "it must report -- +yearly+");
        check("one two three", "four two five", "-one two three- +four two five+");
        check("same words", "same words", "same words");
        check("", "all new", "-- +all new+");
    }

    #[test]
    fn long_clauses_are_compared_at_their_ends() {
        let long = "word ".repeat(2500);
        let (old, new) = (format!("a {long} b {long} c"), format!("a {long} d {long} c"));
        let expected = format!("a {long}-b- +d+ {long}c");
        check(&old, &new, &expected);
        assert_eq!(ends(&["a", "a"], &["a"]).len(), 2);
    }
}
