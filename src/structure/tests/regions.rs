//! Zones, amendments and definitions.

use super::{check, english, outline};
use crate::document::{Builder, Change};
use crate::language::Zone;
use crate::structure::Structure;
use crate::text::Span;

#[test]
fn zones_of_a_bill() {
    check(
        "An Act to regulate ferries\nBe it enacted as follows:\nARRANGEMENT OF SECTIONS\n1. Title\n2. Terms\n3. Objects\n1. Title\nThis is the Ferry Act.\n2. Definitions\nIn this Act\u{2014} \"boat\" means a vessel that (a) floats; or (b) sails; \"crew\" includes a cook.\n3. Objects of this Act\nSafety comes first.\nNote: see section 2.\n# Explanatory memorandum\nThis bill is good.",
        &[
            ": recital An Act to regulate ferries",
            ": recital Be it enacted as follows:",
            ": contents ARRANGEMENT OF SECTIONS",
            ": contents 1. Title",
            ": contents 2. Terms",
            ": contents 3. Objects",
            "s. 1: heading Title",
            "s. 1: This is the Ferry Act.",
            "s. 2: heading Definitions",
            "s. 2: definition In this Act\u{2014}",
            "s. 2: definition \"boat\" means a vessel that",
            "s. 2(a): definition floats; or",
            "s. 2(b): definition sails;",
            "s. 2: definition \"crew\" includes a cook.",
            "s. 3: heading Objects of this Act",
            "s. 3: purpose Safety comes first.",
            ": note Note: see section 2.",
            ": note Explanatory memorandum",
            ": note This bill is good.",
        ],
    );
    check(
        "Whereas ferries sink,\nA ferry shall float.",
        &[": recital Whereas ferries sink,", ": A ferry shall float."],
    );
    check(
        "5. Summary trial\nA court may try a case.\n6. Background checks\nA court shall ask.",
        &[
            "s. 5: heading Summary trial",
            "s. 5: A court may try a case.",
            "s. 6: heading Background checks",
            "s. 6: A court shall ask.",
        ],
    );
}

#[test]
fn struck_and_inserted_text() {
    check(
        "## SEC. 2. Change\n- (a) Section 9 of the Ferry Act is amended\u{2014}\n  - (1) by striking a fee and all that follows and inserting \u{201c}no fee\u{201d}; and\n  - (2) by adding at the end the following:\n  > - (c) A ferry\u{2014}\n  >   - (1) shall float.\n- (b) It applies.",
        &[
            "s. 2: heading Change",
            "s. 2(a): Section 9 of the Ferry Act is amended\u{2014}",
            "s. 2(a)(1): by striking",
            "s. 2(a)(1): struck a fee and all that follows",
            "s. 2(a)(1): inserted and inserting \u{201c}no fee\u{201d}; and",
            "s. 2(a)(2): by adding at the end the following:",
            "s. 2(a)(2), new (c): inserted A ferry\u{2014}",
            "s. 2(a)(2), new (c)(1): inserted shall float.",
            "s. 2(b): It applies.",
        ],
    );
    check(
        "2. Change\n(1) After section 4 insert\u{2014}\n\u{201c}4A Rest\n(1) Crews may rest.\u{201d}\n(2) In section 5, for \u{201c}he\u{201d} substitute \u{201c}they\u{201d}.\n3. Data\nA person who hides a crime by deleting data is liable.",
        &[
            "s. 2: heading Change",
            "s. 2(1): After section 4 insert\u{2014}",
            "s. 2(1), new s. 4A: heading inserted Rest",
            "s. 2(1), new s. 4A(1): inserted Crews may rest.\u{201d}",
            "s. 2(2): In section 5, for",
            "s. 2(2): struck \u{201c}he\u{201d}",
            "s. 2(2): substitute \u{201c}they\u{201d}.",
            "s. 3: heading Data",
            "s. 3: A person who hides a crime by deleting data is liable.",
        ],
    );
}

#[test]
fn text_that_the_source_deletes_is_struck() {
    let source = "A ferry shall not sink.";
    let mut builder = Builder::new(source);
    builder.text(Span::new(0, 14));
    let start = builder.position();
    builder.text(Span::new(14, 17));
    builder.change(start, Change::Deleted);
    builder.text(Span::new(17, 23));
    let document = builder.finish();
    let structure = Structure::new(&document, &english());
    let shown: Vec<(&str, Zone)> =
        structure.passages.iter().map(|passage| (passage.span.of(document.text()), passage.zone)).collect();
    assert_eq!(shown, [("A ferry shall sink.", Zone::Operative), ("not", Zone::Struck)]);
}

#[test]
fn definitions_have_terms_and_meanings() {
    let draft = "1. Interpretation\n(1) In this Act\u{2014}\n\u{201c}boat\u{201d}, in relation to a port, means\u{2014}\n(a) a ship; or\n(b) a raft;\n\u{201c}crew\u{201d} includes a cook.\n2. Terms\n(1) In this section, the term sailor means a person who sails.\n(2) A sailor shall include a plan.";
    let (document, _, structure) = outline(draft);
    let shown: Vec<(&str, &str)> = structure
        .definitions
        .iter()
        .map(|definition| (definition.term.of(document.text()), definition.meaning.of(document.text())))
        .collect();
    let expected =
        [("boat", "(a) a ship; or\n(b) a raft;"), ("crew", "a cook."), ("sailor", "a person who sails.")];
    assert_eq!(shown, expected);
}
