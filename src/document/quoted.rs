//! What reports show of a document: the lines that findings stand on.
//!
//! A run over many files would hold all of them in memory until its report is written. Of a long line, what
//! stands around the findings is kept: a bill may be a single line.

use std::collections::{BTreeMap, BTreeSet};

use super::{Document, Location};
use crate::text::Span;

/// Of a span over more lines than both together, so many first and last lines are shown.
const FIRST_LINES: u32 = 4;
const LAST_LINES: u32 = 2;
/// A line that is not longer is kept whole, in bytes.
const WHOLE_LINE: u32 = 600;
/// How much of a longer line is kept on each side of a span, in code points: more than reports show of it,
/// and more than a line has that they show whole.
const AROUND: usize = 130;

/// A few lines of a document's source.
#[derive(Clone, Debug, Default)]
pub struct Quoted {
    source: String,
    /// Ascending, each from its start to that of the next.
    lines: Vec<QuotedLine>,
    /// What was asked for, ascending, and where it stands in `source`.
    spans: Vec<(Span, Box<[Span]>)>,
    comments: Vec<(Location, Span)>,
}

/// A line of a [`Quoted`].
#[derive(Clone, Copy, Debug)]
struct QuotedLine {
    /// Its number in the document's source, from 1.
    number: u32,
    /// Its number as the printed form counts, where the format has no byte positions.
    printed: Option<u32>,
    /// Where it begins in the source that is kept.
    start: u32,
}

impl Quoted {
    /// Keeps of `document` what shows the text at `spans`, and the comments at `places` of the file.
    pub fn new(document: &Document, spans: impl Iterator<Item = Span>, places: &[&Location]) -> Quoted {
        let spans: BTreeSet<Span> = spans.filter(|span| !span.is_empty()).collect();
        let spans: Vec<(Span, Vec<Span>)> =
            spans.into_iter().map(|span| (span, document.sources(span))).collect();
        let comments = comments(document, places);
        let mut parts: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
        let shown =
            spans.iter().flat_map(|(_, sources)| sources).chain(comments.iter().map(|(_, span)| span));
        for span in shown {
            let (first, last) = lines_of(document, *span);
            for number in shown_lines(first, last) {
                parts.entry(number).or_default().push(*span);
            }
        }
        let mut quoted = Quoted::default();
        let mut kept: Vec<(Span, u32)> = Vec::new();
        for (number, spans) in parts {
            let line = whole_line(document, number);
            let place = document.place_at(line.start);
            let printed = place.and_then(|place| place.line.or(place.paragraph));
            quoted.lines.push(QuotedLine { number, printed, start: quoted.source.len() as u32 });
            for part in parts_of_line(document.source(), line, &spans) {
                kept.push((part, quoted.source.len() as u32));
                quoted.source.push_str(part.of(document.source()));
            }
        }
        let moved = |span: Span| Span::new(moved(&kept, span.start), moved(&kept, span.end));
        let moved_all = |spans: Vec<Span>| spans.into_iter().map(moved).collect();
        quoted.spans = spans.into_iter().map(|(span, sources)| (span, moved_all(sources))).collect();
        quoted.comments = comments.into_iter().map(|(place, span)| (place, moved(span))).collect();
        quoted.source.shrink_to_fit();
        quoted
    }

    /// The text that is kept, line by line; spans of this type are in it.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Where the text at `span` of the document stands; empty if it was not asked for.
    pub fn sources(&self, span: Span) -> &[Span] {
        let found = self.spans.binary_search_by_key(&span, |(known, _)| *known).ok();
        found.and_then(|at| self.spans.get(at)).map_or(&[], |(_, sources)| sources)
    }

    /// Where the comment stands whose place in the file is `place`; `None` if it was not asked for.
    pub fn comment(&self, place: &Location) -> Option<Span> {
        self.comments.iter().find(|(known, _)| known == place).map(|(_, span)| *span)
    }

