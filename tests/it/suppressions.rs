//! Suppressions in comments and in a file beside the documents.

use std::fmt::Write as _;
use std::sync::OnceLock;

use proptest::prelude::*;
use rightslint::finding::Finding;
use rightslint::lint::{self, Options, Run};
use rightslint::reader::Format;
use rightslint::rule::RuleSet;
use rightslint::scan::Scanner;
use rightslint::suppress::Date;
use rightslint::walk::{Input, Source, Walked};

use crate::cli::Place;
use crate::layers::root;

const DECRYPT: &str = "mandated-decryption-capability";

fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| RuleSet::builtin().unwrap())
}

fn run(name: &str, source: &str, suppressions: bool, today: &str) -> Run {
    let input = Input {
        path: name.to_owned(),
        format: Format::of_name(name),
        source: Source::Memory(source.as_bytes().to_vec()),
    };
    let walked = Walked { inputs: vec![input], ..Walked::default() };
    let options = Options { suppressions, today: Date::parse(today), threads: 1, ..Options::default() };
    let run = lint::run(walked, &Scanner::new(rules()), &options);
    assert_eq!(run.failures, [], "{source}");
    run
}

/// What is said of the duty to decrypt and of suppressions: the provision, `-` before what is suppressed, and
/// the part of a notice's id after `suppression-`.
fn told(name: &str, source: &str, today: &str) -> Vec<String> {
    let run = run(name, source, true, today);
    let shown = |finding: &Finding| match finding.rule.strip_prefix("suppression-") {
        Some(notice) => Some(notice.to_owned()),
        None if finding.rule == DECRYPT => {
            let sign = if finding.suppressed.is_some() { "-" } else { "" };
            Some(format!("{sign}{}", finding.provision.as_deref().unwrap_or_default()))
        }
        None => None,
    };
    run.findings().filter_map(|(_, finding)| shown(finding)).collect()
}

fn check(name: &str, source: &str, expected: &[&str]) {
    assert_eq!(told(name, source, "2026-06-30"), expected, "{name}:\n{source}");
}

/// A bill in which each `@words` stands for a comment with these words.
const BILL: &str = "\
@a
1. Interception
@b
(1) A provider shall decrypt any message.
@c
(2) A provider must—
@d
(a) decrypt any message; and
(b) decrypt any communication.
@e
2. Keys
(1) A provider shall decrypt every message.
@f
";

/// The bill in the format that `name` ends in, with `comments` at their letters.
fn bill(name: &str, comments: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for line in BILL.lines() {
        let Some(letter) = line.strip_prefix('@') else {
            let _ = match name {
                "a.html" => writeln!(text, "<p>{line}</p>"),
                _ => write!(text, "{line}\n\n"),
            };
            continue;
        };
        for (_, words) in comments.iter().filter(|(at, _)| *at == letter) {
            let _ = match name {
                "a.txt" => writeln!(text, "# rightslint: {words}"),
                "a.md" => write!(text, "<!-- rightslint: {words} -->\n\n"),
                _ => writeln!(text, "<!-- rightslint: {words} -->"),
            };
        }
    }
    text
}

/// The bill as XML, where a comment before an element is that before its provision.
fn xml(comments: &[(&str, &str)]) -> String {
    let at = |letter: &str| {
        let words = comments.iter().filter(|(at, _)| *at == letter).map(|(_, words)| *words);
        words.map(|words| format!("<!-- rightslint: {words} -->")).collect::<Vec<String>>().concat()
    };
    format!(
        "<act><body>{a}<section><num>1.</num><heading>Interception</heading>{b}<subsection><num>(1)</num>\
         <content><p>A provider shall decrypt any message.</p></content></subsection>{c}<subsection><num>(2)</num>\
         <intro><p>A provider must—</p></intro>{d}<paragraph><num>(a)</num><content><p>decrypt any message; and</p></content></paragraph>\
         <paragraph><num>(b)</num><content><p>decrypt any communication.</p></content></paragraph></subsection></section>{e}\
         <section><num>2.</num><heading>Keys</heading><subsection><num>(1)</num><content><p>A provider shall decrypt every message.</p>\
         </content></subsection></section>{f}</body></act>",
        a = at("a"),
        b = at("b"),
        c = at("c"),
        d = at("d"),
        e = at("e"),
        f = at("f"),
    )
}

/// Tries `comments` in every format that has some.
fn check_all(comments: &[(&str, &str)], expected: &[&str]) {
    for name in ["a.txt", "a.md", "a.html"] {
        check(name, &bill(name, comments), expected);
    }
    let source = format!(
        "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">{}</akomaNtoso>",
        xml(comments)
    );
    check("a.xml", &source, expected);
}

