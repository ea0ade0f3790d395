//! Properties that hold on any text: layout does not change what is found, the prefilter does not
//! change what is found, every span leads back to the source.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use proptest::prelude::*;
use rightslint::document::{Document, fold};
use rightslint::finding::Finding;
use rightslint::reader::{self, Format};
use rightslint::rule::{Kind, RuleSet};
use rightslint::scan::{Candidates, Scanner};
use rightslint::text::Span;

use crate::layers::root;

fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| RuleSet::builtin().unwrap())
}

fn read(source: &str) -> Option<Document> {
    reader::read(Format::Text, source.as_bytes()).ok()
}

/// Words without punctuation, folded.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Breaks text into lines of at most `width` characters.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().unwrap();
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// Breaks the first word of every line but the first at a hyphen, its beginning put on the line before.
fn hyphenate(lines: &mut [String]) {
    for index in 1..lines.len() {
        let word: String = lines[index].chars().take_while(char::is_ascii_lowercase).collect();
        if word.len() < 7 {
            continue;
        }
        let (head, tail) = (word[..3].to_owned(), lines[index][3..].to_owned());
        lines[index - 1].extend([" ", &head, "-"]);
        lines[index] = tail;
    }
}

/// The example's blocks, laid out anew; `None` if its own lines carry its structure.
fn blocks(example: &str) -> Option<String> {
    let text = example.replace(['«', '»'], "");
    (!text.trim().contains('\n')).then_some(text)
}

