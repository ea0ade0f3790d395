//! What a suppression is for: the next provision or block, or a marked region.

use crate::document::Document;
use crate::structure::Structure;
use crate::text::Span;

/// Where a suppression holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// In this span of the document's text.
    Text(Span),
    /// In these bytes of its source.
    Source(Span),
}

impl Scope {
    /// Whether what stands at `span` of the text stands in it.
    pub(super) fn holds(self, document: &Document, span: Span) -> bool {
        match self {
            Scope::Text(scope) => scope.start <= span.start && span.start < scope.end,
            Scope::Source(scope) => {
                let first = document.sources(span).into_iter().next();
                first.is_some_and(|first| scope.start <= first.start && first.start < scope.end)
            }
        }
    }
}

/// The next provision that begins at or after `at`, with all below it; a block that begins before it goes
/// first, with the list that it leads in to.
pub(super) fn next(document: &Document, structure: &Structure, at: u32) -> Span {
    let provisions = &structure.provisions;
    let found = provisions.get(provisions.partition_point(|provision| provision.span.start < at));
    let (provision, heading) = (found.map(|found| found.span), found.and_then(|found| found.heading));
    let blocks = document.blocks();
    let block = blocks.get(blocks.partition_point(|block| block.span.start < at)).map(|block| block.span);
    match (provision, block) {
        (Some(provision), Some(block)) if provision.start <= block.start => provision,
        // Its heading may stand above its number.
        (Some(provision), Some(block)) if heading.is_some_and(|heading| block.contains(heading)) => {
            block.cover(provision)
        }
        (_, Some(block)) => with_list(structure, block),
        (Some(provision), None) => provision,
        (None, None) => Span::new(at, at),
    }
}

/// The block and the passages that it leads in to.
fn with_list(structure: &Structure, block: Span) -> Span {
    let first = structure.passages.partition_point(|passage| passage.span.start < block.start);
    let mut last = structure.passages.partition_point(|passage| passage.span.start < block.end);
    let own = first..last;
    let mut end = block.end;
    while let Some(passage) = structure.passages.get(last) {
        let hangs = structure.read_with(last).any(|with| own.contains(&with));
        if !hangs {
            break;
        }
        end = end.max(passage.span.end);
        last += 1;
    }
    Span::new(block.start, end)
}
