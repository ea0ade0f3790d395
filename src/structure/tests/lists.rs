//! Lists and headings as whole statutes are stored: run together in lines, with the marks of notes.

use super::{check, check_clauses};

#[test]
fn number_and_word_before_a_heading() {
    check(
        "31. Section 31. Offences and penalties.\u{23af} (1) Whoever\u{23af}\n(a) opens a letter; or\n(b) burns it,\nshall be guilty of an offence.\n32. Section 32. Fees.\u{2e3b}A fee is due.",
        &[
            "s. 31: heading Offences and penalties",
            "s. 31(1): Whoever\u{23af}",
            "s. 31(1)(a): opens a letter; or",
            "s. 31(1)(b): burns it,",
            "s. 31(1): shall be guilty of an offence.",
            "s. 32: heading Fees",
            "s. 32: A fee is due.",
        ],
    );
    check(
        "Section 31. Offences and penalties.\u{23af} (1) Whoever\u{23af}\n(a) opens a letter; or\n(b) burns it, commits an offence.\nSection 32. Fees.\u{2013} A fee is due.",
        &[
            "s. 31: heading Offences and penalties",
            "s. 31(1): Whoever\u{23af}",
            "s. 31(1)(a): opens a letter; or",
            "s. 31(1)(b): burns it,",
            "s. 31(1): commits an offence.",
            "s. 32: heading Fees",
            "s. 32: A fee is due.",
        ],
    );
}

#[test]
fn lists_after_words_of_reference() {
    check(
        "5. Rules\n(1) The Minister may make regulations (a) respecting ferries; and (b) prescribing (i) the fees; and (ii) the forms of (A) tickets; and (B) passes.\n6. A guard to whom paragraph (a) of section 2(1) or regulations (1) and (2) apply may rest in (a) or (b).",
        &[
            "s. 5: heading Rules",
            "s. 5(1): The Minister may make regulations",
            "s. 5(1)(a): respecting ferries; and",
            "s. 5(1)(b): prescribing",
            "s. 5(1)(b)(i): the fees; and",
            "s. 5(1)(b)(ii): the forms of",
            "s. 5(1)(b)(ii)(A): tickets; and",
            "s. 5(1)(b)(ii)(B): passes.",
            "s. 6: A guard to whom paragraph (a) of section 2(1) or regulations (1) and (2) apply may rest in (a) or (b).",
        ],
    );
    check_clauses(
        "6. Every carrier must keep a record of (a) each letter; and (b) its sender.",
        "its sender",
        &["Every carrier must keep a record of | its sender. | "],
    );
}

#[test]
fn marks_of_notes_before_numbers() {
    check(
        "7. Duties\n(1) A guard shall wait.\n1 [(1A) A guard shall rest.]\n1, 2[(2) A guard shall sleep.]",
        &[
            "s. 7: heading Duties",
            "s. 7(1): A guard shall wait.",
            "s. 7(1A): A guard shall rest.]",
            "s. 7(2): A guard shall sleep.]",
        ],
    );
}

#[test]
fn marks_of_notes_inside_lines() {
    check(
        "7. Duties.--1[(1) A guard shall wait at the gate until the relief has come. 2[(2) A guard shall rest.]",
        &[
            "s. 7: heading Duties",
            "s. 7(1): A guard shall wait at the gate until the relief has come. 2[",
            "s. 7(2): A guard shall rest.]",
        ],
    );
}

#[test]
fn text_under_a_heading_said_twice() {
    check(
        "9. Section 9\n9. A guard shall not be liable for any act done Protection\nof guards by him in good faith.\n10. Section 10\n10. A guard shall rest.",
        &[
            "s. 9: heading Section 9",
            "s. 9: A guard shall not be liable for any act done Protection",
            "s. 9: of guards by him in good faith.",
            "s. 10: heading Section 10",
            "s. 10: A guard shall rest.",
        ],
    );
}

#[test]
fn tables_of_contents_of_other_laws() {
    check(
        "#SEC. 4. CLERICAL.\n(b) The table of sections for chapter 9 of title 3 is amended by inserting after the item relating to section 11 the following:\n>\u{201c}12. Means by which letters may be opened.\u{201d}.\n#SEC. 5. FEES.\nA fee is due.",
        &[
            "s. 4: heading CLERICAL.",
            "s. 4(b): The table of sections for chapter 9 of title 3 is amended by inserting after the item relating to section 11 the following:",
            ": contents \u{201c}12. Means by which letters may be opened.\u{201d}.",
            "s. 5: heading FEES.",
            "s. 5: A fee is due.",
        ],
    );
    check(
        "The table of contents for this Act is as follows:\nSec. 1. Title.\nSec. 2. Means by which letters may be opened.\nSec. 3. Fees.\n#SEC. 1. TITLE.\nThis is the Letter Act.\n#SEC. 2. MEANS BY WHICH LETTERS MAY BE OPENED.\nNo letter may be opened.\n#SEC. 3. FEES.\nA fee is due.",
        &[
            ": recital The table of contents for this Act is as follows:",
            ": contents Sec. 1. Title.",
            ": contents Sec. 2. Means by which letters may be opened.",
            ": contents Sec. 3. Fees.",
            "s. 1: heading TITLE.",
            "s. 1: This is the Letter Act.",
            "s. 2: heading MEANS BY WHICH LETTERS MAY BE OPENED.",
            "s. 2: No letter may be opened.",
            "s. 3: heading FEES.",
            "s. 3: A fee is due.",
        ],
    );
}

/// A law whose first section is `text` and whose every section is printed twice in a row.
fn printed_twice(text: &str) -> String {
    let section = |number: u32| {
        format!("{number}. Letters of class {number}\nA guard may open letters. A guard may open letters.\n")
    };
    let sections: Vec<String> = (2..8).map(section).collect();
    format!("{text}\n{}", sections.concat())
}