#[test]
fn layout_does_not_change_what_is_found() {
    let scanner = Scanner::new(rules());
    let mut wrong = Vec::new();
    for rule in rules().languages.iter().flat_map(|language| &language.rules) {
        for example in &rule.examples.flags {
            let Some(text) = blocks(example) else { continue };
            let expected = marked(example);
            for (name, source) in layouts(&text) {
                let Some(document) = read(&source) else { continue };
                let findings = scanner.scan(&document).findings;
                let found: Vec<Vec<String>> = findings
                    .iter()
                    .filter(|finding| finding.rule == rule.id)
                    .map(|finding| words(&finding.text))
                    .collect();
                // An absence is reported on the power that it misses a safeguard for.
                let holds = |words: &Vec<String>| {
                    let within = |some: &[String], all: &[String]| {
                        all.windows(some.len().max(1)).any(|window| window == some)
                    };
                    let on_power = |text: &Vec<String>| within(text, words) || within(words, text);
                    found.contains(words) || rule.kind == Kind::Absence && found.iter().any(on_power)
                };
                if !expected.iter().all(holds) {
                    wrong.push(format!("{} {name}: {found:?} in {source:?}", rule.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

fn marked(example: &str) -> Vec<Vec<String>> {
    example.split('«').skip(1).filter_map(|part| part.split('»').next()).map(words).collect()
}

fn layouts(text: &str) -> Vec<(String, String)> {
    let mut layouts = Vec::new();
    for width in [20, 33, 47, 60, 72, 90, 120] {
        let lines = wrap(text, width);
        let mut broken = lines.clone();
        hyphenate(&mut broken);
        let numbered: Vec<String> =
            (1..).zip(&lines).map(|(number, line)| format!("{number:>2}  {line}")).collect();
        layouts.push((format!("wrapped at {width}"), lines.join("\n")));
        layouts.push((format!("hyphenated at {width}"), broken.join("\n")));
        layouts.push((format!("CRLF at {width}"), lines.join("\r\n")));
        if numbered.len() >= 5 {
            layouts.push((format!("margin numbers at {width}"), numbered.join("\n")));
        }
    }
    layouts
}

/// What the tests hold against the whole corpus, where it is there; elsewhere against the fixtures.
fn corpus() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = folder(&root().join("fixtures/bills"));
    for name in ["negatives", "controls", "more"] {
        files.extend(folder(&root().join("../shared/corpus").join(name)));
    }
    files
}

fn folder(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    files
}

/// So much of each file is scanned twice; the slow way tries every rule on every clause.
const SAMPLE: usize = 24_000;

#[test]
fn the_prefilter_changes_nothing_on_the_corpus() {
    let (fast, slow) = (Scanner::new(rules()), Scanner::with_candidates(rules(), Candidates::All));
    let mut read_any = false;
    for path in corpus() {
        let Some(format) = path.file_name().and_then(|name| Format::of_name(name.to_str()?)) else {
            continue;
        };
        let bytes = fs::read(&path).unwrap();
        let source = String::from_utf8_lossy(&bytes);
        let end = (0..=SAMPLE.min(source.len())).rev().find(|&end| source.is_char_boundary(end)).unwrap();
        let Ok(document) = reader::read(format, source[..end].as_bytes()) else { continue };
        let findings = fast.scan(&document).findings;
        assert_eq!(findings, slow.scan(&document).findings, "{}", path.display());
        check_spans(&document, &findings);
        read_any = true;
    }
    assert!(read_any);
}

/// Every span lies on character boundaries, and the source at its segments holds its words.
fn check_spans(document: &Document, findings: &[Finding]) {
    for finding in findings {
        let text = document.text();
        assert!(
            text.is_char_boundary(finding.span.start as usize)
                && text.is_char_boundary(finding.span.end as usize)
        );
        assert_eq!(finding.span.of(text), finding.text);
        let sources = document.sources(finding.span);
        let sliced: String = sources.iter().map(|&source| source.of(document.source())).collect();
        let kept = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
        assert_eq!(kept(&sliced), kept(&finding.text), "{}", finding.rule);
        for (start, end) in &finding.location.segments {
            assert!(start.offset < end.offset && end.offset as usize <= document.source().len());
        }
    }
}

/// Pieces that rules and structure react to, strung together at random.
fn piece() -> impl Strategy<Value = String> {
    static POOL: OnceLock<Vec<String>> = OnceLock::new();
    let pool = || {
        let examples = rules()
            .languages
            .iter()
            .flat_map(|language| &language.rules)
            .flat_map(|rule| &rule.examples.flags);
        let words: Vec<String> = examples
            .flat_map(|example| example.split_whitespace())
            .map(|word| word.replace(['«', '»'], ""))
            .collect();
        words
    };
    let pool = POOL.get_or_init(pool);
    prop_oneof![
        6 => proptest::sample::select(pool.as_slice()),
        1 => proptest::sample::select(vec![
            "must—\n\n(a)", ";\n\n(b)", "; or\n(c)", ".\n\n(2)", ".\n\nSEC. 3. X.\n\n", "shall not", "\n", "\r\n", "; ",
            "nothing in this Act", "may", "“", "”", "\u{ad}", "-\n", "§ é 😀", "commits an offence", "by striking", "and inserting",
        ]).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_prefilter_changes_nothing_on_random_text(pieces in proptest::collection::vec(piece(), 1..120)) {
        let source = pieces.join(" ");
        let Some(document) = read(&source) else { return Ok(()) };
        let findings = Scanner::new(rules()).scan(&document).findings;
        let slow = Scanner::with_candidates(rules(), Candidates::All).scan(&document).findings;
        prop_assert_eq!(&findings, &slow);
        check_spans(&document, &findings);
    }

    #[test]
    fn folding_leads_back(text in "\\PC{0,60}") {
        let Some(document) = read(&text) else { return Ok(()) };
        let whole = Span::from(0..document.text().len());
        let folded = document.to_folded(whole);
        prop_assert_eq!(folded, Span::from(0..document.folded().len()));
        prop_assert_eq!(document.to_text(folded), whole);
        for (at, c) in document.folded().char_indices() {
            let back = document.to_text(Span::from(at..at + c.len_utf8()));
            prop_assert!(document.text().get(back.range()).is_some());
        }
    }
}
