//! A run made by hand in every format of reports, to the byte.

use rightslint::config::FailOn;
use rightslint::diagnostic::Severity;
use rightslint::document::{Document, Quoted};
use rightslint::finding::{Finding, Label};
use rightslint::lint::{Failure, ReadDocument, Run, Status};
use rightslint::reader::{self, Format};
use rightslint::report::{self, ReportFormat, View};
use rightslint::rule::{
    Authority, Confidence, Kept, Kind, LanguageRules, Recommendation, Rule, RuleSet, Safeguarding, Topic,
};
use rightslint::text::Span;

/// The rule that all findings here are of.
pub(crate) const RULE: &str = "mandated-decryption";

fn rules() -> RuleSet {
    let rule = Rule {
        id: RULE.to_owned(),
        former: Vec::new(),
        title: "provider must decrypt".to_owned(),
        topic: Topic::Encryption,
        kind: Kind::Presence,
        safeguarding: Safeguarding::default(),
        severity: Severity::Error,
        confidence: Confidence::High,
        recommendations: vec![7, 8],
        authorities: vec!["iccpr-17".to_owned()],
        message: "requires a provider to decrypt".to_owned(),
        why:
            "A door for one is a door for all, and a provider that must be able to open every message cannot \
              offer any of its users security."
                .to_owned(),
        help: "Say that nothing requires a provider to weaken encryption.".to_owned(),
        any: Vec::new(),
        regex: Vec::new(),
        struck_safeguards: false,
        near: Vec::new(),
        unless: Vec::new(),
        unless_in_provision: Vec::new(),
        unless_subject: Vec::new(),
        subject: Vec::new(),
        context: Vec::new(),
        zones: Vec::new(),
        granted_here: false,
        near_power: None,
        examples: Kept::default(),
    };
    let recommendation = |number, title: &str| Recommendation {
        number,
        title: title.to_owned(),
        source: "https://example.org".to_owned(),
    };
    RuleSet {
        languages: vec![LanguageRules {
            tag: "en".to_owned(),
            rules: vec![rule],
            ..LanguageRules::default()
        }],
        principles: Vec::new(),
        recommendations: vec![recommendation(7, "Respect rights"), recommendation(8, "Protect encryption")],
        authorities: vec![Authority { id: "iccpr-17".to_owned(), title: "ICCPR, article 17".to_owned() }],
        digest: "0123456789ab".to_owned(),
        ..RuleSet::default()
    }
}

/// A run over one text in which `primary` is found and each of `labels` (words, text) is shown.
fn run(source: &str, primary: &str, labels: &[(&str, &str)]) -> Run {
    run_over(&reader::read(Format::Text, source.as_bytes()).unwrap(), "drafts/bill.txt", primary, labels)
}

pub(crate) fn run_over(document: &Document, path: &str, primary: &str, labels: &[(&str, &str)]) -> Run {
    let labels = labels.iter().map(|(words, text)| {
        let span = find(document, words);
        Label { span, location: document.locate(span), text: (*text).to_owned() }
    });
    let span = find(document, primary);
    let finding = Finding {
        rule: RULE.to_owned(),
        topic: Topic::Encryption,
        also_topics: Vec::new(),
        kind: Kind::Presence,
        safeguard: None,
        severity: Severity::Error,
        confidence: Confidence::High,
        message: "requires a provider to decrypt".to_owned(),
        span,
        location: document.locate(span),
        text: primary.to_owned(),
        sentence: "The whole sentence.".to_owned(),
        clause: span,
        labels: labels.collect(),
        provision: Some("s. 4(1)(a)".to_owned()),
        softened_by: Vec::new(),
        looked_in: Vec::new(),
        related: Vec::new(),
        fingerprint: "00112233445566aa".to_owned(),
        former_fingerprints: Vec::new(),
        suppressed: None,
        baseline: None,
    };
    let spans = std::iter::once(span).chain(finding.labels.iter().map(|label| label.span));
    let quoted = Quoted::new(document, spans, &[]);
    let read = ReadDocument {
        path: path.to_owned(),
        format: Some(Format::Text),
        language: Some("en".to_owned()),
        title: Some("A Bill".to_owned()),
        status: Status::Read,
        words: 12,
        provisions: 3,
        pages: document.pages(),
        unread: Vec::new(),
        host_act_unseen: false,
        off: None,
        quoted: Some(quoted),
        digest: String::new(),
        fail_on: FailOn::Error,
        findings: vec![finding],
    };
    Run { documents: vec![read], ..Run::default() }
}

