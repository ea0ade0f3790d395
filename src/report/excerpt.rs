//! The part of a source that a finding is shown in.
//!
//! A bill may hold a paragraph of five thousand characters on one line. An excerpt is a small text of
//! its own: the lines that labels stand on, long ones cut to a window around each label, everything
//! made safe to show. Line numbers and the column that it reports are those of the file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use codespan_reporting::diagnostic::{Label, LabelStyle};
use codespan_reporting::files::{Error, Files, Location};

use super::visible;
use crate::document::Document;
use crate::finding::Finding;
use crate::text::{Position, Span};

/// A line that is not longer is shown whole; in code points.
const WHOLE_LINE: usize = 160;
/// How much of a long line stands on each side of a label; in code points.
const AROUND: usize = 60;
/// A label that is longer on one line shows its beginning and its end; in code points.
const LONG_LABEL: usize = 200;
/// Of a label over more lines than both together, so many first and last lines are shown.
const FIRST_LINES: u32 = 4;
const LAST_LINES: u32 = 2;

/// A few lines of a source, ready to be rendered as the one file of a diagnostic.
#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    text: String,
    lines: Vec<Line>,
    /// Where the finding begins in the file.
    start: Position,
    labels: Vec<Label<()>>,
}

#[derive(Debug)]
struct Line {
    /// Where it begins in the excerpt.
    start: usize,
    /// Its number in the file.
    number: u32,
}

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
    pub(super) fn new(path: &str, document: &Document, finding: &Finding) -> Option<Excerpt> {
        let (start, _) = finding.location.hull()?;
        let mut pieces: BTreeMap<u32, Vec<Piece>> = BTreeMap::new();
        add_pieces(&mut pieces, document, &finding.location.segments, LabelStyle::Primary, "");
        for label in &finding.labels {
            add_pieces(&mut pieces, document, &label.location.segments, LabelStyle::Secondary, &label.text);
        }
        let name = visible::escape(path).into_owned();
        let mut excerpt = Excerpt { name, text: String::new(), lines: Vec::new(), start, labels: Vec::new() };
        for (number, pieces) in pieces {
            excerpt.add_line(document, number, &pieces);
        }
        excerpt.labels.iter().any(|label| label.style == LabelStyle::Primary).then_some(excerpt)
    }

    /// The labels, with ranges in this excerpt.
    pub(super) fn take_labels(&mut self) -> Vec<Label<()>> {
        std::mem::take(&mut self.labels)
    }

    fn add_line(&mut self, document: &Document, number: u32, pieces: &[Piece]) {
        self.mark_gap(number);
        self.lines.push(Line { start: self.text.len(), number });
        let line = line_span(document, number);
        let windows = windows(document.source(), line, pieces);
        let offsets = self.copy(document.source(), line, &windows, pieces);
        for piece in pieces {
            let at = |offset: u32| offsets.get(&offset).copied();
            let (Some(start), Some(end)) = (at(piece.span.start), at(piece.span.end)) else { continue };
            let message = visible::escape(&piece.message);
            self.labels.push(Label::new(piece.style, (), start..end.max(start)).with_message(message));
        }
        self.text.push('\n');
    }

    /// Where lines of the file are left out, two empty lines no label stands on: the renderer shows
    /// them as a break.
    fn mark_gap(&mut self, next: u32) {
        let Some(last) = self.lines.last().map(|line| line.number) else { return };
        if next > last + 1 {
            for _ in 0..2 {
                self.lines.push(Line { start: self.text.len(), number: last + 1 });
                self.text.push('\n');
            }
        }
    }

    /// Copies the windows of a line, `…` where something is left out. Gives the place in the excerpt
    /// of each end of a piece.
    fn copy(&mut self, source: &str, line: Span, windows: &[Span], pieces: &[Piece]) -> BTreeMap<u32, usize> {
        let ends: BTreeSet<u32> =
            pieces.iter().flat_map(|piece| [piece.span.start, piece.span.end]).collect();
        let mut offsets = BTreeMap::new();
        for (index, window) in windows.iter().enumerate() {
            let text = window.of(source);
            if index > 0 {
                self.text.push_str(" … ");
            } else if window.start > line.start {
                self.text.push('…');
            }
            for (at, c) in text.char_indices() {
                let offset = window.start + at as u32;
                if ends.contains(&offset) {
                    offsets.entry(offset).or_insert(self.text.len());
                }
                visible::push(&mut self.text, c);
            }
            offsets.entry(window.end).or_insert(self.text.len());
        }
        if windows.last().is_some_and(|window| window.end < line.end) {
            self.text.push('…');
        }
        offsets
    }

    fn line(&self, index: usize) -> Result<&Line, Error> {
        let max = self.lines.len().saturating_sub(1);
        self.lines.get(index).ok_or(Error::LineTooLarge { given: index, max })
    }
}