#[test]
fn the_next_provision_with_all_below_it() {
    let allow = "allow(mandated-decryption-capability) -- agreed";
    check_all(&[], &["s. 1(1)", "s. 1(2)(a)", "s. 1(2)(b)", "s. 2(1)"]);
    check_all(&[("a", allow)], &["-s. 1(1)", "-s. 1(2)(a)", "-s. 1(2)(b)", "s. 2(1)"]);
    check_all(&[("b", allow)], &["-s. 1(1)", "s. 1(2)(a)", "s. 1(2)(b)", "s. 2(1)"]);
    check_all(&[("c", allow)], &["s. 1(1)", "-s. 1(2)(a)", "-s. 1(2)(b)", "s. 2(1)"]);
    check_all(&[("d", allow)], &["s. 1(1)", "-s. 1(2)(a)", "s. 1(2)(b)", "s. 2(1)"]);
    check_all(&[("e", allow)], &["s. 1(1)", "s. 1(2)(a)", "s. 1(2)(b)", "-s. 2(1)"]);
    check_all(&[("f", allow)], &["s. 1(1)", "s. 1(2)(a)", "s. 1(2)(b)", "s. 2(1)", "unused"]);
}

#[test]
fn a_marked_region() {
    let (start, end) = ("allow-start(mandated-decryption-capability): agreed", "allow-end");
    check_all(&[("b", start), ("d", end)], &["-s. 1(1)", "s. 1(2)(a)", "s. 1(2)(b)", "s. 2(1)"]);
    check_all(&[("c", start), ("f", end)], &["s. 1(1)", "-s. 1(2)(a)", "-s. 1(2)(b)", "-s. 2(1)"]);
    check_all(&[("e", start)], &["s. 1(1)", "s. 1(2)(a)", "s. 1(2)(b)", "malformed", "s. 2(1)"]);
    check_all(&[("e", end)], &["s. 1(1)", "s. 1(2)(a)", "s. 1(2)(b)", "malformed", "s. 2(1)"]);
    let named = "allow-end(mandated-decryption-capability)";
    check_all(&[("b", start), ("c", named)], &["-s. 1(1)", "s. 1(2)(a)", "s. 1(2)(b)", "s. 2(1)"]);
}

#[test]
fn what_does_not_hold_is_a_finding() {
    let all = ["s. 1(1)", "s. 1(2)(a)", "s. 1(2)(b)", "s. 2(1)"];
    let with =
        |notice: &'static str| [&["s. 1(1)", "s. 1(2)(a)", "s. 1(2)(b)"][..], &[notice, "s. 2(1)"]].concat();
    check_all(&[("e", "allow(mandated-decryption-capability)")], &with("without-reason"));
    check_all(&[("e", "allow(mandated-decryption-capabilty): x")], &with("unknown-rule"));
    check_all(&[("e", "allow(mandated-decryption-capability) because")], &with("malformed"));
    check_all(&[("e", "allow(mandated-decryption-capability) until 2026-06-29: x")], &with("expired"));
    check_all(&[("e", "allow(client-side-scanning) until 2026-06-30: x")], &with("unused"));
    check_all(&[("e", "")], &with("malformed"));
    let mut held = all.to_vec();
    held[3] = "-s. 2(1)";
    check_all(&[("e", "allow(mandated-decryption-capability) until 2026-06-30: x")], &held);
    held.insert(3, "unused");
    check_all(&[("e", "allow(mandated-decryption-capability, client-side-scanning): x")], &held);
}

#[test]
fn what_is_no_comment_suppresses_nothing() {
    let words = "rightslint: allow(mandated-decryption-capability) -- x";
    let duty = "1. A provider shall decrypt any message.";
    for (name, source) in [
        ("a.txt", format!("<!-- {words} -->\n\n{duty}\n")),
        ("a.txt", format!("See {words}\n\n{duty}\n")),
        ("a.md", format!("`<!-- {words} -->`\n\n{duty}\n")),
        ("a.md", format!("# {words}\n\n{duty}\n")),
        ("a.html", format!("<script><!-- {words} --></script><p>{duty}</p>")),
        ("a.html", format!("<p>&lt;!-- {words} --&gt;</p><p>{duty}</p>")),
        ("a.xml", format!("<a><p><![CDATA[<!-- {words} -->]]></p><p>{duty}</p></a>")),
    ] {
        check(name, &source, &["s. 1"]);
    }
}

