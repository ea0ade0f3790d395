//! Small files of every vocabulary, held against their blocks.

use super::*;

/// Every block as `kind/depth numbers part: text`.
fn check(source: &str, expected: &[&str]) {
    let document = read(source, Origin::Bytes).unwrap();
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

#[test]
fn akoma_ntoso() {
    check(
        "<akomaNtoso><bill><preface><longTitle><p>A Bill</p></longTitle></preface><preamble><recital>\
         <num>(1)</num><p>Keys are kept.</p></recital></preamble><body><chapter><num>2</num>\
         <heading>Keys</heading><article><num>Article 7</num><num>Aim</num><paragraph><num>1.</num><content>\
         <p>Keep<authorialNote><p>See OJ.</p></authorialNote> keys.</p></content></paragraph></article></chapter>\
         <section><num>3</num><content><p>After it insert \u{2014} <mod><quotedStructure><section><num>3A</num>\
         <content><p>No <del>old</del> keys.</p></content></section></quotedStructure></mod></p></content></section>\
         </body></bill></akomaNtoso>",
        &[
            "Paragraph/0 [] Recital: A Bill",
            "Paragraph/0 [] Recital: (1) Keys are kept.",
            "Heading(2)/1 [Container chapter 2]: Keys",
            "Heading(3)/2 [Article Article 7]: Aim",
            "Paragraph/3 [Subdivision 1.]: Keep keys.",
            "Paragraph/1 [] Note: See OJ.",
            "Paragraph/1 [Section 3]: After it insert \u{2014}",
            "Paragraph/2 [Section 3A] Inserted: No keys.",
            "Paragraph/2 [] Note: old",
        ],
    );
}

#[test]
fn uslm() {
    check(
        "<bill xmlns='http://schemas.gpo.gov/xml/uslm'><meta><dc:title>t</dc:title></meta><main><section>\
         <num value='1'>SEC. 1. </num><heading>Keys.\u{2014}</heading><content>Table:<toc><referenceItem>\
         <designator>Sec. 1.</designator><label>Keys.</label></referenceItem></toc></content></section></main></bill>",
        &[
            "Heading(2)/1 [Section SEC. 1.]: Keys.\u{2014}",
            "Paragraph/1 []: Table:",
            "Paragraph/1 [] Contents: Sec. 1. Keys.",
        ],
    );
}

#[test]
fn clml() {
    check(
        "<Legislation><Contents><ContentsItem><ContentsNumber>1</ContentsNumber><ContentsTitle>Keys\
         </ContentsTitle></ContentsItem></Contents><Body><P1group><Title>Keys</Title><P1><Pnumber>1</Pnumber>\
         <P1para><P2><Pnumber>1</Pnumber><P2para><Text>Keep\u{2014}</Text><P3><Pnumber>a</Pnumber><P3para>\
         <Text>keys;</Text></P3para></P3><Text>for good.</Text></P2para></P2></P1para></P1><P1><Pnumber>2</Pnumber>\
         <P1para><Text>Insert</Text><BlockAmendment><P2><Pnumber>4</Pnumber><P2para><Text>No keys.</Text></P2para>\
         </P2></BlockAmendment><AppendText>;</AppendText></P1para></P1></P1group></Body></Legislation>",
        &[
            "Paragraph/0 [] Contents: 1 Keys",
            "Heading(1)/1 [Section 1]: Keys",
            "Paragraph/2 [Subdivision 1]: Keep\u{2014}",
            "Paragraph/3 [Subdivision a]: keys;",
            "Paragraph/2 []: for good.",
            "Paragraph/1 [Section 2]: Insert",
            "Paragraph/2 [Subdivision 4] Inserted: No keys.;",
        ],
    );
}

#[test]
fn formex() {
    check(
        "<ACT><TITLE><TI><P>x</P></TI></TITLE><ENACTING.TERMS><DIVISION><TITLE><TI><P>CHAPTER I</P></TI><STI>\
         <P>KEYS</P></STI></TITLE><ARTICLE><TI.ART>Article 2<NOTE><P>See 4.</P></NOTE></TI.ART><STI.ART>Terms</STI.ART><ALINEA><P>Here:</P>\
         <DLIST><DLIST.ITEM><PREFIX>(a)</PREFIX><TERM><QUOT.START CODE='2018'/>key<QUOT.END CODE='2019'/></TERM>\
         <DEFINITION>a secret<NOTE><P>OJ L 1.</P></NOTE>;</DEFINITION></DLIST.ITEM></DLIST><LIST><ITEM><P>dash</P></ITEM>\
         </LIST></ALINEA></ARTICLE></DIVISION></ENACTING.TERMS></ACT>",
        &[
            "Heading(2)/1 [Container ]: CHAPTER I",
            "Heading(2)/1 []: KEYS",
            "Paragraph/2 [] Note: See 4.",
            "Heading(3)/2 [Article Article 2]: Terms",
            "Paragraph/2 []: Here:",
            "Paragraph/3 [Subdivision (a)]: \u{2018}key\u{2019}: a secret;",
            "Paragraph/3 [] Note: OJ L 1.",
            "Paragraph/3 [Subdivision ]: dash",
        ],
    );
}

#[test]
fn justice_canada() {
    check(
        "\u{feff}<Statute><Identification><LongTitle>An Act</LongTitle></Identification><Body><Heading level='1'>\
         <Label>PART 1</Label><TitleText>Keys</TitleText></Heading><Section><MarginalNote>Terms</MarginalNote>\
         <Label>2</Label><Text>In this Act,</Text><Definition><Text><DefinedTermEn>key</DefinedTermEn> means</Text>\
         <Paragraph><Label>(a)</Label><Text>a secret</Text></Paragraph></Definition><HistoricalNote>2001, c. 1\
         </HistoricalNote></Section></Body></Statute>",
        &[
            "Paragraph/0 [] Recital: An Act",
            "Heading(1)/2 [Container PART 1]: Keys",
            "Heading(6)/9 [Section 2]: Terms",
            "Paragraph/9 []: In this Act,",
            "Paragraph/10 [Subdivision ]: key means",
            "Paragraph/11 [Subdivision (a)]: a secret",
            "Paragraph/9 [] Note: 2001, c. 1",
        ],
    );
}

#[test]
fn any_other_xml() {
    check(
        "<rss><item><title>Keys</title><body>Keep <em>all</em> &amp; every key.<!-- x --></body></item></rss>",
        &["Paragraph/0 []: Keys", "Paragraph/0 []: Keep all & every key."],
    );
}

#[test]
fn what_is_struck_is_no_text_of_the_bill() {
    let source = "<bill><legis-body><section changed='deleted'><enum>1.</enum><text>Old.</text></section>\
        <section changed='added'><enum>1.</enum><text>New.</text></section></legis-body></bill>";
    let document = read(source, Origin::Bytes).unwrap();
    let struck: Vec<&str> = document.changes().iter().map(|(span, _)| span.of(document.text())).collect();
    assert_eq!((document.text(), struck), ("Old.\nNew.", vec!["Old."]));
}

#[test]
fn titles() {
    let title = |source: &str| read(source, Origin::Bytes).unwrap().title().map(str::to_owned);
    let rows = [
        (
            "<Statute><Identification><ShortTitle>Keys  Act</ShortTitle></Identification></Statute>",
            "Keys Act",
        ),
        ("<ACT><TITLE><TI><P>Act<NOTE>1</NOTE></P><P>of 2 May</P></TI></TITLE></ACT>", "Act of 2 May"),
        ("<akomaNtoso><meta><FRBRalias value='Keys Bill'/></meta></akomaNtoso>", "Keys Bill"),
        (
            "<Legislation><Metadata><dc:title>Keys &amp; Locks</dc:title></Metadata></Legislation>",
            "Keys & Locks",
        ),
    ];
    for (source, expected) in rows {
        assert_eq!(title(source).as_deref(), Some(expected), "{source}");
    }
}
