//! rightslint: a linter for draft legislation.

pub mod cli;
pub mod config;
pub mod context;
pub mod diagnostic;
pub mod document;
pub mod finding;
pub mod language;
pub mod lint;
pub mod reader;
pub mod report;
pub mod rule;
pub mod scan;
pub mod structure;
pub mod text;
pub mod walk;
