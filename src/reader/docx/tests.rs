//! DOCX files made by hand, part by part.

use super::read;
use crate::document::BlockKind::{Heading, Paragraph};
use crate::document::{BlockKind, Document, Part};
use crate::reader::archive::tests::{pack, pack_bytes};
use crate::reader::{ReadError, ReadOptions, TrackedChanges};

const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" xmlns:mc=\"mc\" xmlns:wps=\"wps\"";

const STYLES: &str = r#"
<w:style w:type="paragraph" w:styleId="H" w:default="0"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="H"/></w:style>
<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Round"><w:name w:val="Round"/><w:basedOn w:val="Round"/></w:style>
<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>"#;

const NUMBERING: &str = r#"
<w:abstractNum w:abstractNumId="0"><w:name w:val="Seq"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="(%2)"/><w:pPr><w:ind w:left="720" w:hanging="432"/></w:pPr></w:lvl>
  <w:lvl w:ilvl="2"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
  <w:lvl w:ilvl="3"><w:numFmt w:val="upperRoman"/><w:isLgl/><w:lvlText w:val="%1.%3.%4"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xf0b7;"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="lowerRoman"/><w:lvlRestart w:val="0"/><w:lvlText w:val="%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Clause"/></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="2">
  <w:lvl w:ilvl="2"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="[%3]"/><w:suff w:val="nothing"/></w:lvl></w:lvlOverride></w:num>"#;

const NOTES: &str = r#"<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>See above.</w:t></w:r></w:p></w:footnote>"#;

const RELATIONS: &str = "<r><Relationship Type='http://x/header' Target='head.xml'/>\
    <Relationship Type='http://x/footer' Target='/word/foot.xml'/></r>";

fn docx(body: &str) -> Vec<u8> {
    let part =
        |root: &str, content: &str| format!("<?xml version='1.0'?><w:{root} {NAMES}>{content}</w:{root}>");
    pack(&[
        ("word/document.xml", &part("document", &format!("<w:body>{body}</w:body>"))),
        ("word/styles.xml", &part("styles", STYLES)),
        ("word/numbering.xml", &part("numbering", NUMBERING)),
        ("word/footnotes.xml", &part("footnotes", NOTES)),
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/head.xml", &part("hdr", "<w:p><w:r><w:t>Draft 3</w:t></w:r></w:p>")),
        (
            "word/foot.xml",
            &part("ftr", "<w:p><w:fldSimple w:instr='PAGE'><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>"),
        ),
        (
            "docProps/core.xml",
            "<cp:core xmlns:cp='cp' xmlns:dc='dc'><dc:title>Keys &amp; Locks</dc:title></cp:core>",
        ),
    ])
}

/// A paragraph: `STYLE|LIST.LEVEL|content`, each of the first two may be empty; a content without `<`
/// is a run of text.
fn paragraph(line: &str) -> String {
    let mut fields = line.splitn(3, '|');
    let [style, list, content] = std::array::from_fn(|_| fields.next().unwrap_or_default());
    let list = list.split_once('.').map_or(String::new(), |(list, level)| {
        format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>")
    });
    let run =
        if content.contains('<') { content.to_owned() } else { format!("<w:r><w:t>{content}</w:t></w:r>") };
    let style = if style.is_empty() { String::new() } else { format!("<w:pStyle w:val='{style}'/>") };
    format!("<w:p><w:pPr>{style}{list}</w:pPr>{run}</w:p>")
}

fn check_body(body: &str, changes: TrackedChanges, expected: &[&str]) -> Document {
    let document = read(&docx(body), ReadOptions { changes, ..ReadOptions::default() }).unwrap();
    assert_eq!(document.text().split('\n').collect::<Vec<_>>(), expected, "{body}");
    document
}

fn check(paragraphs: &[&str], expected: &[&str]) {
    let body: String = paragraphs.iter().map(|line| paragraph(line)).collect();
    check_body(&body, TrackedChanges::Accepted, expected);
}

