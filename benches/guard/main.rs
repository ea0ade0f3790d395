//! A fixed piece of work whose instructions are counted: `benches/guard/run.sh` does it.
//!
//! The text and the rules are made up here, so that a change of the built-in rules changes nothing.

#[path = "../speed/text.rs"]
#[allow(dead_code, reason = "the other formats are measured by the bench")]
mod text;

use std::fmt::Write as _;

use rightslint::reader::{self, Format};
use rightslint::rule::{PackFile, RuleSet};
use rightslint::scan::Scanner;

/// What the rules are made of: every verb with every object.
const VERBS: [&str; 8] = [
    "decrypt~",
    "retain~",
    "intercept~",
    "publish~",
    "identif*",
    "<demand>",
    "obtain~ access to",
    "keep|mark",
];
const OBJECTS: [&str; 8] = [
    "<message>",
    "(traffic|stored)? data",
    "subscriber",
    "computer system",
    "... information",
    "...6 record|records",
    "... container|fee",
    "<message> ...5 request",
];

fn pack() -> String {
    let mut pack = String::from(
        "[pack]\nformat = 1\nlanguage = \"made-up\"\nrequires = \">=0.1\"\ntopic = \"surveillance\"\n\
         [language]\nname = \"Made up\"\ncommon = [\"the\", \"of\", \"a\", \"and\", \"shall\", \"may\", \"is\", \"in\", \"to\"]\n\
         possessive = [\"s\"]\ninflections = [[\"\", \"s\"], [\"\", \"ed\"], [\"\", \"ing\"], [\"e\", \"ing\"]]\n\
         [language.structure]\nabbreviations = [\"no\", \"art\"]\nconjunctions = [\"and\", \"or\"]\n\
         [[language.structure.ranks]]\nkind = \"section\"\nwords = [\"section\"]\ncite = \"s. \"\n\
         [language.modality]\nduty = [\"shall\", \"must\"]\npower = [\"may\"]\nnegator = [\"not\", \"no\"]\n\
         [class.message]\nany = [\"message~\", \"communication~\", \"traffic data\"]\n\
         [class.demand]\nany = [\"require~\", \"order~\", \"by notice require\"]\n\
         [profile]\nclause = [\"traffic data\", \"interception of\"]\n",
    );
    for (row, verb) in VERBS.iter().enumerate() {
        for (column, object) in OBJECTS.iter().enumerate() {
            let _ = write!(
                pack,
                "[[rule]]\nid = \"rule-{row}-{column}\"\ntitle = \"made up\"\nseverity = \"warning\"\n\
                 recommendations = [8]\nauthorities = []\nmessage = \"made up\"\nwhy = \"made up\"\nhelp = \"made up\"\n\
                 match.any = [\"{verb} {object}\", \"{verb} (any|the|a) {object}\"]\ncontext = \"any\"\n\
                 [rule.examples]\nflags = [\"«a»\", \"«b»\"]\npasses = [\"a\", \"b\"]\n",
            );
        }
    }
    pack
}

fn main() {
    let file = PackFile { name: "made-up.toml".to_owned(), text: pack() };
    let rules = RuleSet::from_files(&[file]).expect("the pack is right");
    let scanner = Scanner::new(&rules);
    let mut found = 0;
    for (format, source) in
        [(Format::Text, text::plain(200_000)), (Format::Markdown, text::markdown(200_000))]
    {
        let document = reader::read(format, source.as_bytes()).expect("it is text");
        found += scanner.scan(&document).findings.len();
    }
    assert!(found > 100, "so little was found ({found}) that nothing is measured");
}
