//! Properties that hold for every text: nothing panics, blocks are apart, spans lead back to the
//! source, and how a paragraph was wrapped does not show.

use proptest::prelude::*;

use super::{Format, ReadError, read};
use crate::document::Document;
use crate::text::Span;

/// Texts with the marks that readers look at.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zé]{1,9}",
        "[A-Z][a-z]{0,8}",
        "\\([a-z1-9]{1,3}\\)",
        "[0-9]{1,4}\\.?",
        Just("-".to_owned()),
        Just("\u{ad}".to_owned()),
        "[ \t\u{a0}]{1,9}",
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("\u{c}".to_owned()),
        Just("\r".to_owned()),
        "[#>*_~`\\[\\]|&;<\\\\!.,:—“”§\u{2028}\u{200b}\u{feff}\u{0}-]{1,3}",
        Just("<del>".to_owned()),
        Just("</del>".to_owned()),
        Just("<div>".to_owned()),
        Just("&amp;".to_owned()),
        Just("~~".to_owned()),
        Just("SEC. 3. KEYS".to_owned()),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn is_kept(c: char) -> bool {
    c.is_alphanumeric()
}

/// What must hold of a document, whatever it was read from.
fn check_document(document: &Document, verbatim: bool) -> Result<(), TestCaseError> {
    let text = document.text();
    let mut end = None;
    for block in document.blocks() {
        let piece = text.get(block.span.range());
        prop_assert!(
            piece.is_some_and(|piece| !piece.is_empty() && piece.trim() == piece && !piece.contains('\n'))
        );
        prop_assert_eq!(block.span.start, end.map_or(0, |end: u32| end + 1));
        end = Some(block.span.end);
    }
    prop_assert_eq!(end.unwrap_or(0) as usize, text.len());
    for (span, _) in document.changes() {
        prop_assert!(text.get(span.range()).is_some());
    }
    let words = text.split_whitespace().map(|word| word.as_ptr() as usize - text.as_ptr() as usize);
    for (at, word) in words.zip(text.split_whitespace()) {
        let span = Span::from(at..at + word.len());
        let mut found = String::new();
        for source in document.sources(span) {
            let piece = document.source().get(source.range());
            prop_assert!(piece.is_some(), "{:?} of {:?}", source, word);
            found.push_str(piece.unwrap_or_default());
        }
        if verbatim {
            let kept = |text: &str| text.chars().filter(|c| is_kept(*c)).collect::<String>();
            prop_assert_eq!(kept(&found), kept(word));
        }
    }
    Ok(())
}

/// Whether the source of every word without a character reference is the word, mark-up apart.
fn check_words(document: &Document) -> Result<(), TestCaseError> {
    let text = document.text();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let sources = document.sources(Span::from(at..at + word.len()));
        let found: String = sources.iter().map(|source| source.of(document.source())).collect();
        let given = found.contains(['&', '<']);
        let kept: String = found.chars().filter(|c| c.is_alphanumeric()).collect();
        prop_assert!(given || kept == word, "{:?} of {:?}", found, word);
    }
    Ok(())
}

/// Breaks `words` into lines of at most `width` columns; a word that is too long is broken with a
/// hyphen if `hyphens` says so.
fn wrap(words: &[String], width: usize, hyphens: bool) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words {
        let mut rest = word.as_str();
        while let Some(line) = lines.last_mut() {
            let used = if line.is_empty() { 0 } else { line.len() + 1 };
            if used + rest.len() <= width {
                *line = [line.as_str(), rest].join(if used > 0 { " " } else { "" });
                break;
            }
            let room = width.saturating_sub(used + 1);
            if hyphens && rest.len() >= 10 && room >= 4 && rest.len() - room.min(rest.len() - 4) >= 4 {
                let (first, second) = rest.split_at(room.min(rest.len() - 4));
                *line = [line.as_str(), first].join(if used > 0 { " " } else { "" });
                line.push('-');
                rest = second;
            } else if used == 0 {
                *line = rest.to_owned();
                break;
            }
            lines.push(String::new());
        }
    }
    lines
}

fn block_text(source: &str) -> Result<String, TestCaseError> {
    let document =
        read(Format::Text, source.as_bytes()).map_err(|error| TestCaseError::fail(error.to_string()))?;
    check_document(&document, true)?;
    Ok(document.text().to_owned())
}

