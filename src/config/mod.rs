//! What a user chooses: which findings are wanted, how grave they are, how documents are read.
//!
//! Choices come from the command line and from a configuration file, `rightslint.toml`. A file is
//! parsed here without being found or read: that is done where paths are walked. It is read in two
//! steps, because its packs have to be known before the names of rules in it can be checked:
//! [`Configuration::parse`], then [`Configuration::resolve`]. Whatever is wrong becomes a
//! [`Diagnostic`](crate::diagnostic::Diagnostic) that points into the file.

mod effective;
mod fault;
mod globs;
mod level;
mod parse;
mod resolve;
mod schema;
mod selection;

pub use fault::{Key as TomlKey, TomlFile, Value as TomlValue};
pub use globs::Globs;
pub use level::{FailOn, Level, Levels};
pub use parse::Configuration;
pub use resolve::{Choice, Resolved, Settings};
pub use schema::Choices;
pub use selection::{Selection, Selector, UnknownName, find_rule, nearest, suggest, topic_name};

/// What a configuration file is called; the first of these that is there counts.
pub const FILE_NAMES: [&str; 2] = ["rightslint.toml", ".rightslint.toml"];

/// What a file of suppressions is called.
pub const SIDECAR_NAMES: [&str; 1] = ["rightslint-allow.toml"];

/// What `rightslint init` writes.
pub const TEMPLATE: &str = include_str!("template.toml");
