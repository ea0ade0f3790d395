//! Tests of the whole: the program as it is run, reports as they are read.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

/// Rule files that are wrong; a language that is made of TOML alone.
mod packs;
/// Arguments, exit codes, files that cannot be read.
mod cli;
/// One run in every format, to the byte.
mod reports;
/// The layers of the modules.
mod layers;
