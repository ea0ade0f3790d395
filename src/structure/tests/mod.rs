//! The outline held against small drafts of every shape: one line is one block.
//!
//! A line that begins with `#` is a heading, with `-` a list item (its indentation counts), with `>`
//! a block of a quotation.

mod articles;
mod lists;
mod marked;
mod regions;

use super::{Passage, Structure};
use crate::document::{BlockKind, Builder, Document};
use crate::language::{Language, Zone};
use crate::text::Span;

fn english() -> Language {
    let pack: toml::Value = toml::from_str(include_str!("../../../rules/en/language.toml")).unwrap();
    pack.get("language").unwrap().clone().try_into().unwrap()
}

fn read(draft: &str) -> Document {
    let mut builder = Builder::new(draft);
    let mut at = 0;
    for line in draft.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        let text = line.trim_start_matches(['#', '>', '-', ' ']);
        let marks = line.get(..line.len() - text.len()).unwrap();
        let kind = match marks.trim_matches([' ', '>']).chars().next() {
            Some('#') => BlockKind::Heading(marks.matches('#').count() as u8),
            Some('-') => BlockKind::Item,
            _ => BlockKind::Paragraph,
        };
        builder.block(kind, indent as u16, marks.matches('>').count() as u8);
        builder.text(Span::from(at + marks.len()..at + line.len()));
        at += line.len();
    }
    builder.finish()
}

fn outline(draft: &str) -> (Document, Language, Structure) {
    let (document, language) = (read(draft), english());
    let structure = Structure::new(&document, &language);
    (document, language, structure)
}

fn zone(passage: &Passage) -> String {
    let zone = match passage.zone {
        Zone::Operative => "",
        Zone::Definition => "definition ",
        Zone::Purpose => "purpose ",
        Zone::Recital => "recital ",
        Zone::Heading => "heading ",
        Zone::Contents => "contents ",
        Zone::Note => "note ",
        Zone::Struck => "struck ",
    };
    format!("{zone}{}", if passage.inserted { "inserted " } else { "" })
}

/// Every passage as `citation: zone text`.
fn check(draft: &str, expected: &[&str]) {
    let (document, language, structure) = outline(draft);
    let cite = |index: usize| structure.citation(&language, index);
    let shown: Vec<String> = structure
        .passages
        .iter()
        .map(|passage| {
            let text = passage.span.of(document.text());
            format!("{}: {}{text}", passage.provision().map_or_else(String::new, cite), zone(passage))
        })
        .collect();
    assert_eq!(shown, expected, "{draft}");
}

/// The clauses of the passage that holds `part`, as `lead / lead | clause | tail`.
fn check_clauses(draft: &str, part: &str, expected: &[&str]) {
    let (document, language, structure) = outline(draft);
    let text = document.text();
    let passage = structure.passage_at(text.find(part).unwrap() as u32).unwrap();
    let shown: Vec<String> = structure
        .clauses(&document, &language, passage)
        .iter()
        .map(|clause| {
            let lead: Vec<&str> = clause.lead.iter().map(|lead| lead.of(text)).collect();
            format!(
                "{} | {} | {}",
                lead.join(" / "),
                clause.span.of(text),
                clause.tail.unwrap_or_default().of(text)
            )
        })
        .collect();
    assert_eq!(shown, expected, "{draft}");
}

#[test]
fn one_section_on_one_line() {
    check(
        "4. Duties of carriers\n(1) A carrier shall not (a) open a parcel; or (b) sell it. (2) A carrier to whom \
         subsection (1) or section 3(2)(a) applies may, under paragraph (a) or (b), appeal.",
        &[
            "s. 4: heading Duties of carriers",
            "s. 4(1): A carrier shall not",
            "s. 4(1)(a): open a parcel; or",
            "s. 4(1)(b): sell it.",
            "s. 4(2): A carrier to whom subsection (1) or section 3(2)(a) applies may, under paragraph (a) or (b), appeal.",
        ],
    );
    check(
        "7. The Board may \u{2014} ( a ) keep \u{2014} (i) a roll; and (ii) a seal; ( b ) sue (the \u{201c}right\u{201d}).",
        &[
            "s. 7: The Board may \u{2014}",
            "s. 7(a): keep \u{2014}",
            "s. 7(a)(i): a roll; and",
            "s. 7(a)(ii): a seal;",
            "s. 7(b): sue (the \u{201c}right\u{201d}).",
        ],
    );
}

