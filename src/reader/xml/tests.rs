//! Small files of every vocabulary, held against their blocks.

use super::*;

/// Every block as `kind/depth numbers part: text`.
fn check(source: &str, expected: &[&str]) {
    let document = read(source, Origin::default()).unwrap();
    let found: Vec<String> = document
        .blocks()
        .iter()
        .map(|block| {
            let numbers: Vec<String> = block
                .numbers
                .iter()
                .map(|numbered| format!("{:?} {}", numbered.rank, numbered.number))
                .collect();
            let part = block.part.map(|part| format!(" {part:?}")).unwrap_or_default();
            format!(
                "{:?}/{} [{}]{part}: {}",
                block.kind,
                block.indent,
                numbers.join(", "),
                block.span.of(document.text())
            )
        })
        .collect();
    assert_eq!(found, expected, "{source}");
}

#[test]
fn us_bills() {
    check(
        "<bill><metadata><dublinCore><dc:title>Keys Act</dc:title></dublinCore></metadata><legis-body>\
         <section><enum>1.</enum><header>Keys</header><subsection><enum>(a)</enum><text>Keep \
         <quote>keys</quote>, and insert:</text><quoted-block><section><enum>4.</enum><text>Open.</text>\
         </section><after-quoted-block>.</after-quoted-block></quoted-block></subsection></section></legis-body></bill>",
        &[
            "Heading(2)/1 [Section 1.]: Keys",
            "Paragraph/2 [Subdivision (a)]: Keep “keys”, and insert:",
            "Paragraph/3 [Section 4.] Inserted: Open..",
        ],
    );
}
