//! The words of a change, cut to what a reader needs.

use crate::diff::Piece;

/// How many words stand on each side of an edit.
const AROUND: usize = 12;
/// Fewer words are not worth leaving out.
const FEW: usize = 8;
/// A run that one draft alone has is cut in its middle where it has more words than twice this.
const ENDS: usize = 30;
/// A clause that is quoted whole has at most so many words.
const WHOLE: usize = 60;

/// The pieces of an edit without the words far from it.
pub(super) fn cut(pieces: &[Piece]) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let mut shown = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        shown.push(match piece {
            Piece::Same(text) => Piece::Same(around(text, at > 0, at < last)),
            Piece::Old(text) => Piece::Old(ends(text)),
            Piece::New(text) => Piece::New(ends(text)),
        });
    }
    shown
}

/// The words of `text` next to an edit before it, after it, or both.
fn around(text: &str, edit_before: bool, edit_after: bool) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let head = words.get(..AROUND).unwrap_or(&words).join(" ");
    let tail = words.get(words.len().saturating_sub(AROUND)..).unwrap_or(&words).join(" ");
    match (edit_before, edit_after) {
        (true, true) if words.len() > 2 * AROUND + FEW => format!("{head} … {tail}"),
        (true, false) if words.len() > AROUND + FEW => format!("{head} …"),
        (false, true) if words.len() > AROUND + FEW => format!("… {tail}"),
        _ => words.join(" "),
    }
}

fn ends(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (head, tail) = (words.get(..ENDS), words.get(words.len().saturating_sub(ENDS)..));
    match (head, tail) {
        (Some(head), Some(tail)) if words.len() > 2 * ENDS => {
            format!("{} … {}", head.join(" "), tail.join(" "))
        }
        _ => words.join(" "),
    }
}

/// A sentence, or what of a long one stands around the words that are meant.
pub(super) fn quote(sentence: &str, meant: &str) -> String {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    if words.len() <= WHOLE {
        return words.join(" ");
    }
    let meant: Vec<&str> = meant.split_whitespace().collect();
    let at = words.windows(meant.len().max(1)).position(|window| window == meant).unwrap_or(0);
    let start = at.saturating_sub(AROUND);
    let end = (at + meant.len().max(1) + AROUND).min(words.len()).max(start);
    let (before, after) = (if start > 0 { "… " } else { "" }, if end < words.len() { " …" } else { "" });
    let shown = words.get(start..end).unwrap_or_default().join(" ");
    format!("{before}{}{after}", ends(&shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(range: std::ops::RangeInclusive<usize>) -> String {
        range.map(|number| number.to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_far_from_an_edit_are_left_out() {
        let long = numbers(1..=40);
        let same = |text: &str| Piece::Same(text.to_owned());
        let pieces =
            [same(&long), Piece::Old(numbers(1..=70)), same(&long), Piece::New("x".to_owned()), same(&long)];
        let expected = [
            same(&format!("… {}", numbers(29..=40))),
            Piece::Old(format!("{} … {}", numbers(1..=30), numbers(41..=70))),
            same(&format!("{} … {}", numbers(1..=12), numbers(29..=40))),
            Piece::New("x".to_owned()),
            same(&format!("{} …", numbers(1..=12))),
        ];
        assert_eq!(cut(&pieces), expected);
        assert_eq!(
            cut(&[same("a b"), Piece::New("c".to_owned())]),
            [same("a b"), Piece::New("c".to_owned())]
        );
    }

    fn check(sentence: &str, meant: &str, expected: &str) {
        assert_eq!(quote(sentence, meant), expected);
    }

    #[test]
    fn a_long_sentence_is_quoted_around_what_is_meant() {
        check("a b c", "b", "a b c");
        let long = numbers(1..=100);
        check(&long, "50 51", &format!("… {} …", numbers(38..=63)));
        check(&long, "1", &format!("{} …", numbers(1..=13)));
        check(&long, "100", &format!("… {}", numbers(88..=100)));
        check(&long, "not there", &format!("{} …", numbers(1..=14)));
        check(&long, "", &format!("{} …", numbers(1..=13)));
    }
}
