//! Markdown of many shapes, and the blocks that it makes.

use super::*;

fn shown(source: &str) -> Vec<String> {
    let document = read(source, Origin::Bytes).unwrap();
    let show = |block: &crate::document::Block| {
        let kind = match block.kind {
            BlockKind::Heading(level) => format!("h{level}."),
            BlockKind::Paragraph => "p".to_owned(),
            BlockKind::Item => "i".to_owned(),
            BlockKind::Cell => "c".to_owned(),
        };
        let quote = ">".repeat(usize::from(block.quote));
        format!("{quote}{kind}{} {}", block.indent, block.span.of(document.text()))
    };
    document.blocks().iter().map(show).collect()
}

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    assert_eq!(shown(source), expected, "{source:?}");
}

#[test]
fn blocks() {
    check(
        "# An *Act*\n\nText that\nis wrapped &amp; kept.\n",
        &["h1.0 An Act", "p0 Text that is wrapped & kept."],
    );
    check(
        "- **(a)** a key;\n  - **(i)** more\n- (b)\n\n  second\n",
        &["i1 (a) a key;", "i2 (i) more", "i1 (b)", "p1 second"],
    );
    check("1983. An act\n\n3) keys\n", &["i1 1983. An act", "i1 3) keys"]);
    check("> Quoted\n>\n> > twice\n", &[">p0 Quoted", ">>p0 twice"]);
    check("| a | b |\n|---|---|\n| c | d |\n", &["c0 a", "c0 b", "c0 c", "c0 d"]);
    check("    (a) an *indented* act\n    that goes on\n", &["p0 (a) an indented act that goes on"]);
    check("---\ntitle: T\n---\n\nx\n", &["p0 x"]);
    check("\u{feff}# T\r\n\r\nx\r\ny", &["h1.0 T", "p0 x y"]);
}

#[test]
fn lines_of_a_paragraph() {
    check(
        "In this Act—\n**(1)**\nthe term key means\na code; and\n**(2)**\nthe term lock means a door.",
        &["p0 In this Act—", "p0 (1) the term key means a code; and", "p0 (2) the term lock means a door."],
    );
}

#[test]
fn inline_marks() {
    check("with*section 12D*, user (*c*) and *7C*or*7D*", &["p0 with section 12D, user (c) and 7C or 7D"]);
    check(
        "**B**e it enacted a\\*b snake_case `code` [link](http://x.y) ~5 ~6",
        &["p0 Be it enacted a*b snake_case code link ~5 ~6"],
    );
    check("a <b>bold</b> x<br>y <!-- no --> z", &["p0 a bold x y z"]);
    check("[Note]: see\n\n[1]: http://x.y\n", &["p0 [Note]: see"]);
}

#[test]
fn html_blocks() {
    check(
        "<div>\n<p>A&mdash;b &lt; c</p>\n<h2>Keys</h2>\n<style>p {}</style>\n<table><tr><td>x</td></tr></table>\n</div>\n",
        &["p0 A—b < c", "h2.0 Keys", "c0 x"],
    );
}

#[test]
fn changes() {
    let source = "Keep ~~strike this~~ and <ins>add</ins> <del>drop it</del> now.\n\n~~All~~ <s>gone.</s>";
    let document = read(source, Origin::Bytes).unwrap();
    let found: Vec<(&str, Change)> =
        document.changes().iter().map(|(span, change)| (span.of(document.text()), *change)).collect();
    assert_eq!(document.text(), "Keep and add now.\nstrike this drop it\nAll gone.");
    assert_eq!(
        found,
        [("add", Change::Inserted), ("strike this drop it", Change::Deleted), ("All gone.", Change::Deleted)]
    );
}

#[test]
fn titles() {
    for (source, title) in
        [("---\ntitle: 'A'\n---\n# B", Some("A")), ("x\n\n## *B* c\n\n# D", Some("B c")), ("x", None)]
    {
        assert_eq!(read(source, Origin::Bytes).unwrap().title(), title, "{source:?}");
    }
}