#[test]
fn letters_and_roman_numbers() {
    let draft = "9. A body shall\u{2014}\n(g) keep books;\n(h) pay;\n(i) act fairly, that is\u{2014}\n(i) soon; and\n(ii) openly;\n(j) report.";
    check(
        draft,
        &[
            "s. 9: A body shall\u{2014}",
            "s. 9(g): keep books;",
            "s. 9(h): pay;",
            "s. 9(i): act fairly, that is\u{2014}",
            "s. 9(i)(i): soon; and",
            "s. 9(i)(ii): openly;",
            "s. 9(j): report.",
        ],
    );
    check(
        "## SEC. 2. Duties\n- (1) Each agency\u{2014}\n  - (A) shall\u{2014}\n    - (i) act; and\n      - (I) wait; or\n        - (aa) rest.\n- (2) No agency may act.",
        &[
            "s. 2: heading Duties",
            "s. 2(1): Each agency\u{2014}",
            "s. 2(1)(A): shall\u{2014}",
            "s. 2(1)(A)(i): act; and",
            "s. 2(1)(A)(i)(I): wait; or",
            "s. 2(1)(A)(i)(I)(aa): rest.",
            "s. 2(2): No agency may act.",
        ],
    );
    check(
        "6. The panel shall\u{2014}\n(j) sit;\n(ja) publish; and\n(k) report.",
        &["s. 6: The panel shall\u{2014}", "s. 6(j): sit;", "s. 6(ja): publish; and", "s. 6(k): report."],
    );
}

#[test]
fn headings_said_again_are_no_lead_ins() {
    check(
        "7. Board may give directions\n7. Board may give directions (1) The Board may direct a guard. (2) A guard may ask why.",
        &[
            "s. 7: heading Board may give directions",
            "s. 7: heading Board may give directions",
            "s. 7(1): The Board may direct a guard.",
            "s. 7(2): A guard may ask why.",
        ],
    );
}

#[test]
fn numbered_sentences_are_no_headings() {
    check(
        "1. This Part expires three years after commencement.\n2. The Commissioner holds office at the pleasure of the President.\n3. A person who posts extremist content commits an offence.\n4. Service of notices by mail and by messenger.\n(1) A notice is served by mail.\n5. Short title.\n6. No fee for the use of a ferry after dark.",
        &[
            "s. 1: This Part expires three years after commencement.",
            "s. 2: The Commissioner holds office at the pleasure of the President.",
            "s. 3: A person who posts extremist content commits an offence.",
            "s. 4: heading Service of notices by mail and by messenger.",
            "s. 4(1): A notice is served by mail.",
            "s. 5: heading Short title.",
            "s. 6: No fee for the use of a ferry after dark.",
        ],
    );
}

#[test]
fn containers_schedules_and_articles() {
    check(
        "PART II\nDuties\n12A. Books\n12A.\u{2014}(1) A bank shall keep books.\nPart 2 imposes further duties.\nFIRST SCHEDULE\n5. (2) A fee is due.",
        &[
            "Part II: heading Duties",
            "s. 12A: heading Books",
            "s. 12A(1): A bank shall keep books.",
            "s. 12A(1): Part 2 imposes further duties.",
            "Sch. 1 para. 5(2): A fee is due.",
        ],
    );
    check(
        "Chapter 1 \u{2014} General\nArticle 7\nRight of access\n1. A person may ask.\n2. A reply shall state:\n(a) why; and\n(b) when.\nArticle 7 bis\nIt applies.\nANNEX II\n1. Data are listed.",
        &[
            "Ch. 1: heading General",
            "Art. 7: heading Right of access",
            "Art. 7(1): A person may ask.",
            "Art. 7(2): A reply shall state:",
            "Art. 7(2)(a): why; and",
            "Art. 7(2)(b): when.",
            "Art. 7 bis: It applies.",
            "Annex II para. 1: Data are listed.",
        ],
    );
}

