//! Numbers that look like others: paragraphs of articles, lists inside sentences, initials, references.

use super::check;

#[test]
fn the_last_paragraph_of_an_article_is_no_section() {
    check(
        "#### Article 1\nKeys shall be kept.\n#### Article 2\n1. Carriers shall keep keys.\n2. Carriers shall keep \
         locks.\n3. Carriers shall tell the Commission.\n#### Article 3\nThis shall enter into force.",
        &[
            "Art. 1: Keys shall be kept.",
            "Art. 2(1): Carriers shall keep keys.",
            "Art. 2(2): Carriers shall keep locks.",
            "Art. 2(3): Carriers shall tell the Commission.",
            "Art. 3: This shall enter into force.",
        ],
    );
}

#[test]
fn a_list_inside_a_sentence_stands_below_it() {
    check(
        "1. Keys\n(1) Keys matter.\n(2) The Act says:\n(A) The duties of the Board shall be, \u{201c}(1) keeping \
         keys; (2) keeping locks; and (3) opening doors.\u{201d}.\n(3) The Board kept none.",
        &[
            "s. 1: heading Keys",
            "s. 1(1): Keys matter.",
            "s. 1(2): The Act says:",
            "s. 1(2)(A): The duties of the Board shall be, \u{201c}",
            "s. 1(2)(A)(1): keeping keys;",
            "s. 1(2)(A)(2): keeping locks; and",
            "s. 1(2)(A)(3): opening doors.\u{201d}.",
            "s. 1(3): The Board kept none.",
        ],
    );
}

#[test]
fn initials_and_references_are_no_numbers() {
    check(
        "1. Keys\nThe Act (12 U.S.C.\n5517) is amended.\nH. R. 1500\nJ. R. Smith shall sign.",
        &[
            "s. 1: heading Keys",
            "s. 1: The Act (12 U.S.C.",
            "s. 1: 5517) is amended.",
            "s. 1: H. R. 1500",
            "s. 1: J. R. Smith shall sign.",
        ],
    );
}

#[test]
fn numbers_of_articles_in_brackets() {
    check(
        "Article (1)\nDuties\nCarriers shall keep keys.\nArticle (2)\nLocks\n1. Locks are kept under Article (1).\n2. They shall hold.",
        &[
            "Art. 1: heading Duties",
            "Art. 1: Carriers shall keep keys.",
            "Art. 2: heading Locks",
            "Art. 2(1): Locks are kept under Article (1).",
            "Art. 2(2): They shall hold.",
        ],
    );
}

#[test]
fn numbers_and_titles_without_a_full_stop() {
    check(
        "171  Keys of carriers\n(1) Carriers shall keep keys.\n172  Locks\nNothing here limits section 171.\n\
         174A  Doors\n(1) 12 Doors shall be kept.",
        &[
            "s. 171: heading Keys of carriers",
            "s. 171(1): Carriers shall keep keys.",
            "s. 172: heading Locks",
            "s. 172: Nothing here limits section 171.",
            "s. 174A: heading Doors",
            "s. 174A(1): 12 Doors shall be kept.",
        ],
    );
}

#[test]
fn a_title_above_its_number() {
    let draft = |last: &str| {
        format!(
            "Keeping of keys\n1. (1) A carrier shall keep keys.\n(2) The Board shall keep locks.\nKeeping of locks\n\
             2. A carrier shall keep locks.\n{last}\n3. A carrier shall open doors."
        )
    };
    check(
        &draft("Doors"),
        &[
            "s. 1: heading Keeping of keys",
            "s. 1(1): A carrier shall keep keys.",
            "s. 1(2): The Board shall keep locks.",
            "s. 2: heading Keeping of locks",
            "s. 2: A carrier shall keep locks.",
            "s. 3: heading Doors",
            "s. 3: A carrier shall open doors.",
        ],
    );
}