#[test]
fn parts_printed_twice() {
    let draft = printed_twice(
        "1. Rest\n(1) A guard who A guard who sleeps at noon; or sleeps at noon; or leaves his post leaves his post commits an offence. (2) A guard may be tried. A guard may be tried.",
    );
    check_clauses(&draft, "leaves", &["A guard who | leaves his post | commits an offence."]);
    check_clauses(&draft, "sleeps", &["A guard who | sleeps at noon; or | commits an offence."]);
    let (_, _, structure) = super::outline(&draft);
    let copies = structure.passages.iter().filter(|passage| passage.zone == crate::language::Zone::Contents);
    assert_eq!(copies.count(), 10);
}

#[test]
fn sections_inserted_in_one_line() {
    check(
        "7. Letters Act\n7. Letters Act (1) The Letters Act is amended by the repeal of section 9 and the following is substituted\u{2014} \"9 Opening of letters (1) A guard who (a) opens a letter; or (b) burns it; commits an offence. (2) It is tried. 9A. Lost letters (1) A lost letter shall be kept. (2) It may be sold.\". (2) This Act binds the State.",
        &[
            "s. 7: heading Letters Act",
            "s. 7: heading Letters Act",
            "s. 7(1): The Letters Act is amended by the repeal of section 9 and the following is substituted\u{2014} \"",
            "s. 7(1), new s. 9: heading inserted Opening of letters",
            "s. 7(1), new s. 9(1): inserted A guard who",
            "s. 7(1), new s. 9(1)(a): inserted opens a letter; or",
            "s. 7(1), new s. 9(1)(b): inserted burns it;",
            "s. 7(1), new s. 9(1): inserted commits an offence.",
            "s. 7(1), new s. 9(2): inserted It is tried.",
            "s. 7(1), new s. 9A: heading inserted Lost letters",
            "s. 7(1), new s. 9A(1): inserted A lost letter shall be kept.",
            "s. 7(1), new s. 9A(2): inserted It may be sold.\".",
            "s. 7(2): This Act binds the State.",
        ],
    );
}

#[test]
fn lists_inside_parts_printed_twice() {
    let draft = printed_twice(
        "1. Rest\n(1) A guard shall A guard shall sit at noon; sit at noon; act on events that may threaten the gate; or the gate; or the wall; the wall; keep the peace. keep the peace.",
    );
    check_clauses(&draft, "the wall", &["A guard shall / act on events that may threaten | the wall; | "]);
    check_clauses(&draft, "keep", &["A guard shall | keep the peace. | "]);
}

#[test]
fn what_completes_one_list_leads_in_to_the_next() {
    let lines = "4. Lost letters\n(1) If:\n(a) a letter is lost; and\n(b) its owner asks for it;\nthe Board may order the carrier to:\n(c) find the letter; and\n(d) report.\n(2) The Board may wait.";
    check_clauses(lines, "find", &["If: / the Board may order the carrier to: | find the letter; and | "]);
    check_clauses(lines, "Board may wait", &[" | The Board may wait. | "]);
    let inline = "4. Lost letters\n(1) Where a guard believes that\u{2014} (a) a letter is lost; and (b) its owner asks for it, the Board may, by notice, order the carrier to: (c) find the letter; and (d) report.";
    check_clauses(
        inline,
        "report",
        &[
            "Where a guard believes that\u{2014} / the Board may, by notice, order the carrier to: | report. | ",
        ],
    );
    check_clauses(
        inline,
        "its owner",
        &[
            "Where a guard believes that\u{2014} | its owner asks for it, | the Board may, by notice, order the carrier to:",
        ],
    );
}

#[test]
fn lead_ins_that_end_with_a_semicolon() {
    check_clauses(
        "5. Mail\nA person who knowingly;\n(a) opens a letter;\n(b) burns it;\ncommits an offence.\n6. Care\nA guard shall not without leave;\n(a) sleep, or\n(b) leave.",
        "opens a letter",
        &["A person who knowingly; | opens a letter; | commits an offence."],
    );
    check_clauses(
        "6. Care\nA guard shall not without leave;\n(a) sleep, or\n(b) leave his post.",
        "leave his post",
        &["A guard shall not without leave; | leave his post. | "],
    );
    check_clauses(
        "6. Care\n(1) A guard shall sleep; he shall wake;\n(a) early, or\n(b) late.",
        "early",
        &[" | early, or | "],
    );
}

#[test]
fn sections_that_are_no_longer_law() {
    check(
        "## Section 5 - [Omitted.]\n5. A guard shall sleep.\n## Section 6 - Repealed\nA guard shall wake.\n## Section 7 - Repealed laws\nThe Guards Act is repealed.",
        &[
            "s. 5: heading [Omitted.]",
            "s. 5: note A guard shall sleep.",
            "s. 6: heading Repealed",
            "s. 6: note A guard shall wake.",
            "s. 7: heading Repealed laws",
            "s. 7: The Guards Act is repealed.",
        ],
    );
}

#[test]
fn sections_that_are_printed_once_more() {
    check(
        "## 4. Watches\nA guard shall keep watch.\n## 5. Fees\nA fee is due.\nPart 6\n## 4. Watches\nA guard shall keep watch.\nSee the list.\n## 5. Fees\nA fee is due when a guard keeps watch.",
        &[
            "s. 4: heading Watches",
            "s. 4: A guard shall keep watch.",
            "s. 5: heading Fees",
            "s. 5: A fee is due.",
            "s. 4: heading Watches",
            "s. 4: contents A guard shall keep watch.",
            "s. 4: See the list.",
            "s. 5: heading Fees",
            "s. 5: A fee is due when a guard keeps watch.",
        ],
    );
}
