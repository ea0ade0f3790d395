//! ODT files made by hand, part by part.

use super::read;
use crate::document::BlockKind::{Heading, Paragraph};
use crate::document::{Document, Part};
use crate::reader::archive::tests::pack;
use crate::reader::{ReadError, ReadOptions, TrackedChanges};

const NAMES: &str = "xmlns:office='office' xmlns:text='text' xmlns:style='style' xmlns:fo='fo' xmlns:table='table' \
    xmlns:draw='draw' xmlns:dc='dc' xmlns:svg='svg'";

const STYLES: &str = r#"
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Base"/>
<style:style style:name="Base" style:family="paragraph" style:list-style-name="L2">
  <style:paragraph-properties fo:margin-left="1in"/></style:style>
<style:style style:name="Contents_20_1" style:family="paragraph"/>
<style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Struck" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>
<text:list-style style:name="L1">
  <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
  <text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
</text:list-style>
<text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-format="i" text:start-value="4"/></text:list-style>
<text:list-style style:name="Dots"><text:list-level-style-bullet text:level="1" text:bullet-char="x"/></text:list-style>
<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="I" style:num-prefix="PART "/></text:outline-style>"#;

const REGIONS: &str = "<text:tracked-changes><text:changed-region text:id='d'><text:deletion><office:change-info><dc:creator>x</dc:creator></office:change-info>\
    <text:p>not</text:p></text:deletion></text:changed-region><text:changed-region text:id='e'><text:deletion><text:p>b</text:p><text:p>c</text:p></text:deletion></text:changed-region>\
    <text:changed-region text:id='i'><text:insertion/></text:changed-region></text:tracked-changes>";

const FURNITURE: &str = "<s xmlns:style='style' xmlns:text='text'><style:page-layout><style:header-style/></style:page-layout>\
    <style:master-page><style:header><text:p>Draft <text:span>3</text:span></text:p></style:header>\
    <style:footer><text:p><text:page-number>7</text:page-number></text:p></style:footer></style:master-page></s>";

fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content {NAMES}><office:automatic-styles>{STYLES}</office:automatic-styles>\
         <office:body><office:text>{REGIONS}{body}</office:text></office:body></office:document-content>"
    );
    let manifest = "<!DOCTYPE manifest PUBLIC 'x' 'Manifest.dtd'><manifest/>";
    pack(&[
        ("content.xml", &content),
        ("styles.xml", FURNITURE),
        ("META-INF/manifest.xml", manifest),
        ("meta.xml", "<m xmlns:dc='dc'><dc:title>Keys</dc:title></m>"),
    ])
}

fn read_body(body: &str, changes: TrackedChanges) -> Document {
    read(&odt(body), ReadOptions { changes, ..ReadOptions::default() }).unwrap()
}

fn check(body: &str, expected: &[&str]) {
    let document = read_body(body, TrackedChanges::Accepted);
    assert_eq!(document.text().split('\n').collect::<Vec<_>>(), expected, "{body}");
}

fn item(content: &str) -> String {
    format!("<text:list-item>{content}</text:list-item>")
}

fn p(text: &str) -> String {
    format!("<text:p>{text}</text:p>")
}

#[test]
fn heads_and_feet_are_kept_where_asked() {
    let body = odt(&p("Keys"));
    for (keep_furniture, expected) in [(false, "Keys"), (true, "Keys\nDraft 3\n7")] {
        let document = read(&body, ReadOptions { keep_furniture, ..ReadOptions::default() }).unwrap();
        assert_eq!(document.text(), expected);
    }
}

#[test]
fn lists_are_numbered() {
    let inner = format!("<text:list>{}{}</text:list>", item(&p("b")), item(&p("c")));
    let list = |attributes: &str, items: &str| format!("<text:list {attributes}>{items}</text:list>");
    let one = list("text:style-name='L1'", &[item(&(p("a") + &inner)), item(&(p("d") + &p("e")))].concat());
    check(&one, &["1. a", "(a) b", "(b) c", "2. d", "e"]);
    let again = list("text:style-name='L1'", &item(&p("f")));
    let on = list("text:style-name='L1' text:continue-numbering='true'", &item(&p("f")));
    check(&(one.clone() + &again), &["1. a", "(a) b", "(b) c", "2. d", "e", "1. f"]);
    check(&(one + &on), &["1. a", "(a) b", "(b) c", "2. d", "e", "3. f"]);
    check(&list("text:style-name='Dots'", &item(&p("a"))), &["a"]);
    check(&list("", &item("<text:p text:style-name='P1'>a</text:p>")), &["iv a"]);
    let start = "<text:list-item text:start-value='7'><text:p>a</text:p></text:list-item><text:list-header><text:p>b</text:p></text:list-header>";
    check(&list("text:style-name='L1'", start), &["7. a", "b"]);
}