    /// The numbers of the lines, from 1, that are kept of those over which `span` runs.
    pub fn lines_of(&self, span: Span) -> impl Iterator<Item = u32> {
        let line = |offset: u32| {
            let next = self.lines.partition_point(|line| line.start <= offset);
            next.checked_sub(1).and_then(|last| self.lines.get(last)).map_or(1, |line| line.number)
        };
        let first = line(span.start);
        shown_lines(first, line(span.end.saturating_sub(1)).max(first))
    }

    /// A line that is kept, without what ends it.
    pub fn line(&self, number: u32) -> Span {
        let Some(at) = self.find(number) else { return Span::default() };
        let start = self.lines.get(at).map_or(0, |line| line.start);
        let end = self.lines.get(at + 1).map_or(self.source.len() as u32, |next| next.start);
        let text = Span::new(start, end).of(&self.source).trim_end_matches(['\n', '\r']);
        Span::new(start, start + text.len() as u32)
    }

    /// The number of a line as the printed form counts: the line of its page, or its paragraph. `None` where
    /// the format has byte positions.
    pub fn printed_number(&self, number: u32) -> Option<u32> {
        self.find(number).and_then(|at| self.lines.get(at)).and_then(|line| line.printed)
    }

    fn find(&self, number: u32) -> Option<usize> {
        self.lines.binary_search_by_key(&number, |line| line.number).ok()
    }
}

/// The comments of `document` at `places` of the file, where there is one.
fn comments(document: &Document, places: &[&Location]) -> Vec<(Location, Span)> {
    let offset = |place: &Location| place.segments.first().map(|segment| segment.0.offset);
    let mut known: Vec<(Option<u32>, Location, Span)> = Vec::new();
    if !places.is_empty() {
        let located =
            document.comments().iter().map(|comment| (document.locate_source(comment.span), comment));
        known.extend(located.map(|(place, comment)| (offset(&place), place, comment.span)));
        known.sort_by_key(|(offset, ..)| *offset);
    }
    let comment = |place: &&Location| {
        let first = known.partition_point(|(known, ..)| *known < offset(place));
        let (_, known, span) = known.get(first)?;
        (known == *place).then(|| ((*place).clone(), *span))
    };
    places.iter().filter_map(comment).collect()
}

/// The first and the last of the lines over which `span` of the source runs.
fn lines_of(document: &Document, span: Span) -> (u32, u32) {
    let first = document.lines().line(span.start);
    (first, document.lines().line(span.end.saturating_sub(1)).max(first))
}

fn shown_lines(first: u32, last: u32) -> impl Iterator<Item = u32> + use<> {
    let many = last - first >= FIRST_LINES + LAST_LINES;
    let head = first..if many { first + FIRST_LINES } else { last + 1 };
    let tail = if many { last + 1 - LAST_LINES..last + 1 } else { 0..0 };
    head.chain(tail)
}

/// A line of the source with what ends it.
fn whole_line(document: &Document, number: u32) -> Span {
    let lines = document.lines();
    let is_last = number as usize >= lines.lines();
    let end = if is_last { document.source().len() as u32 } else { lines.start(number + 1) };
    Span::new(lines.start(number), end)
}

/// What is kept of a line of `source` to show the `spans`, ascending and apart: all of a short one; of a long
/// one what stands around them, and its end, by which it is seen whether it goes on.
fn parts_of_line(source: &str, line: Span, spans: &[Span]) -> Vec<Span> {
    if line.len() <= WHOLE_LINE {
        return vec![line];
    }
    let around = |span: Span| {
        let before = Span::new(line.start, span.start).of(source);
        let after = Span::new(span.end, line.end).of(source);
        let from = before.char_indices().rev().take(AROUND).last().map_or(before.len(), |(at, _)| at);
        let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
        Span::new(line.start + from as u32, span.end + to as u32)
    };
    let text = line.of(source);
    let bare = text.trim_end();
    let last = bare.char_indices().next_back().map_or(0, |(at, _)| at);
    let end = Span::new(line.start + last as u32, line.end);
    let mut parts: Vec<Span> =
        spans.iter().filter_map(|span| span.intersection(line)).map(around).chain([end]).collect();
    parts.sort_unstable();
    parts.into_iter().fold(Vec::new(), |mut apart: Vec<Span>, part| {
        match apart.last_mut() {
            Some(last) if part.start <= last.end => *last = last.cover(part),
            _ => apart.push(part),
        }
        apart
    })
}

