//! Pages and the blocks that they become.

use super::*;
use crate::reader::{Format, read as read_file};

fn document(source: &str) -> Document {
    read_file(Format::Html, source.as_bytes()).unwrap()
}

/// The blocks of a page: `h1` heading, `p` paragraph, `i` item, `c` cell; a part by its first letter.
fn shown(source: &str) -> Vec<String> {
    let document = document(source);
    let blocks = document.blocks().iter();
    blocks
        .map(|block| {
            let kind = match block.kind {
                BlockKind::Heading(level) => format!("h{level}"),
                BlockKind::Paragraph => "p".to_owned(),
                BlockKind::Item => format!("i{}", block.indent),
                BlockKind::Cell => "c".to_owned(),
            };
            let part = block.part.map(|part| format!("{part:?} ")).unwrap_or_default();
            let quote = ">".repeat(usize::from(block.quote));
            format!("{quote}{kind} {part}{}", block.span.of(document.text()))
        })
        .collect()
}

fn check(source: &str, expected: &[&str]) {
    assert_eq!(shown(source), expected, "{source:?}");
}

#[test]
fn elements_make_blocks() {
    check("<h1>Keys <i>Act</i></h1><p>One<p>Two</p>Three", &["h1 Keys Act", "p One", "p Two", "p Three"]);
    check("<div>a<div>b</div>c</div><section><p></p></section>d", &["p a", "p b", "p c", "p d"]);
    check("<ul><li>a<li><p>b</p><p>c</p></ul><blockquote>d</blockquote>", &["i1 a", "i1 b", "i1 c", ">p d"]);
    check("<table><tr><th>a<td>b<tr><td>c</table>d", &["c a", "c b", "c c", "p d"]);
    check("un<b>lock</b>ed <a href='x'>key</a>s<!-- no -->, 1<sup>st</sup>", &["p unlocked keys, 1st"]);
    check("a<br>b<br><br>c<br>(1) d<hr>e", &["p a b", "p c", "p (1) d", "p e"]);
    check("A&nbsp;&mdash;B &lt;x&gt; &copy &#150;\r\nC", &["p A —B <x> © – C"]);
    check("<p class=x/>a<div/>b", &["p a", "p b"]);
}

#[test]
fn what_is_no_text_is_left_out() {
    check(
        "<head><title>T</title><style>p{}</style></head><body><nav><ul><li>Home</ul></nav>\
         <script>if (a<b) x('<p>')</script><noscript>No</noscript><p>a<select><option>b</select><button>c</button>\
         <p hidden>d<p style='DISPLAY : none'>e<span aria-hidden=true>f<span>g</span>h</span>\
         <p>i<!-- <p>j --><div class='x noprint'>k<div>l</div>m</div>n",
        &["p a", "p i", "p n"],
    );
    check("<header><nav>a</nav>b</header><header>c</header><footer>d</footer>e", &["p c", "p e"]);
    check("<article><footer>a</footer></article>", &["p a"]);
    check("<title>a</title><title>b</title>c", &["p c"]);
    check("<ul><li hidden>a<li>b</ul>", &["i1 b"]);
    check("<div hidden><div><p>a</div>b</p></div>c", &["p c"]);
}

#[test]
fn numbers_stand_with_their_text() {
    let row = |number: &str, text: &str| {
        format!("<table><tr><td><p>{number}</p></td><td><p>{text}</p></td></tr></table>")
    };
    check(&row("(a)", "keys;"), &["i0 (a) keys;"]);
    check(&row("\u{2014}", "keys;"), &["i0 \u{2014} keys;"]);
    check(&row("(1)", &row("(a)", "keys;")), &["i0 (1) (a) keys;"]);
    check(&row("2019", "34"), &["c 2019", "c 34"]);
    check("<tr><td>1.</td><td>a</td></tr><tr><td>2.</td><td>b</td></tr>", &["i0 1. a", "i0 2. b"]);
    check("<div><div><span>(a) </span></div><div><p>keys</p></div></div>", &["i0 (a) keys"]);
    check("<p>(1)</p><p>(2)</p><p>Keys</p>", &["i0 (1)", "i0 (2) Keys"]);
    check("<div><p>\u{2014}</p></div><div>Keys</div>", &["i0 \u{2014} Keys"]);
    check("<p><span class=num><span>1.1.</span></span><span>The</span>", &["i0 1.1. The"]);
    check(
        "<ol><li>a<ol type=a><li>b<li>c</ol><li value=7>d</ol>",
        &["i1 1. a", "i2 a. b", "i2 b. c", "i1 7. d"],
    );
    check(
        "<ol><li>(a) keys<li>1. x</ol><ol style='list-style: none'><li>y</ol>",
        &["i1 (a) keys", "i1 1. x", "i1 y"],
    );
}

