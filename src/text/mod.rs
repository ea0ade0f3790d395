//! What "position" means here.
//!
//! Every position inside the program is a half-open range of bytes in a document's normalised text,
//! a [`Span`]. Lines and columns exist only where a person or an editor reads them: [`LineIndex`]
//! turns a byte offset of the *source* into a [`Position`], and [`SourceMap`] leads from the
//! normalised text back to the source.

mod line_index;
mod source_map;
mod span;

pub use line_index::{LineIndex, Position};
pub use source_map::SourceMap;
pub use span::Span;
