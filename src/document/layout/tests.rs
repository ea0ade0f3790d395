//! Lines of many shapes, and the blocks that they make.

use super::*;
use crate::document::{Document, leave_out_furniture, lines};

fn blocks(source: &str) -> Document {
    let mut lines = lines(source);
    leave_out_furniture(source, &mut lines);
    let mut builder = Builder::new(source);
    Layout::new(source, lines).write(&mut builder);
    builder.finish()
}

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    let document = blocks(source);
    let found: Vec<&str> = document.blocks().iter().map(|block| block.span.of(document.text())).collect();
    assert_eq!(found, expected, "{source}");
}

#[test]
fn a_wrapped_paragraph_is_one_block() {
    check(
        "A provider shall keep every\nrecord of calls for a year.\n\nIt may not.",
        &["A provider shall keep every record of calls for a year.", "It may not."],
    );
    check(
        "the duties under section\n(1) of this Act bind them",
        &["the duties under section (1) of this Act bind them"],
    );
    check(
        "for the surveil-\nlance of the\nend-to-\nend users",
        &["for the surveillance of the end-to-end users"],
    );
}

#[test]
fn numbering_begins_a_block() {
    check(
        "SECTION 1. KEYS.\nA provider must hand over, on\nrequest of the Board,—\n(a) a key; or\n(b) a record.\n2. Appeals\nNone.",
        &[
            "SECTION 1. KEYS.",
            "A provider must hand over, on request of the Board,—",
            "(a) a key; or",
            "(b) a record.",
            "2. Appeals",
            "None.",
        ],
    );
    check(
        "    (a) Keys.--A provider shall hand over any key \nthat it holds, or\n            (1) a record of its users that was kept \n        under clause (a) or under subsection\n        (b) of this section; and\n            (2) more.",
        &[
            "(a) Keys.--A provider shall hand over any key that it holds, or",
            "(1) a record of its users that was kept under clause (a) or under subsection (b) of this section; and",
            "(2) more.",
        ],
    );
}

#[test]
fn a_quantity_at_the_start_of_a_line_is_no_number() {
    check(
        "Over thirty years the wealth of the harbours grew by eighty percent\u{2014}\n1.2 times as much as that of the other \
         towns of the coast and islands.",
        &[
            "Over thirty years the wealth of the harbours grew by eighty percent\u{2014} 1.2 times as much as that of the \
           other towns of the coast and islands.",
        ],
    );
    check(
        "A harbour master who hands over the keys of the town shall see to it\u{2014}\n1.2 The keys are those that the town \
         has kept for a year or more.",
        &[
            "A harbour master who hands over the keys of the town shall see to it\u{2014}",
            "1.2 The keys are those that the town has kept for a year or more.",
        ],
    );
}

#[test]
fn a_paragraph_per_line() {
    let long = "A provider shall keep every record. ".repeat(8);
    check(
        &format!("PART I\n1. Records\n{long}\n(a) short\n"),
        &["PART I", "1. Records", long.trim(), "(a) short"],
    );
}

#[test]
fn a_sentence_that_two_long_lines_share() {
    let long = "Every provider and every person that acts for it, ".repeat(5) + "shall keep records if no";
    check(
        &format!("1. Keys\n{long}\nother law says so.\nIt may not."),
        &["1. Keys", &format!("{long} other law says so."), "It may not."],
    );
}

#[test]
fn headings_are_their_own_blocks() {
    check(
        "# An Act\n## Part 1\nA provider must\nkeep records.",
        &["An Act", "Part 1", "A provider must keep records."],
    );
    check(
        "                 A BILL\n   To require that keys are kept by the \n          makers of locks, and for more.\n",
        &["A BILL", "To require that keys are kept by the makers of locks, and for more."],
    );
}
