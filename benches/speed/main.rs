//! How fast each stage is: `cargo bench --bench speed [FILTER]`.
//!
//! On text that `text` makes up, and on `../shared/corpus/bulk` where it exists.

mod text;

use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;
use rightslint::document::Document;
use rightslint::reader::{self, Format};
use rightslint::rule::{PackFile, RuleSet};
use rightslint::scan::{Candidates, Scanner};
use rightslint::structure::Structure;

fn main() {
    divan::main();
}

/// The size of what is measured on.
const SIZE: usize = 1 << 20;

fn rules() -> RuleSet {
    RuleSet::builtin().expect("the built-in rules are right")
}

/// The first so many rules of those that name no others, with the language and its classes.
fn first_rules(count: usize) -> RuleSet {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/en");
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = names.filter_map(|entry| entry.path().to_str().map(str::to_owned)).collect();
    names.sort();
    let mut left = count;
    let mut cut = |name: String| {
        let text = std::fs::read_to_string(&name).expect("a rule file");
        let mut file: toml::Table = text.parse().expect("TOML");
        if let Some(rules) = file.get_mut("rule").and_then(toml::Value::as_array_mut) {
            rules.retain(|rule| {
                let wanted = left > 0 && rule.get("power").is_none() && rule.get("shown_by").is_none();
                left -= usize::from(wanted);
                wanted
            });
        }
        PackFile { name, text: file.to_string() }
    };
    let files: Vec<PackFile> = names.into_iter().map(&mut cut).collect();
    RuleSet::from_files(&files).expect("the rules are right without the others")
}

fn document(text: &str) -> Document {
    reader::read(Format::Text, text.as_bytes()).expect("it is text")
}

/// The bytes of a made-up bill in a format.
fn source(format: Format) -> Vec<u8> {
    match format {
        Format::Text => text::plain(SIZE).into_bytes(),
        Format::Markdown => text::markdown(SIZE).into_bytes(),
        Format::Xml => text::xml(SIZE).into_bytes(),
        Format::Html => text::html(SIZE).into_bytes(),
        Format::Rtf => text::rtf(SIZE).into_bytes(),
        Format::Docx => text::docx(SIZE),
        Format::Odt | Format::Pdf => Vec::new(),
    }
}

#[divan::bench(args = [Format::Text, Format::Markdown, Format::Xml, Format::Html, Format::Rtf, Format::Docx])]
fn read(bencher: Bencher<'_, '_>, format: Format) {
    let bytes = source(format);
    bencher.counter(BytesCount::new(SIZE)).bench(|| reader::read(format, &bytes));
}

#[divan::bench]
fn structure(bencher: Bencher<'_, '_>) {
    let (rules, document) = (rules(), document(&text::plain(SIZE)));
    let language = &rules.languages.first().expect("a language").language;
    bencher.counter(BytesCount::new(SIZE)).bench(|| Structure::new(&document, language));
}

/// Scans with the first so many rules.
fn scan_with(bencher: Bencher<'_, '_>, count: usize, candidates: Candidates, size: usize) {
    let rules = first_rules(count);
    let document = document(&text::plain(size));
    let scanner = Scanner::with_candidates(&rules, candidates);
    bencher.counter(BytesCount::new(size)).bench(|| scanner.scan(&document));
}

#[divan::bench(args = [10, 100, 1000])]
fn scan(bencher: Bencher<'_, '_>, rules: usize) {
    scan_with(bencher, rules, Candidates::Prefiltered, SIZE);
}

#[divan::bench(args = [10, 100, 1000], sample_count = 10)]
fn scan_without_prefilter(bencher: Bencher<'_, '_>, rules: usize) {
    scan_with(bencher, rules, Candidates::All, SIZE >> 4);
}

#[divan::bench]
fn one_long_line(bencher: Bencher<'_, '_>) {
    let rules = rules();
    let scanner = Scanner::new(&rules);
    let line = text::one_line(SIZE);
    bencher.counter(BytesCount::new(SIZE)).bench(|| scanner.scan(&document(&line)));
}

/// From nothing to the findings of a bill of 20 KB.
#[divan::bench]
fn start_up(bencher: Bencher<'_, '_>) {
    let bill = text::plain(20_000);
    bencher.bench(|| {
        let rules = rules();
        Scanner::new(&rules).scan(&document(&bill)).findings.len()
    });
}

/// What an editor waits for after a key: a bill of 100 KB, read and scanned anew.
#[divan::bench]
fn after_a_key(bencher: Bencher<'_, '_>) {
    let rules = rules();
    let scanner = Scanner::new(&rules);
    let bill = text::plain(100_000);
    bencher.bench(|| scanner.scan(&document(&bill)));
}

/// All of `../shared/corpus/bulk`, where it exists.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn bulk(bencher: Bencher<'_, '_>) {
    let mut sources = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/bulk"), &mut sources);
    let rules = rules();
    let scanner = Scanner::new(&rules);
    let size: usize = sources.iter().map(|(_, bytes)| bytes.len()).sum();
    bencher.counter(BytesCount::new(size)).bench_local(|| {
        let read = |(format, bytes): &(Format, Vec<u8>)| reader::read(*format, bytes).ok();
        sources.iter().filter_map(read).map(|document| scanner.scan(&document).findings.len()).sum::<usize>()
    });
}

fn collect(folder: &Path, sources: &mut Vec<(Format, Vec<u8>)>) {
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, sources);
        } else if let Some(format) = path.to_str().and_then(Format::of_name) {
            sources.extend(std::fs::read(&path).map(|bytes| (format, bytes)));
        }
    }
}
