//! rightslint: a linter for draft legislation.
//!
//! A bill is read into a [`document`], held against a set of [`rule`]s by a [`scan`], and what is found
//! is written by a [`report`]. [`lint::run`] does all of it for many files at once; [`cli`] is the program.
//!
//! ```
//! use rightslint::reader::{self, Format};
//! use rightslint::rule::RuleSet;
//! use rightslint::scan::Scanner;
//!
//! let rules = RuleSet::builtin().expect("the built-in rules hold no mistake");
//! let scanner = Scanner::new(&rules);
//! let bill = "12. A provider shall de-\ncrypt any message that it carries.";
//! let document = reader::read(Format::Text, bill.as_bytes())?;
//! let finding = &scanner.scan(&document).findings[0];
//! assert_eq!(finding.rule, "mandated-decryption-capability");
//! assert_eq!(finding.text, "decrypt any message");
//! assert_eq!(finding.provision.as_deref(), Some("s. 12"));
//! assert_eq!(finding.location.segments.len(), 2);
//! # Ok::<(), rightslint::reader::ReadError>(())
//! ```
//!
//! ARCHITECTURE.md has the layers, the code map and the invariants.

pub mod baseline;
mod builtin;
pub mod cache;
pub mod cli;
pub mod config;
pub mod context;
pub mod diagnostic;
pub mod diff;
pub mod document;
pub mod finding;
pub mod language;
pub mod lint;
pub mod reader;
pub mod report;
pub mod rule;
pub mod scan;
pub mod store;
pub mod structure;
pub mod suppress;
pub mod text;
pub mod walk;