#[test]
fn headings_and_contents() {
    let body = "<text:table-of-content><text:table-of-content-source>x</text:table-of-content-source><text:index-body>\
        <text:p>Keys 1</text:p></text:index-body></text:table-of-content><text:h text:outline-level='1'>KEYS</text:h>\
        <text:h text:outline-level='2'>Duty</text:h><text:h text:outline-level='1' text:is-list-header='true'>END</text:h>\
        <text:p text:style-name='P1'>far</text:p><text:p text:style-name='Contents_20_1'>entry</text:p>";
    let document = read_body(body, TrackedChanges::Accepted);
    assert_eq!(document.text(), "Keys 1\nPART I KEYS\nDuty\nEND\nfar\nentry");
    let found: Vec<_> =
        document.blocks().iter().map(|block| (block.kind, block.indent, block.part)).collect();
    let contents = Some(Part::Contents);
    let expected = [
        (Paragraph, 0, contents),
        (Heading(1), 0, None),
        (Heading(2), 0, None),
        (Heading(1), 0, None),
        (Paragraph, 10, None),
        (Paragraph, 0, contents),
    ];
    assert_eq!((found.as_slice(), document.title()), (expected.as_slice(), Some("Keys")));
}

#[test]
fn what_is_text_and_what_is_not() {
    for (content, expected) in [
        ("a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d", "a b c d"),
        ("a<office:annotation><text:p>x</text:p></office:annotation>b", "ab"),
        ("<text:span text:style-name='Gone'>x</text:span><text:a>b</text:a>", "b"),
        ("a<text:bookmark-start/><text:soft-page-break/>b &amp; c", "ab & c"),
        ("<text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>", "a"),
        ("<draw:frame><draw:image/><svg:title>x</svg:title></draw:frame>a", "a"),
    ] {
        check(&p(content), &[expected]);
    }
    check("<text:section text:display='none'><text:p>x</text:p></text:section><text:p>a</text:p>", &["a"]);
    let frame = "anchor<draw:text-box><text:p>boxed</text:p></draw:text-box>ed";
    check(&(p(frame) + &p("next")), &["anchored", "boxed", "next"]);
    let note = "a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note>s";
    check(&(p(note) + &p("b") + "<text:h>Head</text:h>"), &["as", "b", "note", "PART I Head"]);
    let cell = |text: &str| format!("<table:table-cell>{}</table:table-cell>", p(text));
    let covered = "<table:covered-table-cell><text:p>x</text:p></table:covered-table-cell>";
    check(&format!("<table:table>{}{covered}{}</table:table>", cell("a"), cell("b")), &["a", "b"]);
}

#[test]
fn changes_are_tracked() {
    let mark = |id: &str| format!("<text:change text:change-id='{id}'/>");
    let inserted = |text: &str| {
        format!("<text:change-start text:change-id='i'/>{text}<text:change-end text:change-id='i'/>")
    };
    for (body, accepted, original) in [
        (p(&format!("may {} {}", mark("d"), inserted("open"))), "may open\nnot", "may not"),
        (p(&format!("a {} d", mark("e"))), "a d\nb c", "a b c d"),
        (p(&mark("unknown")) + &p("a"), "a", "a"),
        (inserted(&p("new")) + &p("a"), "new\na", "a"),
        ("<text:p>a <text:change-start text:change-id='i'/>b</text:p><text:p>c<text:change-end text:change-id='i'/>d</text:p>".to_owned(), "a b\ncd", "a d"),
        (p("may <text:span text:style-name='Struck'>not</text:span> open"), "may open\nnot", "may not open"),
    ] {
        let texts = [TrackedChanges::Accepted, TrackedChanges::Original].map(|changes| read_body(&body, changes));
        assert_eq!(texts.each_ref().map(Document::text), [accepted, original], "{body}");
    }
}

#[test]
fn what_cannot_be_read_is_refused() {
    let check = |bytes: &[u8], expected: ReadError| {
        assert_eq!(read(bytes, ReadOptions::default()).unwrap_err(), expected);
    };
    let content = || "content.xml".to_owned();
    check(&odt(""), ReadError::Empty);
    check(&pack(&[]), ReadError::MissingPart { part: content(), format: "ODT" });
    check(&pack(&[("META-INF/manifest.xml", "<m><encryption-data/></m>")]), ReadError::Encrypted);
    check(
        &pack(&[("content.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>")]),
        ReadError::DeclaredEntities { part: content() },
    );
    check(&pack(&[("content.xml", "<a><b></a>")]), ReadError::DamagedPart { part: content() });
}

#[test]
fn what_is_defined_too_often_is_refused() {
    let list =
        "<text:list-style style:name='L'><text:list-level-style-number text:level='1'/></text:list-style>";
    let style = "<style:style style:name='S' style:family='paragraph'/>";
    for (definition, fits, most) in [(list, 4_000, 8_000), (style, 15_000, 30_000)] {
        for (count, expected) in [(fits, None), (most, Some(ReadError::UnpacksTooLarge))] {
            let content = format!(
                "<office:document-content>{}<office:body><office:text><text:p>A provider may keep keys.</text:p>\
                 </office:text></office:body></office:document-content>",
                definition.repeat(count)
            );
            let bytes = pack(&[("content.xml", &content)]);
            assert_eq!(read(&bytes, ReadOptions::default()).err(), expected, "{count} of {definition}");
        }
    }
}
