//! Plain text (stub).
use crate::document::{BlockKind, Builder, Document};
use crate::text::Span;

pub(super) fn read(source: &str) -> Document {
    let mut builder = Builder::new(source);
    let mut at = 0;
    let mut blank = true;
    for line in source.split_inclusive('\n') {
        if line.trim().is_empty() {
            blank = true;
        } else {
            if blank {
                builder.block(BlockKind::Paragraph, 0, 0);
            }
            blank = false;
            builder.text(Span::from(at..at + line.len()));
        }
        at += line.len();
    }
    builder.finish()
}
