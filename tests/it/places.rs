//! Reports on files that have no byte positions: pages and lines, or paragraphs.

use rightslint::document::{Builder, Origin, Place};
use rightslint::lint::Run;
use rightslint::report::{ReportFormat, View};
use rightslint::text::Span;

use crate::reports::{check_human, render, run_over};

/// The run over `source` as if it had been taken out of a PDF of two pages, the second from `second` on.
fn paged(source: &str, second: &str, primary: &str, labels: &[(&str, &str)]) -> Run {
    let mut builder = Builder::new(source);
    builder.text(Span::from(0..source.len()));
    let place = |page, label: &str, line| Place {
        page: Some(page),
        page_label: Some(label.to_owned()),
        line: Some(line),
        paragraph: None,
    };
    let second = source.find(second).unwrap();
    let mut places = Vec::new();
    let mut at = 0;
    for (line, text) in (1..).zip(source.split_inclusive('\n')) {
        places.push((at as u32, if at < second { place(1, "1", line) } else { place(2, "ii", line - 2) }));
        at += text.len();
    }
    builder.origin(Origin::Places(places));
    run_over(&builder.finish(), "drafts/bill.pdf", primary, labels)
}

const PAGED: &str = "4. A provider must, when\nasked,\n(a) decrypt any\nmessage that it carries.\n";

#[test]
fn pages_and_lines_stand_in_for_bytes() {
    let run = paged(PAGED, "(a)", "decrypt any message", &[("must", "the duty")]);
    check_human(
        &run,
        "
  ┌─ drafts/bill.pdf:p. 2 (ii), line 1
  │
1 │ 4. A provider must, when
  │               ---- the duty
  ·
1 │ (a) decrypt any
  │     ^^^^^^^^^^^
2 │ message that it carries.
  │ ^^^^^^^
  │",
    );
    let short = render(ReportFormat::Short, &run, View::default());
    assert!(short.starts_with("drafts/bill.pdf:p. 2 (ii), line 1: error"), "{short}");
    let report: serde_json::Value =
        serde_json::from_str(&render(ReportFormat::Json, &run, View::default())).unwrap();
    let finding = &report["findings"][0];
    let place = |found: &serde_json::Value| {
        ["page", "page_label", "line", "paragraph", "span", "segments"]
            .map(|key| found[key].to_string())
            .join(" ")
    };
    assert_eq!(place(finding), "2 \"ii\" 1 null null null");
    assert_eq!(place(&finding["labels"][0]), "1 \"1\" 1 null null null");
    assert_eq!(report["documents"][0]["pages"], 2);
}

#[test]
fn a_page_is_named_once_where_its_label_is_its_number() {
    let run = paged(PAGED, "(a)", "provider", &[]);
    let short = render(ReportFormat::Short, &run, View::default());
    assert!(short.starts_with("drafts/bill.pdf:p. 1, line 1: error"), "{short}");
}
