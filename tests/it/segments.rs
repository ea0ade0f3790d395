//! Whatever a file looks like, the bytes at the segments of a finding are the words that it names.
//!
//! Held against the file itself and not against what was decoded from it: an editor underlines bytes.

use proptest::prelude::*;
use rightslint::finding::Finding;
use rightslint::reader::{Format, read};
use rightslint::rule::RuleSet;
use rightslint::scan::Scanner;

/// Every fixture in UTF-8 whose format has byte positions.
const FILES: &[(Format, &str)] = &[
    (Format::Text, include_str!("../../fixtures/bills/probe.txt")),
    (Format::Text, include_str!("../../fixtures/bills/secure-networks-bill.txt")),
    (Format::Markdown, include_str!("../../fixtures/bills/user-protection-bill.md")),
    (Format::Markdown, include_str!("../../fixtures/formats/secure-networks-bill.md")),
    (Format::Html, include_str!("../../fixtures/formats/secure-networks.html")),
    (Format::Html, include_str!("../../fixtures/formats/secure-networks-printed.htm")),
    (Format::Xml, include_str!("../../fixtures/formats/xml-secure-networks.akn")),
    (Format::Xml, include_str!("../../fixtures/formats/xml-secure-networks-us.xml")),
    (Format::Xml, include_str!("../../fixtures/formats/xml-secure-networks-uk.xml")),
];

/// What may stand for a space between words: in any format, and in mark-up.
const ANYWHERE: [&str; 6] = ["\n", "\t ", " § ", " é ", " 😀 ", "\u{ad} "];
const IN_MARK_UP: [&str; 6] =
    [" &#167; ", " &#xe9; ", " &#x1F600; ", " &amp; ", " <!-- é --> ", " <b>§</b> "];

/// The places of the spaces of `source` that stand in no tag, comment or declaration.
fn spaces(format: Format, source: &str) -> Vec<usize> {
    let mark_up = matches!(format, Format::Html | Format::Xml);
    let mut inside = false;
    let found = source.char_indices().filter(|(_, c)| {
        inside = mark_up && (*c == '<' || (inside && *c != '>'));
        *c == ' ' && !inside
    });
    found.map(|(at, _)| at).collect()
}

/// `source` with some spaces replaced, its line ends and its first bytes as asked.
fn varied(format: Format, source: &str, pieces: &[(usize, usize)], crlf: bool, mark: bool) -> String {
    let spaces = spaces(format, source);
    let pool = match format {
        Format::Html | Format::Xml => [ANYWHERE, IN_MARK_UP].concat(),
        Format::Text | Format::Markdown | Format::Docx | Format::Odt | Format::Rtf | Format::Pdf => {
            ANYWHERE.to_vec()
        }
    };
    let mut places: Vec<(usize, &str)> =
        pieces.iter().map(|(at, piece)| (spaces[at % spaces.len()], pool[piece % pool.len()])).collect();
    places.sort_unstable();
    places.dedup_by_key(|(at, _)| *at);
    let mut out = source.to_owned();
    for (at, piece) in places.iter().rev() {
        out.replace_range(at..&(at + 1), piece);
    }
    let out = if crlf { out.replace('\n', "\r\n") } else { out };
    if mark { format!("\u{feff}{out}") } else { out }
}

/// The letters of `text`, the character references that are put in resolved; other mark-up that stands
/// for a character, as the end tag of a quotation does, is left out.
fn letters(text: &str) -> String {
    let tags = text.split('<').enumerate();
    let text: String = tags
        .map(|(index, piece)| piece.split_once('>').filter(|_| index > 0).map_or(piece, |(_, text)| text))
        .collect();
    let text =
        text.replace("&#xe9;", "é").replace("&mdash;", "").replace("&ldquo;", "").replace("&rdquo;", "");
    let mut pieces = text.split('&');
    let first = pieces.next().unwrap_or_default().to_owned();
    let rest = pieces.map(|piece| piece.split_once(';').map_or(piece, |(_, after)| after));
    (first + &rest.collect::<String>()).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The letters of the bytes at the segments of `finding`.
fn sliced(bytes: &[u8], finding: &Finding) -> String {
    let segments = finding.location.segments.iter();
    let pieces = segments.map(|(start, end)| &bytes[start.offset as usize..end.offset as usize]);
    letters(&pieces.map(|piece| std::str::from_utf8(piece).unwrap()).collect::<String>())
}

fn check(format: Format, source: &str, scanner: &Scanner<'_>) -> usize {
    let findings = scanner.scan(&read(format, source.as_bytes()).unwrap()).findings;
    for finding in &findings {
        assert_eq!(
            sliced(source.as_bytes(), finding),
            letters(&finding.text),
            "{} in {source:?}",
            finding.rule
        );
    }
    findings.len()
}

#[test]
fn the_bytes_at_the_segments_are_the_words() {
    let rules = RuleSet::builtin().unwrap();
    let scanner = Scanner::new(&rules);
    let pieces = || proptest::collection::vec((any::<usize>(), any::<usize>()), 0..40);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 12,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    for (format, source) in FILES {
        assert!(check(*format, source, &scanner) > 0, "{source}");
        let ran = runner.run(&(pieces(), any::<bool>(), any::<bool>()), |(pieces, crlf, mark)| {
            check(*format, &varied(*format, source, &pieces, crlf, mark), &scanner);
            Ok(())
        });
        ran.unwrap();
    }
}
