//! Drafts whose elements say their own structure.

use super::{english, zone};
use crate::document::{BlockKind, Builder, Numbered, NumberedRank, Part};
use crate::structure::Structure;
use crate::text::Span;

/// Rows `marks | text`, marks parted by spaces: `#` a heading, `=` inserted text, `~` a recital, `.` a line of
/// contents, a digit the depth of a block without numbers, `1:Section:22.` a provision of depth 1 that begins.
fn check(rows: &[&str], expected: &[&str]) {
    let source = rows.join("\n");
    let mut builder = Builder::new(&source);
    let mut at = 0;
    for row in rows {
        let text = row.find("| ").unwrap() + 2;
        let (mut kind, mut part, mut indent, mut numbers) = (BlockKind::Paragraph, None, 0, Vec::new());
        for mark in row[..text - 2].split_whitespace() {
            match (mark, mark.split(':').collect::<Vec<_>>().as_slice()) {
                ("#", _) => kind = BlockKind::Heading(2),
                ("=", _) => part = Some(Part::Inserted),
                ("~", _) => part = Some(Part::Recital),
                (".", _) => part = Some(Part::Contents),
                (_, [depth, rank, number]) => numbers.push((depth.parse().unwrap(), *rank, *number)),
                _ => indent = mark.parse().unwrap(),
            }
        }
        let indent = numbers.last().map_or(indent, |(depth, ..)| depth + 1);
        builder.block(kind, indent, 0);
        builder.describe(None, part);
        for (depth, rank, number) in numbers {
            let rank = match rank {
                "Part" => NumberedRank::Container,
                "Schedule" => NumberedRank::Schedule,
                "Section" => NumberedRank::Section,
                "Article" => NumberedRank::Article,
                _ => NumberedRank::Subdivision,
            };
            builder.describe(Some(Numbered { depth, rank, number: number.replace('_', " ") }), part);
        }
        builder.text(Span::from(at + text..at + row.len()));
        at += row.len() + 1;
    }
    let (document, language) = (builder.finish(), english());
    let structure = Structure::new(&document, &language);
    let lead = |lead: Option<usize>| lead.map(|lead| format!(" <{lead}>")).unwrap_or_default();
    let found: Vec<String> = structure
        .passages
        .iter()
        .map(|passage| {
            let cited =
                passage.provision().map(|index| structure.citation(&language, index)).unwrap_or_default();
            let text = passage.span.of(document.text());
            format!("{cited}: {}{text}{}{}", zone(passage), lead(passage.lead()), lead(passage.tail()))
        })
        .collect();
    assert_eq!(found, expected, "{rows:#?}");
}

#[test]
fn the_tree_comes_from_the_marks() {
    check(
        &[
            "# 0:Part:PART_II | Powers",
            "# 1:Section:12. | Orders",
            "2:Item:(1) | The Minister may",
            "3:Item:(a) | seize keys, or",
            "3:Item:(b) | open the gates,",
            "3 | at any time.",
            "1:Section:12A 2:Item:(1) | No heading stands here.",
        ],
        &[
            "Part II: heading Powers",
            "s. 12: heading Orders",
            "s. 12(1): The Minister may",
            "s. 12(1)(a): seize keys, or <2> <5>",
            "s. 12(1)(b): open the gates, <2> <5>",
            "s. 12(1): at any time. <2>",
            "s. 12A(1): No heading stands here.",
        ],
    );
}

#[test]
fn numbers_are_read_with_their_words() {
    check(
        &[
            "# 0:Part: | CHAPTER I",
            "# | GENERAL RULES",
            "# 1:Article:Article_7 | Aim",
            "2:Item:1. | Keep keys.",
            "# 0:Schedule:First_Schedule | Forms",
            "1:Section:5 2:Item:2 | Use the form.",
            "0:Section: 1:Item: | 3. (1) There are keys.",
            "1:Item: | \u{2022} keys without a number",
        ],
        &[
            "Ch. I: heading GENERAL RULES",
            "Art. 7: heading Aim",
            "Art. 7(1): Keep keys.",
            "Sch. 1: heading Forms",
            "Sch. 1 para. 5(2): Use the form.",
            "s. 3(1): There are keys.",
            "s. 3: \u{2022} keys without a number",
        ],
    );
}

#[test]
fn inserted_text_has_a_tree_of_its_own() {
    check(
        &[
            "~ | Whereas keys are lost;",
            "0:Section:3 1:Item:(a) | after section 8 insert—",
            "= 2:Section:9 3:Item:(1) | A person must keep keys.",
            "= 2 | Keys are kept.",
            "1:Item:(b) | omit section 10.",
        ],
        &[
            ": recital Whereas keys are lost;",
            "s. 3(a): after section 8 insert—",
            "s. 3(a), new s. 9(1): inserted A person must keep keys.",
            "s. 3(a): inserted Keys are kept.",
            "s. 3(b): omit section 10.",
        ],
    );
}

#[test]
fn lists_that_elements_number_stand_in_sections_that_words_number() {
    check(
        &[
            "0 | 1. Keys",
            "0 | (1) A carrier must\u{2014}",
            "0:Item:a) | keep keys; and",
            "1:Item:i. | wear gloves,",
            "0:Item:b) | open doors.",
            "0 | 2. Doors",
            "0:Item:1. | Doors are kept shut.",
        ],
        &[
            "s. 1: heading Keys",
            "s. 1(1): A carrier must\u{2014}",
            "s. 1(1)(a): keep keys; and <1>",
            "s. 1(1)(a)(i): wear gloves,",
            "s. 1(1)(b): open doors. <1>",
            "s. 2: heading Doors",
            "s. 2(1): Doors are kept shut.",
        ],
    );
}

#[test]
fn what_stands_below_marked_contents_is_still_preamble() {
    let contents = [". | 1. Short title", ". | 2. Harbour dues", ". | 3. Penalties"];
    let words =
        ["| Ships are many, and every master may be asked for dues.", "| It is time to order this anew."];
    let sections =
        ["# | 1. Short title", "| This is the Harbour Act.", "# | 2. Harbour dues", "| A master shall pay."];
    let expected = |contents: &[&str]| {
        let words = [
            ": recital Ships are many, and every master may be asked for dues.",
            ": recital It is time to order this anew.",
            "s. 1: heading Short title",
            "s. 1: This is the Harbour Act.",
            "s. 2: heading Harbour dues",
            "s. 2: A master shall pay.",
        ];
        [contents, &words].concat().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    for (rows, wanted) in [
        ([&words[..], &sections].concat(), expected(&[])),
        (
            [&contents[..], &words, &sections].concat(),
            expected(&[": contents 1. Short title", ": contents 2. Harbour dues", ": contents 3. Penalties"]),
        ),
    ] {
        check(&rows, &wanted.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
