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
