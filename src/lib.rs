//! rightslint: a linter for draft legislation.

pub mod text;
pub mod diagnostic;
pub mod language;
pub mod document;
pub mod reader;
pub mod structure;
pub mod rule;
pub mod finding;
pub mod context;
pub mod scan;
pub mod config;
pub mod walk;
pub mod lint;
pub mod report;
pub mod cli;
