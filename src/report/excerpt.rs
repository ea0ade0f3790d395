//! The part of a source that a finding is shown in.
//!
//! A bill may hold a paragraph of five thousand characters on one line. An excerpt is a small text of
//! its own: the lines that labels stand on, long ones cut to a window around each label, everything
//! made safe to show. Line numbers and the column that it reports are those of the file; where the
//! format has no byte positions, the lines are those of the text that was taken out of it, and their
//! numbers are the printed lines or the paragraphs.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use codespan_reporting::diagnostic::{Label, LabelStyle};
use codespan_reporting::files::{Error, Files, Location};

use super::{place, visible};
use crate::document::Quoted;
use crate::finding::Finding;
use crate::text::Span;

/// A line that is not longer is shown whole; in code points.
const WHOLE_LINE: usize = 120;
/// How much of a long line stands on each side of a label; in code points.
const AROUND: usize = 50;
/// A label that is longer on one line shows its beginning and its end; in code points.
const LONG_LABEL: usize = 200;
/// A few lines of a source, ready to be rendered as the one file of a diagnostic.
#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    text: String,
    lines: Vec<Line>,
    /// Line and column at which the finding begins; [`NOWHERE`] where the name tells the place.
    start: (usize, usize),
    labels: Vec<Label<()>>,
}

#[derive(Debug)]
struct Line {
    /// Where it begins in the excerpt.
    start: usize,
    /// Its number in the source.
    number: u32,
    /// The number that is shown beside it.
    shown: u32,
}

/// What the renderer writes after the name of a file whose excerpt has neither line nor column.
pub(super) const NOWHERE: &str = ":0:0";

/// The part of a label that stands on one line.
#[derive(Clone, Debug)]
struct Piece {
    /// In the source.
    span: Span,
    style: LabelStyle,
    /// On the last piece of a label.
    message: String,
}

impl Excerpt {
    /// The excerpt for `finding`; `None` where it has no place in the source.
    pub(super) fn new(path: &str, quoted: &Quoted, finding: &Finding) -> Option<Excerpt> {
        let (name, start) = match finding.location.hull() {
            Some((start, _)) => {
                (visible::escape(path).into_owned(), (start.line as usize, start.column as usize))
            }
            None if finding.location.place.is_some() => (place(path, &finding.location), (0, 0)),
            None => return None,
        };
        let mut pieces: BTreeMap<u32, Vec<Piece>> = BTreeMap::new();
        add_pieces(&mut pieces, quoted, &primary(quoted, finding), LabelStyle::Primary, "");
        for label in &finding.labels {
            add_pieces(&mut pieces, quoted, quoted.sources(label.span), LabelStyle::Secondary, &label.text);
        }
        let mut excerpt = Excerpt { name, text: String::new(), lines: Vec::new(), start, labels: Vec::new() };
        for (number, pieces) in pieces {
            excerpt.add_line(quoted, number, pieces);
        }
        excerpt.labels.iter().any(|label| label.style == LabelStyle::Primary).then_some(excerpt)
    }

    /// The labels, with ranges in this excerpt.
    pub(super) fn take_labels(&mut self) -> Vec<Label<()>> {
        std::mem::take(&mut self.labels)
    }

    fn add_line(&mut self, quoted: &Quoted, number: u32, pieces: Vec<Piece>) {
        let (source, line) = (quoted.source(), quoted.line(number));
        let shown = quoted.printed_number(number).unwrap_or(number);
        let pieces: Vec<Piece> = pieces.into_iter().flat_map(|piece| ends_of_long(source, piece)).collect();
        for (index, window) in windows(source, line, &pieces).into_iter().enumerate() {
            let is_gap = self.lines.last().is_some_and(|last| number > last.number + 1);
            if index > 0 || is_gap {
                self.mark_gap();
            }
            self.lines.push(Line { start: self.text.len(), number, shown });
            self.add_window(source, line, window, &pieces);
        }
    }

    /// Where something is left out, two empty lines that no label stands on: the renderer shows them
    /// as a break.
    fn mark_gap(&mut self) {
        let (number, shown) = self.lines.last().map_or((1, 1), |last| (last.number, last.shown));
        for _ in 0..2 {
            self.lines.push(Line { start: self.text.len(), number, shown });
            self.text.push('\n');
        }
    }

