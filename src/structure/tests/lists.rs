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
fn text_under_a_heading_said_twice() {
    check(
        "9. Section 9\n9. A guard shall not be liable for any act done Protection\nof guards by him in good faith.\n10. Section 10\n10. A guard shall rest.",
        &[
            "s. 9: A guard shall not be liable for any act done Protection",
            "s. 9: of guards by him in good faith.",
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
