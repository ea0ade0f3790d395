//! Tests of the whole: the program as it is run, reports as they are read, what holds on any text.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

/// Only new findings fail.
mod baseline;
/// What is kept for the next run changes nothing.
mod cache;
/// The sentences of the catalogue.
mod catalogue;
/// Arguments, exit codes, files that cannot be read.
mod cli;
/// Configuration files: found, checked, obeyed.
mod configuration;
/// What is the same everywhere: module documentation, length of files, names.
mod conventions;
/// Two drafts of a bill.
mod diff;
/// A pack of one's own: positions, selections, exit codes.
mod findings;
/// One bill in every vocabulary of XML: the same findings.
mod formats;
/// One bill as HTML and in other encodings: the same findings.
mod formats_html;
/// One bill as DOCX, ODT and RTF: the same findings.
mod formats_office;
/// One bill as PDF: places, notes, refusals.
mod formats_pdf;
/// What the fuzz targets found.
mod fuzz;
/// The headline probe of the README, and the fixture bills.
mod headline;
/// The figures on the labelled bills; silence on the quiet ones.
mod labelled;
/// The layers of ARCHITECTURE.md.
mod layers;
/// Reports in files, full disks, statistics, watching.
mod outputs;
/// Mistakes in rule files: a code, and a caret at the right place.
mod pack_errors;
/// The built-in packs: they load, and their examples hold.
mod packs;
/// Reports on files that have no byte positions.
mod places;
/// What holds on any text: layout, prefilter, spans.
mod properties;
/// The README shows what the program prints.
mod readme;
/// Every format is what its readers take.
mod report_schemas;
/// One run in every format, to the byte.
mod reports;
/// Safeguards that bind a power, and absences.
mod safeguards;
/// The JSON Schemas say what is written.
mod schemas;
/// Spans lead back to the bytes of the file.
mod segments;
/// One run in every format, against files.
mod snapshots;
/// Suppressions in comments and in a file beside the documents.
mod suppressions;
/// A language made of TOML alone.
mod toy_language;
