//! Tests of the whole: the program as it is run, reports as they are read, what holds on any text.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

/// The layers of ARCHITECTURE.md.
mod layers;
/// What is the same everywhere: module documentation, length of files, names.
mod conventions;
/// The built-in packs: they load, and their examples hold.
mod packs;
/// Mistakes in rule files: a code, and a caret at the right place.
mod pack_errors;
/// A language made of TOML alone.
mod toy_language;
/// What holds on any text: layout, prefilter, spans.
mod properties;
/// Findings from text to exact positions: the headline cases.
mod findings;
/// Arguments, exit codes, files that cannot be read.
mod cli;
/// One run in every format, to the byte.
mod reports;