#[test]
fn lists_are_numbered() {
    check(
        &["|1.0|a", "|1.1|b", "|1.2|c", "|1.2|d", "|1.1|e", "|1.2|f", "|1.3|g", "||h", "|1.0|i", "|1.1|j"],
        &["1. a", "(1) b", "(a) c", "(b) d", "(2) e", "(a) f", "1.1.1 g", "h", "2. i", "(1) j"],
    );
    // Lists share what their model counts, but for a start of their own; a level may be replaced.
    check(&["|1.0|a", "|2.0|b", "|1.0|c", "|2.0|d", "|5.2|e"], &["1. a", "9. b", "10. c", "11. d", "[A] e"]);
    check(&["|3.0|a", "|3.1|b", "|3.0|c", "|3.1|d"], &["a", "iii) b", "c", "iv) d"]);
    check(&["|1.2|a", "|7.0|b", "|1.8|c", "|0.0|d"], &["(a) a", "b", "c", "d"]);
    check(&["|1.0|", "|4.0|linked"], &["1.", "2. linked"]);
}

#[test]
fn styles_number_and_title() {
    let body =
        ["H||Title", "Own||Based", "Clause||A long clause;", "Clause|0.0|Plain", "Round||x", "T1||Keys\t3"]
            .map(paragraph);
    let document = check_body(
        &body.concat(),
        TrackedChanges::Accepted,
        &["Title", "Based", "(1) A long clause;", "Plain", "x", "Keys 3"],
    );
    let kinds: Vec<BlockKind> = document.blocks().iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Heading(2), Heading(2), Paragraph, Heading(2), Paragraph, Paragraph]);
    assert_eq!(document.blocks().last().and_then(|block| block.part), Some(Part::Contents));
    assert_eq!(document.blocks().get(2).map(|block| block.indent), Some(2));
    assert_eq!(document.title(), Some("Keys & Locks"));
}

