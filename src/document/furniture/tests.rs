//! What is left out of a page, and what stays.

use super::*;
use crate::document::lines;

fn left(source: &str) -> Vec<&str> {
    let mut lines = lines(source);
    leave_out_furniture(source, &mut lines);
    lines.iter().map(|line| line.of(source)).collect()
}

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    assert_eq!(left(source), expected, "{source:?}");
}

#[test]
fn margin_numbers_go() {
    check(
        " 1  A provider shall keep\n 2  every record of calls\n 3  for as long as a\n 4  year, and hand them\n5over on request.",
        &[
            "A provider shall keep",
            "every record of calls",
            "for as long as a",
            "year, and hand them",
            "over on request.",
        ],
    );
}

#[test]
fn own_numbers_stay() {
    let contents = "1 Short title\n2 Commencement\n3 Act binds the State\n4 Keys\n5 Records\n6 Offences";
    check(contents, &contents.split('\n').collect::<Vec<_>>());
    let sections = "1\n\nThe Board may act.\n\n2\n\nThe Board must report.\n\n3\n\nThe Board sits.";
    check(sections, &["1", "The Board may act.", "2", "The Board must report.", "3", "The Board sits."]);
}

#[test]
fn printers_marks_go() {
    check(
        "the record\n•HR 1234 IH\nVerDate Sep 11 2014 12:00 Jkt 059200\nof calls",
        &["the record", "of calls"],
    );
    check("the\n        A. 1646--A                          2\nrecord", &["the", "record"]);
    check(
        "the\n2                    S. 77\nrecord\nA. Keys            2",
        &["the", "record", "A. Keys            2"],
    );
    check("x\n[[Page H1234]]\n[Page 3]\nf:\\VHLC\\1.xml\n(768425|4)\n_________\ny", &["x", "y"]);
}

#[test]
fn running_heads_go() {
    let page = |n: usize| {
        format!(
            "the first of many lines\n{}that runs on to the\n\nBill No. {n}\n\n",
            "and so on\n".repeat(12)
        )
    };
    let source: String = (1..5).map(page).collect();
    assert!(!left(&source).iter().any(|line| line.starts_with("Bill")), "{source}");
    // What recurs but never cuts a sentence is text.
    let section =
        |n: usize| format!("{n}. Keys\n{}It ends here.\n\nPenalty: {n} units\n\n", "and so on\n".repeat(12));
    let source: String = (1..5).map(section).collect();
    assert_eq!(left(&source).iter().filter(|line| line.starts_with("Penalty")).count(), 4);
}

#[test]
fn a_printed_bill() {
    let page = |n: usize| {
        let line = |at: usize| format!("{at:>2}  the records that are kept by it under\n");
        let lines: String = (1..=25).map(line).collect();
        format!("                {n}\n{lines}•HR {n}00 IH\n\nVerDate Nov 24 2008\n\x0c")
    };
    let source: String = (2..4).map(page).collect();
    assert_eq!(left(&source), ["the records that are kept by it under"; 50]);
}

#[test]
fn a_title_that_heads_repeat_stays() {
    let page = |n: usize| format!("\x0cKeys Bill\n\nPart {n}\n{}It ends.\n", "and so on\n".repeat(12));
    let source: String = format!("Keys Bill\n\n{}", (1..5).map(page).collect::<String>());
    assert_eq!(left(&source).iter().filter(|line| **line == "Keys Bill").count(), 1);
}