#[test]
fn numbers_alone_and_numbers_twice() {
    check(
        "# Fish Act\n## Scope\n1\n1.1\nThis Act is about fish.\n1.2\nA net must be\u{2014}\n1.2.a\nopen,\n1.2.a.i\nSchedule 3.\n## Nets\n2\nNo net may be long.",
        &[
            ": heading Fish Act",
            "s. 1: heading Scope",
            "s. 1(1): This Act is about fish.",
            "s. 1(2): A net must be\u{2014}",
            "s. 1(2)(a): open,",
            "s. 1(2)(a)(i): Schedule 3.",
            "s. 2: heading Nets",
            "s. 2: No net may be long.",
        ],
    );
    check(
        "##### 6. F8[Duty to tell\n6.\u{2014}(1) A bank shall tell\u{2014}\nF12[(d) the owner, and]\n##### 7. Costs.\n7.\u{2014} Costs are shared.",
        &[
            "s. 6: heading F8[Duty to tell",
            "s. 6(1): A bank shall tell\u{2014}",
            "s. 6(1)(d): the owner, and]",
            "s. 7: heading Costs.",
            "s. 7: Costs are shared.",
        ],
    );
    check(
        "3. Title\nSection 3. Title. \u{2014} This is the Fish Act.\n4. Fees. Fees\nSection 4. Fees. \u{2014} Fees are due.",
        &[
            "s. 3: heading Title",
            "s. 3: heading Title",
            "s. 3: This is the Fish Act.",
            "s. 4: heading Fees. Fees",
            "s. 4: heading Fees",
            "s. 4: Fees are due.",
        ],
    );
}

#[test]
fn titles_are_no_lead_ins() {
    check(
        "SEC. 3. FEES.\n(a) Short Title.--This is the Fee Act.\n(b) Payment of fees\n(1) A person shall pay.\n(c) A person shall\n(1) pay; and\n(2) wait.",
        &[
            "s. 3: heading FEES.",
            "s. 3(a): heading Short Title",
            "s. 3(a): This is the Fee Act.",
            "s. 3(b): heading Payment of fees",
            "s. 3(b)(1): A person shall pay.",
            "s. 3(c): A person shall",
            "s. 3(c)(1): pay; and",
            "s. 3(c)(2): wait.",
        ],
    );
}

#[test]
fn lead_ins_and_tails() {
    let draft = "1. Lists\n(1) It is late. A guard who\u{2014}\n(a) sleeps, or\n(b) leaves\u{2014}\n(i) a gate; or\n(ii) a door,\ncommits an offence. It is tried.\n(2) Guards may rest.";
    check_clauses(draft, "sleeps", &["A guard who\u{2014} | sleeps, or | commits an offence."]);
    check_clauses(
        draft,
        "a gate",
        &["A guard who\u{2014} / leaves\u{2014} | a gate; or | commits an offence."],
    );
    check_clauses(draft, "Guards may", &[" | Guards may rest. | "]);
    let inline = "4. Any guard who\u{2014} (a) sleeps; (b) leaves the gate; or (c) calls a friend in order to chat; shall be guilty of an offence.";
    let tail = "shall be guilty of an offence.";
    check_clauses(inline, "sleeps", &[&format!("Any guard who\u{2014} | sleeps; | {tail}")]);
    check_clauses(
        inline,
        "calls",
        &[&format!("Any guard who\u{2014} | calls a friend in order to chat; | {tail}")],
    );
    check_clauses(inline, "shall be", &[&format!("Any guard who\u{2014} | {tail} | ")]);
    let lines = "4. (1) A guard who\u{2014}\n(a) sleeps; or\n(b) leaves, commits an offence and is liable to a fine.\n(2) It is tried.";
    check_clauses(
        lines,
        "sleeps",
        &["A guard who\u{2014} | sleeps; or | commits an offence and is liable to a fine."],
    );
    check_clauses(
        lines,
        "leaves",
        &["A guard who\u{2014} | leaves, | commits an offence and is liable to a fine."],
    );
    check_clauses(
        "4. A guard shall\u{2014}\n(a) wait; and\n(b) rest; it is late.",
        "wait",
        &["A guard shall\u{2014} | wait; and | "],
    );
    let unnumbered = "The guard shall:\n- keep a log; and\n- lock the gate.\nThe guard may rest.";
    check_clauses(unnumbered, "lock", &["The guard shall: | lock the gate. | "]);
    check_clauses(unnumbered, "may rest", &[" | The guard may rest. | "]);
}