    /// Copies one window of a line and the labels in it; `…` shows where the line goes on.
    fn add_window(&mut self, source: &str, line: Span, window: Span, pieces: &[Piece]) {
        if window.start > line.start {
            self.text.push('…');
        }
        let pieces: Vec<&Piece> = pieces.iter().filter(|piece| window.contains(piece.span)).collect();
        let ends: BTreeSet<u32> =
            pieces.iter().flat_map(|piece| [piece.span.start, piece.span.end]).collect();
        let mut offsets = BTreeMap::new();
        for (at, c) in window.of(source).char_indices() {
            let offset = window.start + at as u32;
            if ends.contains(&offset) {
                offsets.insert(offset, self.text.len());
            }
            visible::push(&mut self.text, c);
        }
        offsets.insert(window.end, self.text.len());
        if !Span::new(window.end, line.end).of(source).trim_end().is_empty() {
            self.text.push('…');
        }
        self.text.push('\n');
        for piece in pieces {
            let at = |offset: u32| offsets.get(&offset).copied();
            let (Some(start), Some(end)) = (at(piece.span.start), at(piece.span.end)) else { continue };
            let message = visible::escape(&piece.message);
            self.labels.push(Label::new(piece.style, (), start..end.max(start)).with_message(message));
        }
    }

    fn line(&self, index: usize) -> Result<&Line, Error> {
        let max = self.lines.len().saturating_sub(1);
        self.lines.get(index).ok_or(Error::LineTooLarge { given: index, max })
    }
}

/// The source of a finding. One about a comment stands nowhere in the text, but at the comment.
fn primary(quoted: &Quoted, finding: &Finding) -> Vec<Span> {
    if finding.span.is_empty() {
        return quoted.comment(&finding.location).into_iter().collect();
    }
    quoted.sources(finding.span).to_vec()
}

/// Cuts the source of a label into what stands on each line.
fn add_pieces(
    pieces: &mut BTreeMap<u32, Vec<Piece>>,
    quoted: &Quoted,
    label: &[Span],
    style: LabelStyle,
    message: &str,
) {
    let mut last: Option<u32> = None;
    for span in label {
        for number in quoted.lines_of(*span) {
            let Some(span) = trimmed(quoted.source(), *span, quoted.line(number)) else { continue };
            pieces.entry(number).or_default().push(Piece { span, style, message: String::new() });
            last = Some(number);
        }
    }
    let last = last.and_then(|number| pieces.get_mut(&number)).and_then(|pieces| pieces.last_mut());
    if let Some(piece) = last {
        message.clone_into(&mut piece.message);
    }
}

/// What of `span` stands on `line`, white space at both ends left out.
fn trimmed(source: &str, span: Span, line: Span) -> Option<Span> {
    let span = span.intersection(line)?;
    let text = span.of(source);
    let start = span.start + (text.len() - text.trim_start().len()) as u32;
    let trimmed = text.trim();
    (!trimmed.is_empty()).then(|| Span::new(start, start + trimmed.len() as u32))
}

/// A piece, or the beginning and the end of a long one.
fn ends_of_long(source: &str, piece: Piece) -> Vec<Piece> {
    let Span { start, end } = piece.span;
    if piece.span.of(source).chars().nth(LONG_LABEL).is_none() {
        return vec![piece];
    }
    let head = Span::new(start, forward(source, start, end, AROUND));
    let tail = Span::new(back(source, end, start, AROUND), end);
    vec![Piece { span: head, style: piece.style, message: String::new() }, Piece { span: tail, ..piece }]
}

/// The parts of a line that are shown: all of it, or a window around each piece.
fn windows(source: &str, line: Span, pieces: &[Piece]) -> Vec<Span> {
    let shown = line.of(source).trim_end();
    if shown.chars().nth(WHOLE_LINE).is_none() {
        return vec![Span::new(line.start, line.start + shown.len() as u32)];
    }
    let mut windows: Vec<Span> = pieces.iter().map(|piece| around(source, line, piece.span)).collect();
    windows.sort();
    windows.into_iter().fold(Vec::new(), |mut joined: Vec<Span>, window| {
        match joined.last_mut() {
            Some(last) if window.start <= last.end + 1 => *last = last.cover(window),
            _ => joined.push(window),
        }
        joined
    })
}

/// `span` and about [`AROUND`] code points on each side of it, to the border of a word.
fn around(source: &str, line: Span, span: Span) -> Span {
    let start = back(source, span.start, line.start, AROUND);
    let end = forward(source, span.end, line.end, AROUND);
    let before = Span::new(start, span.start).of(source);
    let after = Span::new(span.end, end).of(source);
    let cut = if start > line.start { word_start(before) } else { 0 };
    let kept = if end < line.end { word_end(after) } else { after.len() };
    Span::new(start + cut as u32, span.end + kept as u32)
}