#[test]
fn what_is_text_and_what_is_not() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let (a, b) = (run("a"), run("b"));
    for (content, expected) in [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>".to_owned(), "a b c"),
        (
            "<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:t>s</w:t></w:r>".to_owned(),
            "co-ops",
        ),
        (format!("<w:hyperlink>{a}</w:hyperlink><w:smartTag><w:smartTagPr/>{b}</w:smartTag>"), "ab"),
        (format!("<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{a}</w:sdtContent></w:sdt>{b}"), "ab"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>a</w:t></w:r>".to_owned(), "a"),
        (
            "<w:r><w:rPr><w:rStyle w:val='Gone'/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>a</w:t></w:r>"
                .to_owned(),
            "a",
        ),
        (
            format!(
                "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>{a}<w:r><w:fldChar w:fldCharType='end'/></w:r>{b}"
            ),
            "ab",
        ),
        // Text in a code is none, unless the code has no end.
        (
            format!(
                "<w:r><w:fldChar w:fldCharType='begin'/></w:r>{a}<w:r><w:fldChar w:fldCharType='end'/></w:r>{b}"
            ),
            "b",
        ),
        (
            format!("{a}<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>REF x</w:instrText></w:r>{b}{a}"),
            "aba",
        ),
        (format!("<w:fldSimple w:instr='PAGE'>{a}</w:fldSimple>{b}"), "ab"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>".to_owned(), "x=1"),
        (format!("{a}<w:commentReference w:id='1'/><w:bookmarkStart w:id='2' w:name='n'/>{b}"), "ab"),
        (
            format!(
                "<mc:AlternateContent><mc:Choice Requires='wps'>{a}</mc:Choice><mc:Fallback>{b}</mc:Fallback></mc:AlternateContent>"
            ),
            "a",
        ),
        (
            "<w:r><w:sym w:font='Wingdings' w:char='F0E8'/><w:sym w:char='00A7'/><w:t>4</w:t></w:r>"
                .to_owned(),
            "§4",
        ),
        (format!("<w:ruby><w:rt>{a}</w:rt><w:rubyBase>{b}</w:rubyBase></w:ruby>"), "b"),
    ] {
        check(&[&format!("||{content}")], &[expected]);
    }
}

#[test]
fn text_boxes_notes_and_tables_stand_apart() {
    let frame = "<w:r><w:t>anchor</w:t><wps:txbx><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></wps:txbx><w:t>ed</w:t></w:r>";
    check(&[&format!("||{frame}"), "||next"], &["anchored", "boxed", "next"]);
    let note = "<w:r><w:t>word</w:t><w:footnoteReference w:id='2'/><w:t>s</w:t></w:r>";
    check(
        &[&format!("|1.1|{note}"), "|1.1|next", "H||Head"],
        &["(1) words", "(2) next", "See above.", "Head"],
    );
    let cell = |text: &str| format!("<w:tc><w:tcPr/>{}</w:tc>", paragraph(&format!("||{text}")));
    let row = |row: [&str; 2]| format!("<w:tr>{}</w:tr>", row.map(cell).concat());
    let body = format!("<w:tbl><w:tblPr/>{}{}</w:tbl>", row(["a", "b"]), row(["c", "d"]));
    let document = check_body(&body, TrackedChanges::Accepted, &["a", "b", "c", "d"]);
    assert!(document.blocks().iter().all(|block| block.kind == BlockKind::Cell));
}

fn check_changes(body: &str, accepted: &[&str], original: &[&str]) {
    check_body(body, TrackedChanges::Accepted, accepted);
    check_body(body, TrackedChanges::Original, original);
}

#[test]
fn changes_are_tracked() {
    let (del, ins) = ("<w:del><w:r><w:delText>", "<w:ins><w:r><w:t>");
    let (undel, unins) = ("</w:delText></w:r></w:del>", "</w:t></w:r></w:ins>");
    let kept = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let (may, not, open) = (kept("may "), format!("{del}not {undel}"), format!("{ins}open{unins}"));
    check_changes(&paragraph(&format!("||{may}{not}{open}")), &["may open", "not"], &["may not"]);
    let moved =
        "<w:moveFrom><w:r><w:t>a</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>b</w:t></w:r></w:moveTo>";
    check_changes(&paragraph(&format!("||{moved}")), &["b", "a"], &["a"]);
    let strike = "<w:r><w:rPr><w:strike/></w:rPr><w:t>not</w:t></w:r>";
    check_changes(&paragraph(&format!("||{may}{strike}")), &["may", "not"], &["may not"]);
    // An item that is struck as a whole does not count.
    let struck = format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>{not}</w:p>"
    );
    let items = [paragraph("|1.1|a"), struck, paragraph("|1.1|b")].concat();
    check_changes(&items, &["(1) a", "(2) not", "(2) b"], &["(1) a", "(2) not", "(3) b"]);
    // A paragraph whose mark is struck goes on in the next.
    let broken = format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{may}</w:p>{}", paragraph("||act"));
    check_changes(&broken, &["may act"], &["may", "act"]);
    let parted = format!("<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>{may}</w:p>{}", paragraph("||act"));
    check_changes(&parted, &["may", "act"], &["may act"]);
    // Older properties are no text and set nothing.
    let older = "<w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val='H'/></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>a</w:t></w:r></w:p>";
    let document = check_body(older, TrackedChanges::Accepted, &["a"]);
    assert_eq!(document.blocks().first().map(|block| block.kind), Some(Paragraph));
}

#[test]
fn numbers_inside_paragraphs_are_counted() {
    let inner = "<w:r><w:t>\u{2014}</w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>LISTNUM \"Seq\" \\l 2</w:instrText><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>One.</w:t></w:r>";
    check(&[&format!("|1.0|{inner}"), "|1.1|Two."], &["1. \u{2014}(1) One.", "(2) Two."]);
}