/// Pages with the mark-up that readers look at, and mark-up that is broken.
fn pages() -> impl Strategy<Value = String> {
    let tag = "</?(p|div|td|tr|table|ol|ul|li|pre|h1|b|del|ins|title|script|a|sup|br|hr|nav|span)( hidden| class=num| class='oj-note' href=#x| style='display: none')?/?>";
    let piece = prop_oneof![
        4 => "[a-zé]{1,9}[ \r\n]{0,2}",
        1 => "\\([a-z1-9]{1,2}\\) ?",
        1 => "[0-9]{1,2}\\. ",
        6 => tag,
        1 => "&(amp|nbsp|lt|#8212|#x41|sect|eacute|#150|NotEqualTilde|copy|x|#xd800|#0);?",
        1 => "[<>&;!/'\"=\u{ad}\u{0}\u{a0}“\\-]{1,3}",
        1 => Just("<!-- <p> -->".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => Just("<pre>\n  1  The mes-\n  2  sages &amp; keys\n".to_owned()),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_page_is_read(source in pages()) {
        if let Ok(document) = read(Format::Html, source.as_bytes()) {
            check_document(&document, false)?;
            check_words(&document)?;
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in "a\\.(txt|md|html|xml|bin)") {
        if let Ok(format) = super::detect(&name, &bytes)
            && let Ok(document) = read(format, &bytes)
        {
            check_document(&document, false)?;
        }
    }

    #[test]
    fn encodings_do_not_show(text in "[a-zA-Z(), .\u{a0}-\u{ff}‘’“”–—\n]{20,200}") {
        let words = |bytes: &[u8]| read(Format::Text, bytes).map(|document| document.text().to_owned());
        let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        prop_assert_eq!(words(&wide), words(text.as_bytes()));
        if let Ok(document) = read(Format::Text, &wide) {
            let text = document.text();
            for (at, word) in text.match_indices(char::is_alphanumeric) {
                let location = document.locate(Span::from(at..at + word.len()));
                let (start, end) = location.hull().unwrap();
                let units = wide[start.offset as usize..end.offset as usize].chunks(2);
                let units = units.map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
                let found: String = char::decode_utf16(units).flatten().collect();
                prop_assert_eq!(found, word);
            }
        }
    }

    #[test]
    fn any_text_is_read(source in texts()) {
        if let Ok(document) = read(Format::Text, source.as_bytes()) {
            check_document(&document, true)?;
        }
    }

    #[test]
    fn any_markdown_is_read(source in texts()) {
        if let Ok(document) = read(Format::Markdown, source.as_bytes()) {
            check_document(&document, false)?;
        }
    }

    #[test]
    fn any_xml_is_read(
        root in proptest::sample::select(vec!["bill", "akomaNtoso", "Legislation", "CONS.ACT", "Statute", "x"]),
        mark in any::<bool>(),
        inside in proptest::collection::vec(elements(), 0..6),
    ) {
        let mark = if mark { "\u{feff}" } else { "" };
        let source = format!("{mark}<{root}>{}</{root}>", inside.concat());
        let document = match read(Format::Xml, source.as_bytes()) {
            Err(ReadError::Empty) => return Ok(()),
            found => found.map_err(|error| TestCaseError::fail(error.to_string()))?,
        };
        check_document(&document, false)?;
        for block in document.blocks() {
            let sources = document.sources(block.span);
            let found: String = sources.iter().map(|span| span.of(document.source())).collect();
            let kept = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
            let text = block.span.of(document.text()).replace("&unknown;", "");
            prop_assert_eq!(kept(&without_markup(&found)), kept(&text), "{}", source);
        }
    }

    #[test]
    fn any_prefix_of_xml_is_read_or_refused(inside in elements(), cut in 0_usize..400) {
        let source = format!("<CONS.ACT>{inside}</CONS.ACT>");
        let end = (0..=cut.min(source.len())).rev().find(|end| source.is_char_boundary(*end)).unwrap_or(0);
        let whole = source[..end].trim_end().len() == source.len();
        let found = read(Format::Xml, &source.as_bytes()[..end]);
        prop_assert_eq!(matches!(found, Ok(_) | Err(ReadError::Empty)), whole || end == 0);
    }

    #[test]
    fn wrapping_does_not_show(
        words in proptest::collection::vec("[a-z]{1,9}|[A-Z][a-z]{2,7}|[a-z]{2,8},|[b-z]{12,18}", 30..90),
        width in 24_usize..120,
        ending in prop_oneof![Just("\n"), Just("\r\n"), Just("\r"), Just(" \n")],
        indent in 0_usize..9,
        hyphens in any::<bool>(),
    ) {
        let lines = wrap(&words, width, hyphens);
        let margin = " ".repeat(indent);
        let end = format!("{ending}{margin}");
        let source = margin + &lines.join(&end) + ending;
        prop_assert_eq!(block_text(&source)?, words.join(" "));
    }

    #[test]
    fn margin_numbers_do_not_show(
        words in proptest::collection::vec("[a-z]{1,9}|[a-z]{2,8},", 60..120),
        width in 30_usize..80,
        page in 12_usize..30,
        glued in any::<bool>(),
    ) {
        let lines = wrap(&words, width, false);
        let number = |at: usize, line: &str| {
            let space = if glued && at % page > 8 { "" } else { "  " };
            format!("{:>2}{space}{line}\n", at % page + 1)
        };
        let source: String = lines.iter().enumerate().map(|(at, line)| number(at, line)).collect();
        prop_assert_eq!(block_text(&source)?, words.join(" "));
    }
}

/// Pieces of XML, well-formed in any order.
fn elements() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        "[a-zé ]{1,20}",
        Just(" &amp; ".to_owned()),
        Just("&#8212;".to_owned()),
        Just("&sect;&unknown;".to_owned()),
        Just("<![CDATA[a > b]]>".to_owned()),
        Just("\n<!-- x -->\n".to_owned()),
        Just("<QUOT.START CODE=\"2018\"/>".to_owned()),
        Just("<br/>".to_owned()),
    ];
    let leaf = proptest::collection::vec(text, 0..4).prop_map(|texts| texts.concat());
    leaf.prop_recursive(6, 60, 6, |inner| {
        let names: Vec<&str> =
            "section num enum heading text p content quote quoted-block P1 P1group Title Pnumber Heading \
            MarginalNote Label ITEM NP NO.P note toc td deleted-phrase Definition em GR.SEQ"
                .split_whitespace()
                .collect();
        (proptest::sample::select(names), proptest::collection::vec(inner, 0..5))
            .prop_map(|(name, inside)| format!("<{name}>{}</{name}>", inside.concat()))
    })
}

/// `source` without tags and references.
fn without_markup(source: &str) -> String {
    let mut kept = String::new();
    let mut rest = source;
    while let Some(at) = rest.find(['<', '&']) {
        kept.push_str(&rest[..at]);
        let end = if rest[at..].starts_with('<') { '>' } else { ';' };
        rest = rest[at..].find(end).map_or("", |length| &rest[at + length + 1..]);
    }
    kept + rest
}

#[test]
fn xml_leads_back_to_its_words() {
    let files: [&[u8]; 3] = [
        include_bytes!("../../fixtures/formats/xml-secure-networks.akn"),
        include_bytes!("../../fixtures/formats/xml-secure-networks-us.xml"),
        include_bytes!("../../fixtures/formats/xml-secure-networks-uk.xml"),
    ];
    for file in files {
        let document = read(Format::Xml, file).unwrap();
        assert!(document.blocks().len() > 30);
        for block in document.blocks() {
            let sources = document.sources(block.span);
            let found: String = sources.iter().map(|source| source.of(document.source())).collect();
            let kept = |text: &str| text.chars().filter(|c| is_kept(*c)).collect::<String>();
            assert_eq!(kept(&without_markup(&found)), kept(block.span.of(document.text())));
        }
    }
}

#[test]
fn a_line_of_ten_megabytes_is_read() {
    let source = "the provider shall keep <records> of *calls* (a) and-\u{ad} ".repeat(200_000);
    for format in [Format::Text, Format::Markdown, Format::Html] {
        let document = read(format, source.as_bytes()).unwrap();
        assert_eq!(document.blocks().len(), 1);
    }
}