#[test]
fn classes_of_publishers() {
    check(
        "<p class='oj-hd-date'>1.1.2020</p><div class=eli-subdivision id=rct_1><p class=oj-normal>Whereas</div>\
         <p class='oj-ti-art'>Article 1</p><p class=oj-sti-art>Keys</p><p class=oj-normal>1.   A <a id='n1' href='#ntr1'>(<span \
         class='oj-super oj-note-tag'>1</span>)</a> key.</p><p class=oj-note>(1) OJ L 1.</p><p class=oj-signatory>J. SMITH</p>",
        &[
            "p Recital Whereas",
            "h4 Article 1",
            "h5 Keys",
            "p 1. A key.",
            "p Note (1) OJ L 1.",
            "p Note J. SMITH",
        ],
    );
    check(
        "<p class=Titrearticle><span>Article </span>2</p><dl id=footnotes><dd id=footnote1>(1) x</dd></dl>\
         <p>keys<sup><a href='#fn1'>1</a></sup>, m<sup>2</sup>",
        &["h4 Article 2", "i0 Note (1) x", "p keys, m2"],
    );
}

#[test]
fn furniture_is_kept_where_asked() {
    let source = "<p class=oj-hd-date>1.1.2020<p>Keys<pre>\nVerDate Sep 11 2014\n\nLocks\n</pre>";
    for (keep, expected) in [(false, "Keys\nLocks"), (true, "1.1.2020\nKeys\nVerDate Sep 11 2014\nLocks")] {
        assert_eq!(read(source, Origin::Bytes, keep).unwrap().text(), expected);
    }
}

#[test]
fn what_explains_a_draft_is_a_note() {
    check(
        "<div><p class=Statut>Proposal</div><div><p class=Exposdesmotifstitre>MEMORANDUM<p>Why</div><div><p>not</div>\
         <p class=Statut>Proposal<p>Keys",
        &[
            "h1 Recital Proposal",
            "h1 Note MEMORANDUM",
            "p Note Why",
            "p Note not",
            "h1 Recital Proposal",
            "p Keys",
        ],
    );
}

#[test]
fn a_title_further_on_is_that_of_an_annex() {
    check(
        "<p class=doc-ti>Act<p class=doc-ti>on keys<p>x<p class=doc-ti>ANNEX<p>y",
        &["h1 Recital Act", "h1 Recital on keys", "p x", "h1 ANNEX", "p y"],
    );
}

#[test]
fn titles() {
    for (source, expected) in [
        ("<title> Keys\n Act &amp; more</title><h1>Other</h1>x", Some("Keys Act & more")),
        ("<title>act.docx</title><h1></h1><h1>Keys <b>Act</b></h1><h1>Other</h1>x", Some("Keys Act")),
        (
            "<p class=oj-doc-ti>Directive 1<p class=oj-doc-ti>on keys<p>x<p class=oj-doc-ti>Annex",
            Some("Directive 1 on keys"),
        ),
        ("<title>L_1</title><h1>a</h1><p class=title-doc-first>Act 1<p>x", Some("Act 1")),
        ("<p>x", None),
    ] {
        assert_eq!(document(source).title(), expected, "{source:?}");
    }
}

#[test]
fn printed_lines_are_laid_out() {
    let page = |number: usize, text: &str| format!("{number:>6}  {text}\r\n");
    let lines = [
        "  Section 1. A carrier of <U>messages</U> shall keep the records of all <B>commu-</B>",
        "<B>nications</B> that it carries &amp; shall open none of them for anyone but",
        "a person to whom the message is <S>ad-</S>",
        "<S>dressed</S> by name.",
        "  &sect; 2. This act takes effect at once, in all places, for every carrier.",
    ];
    let body: String = lines.iter().enumerate().map(|(at, line)| page(at + 1, line)).collect();
    let rest: String = (6..20)
        .map(|at| page(at, "  (a) A carrier of letters keeps them sealed, whatever it is told."))
        .collect();
    let source = format!("<html><body><pre>\n{body}</pre><p class=brk><pre>{rest}</pre>");
    let found = shown(&source);
    assert_eq!(
        found[..4],
        [
            "p Section 1. A carrier of messages shall keep the records of all communications that it carries & \
             shall open none of them for anyone but a person to whom the message is by name.",
            "p Note addressed",
            "p § 2. This act takes effect at once, in all places, for every carrier.",
            "p (a) A carrier of letters keeps them sealed, whatever it is told.",
        ]
    );
    let document = document(&source);
    let changes: Vec<(&str, Change)> =
        document.changes().iter().map(|(span, change)| (span.of(document.text()), *change)).collect();
    assert_eq!(changes, [("addressed", Change::Deleted)]);
}

#[test]
fn changes() {
    let document = document(
        "<p>keep <del>strike <b>this</b></del> and <ins>add</ins></p><del><p>drop</p><pre>all</pre></del>",
    );
    let found: Vec<(&str, Change)> =
        document.changes().iter().map(|(span, change)| (span.of(document.text()), *change)).collect();
    let expected =
        [("add", Change::Inserted), ("strike this", Change::Deleted), ("drop\nall", Change::Deleted)];
    assert_eq!(found, expected);
}

#[test]
fn what_cannot_be_read() {
    assert_eq!(read_file(Format::Html, b"<p></p><!-- a -->").err(), Some(ReadError::NoShownText));
    let deep = "<div>".repeat(DEEPEST + 1);
    assert_eq!(
        read_file(Format::Html, deep.as_bytes()).err(),
        Some(ReadError::NestedTooDeep { limit: DEEPEST })
    );
    assert_eq!(document(&format!("{}a", "<div><b>".repeat(20_000))).text(), "a");
    let swallowed = document("<p>a<script>b");
    assert_eq!(swallowed.unread(), ["everything after the <script> at byte 4, which is never closed"]);
}
