//! rightslint: a linter for draft legislation.

pub mod context;
pub mod diagnostic;
pub mod document;
pub mod finding;
pub mod language;
pub mod reader;
pub mod rule;
pub mod scan;
pub mod structure;
pub mod text;
