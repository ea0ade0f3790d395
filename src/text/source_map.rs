//! From the normalised text back to the source.
//!
//! The document builder appends a segment for every piece of text that it writes. A *verbatim*
//! segment stands for the same number of bytes on both sides; any other stands as a whole for its
//! source range (a line end and its indentation that became one space, an entity that became one
//! character). What the builder leaves out (margin numbers, page furniture, the hyphen of a broken
//! word) has no segment, so a span that runs across it maps to several source ranges.
//!
//! Invariant: segments are ascending and disjoint in the text. In the source they need not be
//! ascending over the whole document, only within a block.

use super::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    text: Span,
    source: Span,
}

impl Segment {
    fn is_verbatim(self) -> bool {
        self.text.len() == self.source.len()
    }

    /// The source of the part of this segment that `span` covers.
    fn source_of(self, span: Span) -> Option<Span> {
        let common = self.text.intersection(span)?;
        if !self.is_verbatim() {
            return Some(self.source);
        }
        let shift = common.start - self.text.start;
        Some(Span::new(self.source.start + shift, self.source.start + shift + common.len()))
    }
}

/// Maps spans of a document's text to byte ranges of its source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    segments: Vec<Segment>,
}

impl SourceMap {
    /// Records that the text at `text` was read from `source`. Text must be pushed in order.
    ///
    /// Equal lengths mean byte for byte the same; a run that goes on where the last one ended is
    /// joined to it.
    pub fn push(&mut self, text: Span, source: Span) {
        if text.is_empty() {
            return;
        }
        let next = Segment { text, source };
        if let Some(last) = self.segments.last_mut() {
            let adjoining = last.text.end == text.start && last.source.end == source.start;
            if adjoining && last.is_verbatim() && next.is_verbatim() {
                last.text.end = text.end;
                last.source.end = source.end;
                return;
            }
        }
        self.segments.push(next);
    }

    /// Forgets everything at and after the text offset `end`.
    pub fn truncate(&mut self, end: u32) {
        while let Some(last) = self.segments.last_mut() {
            if last.text.end <= end {
                return;
            }
            if last.text.start < end && last.is_verbatim() {
                let cut = last.text.end - end;
                last.text.end -= cut;
                last.source.end -= cut;
                return;
            }
            self.segments.pop();
        }
    }

    /// Takes out everything at and after the text offset `at`; its text counts from there.
    #[must_use]
    pub fn split_off(&mut self, at: u32) -> SourceMap {
        let first = self.segments.partition_point(|segment| segment.text.end <= at);
        let mut segments = self.segments.split_off(first);
        if let Some(cut) = segments.first_mut().filter(|segment| segment.text.start < at) {
            let head = Span::new(cut.text.start, at);
            let source = cut.source_of(head).unwrap_or(cut.source);
            self.segments.push(Segment { text: head, source });
            let tail = Span::new(at, cut.text.end);
            *cut = Segment { text: tail, source: cut.source_of(tail).unwrap_or(cut.source) };
        }
        for segment in &mut segments {
            segment.text = Span::new(segment.text.start - at, segment.text.end - at);
        }
        SourceMap { segments }
    }

    /// Records what `other` maps, whose text begins at the offset `at` here.
    pub fn append(&mut self, other: &SourceMap, at: u32) {
        for segment in &other.segments {
            self.push(Span::new(segment.text.start + at, segment.text.end + at), segment.source);
        }
    }

    /// The source ranges that `span` was read from, in the order of the text, adjoining ones joined.
    ///
    /// Empty only where nothing in `span` has a source.
    pub fn sources(&self, span: Span) -> Vec<Span> {
        let first = self.segments.partition_point(|segment| segment.text.end <= span.start);
        let mut sources: Vec<Span> = Vec::new();
        for segment in &self.segments[first..] {
            if segment.text.start >= span.end {
                break;
            }
            let Some(source) = segment.source_of(span) else { continue };
            match sources.last_mut() {
                Some(last) if last.end == source.start => last.end = source.end,
                _ => sources.push(source),
            }
        }
        sources
    }

    /// For each of the offsets of the source, where the text begins that was read from what follows it
    /// first; `None` where nothing that follows is text.
    pub fn texts_after(&self, offsets: impl Iterator<Item = u32>) -> impl Iterator<Item = Option<u32>> {
        let mut offsets = offsets.peekable();
        let mut starts: Vec<(u32, u32)> = Vec::new();
        if offsets.peek().is_some() {
            starts.extend(self.segments.iter().map(|segment| (segment.source.start, segment.text.start)));
            starts.sort_unstable();
        }
        offsets.map(move |offset| {
            let next = starts.partition_point(|start| start.0 < offset);
            starts.get(next).map(|start| start.1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_joined_and_gaps_are_kept() {
        // source: "re-\nquest  a" -> text: "request a"
        let mut map = SourceMap::default();
        map.push(Span::new(0, 2), Span::new(0, 2));
        map.push(Span::new(2, 7), Span::new(4, 9));
        map.push(Span::new(7, 8), Span::new(9, 11));
        map.push(Span::new(8, 9), Span::new(11, 12));
        assert_eq!(map.sources(Span::new(0, 9)), vec![Span::new(0, 2), Span::new(4, 12)]);
        assert_eq!(map.sources(Span::new(4, 7)), vec![Span::new(6, 9)]);
        assert_eq!(map.sources(Span::new(7, 8)), vec![Span::new(9, 11)]);
        assert_eq!(map.sources(Span::new(9, 9)), vec![]);
    }

    #[test]
    fn a_map_is_cut_and_put_together() {
        let whole = || {
            let mut map = SourceMap::default();
            map.push(Span::new(0, 4), Span::new(10, 14));
            map.push(Span::new(4, 5), Span::new(14, 20));
            map.push(Span::new(5, 9), Span::new(20, 24));
            map
        };
        for at in 0..=9 {
            let mut map = whole();
            let rest = map.split_off(at);
            assert_eq!(map.sources(Span::new(at, 9)), vec![], "{at}");
            map.append(&rest, at);
            assert_eq!(map, whole(), "{at}");
        }
    }
}