#[test]
fn a_former_id_is_accepted_and_a_misspelt_one_is_helped() {
    let rule = rules().languages.iter().flat_map(|pack| &pack.rules).find(|rule| !rule.former.is_empty());
    if let Some(rule) = rule {
        let source = format!("# rightslint: allow({}) -- x\n1. This is about apples.\n", rule.former[0]);
        assert_eq!(told("a.txt", &source, "2026-01-01"), ["unused"]);
    }
    let source = "# rightslint: allow(mandated-decryption-capabilty) -- x\n1. This is about apples.\n";
    let run = run("a.txt", source, true, "2026-01-01");
    let (_, finding) = run.findings().next().unwrap();
    let expected = "a suppression names a rule that is not there: `mandated-decryption-capabilty`; did you mean `mandated-decryption-capability`?";
    assert_eq!(finding.message, expected);
    let start = finding.location.hull().unwrap().0;
    assert_eq!((start.offset, start.line, start.column), (0, 1, 1));
}

const SIDECAR: &str =
    "[[allow]]\nfingerprint = \"FINGERPRINT\"\npath = \"a.pdf\"\nreason = \"the minister has said so\"\n";

/// Runs the program on a PDF with `sidecar` beside it.
fn beside(sidecar: &str, arguments: &[&str]) -> (crate::cli::Ran, serde_json::Value) {
    let pdf = std::fs::read(root().join("fixtures/formats/secure-networks-numbered.pdf")).unwrap();
    let place = Place::with(&[("d/a.pdf", &pdf)]);
    let all = ["-q", "--format", "json", "--today", "2026-06-30", "d/a.pdf"];
    let json = |ran: &crate::cli::Ran| serde_json::from_str(&ran.out).unwrap_or_default();
    let plain =
        if sidecar.contains("FINGERPRINT") { json(&place.run(&all)) } else { serde_json::Value::Null };
    let fingerprint = plain["findings"][0]["fingerprint"].as_str().unwrap_or_default();
    std::fs::write(place.path().join("d/rightslint-allow.toml"), sidecar.replace("FINGERPRINT", fingerprint))
        .unwrap();
    let ran = place.run(&[&all, arguments].concat());
    let report = json(&ran);
    (ran, report)
}

#[test]
fn a_file_beside_documents_that_nobody_can_edit() {
    // The finding that it hid in the same clause stands before it.
    let suppressed = |report: &serde_json::Value| {
        let mut all =
            report["findings"].as_array().unwrap().iter().map(|finding| finding["suppressed"].clone());
        all.find(|suppressed| !suppressed.is_null()).unwrap_or_default()
    };
    let rules = |report: &serde_json::Value| {
        let rules = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| finding["rule"].as_str().unwrap().to_owned());
        rules.filter(|rule| rule.starts_with("suppression")).collect::<Vec<String>>()
    };
    let (_, report) = beside(SIDECAR, &[]);
    let expected =
        serde_json::json!({"reason": "the minister has said so", "until": null, "place": "sidecar"});
    assert_eq!((suppressed(&report), rules(&report)), (expected, vec![]));
    for option in ["--no-suppressions", "--isolated"] {
        let (_, report) = beside(SIDECAR, &[option]);
        assert_eq!((suppressed(&report), rules(&report)), (serde_json::Value::Null, vec![]), "{option}");
    }
    for (line, until) in [("until = 2026-06-30", "2026-06-30"), ("until = \"2027-01-01\"", "2027-01-01")] {
        let (_, report) = beside(&format!("{SIDECAR}{line}\n"), &[]);
        assert_eq!(suppressed(&report)["until"], until);
    }
    let (_, report) = beside(&format!("{SIDECAR}until = 2026-06-29\n"), &[]);
    assert_eq!(rules(&report), ["suppression-expired"]);
    let (_, report) = beside(&SIDECAR.replace("FINGERPRINT", "0123456789abcdef"), &[]);
    assert_eq!(rules(&report), ["suppression-unused"]);
    let elsewhere = SIDECAR.replace("FINGERPRINT", "0123456789abcdef").replace("a.pdf", "b.pdf");
    assert_eq!(rules(&beside(&elsewhere, &[]).1), [""; 0]);
}