fn find(document: &Document, words: &str) -> Span {
    let start = document.text().find(words).unwrap();
    Span::from(start..start + words.len())
}

pub(crate) fn render(format: ReportFormat, run: &Run, view: View) -> String {
    let mut out = Vec::new();
    report::write(format, run, &rules(), view, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

const NOTES: &str = "
  = s. 4(1)(a)
  = why: A door for one is a door for all, and a provider that must be able to open every message
    cannot offer any of its users security.
  = help: Say that nothing requires a provider to weaken encryption.
  = R7 Respect rights
  = R8 Protect encryption

";

pub(crate) fn check_human(run: &Run, expected: &str) {
    let expected = format!(
        "error[{RULE}]: requires a provider to decrypt\n{}{NOTES}",
        expected.trim_start_matches('\n')
    );
    assert_eq!(render(ReportFormat::Human, run, View::default()), expected);
}

#[test]
fn human_shows_the_line_and_what_to_write_instead() {
    let run = run(
        "4. Duties\n\n\t(a) § é 😀 a provider must decrypt messages.\n",
        "decrypt messages",
        &[("must", "the duty")],
    );
    check_human(
        &run,
        "
  ┌─ drafts/bill.txt:3:28
  │
3 │     (a) § é 😀 a provider must decrypt messages.
  │                           ---- ^^^^^^^^^^^^^^^^
  │                           │
  │                           the duty
  │",
    );
}

#[test]
fn human_shows_every_line_of_a_wrapped_match() {
    let run = run(
        "4. A provider must, when asked,\n   decrypt any\n   message that it carries, and\n   keep records.\n",
        "decrypt any message that it carries",
        &[("provider must", "the duty")],
    );
    check_human(
        &run,
        "
  ┌─ drafts/bill.txt:2:4
  │
1 │ 4. A provider must, when asked,
  │      ------------- the duty
2 │    decrypt any
  │    ^^^^^^^^^^^
3 │    message that it carries, and
  │    ^^^^^^^^^^^^^^^^^^^^^^^
  │",
    );
}

#[test]
fn human_marks_lines_left_out() {
    let run = run(
        "A provider must:\n(a) report;\n(b) answer;\n(c) decrypt messages.\n",
        "decrypt messages",
        &[("must", "the duty")],
    );
    check_human(
        &run,
        "
  ┌─ drafts/bill.txt:4:5
  │
1 │ A provider must:
  │            ---- the duty
  ·
4 │ (c) decrypt messages.
  │     ^^^^^^^^^^^^^^^^
  │",
    );
}

#[test]
fn human_cuts_a_long_line_and_keeps_the_true_column() {
    let filler =
        "and the Authority may from time to time publish guidance on the form of reports, ".repeat(60);
    let run = run(
        &format!("A provider must, {filler}decrypt messages, {filler}without delay.\n"),
        "decrypt messages",
        &[("must", "the duty")],
    );
    check_human(
        &run,
        "
  ┌─ drafts/bill.txt:1:4878
  │
1 │ A provider must, and the Authority may from time to time publish…
  │            ---- the duty
  ·
1 │ …to time publish guidance on the form of reports, decrypt messages, and the Authority may from time to time publish…
  │                                                   ^^^^^^^^^^^^^^^^
  │",
    );
}

#[test]
fn human_lets_nothing_steer_the_terminal() {
    let run =
        run("He \u{1b}[31m\u{202e}must decrypt messages.\n", "decrypt messages", &[("must", "the duty")]);
    check_human(
        &run,
        "
  ┌─ drafts/bill.txt:1:15
  │
1 │ He ‹U+001B›[31m‹U+202E›must decrypt messages.
  │                        ---- ^^^^^^^^^^^^^^^^
  │                        │
  │                        the duty
  │",
    );
}

#[test]
fn human_says_how_sure_it_is() {
    let mut run = run("4. Decrypt it.\n", "Decrypt", &[]);
    let finding = &mut run.documents[0].findings[0];
    finding.severity = Severity::Warning;
    finding.confidence = Confidence::Medium;
    finding.provision = None;
    finding.rule = "a-rule-that-is-gone".to_owned();
    let expected = "\
warning[a-rule-that-is-gone]: requires a provider to decrypt
  ┌─ drafts/bill.txt:1:4
  │
1 │ 4. Decrypt it.
  │    ^^^^^^^
  │
  = medium confidence

";
    assert_eq!(render(ReportFormat::Human, &run, View::default()), expected);
}

#[test]
fn colours_change_nothing_but_colours() {
    let run = run("4. A provider must decrypt\nmessages.\n", "decrypt messages", &[("must", "the duty")]);
    let plain = render(ReportFormat::Human, &run, View::default());
    let colored = render(ReportFormat::Human, &run, View { color: true, ..View::default() });
    assert_ne!(colored, plain);
    let mut parts = colored.split('\u{1b}');
    let first = parts.next().unwrap().to_owned();
    let stripped = parts.fold(first, |text, part| text + part.split_once('m').unwrap().1);
    let trimmed: Vec<&str> = stripped.lines().map(str::trim_end).collect();
    assert_eq!(trimmed, plain.lines().collect::<Vec<_>>());
}

#[test]
fn short_is_one_line_for_each_finding() {
    let mut run = run("§ é 😀 must decrypt\nmessages\n", "decrypt messages", &[]);
    let expected =
        "drafts/bill.txt:1:12: error[mandated-decryption] s. 4(1)(a): requires a provider to decrypt\n";
    assert_eq!(render(ReportFormat::Short, &run, View::default()), expected);
    run.documents[0].findings[0].provision = None;
    run.documents[0].path = "a\nb.txt".to_owned();
    let expected = "a‹U+000A›b.txt:1:12: error[mandated-decryption]: requires a provider to decrypt\n";
    assert_eq!(render(ReportFormat::Short, &run, View::default()), expected);
}

#[test]
fn strengths_are_listed_where_asked_for() {
    let mut run = run("4. Nothing here requires decryption.\n", "Nothing", &[]);
    let finding = &mut run.documents[0].findings[0];
    finding.kind = Kind::Strength;
    finding.severity = Severity::Note;
    for format in [ReportFormat::Human, ReportFormat::Short] {
        assert_eq!(render(format, &run, View::default()), "");
        assert!(
            render(format, &run, View { strengths: true, ..View::default() })
                .contains("note[mandated-decryption]")
        );
    }
    let json = render(ReportFormat::Json, &run, View::default());
    assert!(json.contains(r#""kind":"strength""#), "{json}");
    assert!(
        json.contains(
            r#""errors":0,"warnings":0,"notes":0,"strengths":1,"suppressed":0,"known":0,"failures":0"#
        ),
        "{json}"
    );
    assert!(json.contains(
        r#"{"recommendation":8,"title":"Protect encryption","errors":0,"warnings":0,"strengths":1}"#
    ));
    assert_eq!(run.worst(), None);
}

#[test]
fn json_is_a_contract() {
    let mut run = run("§ é 😀 must decrypt\nmessages\n", "decrypt messages", &[("must", "the duty")]);
    run.failures.push(Failure { path: "scan.txt".to_owned(), error: "the file is empty".to_owned() });
    let expected = concat!(
        r#"{"schema":"urn:rightslint:report:1","version":1,"#,
        r#""tool":{"name":"rightslint","version":"0.1.0","rules":"0123456789ab"},"#,
        r#""summary":{"documents":1,"skipped":0,"errors":1,"warnings":0,"notes":0,"strengths":0,"suppressed":0,"known":0,"failures":1},"#,
        r#""documents":[{"path":"drafts/bill.txt","format":"text","language":"en","title":"A Bill","status":"read","#,
        r#""words":12,"provisions":3,"pages":null}],"#,
        r#""findings":[{"rule":"mandated-decryption","topic":"encryption","kind":"presence","safeguard":null,"#,
        r#""severity":"error","confidence":"high","message":"requires a provider to decrypt","#,
        r#""help":"Say that nothing requires a provider to weaken encryption.","recommendations":[7,8],"#,
        r#""authorities":["iccpr-17"],"also_topics":[],"path":"drafts/bill.txt","provision":"s. 4(1)(a)","#,
        r#""page":null,"page_label":null,"line":null,"paragraph":null,"#,
        r#""span":{"start":{"offset":16,"line":1,"column":12,"utf16":13},"end":{"offset":32,"line":2,"column":9,"utf16":9}},"#,
        r#""segments":[{"start":{"offset":16,"line":1,"column":12,"utf16":13},"end":{"offset":32,"line":2,"column":9,"utf16":9}}],"#,
        r#""text":"decrypt messages","sentence":"The whole sentence.","#,
        r#""labels":[{"page":null,"page_label":null,"line":null,"paragraph":null,"#,
        r#""span":{"start":{"offset":11,"line":1,"column":7,"utf16":8},"end":{"offset":15,"line":1,"column":11,"utf16":12}},"#,
        r#""segments":[{"start":{"offset":11,"line":1,"column":7,"utf16":8},"end":{"offset":15,"line":1,"column":11,"utf16":12}}],"#,
        r#""text":"the duty"}],"related":[],"softened_by":null,"looked_in":[],"fingerprint":"00112233445566aa","suppressed":null,"baseline_state":null}],"#,
        r#""not_checked":[],"#,
        r#""scorecard":[{"recommendation":7,"title":"Respect rights","errors":1,"warnings":0,"strengths":0},"#,
        r#"{"recommendation":8,"title":"Protect encryption","errors":1,"warnings":0,"strengths":0}],"#,
        r#""failures":[{"path":"scan.txt","error":"the file is empty"}]}"#,
        "\n",
    );
    assert_eq!(render(ReportFormat::Json, &run, View::default()), expected);
}

#[test]
fn json_holds_no_character_that_steers_a_terminal() {
    let mut run = run("Decrypt it.\n", "Decrypt", &[]);
    let hostile = "a\u{202e}b\u{9b}c\u{e0041}\u{7f}\u{1b}\"§";
    run.documents[0].findings[0].text = hostile.to_owned();
    let json = render(ReportFormat::Json, &run, View::default());
    assert!(json.contains(r#""text":"a\u202eb\u009bc\udb40\udc41\u007f\u001b\"§""#), "{json}");
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["findings"][0]["text"], hostile);
}

#[test]
fn a_place_without_bytes_is_told_in_words() {
    let mut run = run("Decrypt it.\n", "Decrypt", &[]);
    run.documents[0].findings[0].location.segments.clear();
    let human = render(ReportFormat::Human, &run, View::default());
    assert!(human.contains("= drafts/bill.txt: Decrypt\n"), "{human}");
    let json = render(ReportFormat::Json, &run, View::default());
    assert!(json.contains(r#""paragraph":null,"span":null,"segments":null"#), "{json}");
}
