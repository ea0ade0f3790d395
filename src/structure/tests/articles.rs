//! Acts whose sections are articles and whose bare numbers are paragraphs.

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