#[test]
fn provisions_know_their_place() {
    let draft = "PART IV\nPowers\n8. Entry\n(1) An officer may\u{2014}\n(a) enter; or\n(b) wait.";
    let (document, language, structure) = outline(draft);
    let passage = structure.passage_at(document.text().find("enter;").unwrap() as u32).unwrap();
    let provision = structure.passages[passage].provision().unwrap();
    let cite = |provision: usize| structure.citation(&language, provision);
    assert_eq!(cite(provision), "s. 8(1)(a)");
    assert_eq!(cite(structure.section_of(provision)), "s. 8");
    assert_eq!(structure.container_of(provision).map(cite), Some("Part IV".to_owned()));
    assert_eq!(structure.heading_of(passage).map(|heading| heading.of(document.text())), Some("Entry"));
    let section = &structure.provisions[structure.section_of(provision)];
    assert_eq!(
        section.span.of(document.text()),
        "8. Entry\n(1) An officer may\u{2014}\n(a) enter; or\n(b) wait."
    );
    assert_eq!(structure.passage_at(document.text().len() as u32), None);
}

#[test]
fn text_without_numbers_is_one_passage_a_block() {
    check("First words.\nSecond words.", &[": First words.", ": Second words."]);
    check("", &[]);
}

proptest::proptest! {
    #[test]
    fn passages_ascend_inside_blocks(pieces in proptest::collection::vec(piece(), 0..40)) {
        let (document, language, structure) = outline(&pieces.concat());
        let mut end = 0;
        for (index, passage) in structure.passages.iter().enumerate() {
            proptest::prop_assert!(passage.span.start >= end && !passage.span.is_empty());
            end = passage.span.end;
            let inside = document.blocks().iter().any(|block| block.span.contains(passage.span));
            proptest::prop_assert!(inside);
            proptest::prop_assert!(passage.lead().is_none_or(|lead| lead < index));
            for clause in structure.clauses(&document, &language, index) {
                proptest::prop_assert!(passage.span.contains(clause.span));
            }
        }
        for (index, provision) in structure.provisions.iter().enumerate() {
            proptest::prop_assert!(provision.parent().is_none_or(|parent| parent < index));
            structure.citation(&language, index);
        }
    }
}

/// Fragments of law in any order.
fn piece() -> impl proptest::strategy::Strategy<Value = String> {
    proptest::sample::select(vec![
        "\n",
        "\n# ",
        "\n> ",
        "\n- ",
        "\n  - ",
        "(1) ",
        "(a) ",
        "(i) ",
        "(ii)",
        "12. ",
        "1.2.a\n",
        "PART II\n",
        "Schedule 1\n",
        "Section 3. ",
        "\u{201c}boat\u{201d} means ",
        "the following:",
        "\u{2014}",
        "; and ",
        ". ",
        "A person shall pay",
        "by striking ",
        "and inserting ",
        "is amended",
        "F1[",
        "]",
        "\u{201d}",
        "Contents\n",
        "whereas ",
        "Title.\u{2014}",
    ])
    .prop_map(str::to_owned)
}

use proptest::strategy::Strategy as _;