#[test]
fn mistakes_in_that_file_are_shown() {
    let check = |sidecar: &str, expected: &str| {
        let (ran, _) = beside(sidecar, &[]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{sidecar}: {ran:?}");
        assert!(ran.err.contains(expected), "{sidecar}: {}", ran.err);
    };
    check("[[allow]]\nfingerprint = \"FINGERPRINT\"\n", "needs the key `reason`");
    check("[[allow]]\nreason = \"x\"\n", "needs the key `fingerprint`");
    check(&SIDECAR.replace("the minister has said so", " "), "a reason is required");
    check(
        &format!("{SIDECAR}rule = \"mandated-decryption-capabilty\"\n"),
        "did you mean `mandated-decryption-capability`?",
    );
    check(&format!("{SIDECAR}untl = 2026-01-01\n"), "did you mean `until`?");
    check(&format!("{SIDECAR}until = 2026-13-01\n"), "error[config::");
    check(&format!("{SIDECAR}until = \"soon\"\n"), "rightslint-allow.toml:5:9");
    check("[[alow]]\n", "did you mean `allow`?");
    check("[[allow]]\nfingerprint = \"x\"\nreason = \"x\"\n", "16 hexadecimal digits");
}

#[test]
fn whoever_distrusts_a_bill_sees_everything() {
    let source = bill("a.txt", &[("a", "allow(mandated-decryption-capability) -- nothing to see here")]);
    let place = Place::with(&[("a.txt", source.as_bytes())]);
    let select = ["--select", DECRYPT, "a.txt"];
    let ran = place.run(&select);
    assert!(ran.err.contains("; 3 suppressed"), "{}", ran.err);
    let ran = place.run(&[&["--no-suppressions"], &select[..]].concat());
    assert!(ran.err.contains("4 errors") && !ran.err.contains("suppressed"), "{}", ran.err);
}

/// What a finding is, but for where in the file it stands.
fn key(finding: &Finding) -> String {
    let mut plain = finding.clone();
    plain.location = rightslint::document::Location::default();
    plain.labels.iter_mut().for_each(|label| label.location = rightslint::document::Location::default());
    plain.suppressed = None;
    format!("{plain:?}")
}

/// Puts a comment before some of the paragraphs of a text.
fn commented(text: &str, name: &str, rule: &str, at: &[usize]) -> String {
    let mut source = String::new();
    for (index, block) in text.split_inclusive("\n\n").enumerate() {
        if at.contains(&index) {
            let _ = match name {
                "a.txt" => writeln!(source, "// rightslint: allow({rule}) -- x"),
                _ => write!(source, "<!-- rightslint: allow({rule}) -- x -->\n\n"),
            };
        }
        source.push_str(block);
    }
    source
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn comments_change_nothing_but_what_they_suppress(
        at in prop::collection::vec(1_usize..60, 0..6),
        rule in 0_usize..8,
        markdown in any::<bool>(),
    ) {
        let (name, file) = if markdown {
            ("a.md", "fixtures/labelled/digital-communications-safety-bill.md")
        } else {
            ("a.txt", "fixtures/bills/secure-networks-bill.txt")
        };
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        let plain = run(name, &text, true, "2026-01-01");
        let found: Vec<&Finding> = plain.findings().map(|(_, finding)| finding).collect();
        let id = found[rule * 7 % found.len()].rule.clone();
        let source = commented(&text, name, &id, &at);
        let keys = |run: &Run| run.findings().map(|(_, finding)| key(finding)).collect::<Vec<String>>();

        let distrusted = run(name, &source, false, "2026-01-01");
        prop_assert_eq!(keys(&distrusted), keys(&plain));

        let trusted = run(name, &source, true, "2026-01-01");
        let left: Vec<String> = keys(&trusted);
        prop_assert!(keys(&plain).iter().all(|key| left.contains(key)), "{id} at {at:?}");
        for (_, finding) in trusted.findings().filter(|(_, finding)| finding.suppressed.is_some()) {
            prop_assert_eq!(&finding.rule, &id);
        }
    }

    #[test]
    fn any_words_are_read(words in "(allow|allow-start|allow-end)?[ (),:a-z0-9é😀-]{0,40}", name in 0_usize..4) {
        let name = ["a.txt", "a.md", "a.html", "a.xml"][name];
        let source = match name {
            "a.txt" => format!("rightslint: {words}\n1. A provider shall decrypt any message.\n# rightslint:{words}"),
            "a.xml" => format!("<a><!-- rightslint: {} --><p>1. A provider shall decrypt any message.</p></a>", words.replace("--", "")),
            _ => format!("<!--rightslint:{words}-->\n\n1. A provider shall decrypt any message.\n\n<!-- rightslint:{words}"),
        };
        let input = Input { path: name.to_owned(), format: Format::of_name(name), source: Source::Memory(source.into_bytes()) };
        let walked = Walked { inputs: vec![input], ..Walked::default() };
        let run = lint::run(walked, &Scanner::new(rules()), &Options { threads: 1, ..Options::default() });
        let is_panic = run.failures.iter().any(|failure| failure.error.contains("internal error"));
        prop_assert!(!is_panic);
    }
}