/// How many bytes to the first word that begins in `text`; 0 if none does.
fn word_start(text: &str) -> usize {
    let space = text.find(char::is_whitespace);
    space.and_then(|at| text.get(at..)).map_or(0, |rest| text.len() - rest.trim_start().len())
}

/// How many bytes to the end of the last word that ends in `text`; all if none does.
fn word_end(text: &str) -> usize {
    let kept = text.trim_end_matches(|c: char| !c.is_whitespace()).trim_end().len();
    if kept == 0 { text.len() } else { kept }
}

/// The offset `count` code points before `at`, but not before `floor`.
fn back(source: &str, at: u32, floor: u32, count: usize) -> u32 {
    let text = Span::new(floor, at).of(source);
    text.char_indices().rev().take(count).last().map_or(at, |(offset, _)| floor + offset as u32)
}

/// The offset `count` code points after `at`, but not after `ceiling`.
fn forward(source: &str, at: u32, ceiling: u32, count: usize) -> u32 {
    let text = Span::new(at, ceiling).of(source);
    text.char_indices().nth(count).map_or(ceiling, |(offset, _)| at + offset as u32)
}

impl<'a> Files<'a> for Excerpt {
    type FileId = ();
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, _id: ()) -> Result<&'a str, Error> {
        Ok(&self.name)
    }

    fn source(&'a self, _id: ()) -> Result<&'a str, Error> {
        Ok(&self.text)
    }

    fn line_index(&'a self, _id: (), byte_index: usize) -> Result<usize, Error> {
        Ok(self.lines.partition_point(|line| line.start <= byte_index).saturating_sub(1))
    }

    fn line_number(&'a self, _id: (), line_index: usize) -> Result<usize, Error> {
        self.line(line_index).map(|line| line.shown as usize)
    }

    /// Where the finding begins in the file, whatever is asked for: it is asked for the primary
    /// label alone.
    fn location(&'a self, _id: (), _byte_index: usize) -> Result<Location, Error> {
        let (line_number, column_number) = self.start;
        Ok(Location { line_number, column_number })
    }

    fn line_range(&'a self, _id: (), line_index: usize) -> Result<Range<usize>, Error> {
        let start = self.line(line_index)?.start;
        let end = self.lines.get(line_index + 1).map_or(self.text.len(), |next| next.start);
        Ok(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_windows(line: &str, pieces: &[&str], expected: &[&str]) {
        let piece = |words: &&str| {
            let start = line.find(*words).unwrap();
            let span = Span::from(start..start + words.len());
            Piece { span, style: LabelStyle::Primary, message: String::new() }
        };
        let pieces: Vec<Piece> = pieces.iter().map(piece).collect();
        let found = windows(line, Span::from(0..line.len()), &pieces);
        let found: Vec<&str> = found.iter().map(|window| window.of(line)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn long_lines_are_cut_around_labels() {
        check_windows("short line  ", &["line"], &["short line"]);
        let filler = "one two three four five six seven eight nine ten ".repeat(8);
        let before = "one two three four five six seven eight nine ten";
        let after = "one two three four five six seven eight nine ten";
        check_windows(&format!("{filler}MATCH {filler}"), &["MATCH"], &[&format!("{before} MATCH {after}")]);
        let line = format!("CUE {filler}MATCH");
        check_windows(&line, &["CUE", "MATCH"], &[&format!("CUE {after}"), &format!("{before} MATCH")]);
        let solid = "x".repeat(400);
        check_windows(&format!("{solid}é{solid}"), &["é"], &[&format!("{0}é{0}", "x".repeat(50))]);
    }

    #[test]
    fn a_long_label_shows_its_ends() {
        let line = format!("{}{}", "a".repeat(150), "b".repeat(150));
        let piece = Piece { span: Span::from(0..300), style: LabelStyle::Primary, message: "m".to_owned() };
        let ends = ends_of_long(&line, piece);
        let shown: Vec<(&str, &str)> =
            ends.iter().map(|end| (end.span.of(&line), end.message.as_str())).collect();
        assert_eq!(shown, [("a".repeat(50).as_str(), ""), ("b".repeat(50).as_str(), "m")]);
    }
}