#[test]
fn a_part_in_utf_16_is_read() {
    let body = format!(
        "<?xml version='1.0' encoding='UTF-16'?><w:document {NAMES}>{}</w:document>",
        paragraph("||Keys \u{e9}")
    );
    let bytes: Vec<u8> =
        [0xfeff_u16].into_iter().chain(body.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let packed = pack_bytes(&[("word/document.xml", &bytes)]);
    assert_eq!(read(&packed, ReadOptions::default()).unwrap().text(), "Keys \u{e9}");
}

#[test]
fn heads_and_feet_are_kept_where_asked() {
    let body = docx(&paragraph("||Keys"));
    for (keep_furniture, expected) in [(false, "Keys"), (true, "Draft 3\nKeys\n7")] {
        let document = read(&body, ReadOptions { keep_furniture, ..ReadOptions::default() }).unwrap();
        assert_eq!(document.text(), expected);
    }
}

#[test]
fn what_is_embedded_is_not_passed_over_in_silence() {
    let body = format!("{}<w:altChunk/>", paragraph("||a"));
    let document = check_body(&body, TrackedChanges::Accepted, &["a"]);
    assert_eq!(document.unread(), ["a document that is embedded in it is not read"]);
}

fn check_refused(bytes: &[u8], expected: &ReadError) {
    assert_eq!(&read(bytes, ReadOptions::default()).unwrap_err(), expected);
}

#[test]
fn what_cannot_be_read_is_refused() {
    let (part, missing) = ("word/document.xml".to_owned(), "x/main.xml".to_owned());
    let relation = "<r><Relationship Type='http://x/officeDocument' Target='/x/main.xml'/></r>";
    check_refused(&docx(""), &ReadError::Empty);
    check_refused(b"PK\x03\x04", &ReadError::DamagedArchive);
    check_refused(&pack(&[]), &ReadError::MissingPart { part: part.clone(), format: "DOCX" });
    check_refused(
        &pack(&[("_rels/.rels", relation)]),
        &ReadError::MissingPart { part: missing, format: "DOCX" },
    );
    check_refused(&docx("<w:p><w:r>"), &ReadError::DamagedPart { part: part.clone() });
    check_refused(&docx("<w:p><w:r><w:t>&lol;</w:t></w:r></w:p>"), &ReadError::DamagedPart { part });
    // A text that packs to a hundredth, as bombs do.
    let bomb = paragraph(&format!("||{}", "open all letters ".repeat(2_000_000)));
    check_refused(&docx(&bomb), &ReadError::UnpacksTooLarge);
    let deep = "<w:tbl>".repeat(100_000);
    let part = "word/document.xml".to_owned();
    check_refused(&docx(&deep), &ReadError::TooDeep { part, most: 1000 });
}

#[test]
fn what_is_defined_too_often_is_refused() {
    let body = |inner: &str| format!("<w:document><w:body>{inner}</w:body></w:document>");
    let text = body("<w:p><w:r><w:t>A provider may keep keys.</w:t></w:r></w:p>");
    let list = r#"<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>"#;
    let model = r#"<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/></w:lvl></w:abstractNum>"#;
    let style = r#"<w:style w:styleId="a"><w:name w:val="a"/></w:style>"#;
    let note = r#"<w:footnote w:id="1"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote>"#;
    for (part, definition, fits, most) in [
        ("word/numbering.xml", list, 30_000, 60_000),
        ("word/numbering.xml", model, 4_000, 8_000),
        ("word/styles.xml", style, 10_000, 20_000),
        ("word/footnotes.xml", note, 16_000, 32_000),
    ] {
        for (count, expected) in [(fits, None), (most, Some(ReadError::UnpacksTooLarge))] {
            let definitions = format!("<w:all>{}</w:all>", definition.repeat(count));
            let bytes = pack(&[("word/document.xml", &text), (part, &definitions)]);
            assert_eq!(read(&bytes, ReadOptions::default()).err(), expected, "{count} of {definition}");
        }
    }
}
