//! RTF texts made by hand.

use super::read;
use crate::document::BlockKind::{Cell, Heading, Paragraph};
use crate::document::{Document, Part};
use crate::reader::{ReadError, ReadOptions, TrackedChanges};

const HEAD: &str = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Roman;}{\f1\fcharset204 Cyr;}{\f2\fcharset2 Symbol;}{\f3\fcharset128 Gothic;}}
{\colortbl;\red0;}{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 own;}{\s2 heading 2;}{\s3 toc 1;}{\*\cs4 Char;}}
{\info{\title Keys \'26 Locks}{\author x}}{\header \pard running head\par}";

fn read_body(body: &str, changes: TrackedChanges) -> Document {
    let rtf = format!("{HEAD}{body}}}");
    read(rtf.as_bytes(), ReadOptions { changes, ..ReadOptions::default() }).unwrap()
}

fn check(body: &str, expected: &str) {
    assert_eq!(read_body(body, TrackedChanges::Accepted).text(), expected, "{body}");
}

#[test]
fn heads_and_feet_are_kept_where_asked() {
    let body = format!(r"{HEAD}Keys\par {{\footer 7\par}}Locks\par}}");
    for (keep_furniture, expected) in [(false, "Keys\nLocks"), (true, "Keys\nrunning head\nLocks\n7")] {
        let document =
            read(body.as_bytes(), ReadOptions { keep_furniture, ..ReadOptions::default() }).unwrap();
        assert_eq!(document.text(), expected);
    }
}

#[test]
fn characters() {
    check(r"caf\'e9 \'93x\'94", "café “x”");
    check(r"\u8220?x\u8221\'94 \uc2\u233ab\uc0\u232c", "“x” éèc");
    check(r"\u-10179?\u-8704?", "\u{1f600}");
    check(r"\f1\'e7\'e0\f0\'e9", "заé");
    check(r"{\f3\'93\'fa\'96\'7b}", "日本");
    check(r"{\f2\'b7}a\bullet b", "a\u{2022}b");
    check(r"a\~b\_c\-d\emdash e\tab f\{\}\\", "a b-cd\u{2014}e f{}\\");
    check("a\r\nb", "ab");
    check(r"{\u65 {\b B}}c", "ABc");
}

#[test]
fn what_is_text_and_what_is_not() {
    check(
        r"a{\*\unknown x}b{\pict 00ff}c{\*\shppict{\pict x}}d{\v hidden}e\plain{\v\plain shown}",
        "abcdeshown",
    );
    check(r"{\field{\*\fldinst{HYPERLINK x}}{\fldrslt link}} on", "link on");
    check(r"{\object{\*\objdata 00}{\result shown}}{\xe index}{\upr{\ansi x}{\*\ud y}}.", "shown.");
    check(r"{\listtext\pard\plain (a)\tab}keep\par{\pntext\f2\'b7\tab}dot\par", "(a) keep\ndot");
    check(r"a{\footnote\pard see\par above}b\par{\pard\s1 Head\par}", "ab\nsee above\nHead");
    check(
        r"a{\shp{\*\shpinst\shpleft0{\sp{\sn x}{\sv y}}{\shptxt boxed\par}}{\shprslt z}}b\par",
        "ab\nboxed",
    );
    check(r"a\bin4 }{}{b", "ab");
    check(r"\trowd\pard\intbl a\cell b\cell\row\pard c\par", "a\nb\nc");
    check(r"one\line two;\line three", "one two;\nthree");
}

#[test]
fn paragraphs() {
    let document = read_body(
        r"\pard\s1 KEYS\par\pard\s2\li1440\fi-720 Duty\par\pard\s1 (1) It must;\par\pard\tab far\par\pard\intbl x\cell\pard\s3 Keys 1\par
{\field{\*\fldinst TOC \\o}{\fldrslt \pard Two 2\par}}\pard end\par",
        TrackedChanges::Accepted,
    );
    let found: Vec<_> =
        document.blocks().iter().map(|block| (block.kind, block.indent, block.part)).collect();
    let contents = Some(Part::Contents);
    let expected = [
        (Heading(1), 0, None),
        (Heading(2), 5, None),
        (Paragraph, 0, None),
        (Paragraph, 5, None),
        (Cell, 0, None),
        (Paragraph, 0, contents),
        (Paragraph, 0, contents),
        (Paragraph, 0, None),
    ];
    assert_eq!((found.as_slice(), document.title()), (expected.as_slice(), Some("Keys & Locks")));
}

#[test]
fn changes_are_tracked() {
    for (body, accepted, original) in [
        (r"may {\deleted not}{\revised open}", "may open\nnot", "may not"),
        (r"may {\strike not} open", "may open\nnot", "may not open"),
        (r"a {\deleted b\deleted0 c}", "a c\nb", "a bc"),
    ] {
        let texts =
            [TrackedChanges::Accepted, TrackedChanges::Original].map(|changes| read_body(body, changes));
        assert_eq!(texts.each_ref().map(Document::text), [accepted, original], "{body}");
    }
}

#[test]
fn what_cannot_be_read_says_so() {
    let read = |rtf: &str| read(rtf.as_bytes(), ReadOptions::default());
    assert_eq!(read("rtf").unwrap_err(), ReadError::NotRtf);
    assert_eq!(read(r"{\rtf1 }").unwrap_err(), ReadError::Empty);
    let deep = format!(r"{{\rtf1 {}", "{".repeat(5000));
    assert_eq!(read(&deep).unwrap_err(), ReadError::TooDeep { part: "the document".to_owned(), most: 1000 });
    let cut = read(r"{\rtf1 one\par two {\b thr").unwrap();
    assert_eq!(
        (cut.text(), cut.unread()),
        ("one\ntwo thr", &["the document is cut off: its end is missing".to_owned()][..])
    );
    assert_eq!(read(r"{\rtf1 one}{after}").unwrap().text(), "one");
}