/// Where the byte of the source at `offset` stands among the parts that are `kept`; the end of the part before
/// it if it is not.
fn moved(kept: &[(Span, u32)], offset: u32) -> u32 {
    let next = kept.partition_point(|(part, _)| part.start <= offset);
    let Some((part, start)) = next.checked_sub(1).and_then(|last| kept.get(last)) else { return 0 };
    start + (offset - part.start).min(part.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Builder, Comment};

    fn document(source: &str) -> Document {
        let mut builder = Builder::new(source);
        builder.text(Span::from(0..source.len()));
        builder.finish()
    }

    fn check(source: &str, words: &[&str], kept: &str, numbers: &[u32]) {
        let document = document(source);
        let find = |words: &&str| {
            let start = document.text().find(*words).unwrap();
            Span::from(start..start + words.len())
        };
        let quoted = Quoted::new(&document, words.iter().map(find), &[]);
        assert_eq!(quoted.source(), kept, "{source:?}");
        for words in words {
            let sources = quoted.sources(find(words));
            let shown: Vec<u32> = sources.iter().flat_map(|span| quoted.lines_of(*span)).collect();
            assert!(shown.iter().all(|number| quoted.find(*number).is_some()), "{shown:?}");
            assert!(kept.get(sources[0].range()).unwrap().starts_with(words.split(' ').next().unwrap()));
        }
        assert_eq!(quoted.lines.iter().map(|line| line.number).collect::<Vec<_>>(), numbers, "{source:?}");
    }

    #[test]
    fn lines_are_kept() {
        check("one\ntwo\r\nthree\nfour", &["two"], "two\r\n", &[2]);
        check("one\ntwo\nthree\nfour", &["one", "two three"], "one\ntwo\nthree\n", &[1, 2, 3]);
        check("one\ntwo", &["two"], "two", &[2]);
        let many: String = ["a\n"; 5].concat() + "b\nc\nd\ne\nf";
        let all = many.replace('\n', " ");
        check(&many, &[&all], "a\na\na\na\ne\nf", &[1, 2, 3, 4, 9, 10]);
    }

    #[test]
    fn of_a_long_line_the_surroundings_are_kept() {
        let filler = "x".repeat(1000);
        // A space and what follows it make up what is kept on a side.
        let side = "x".repeat(AROUND - 1);
        let source = format!("{filler} key {filler} lock {filler}. \nend");
        check(&source, &["key"], &format!("{side} key {side}. \n"), &[1]);
        check(&source, &["key", "lock"], &format!("{side} key {side}{side} lock {side}. \n"), &[1]);
        check(&source, &["end"], "end", &[2]);
    }

    #[test]
    fn comments_are_found_by_their_places() {
        let source = "a\n# rightslint: x\n# rightslint: y\n";
        let mut builder = Builder::new(source);
        for (at, _) in source.match_indices('#') {
            let (span, words) = (Span::from(at..at + 15), Span::from(at + 14..at + 15));
            builder.comment(Comment { span, words });
        }
        let document = builder.finish();
        let place = document.locate_source(document.comments()[1].span);
        let quoted = Quoted::new(&document, std::iter::empty(), &[&place]);
        assert_eq!(quoted.comment(&place).map(|span| span.of(quoted.source())), Some("# rightslint: y"));
        assert_eq!(quoted.source(), "# rightslint: y\n");
        assert_eq!(quoted.comment(&Location::default()), None);
    }
}