/// Cuts the segments of a label into what stands on each line.
fn add_pieces(
    pieces: &mut BTreeMap<u32, Vec<Piece>>,
    document: &Document,
    segments: &[(Position, Position)],
    style: LabelStyle,
    message: &str,
) {
    let mut last: Option<u32> = None;
    for (start, end) in segments {
        let span = Span::new(start.offset, end.offset);
        let lines = (start.line, document.lines().line(end.offset.saturating_sub(1)).max(start.line));
        for number in shown_lines(lines.0, lines.1) {
            let Some(span) = trimmed(document.source(), span, line_span(document, number)) else { continue };
            pieces.entry(number).or_default().push(Piece { span, style, message: String::new() });
            last = Some(number);
        }
    }
    let last = last.and_then(|number| pieces.get_mut(&number)).and_then(|pieces| pieces.last_mut());
    if let Some(piece) = last {
        message.clone_into(&mut piece.message);
    }
}

fn shown_lines(first: u32, last: u32) -> impl Iterator<Item = u32> {
    let many = last - first >= FIRST_LINES + LAST_LINES;
    let head = first..if many { first + FIRST_LINES } else { last + 1 };
    let tail = if many { last + 1 - LAST_LINES..last + 1 } else { 0..0 };
    head.chain(tail)
}

/// What of `span` stands on `line`, white space at both ends left out.
fn trimmed(source: &str, span: Span, line: Span) -> Option<Span> {
    let span = span.intersection(line)?;
    let text = span.of(source);
    let start = span.start + (text.len() - text.trim_start().len()) as u32;
    let trimmed = text.trim();
    (!trimmed.is_empty()).then(|| Span::new(start, start + trimmed.len() as u32))
}

/// A line of the source without what ends it.
fn line_span(document: &Document, number: u32) -> Span {
    let (lines, source) = (document.lines(), document.source());
    let is_last = number as usize >= lines.lines();
    let end = if is_last { source.len() as u32 } else { lines.start(number + 1) };
    let line = Span::new(lines.start(number), end);
    let text = line.of(source).trim_end_matches(['\n', '\r']);
    Span::new(line.start, line.start + text.len() as u32)
}

/// The parts of a line that are shown: all of it, or a window around each end of each piece.
fn windows(source: &str, line: Span, pieces: &[Piece]) -> Vec<Span> {
    let text = line.of(source);
    let shown = text.trim_end();
    if shown.chars().nth(WHOLE_LINE).is_none() {
        return vec![Span::new(line.start, line.start + shown.len() as u32)];
    }
    let mut windows: Vec<Span> = Vec::new();
    for piece in pieces {
        let Span { start, end } = piece.span;
        let is_long = piece.span.of(source).chars().nth(LONG_LABEL).is_some();
        if is_long {
            windows.push(around(source, line, Span::new(start, forward(source, start, end, AROUND))));
            windows.push(around(source, line, Span::new(back(source, end, start, AROUND), end)));
        } else {
            windows.push(around(source, line, piece.span));
        }
    }
    windows.sort();
    windows.into_iter().fold(Vec::new(), |mut joined: Vec<Span>, window| {
        match joined.last_mut() {
            Some(last) if window.start <= last.end + 4 => *last = last.cover(window),
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
    let cut = if start > line.start { word_border(before.char_indices(), before.len()) } else { 0 };
    let kept = if end < line.end {
        after.trim_end_matches(|c: char| !c.is_whitespace()).trim_end().len()
    } else {
        after.len()
    };
    // A window without white space is cut where it ends.
    let end = if kept == 0 { end } else { span.end + kept as u32 };
    Span::new(start + cut as u32, end)
}

/// How many bytes to the first letter after white space; 0 if there is none.
fn word_border(mut chars: impl Iterator<Item = (usize, char)>, none: usize) -> usize {
    let space = chars.by_ref().find(|(_, c)| c.is_whitespace());
    let letter = space.and_then(|_| chars.find(|(_, c)| !c.is_whitespace()));
    letter.map(|(at, _)| at).filter(|&at| at < none).unwrap_or(0)
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
        self.line(line_index).map(|line| line.number as usize)
    }

    /// Where the finding begins in the file, whatever is asked for: it is asked for the primary
    /// label alone.
    fn location(&'a self, _id: (), _byte_index: usize) -> Result<Location, Error> {
        Ok(Location { line_number: self.start.line as usize, column_number: self.start.column as usize })
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
        let before = "nine ten one two three four five six seven eight nine ten";
        let after = "one two three four five six seven eight nine ten one two";
        let line = format!("{filler}MATCH {filler}");
        check_windows(&line, &["MATCH"], &[&format!("{before} MATCH {after}")]);
        let line = format!("CUE {filler}MATCH");
        check_windows(&line, &["CUE", "MATCH"], &[&format!("CUE {after}"), &format!("{before} MATCH")]);
        let solid = "x".repeat(400);
        check_windows(&format!("{solid}é{solid}"), &["é"], &[&format!("{0}é{0}", "x".repeat(60))]);
    }

    fn check_lines(first: u32, last: u32, expected: &[u32]) {
        assert_eq!(shown_lines(first, last).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn long_labels_show_their_ends() {
        check_lines(3, 3, &[3]);
        check_lines(1, 6, &[1, 2, 3, 4, 5, 6]);
        check_lines(1, 7, &[1, 2, 3, 4, 6, 7]);
        check_lines(1, 90, &[1, 2, 3, 4, 89, 90]);
    }
}
