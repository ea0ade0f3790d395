//! Numbers: what "(iv)", "22." and "(2A)" may mean, and how one follows another.
//!
//! A number alone is ambiguous: "(i)" is the ninth letter or the roman one. So a number is read as a
//! few [`Place`]s, and the tree asks which of them fits the numbers before it.

/// What a number counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Series {
    Digits,
    Letters,
    Capitals,
    Roman,
    CapitalRoman,
    /// "aa", "bb".
    Doubled,
    /// "AA", "BB".
    DoubledCapitals,
}

/// How a number is set: "(a)", "a)", "a." are different lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    Bracketed,
    HalfBracketed,
    Dotted,
}

/// One reading of a number: where in which series it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) series: Series,
    pub(super) value: u32,
    /// The insertion behind it, 0 if none: the A of "2A", the a of "ja".
    pub(super) suffix: u32,
}

/// How a number follows the number before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The next, or an insertion after it.
    Next,
    /// Numbers between are missing.
    Gap(u32),
}

/// The readings of one number, the likelier first.
pub(super) type Places = [Option<Place>; 3];

/// The readings of the characters of a number, brackets and dots left out.
pub(super) fn places(number: &str) -> Places {
    let bytes = number.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 0 {
        return [digit_place(number, digits), None, None];
    }
    let lower = bytes.iter().all(u8::is_ascii_lowercase);
    let upper = bytes.iter().all(u8::is_ascii_uppercase);
    if bytes.is_empty() || bytes.len() > 7 || !(lower || upper) {
        return [None; 3];
    }
    let (letters, roman, doubled) = if lower {
        (Series::Letters, Series::Roman, Series::Doubled)
    } else {
        (Series::Capitals, Series::CapitalRoman, Series::DoubledCapitals)
    };
    let place = |series, value, suffix| Place { series, value, suffix };
    let as_roman = roman_value(number).map(|value| place(roman, value, 0));
    let base = letter_value(bytes[0]);
    let as_letter = (bytes.len() <= 3).then(|| place(letters, base, suffix_value(&bytes[1..])));
    let as_doubled = (bytes.len() == 2 && bytes[0] == bytes[1]).then(|| place(doubled, base, 0));
    [as_letter, as_roman, as_doubled]
}

fn digit_place(number: &str, digits: usize) -> Option<Place> {
    let (head, tail) = number.split_at_checked(digits)?;
    let suffix = tail.as_bytes();
    let plain = suffix.len() <= 4 && suffix.iter().all(u8::is_ascii_alphabetic);
    let value = head.parse().ok().filter(|_| digits <= 6 && plain)?;
    Some(Place { series: Series::Digits, value, suffix: suffix_value(suffix) })
}

fn letter_value(letter: u8) -> u32 {
    u32::from(letter.to_ascii_lowercase().saturating_sub(b'a')) + 1
}

fn suffix_value(letters: &[u8]) -> u32 {
    letters.iter().fold(0, |value, letter| value * 27 + letter_value(*letter))
}

/// How long a roman number below 90 is at most: "lxxxviii".
const LONGEST_ROMAN: usize = 8;

/// The value of a roman number below 90, in one case.
pub(super) fn roman_value(number: &str) -> Option<u32> {
    let digit = |byte: u8| match byte.to_ascii_lowercase() {
        b'i' => Some(1),
        b'v' => Some(5),
        b'x' => Some(10),
        b'l' => Some(50),
        _ => None,
    };
    let bytes = number.as_bytes();
    let mut value = 0_u32;
    for (index, byte) in bytes.iter().take(LONGEST_ROMAN + 1).enumerate() {
        let worth = digit(*byte)?;
        let next = bytes.get(index + 1).and_then(|next| digit(*next)).unwrap_or(0);
        value = if worth < next { value.wrapping_sub(worth) } else { value.wrapping_add(worth) };
    }
    let short = (1..=LONGEST_ROMAN).contains(&bytes.len());
    (short && value > 0 && value < 90 && is_written(value, bytes)).then_some(value)
}

/// Whether `number` is how `value` is written in roman numbers.
fn is_written(mut value: u32, number: &[u8]) -> bool {
    const SIGNS: [(u32, &[u8]); 7] =
        [(50, b"l"), (40, b"xl"), (10, b"x"), (9, b"ix"), (5, b"v"), (4, b"iv"), (1, b"i")];
    let mut rest = number;
    for (worth, sign) in SIGNS {
        while value >= worth {
            let Some((head, tail)) = rest.split_at_checked(sign.len()) else { return false };
            if !head.eq_ignore_ascii_case(sign) {
                return false;
            }
            (rest, value) = (tail, value - worth);
        }
    }
    rest.is_empty()
}

impl Place {
    /// Whether a list may begin with this number.
    pub(super) fn is_first(self) -> bool {
        self.value == 1 && self.suffix == 0
    }

    /// How this number follows `last`, if it does.
    pub(super) fn after(self, last: Place) -> Option<Fit> {
        if self.series != last.series {
            let z_to_aa =
                self.series == Series::Doubled && last.series == Series::Letters && last.value == 26;
            return (z_to_aa && self.value == 1).then_some(Fit::Next);
        }
        match self.value.checked_sub(last.value)? {
            0 => (self.suffix > last.suffix).then_some(Fit::Next),
            1 if self.suffix == 0 => Some(Fit::Next),
            gap => Some(Fit::Gap(gap)),
        }
    }
}

/// Reads "(a)", "( a )", "(2A)" at the start of `text`: its length and the characters inside.
pub(super) fn bracketed(text: &str) -> Option<(usize, &str)> {
    let inner = text.strip_prefix('(')?;
    let close = inner.bytes().take(12).position(|byte| byte == b')')?;
    let number = inner.get(..close)?.trim();
    let plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then_some((close + 2, number))
}

/// Reads "a)", "12)", "12.", "iv." at the start of `text`: its length, the characters and the shape.
pub(super) fn marked(text: &str) -> Option<(usize, &str, Shape)> {
    let length = text.bytes().take(9).take_while(u8::is_ascii_alphanumeric).count();
    let number = text.get(..length).filter(|number| !number.is_empty())?;
    let rest = text.get(length..)?;
    let shape = match rest.chars().next()? {
        ')' if number.len() > 3 && number.bytes().all(|byte| byte.is_ascii_digit()) => return None,
        ')' => Shape::HalfBracketed,
        '.' => Shape::Dotted,
        _ => return None,
    };
    let follows = rest.chars().nth(1);
    let ends = follows.is_none_or(|c| c.is_whitespace() || is_dash(c) || matches!(c, '(' | '[' | '*'));
    ends.then_some((length + 1, number, shape))
}

/// Whether `c` is a dash of any kind, as numbers are set off with.
pub(super) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{23af}' | '\u{2e3a}' | '\u{2e3b}' | '\u{fffd}'
    )
}

/// Whether `c` is a quotation mark of any kind.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}'..='\u{201f}' | '\u{2018}' | '\u{2019}' | '\u{ab}' | '\u{bb}' | '`' | '\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, number: &str, expected: Option<Fit>) {
        let last = places(before)[0].unwrap();
        let fit = places(number).into_iter().flatten().filter_map(|place| place.after(last)).min();
        assert_eq!(fit, expected, "{number} after {before}");
    }

    #[test]
    fn numbers_follow_each_other() {
        check("1", "2", Some(Fit::Next));
        check("2", "2A", Some(Fit::Next));
        check("2A", "3", Some(Fit::Next));
        check("2", "3A", Some(Fit::Gap(1)));
        check("2", "7", Some(Fit::Gap(5)));
        check("3", "2", None);
        check("h", "i", Some(Fit::Next));
        check("h", "ii", Some(Fit::Gap(1)));
        check("j", "ja", Some(Fit::Next));
        check("z", "aa", Some(Fit::Next));
        check("a", "B", None);
        check("1", "two", None);
    }

    #[test]
    fn roman_numbers() {
        for (number, value) in [("i", 1), ("iv", 4), ("XIV", 14), ("xlix", 49)] {
            assert_eq!(roman_value(number), Some(value), "{number}");
        }
        for number in ["iiii", "ic", "vx", "and", "", "lxxxxx"] {
            assert_eq!(roman_value(number), None, "{number}");
        }
    }

    #[test]
    fn numbers_are_read_with_their_marks() {
        assert_eq!(bracketed("( a ) keep"), Some((5, "a")));
        assert_eq!(bracketed("(2A)"), Some((4, "2A")));
        assert_eq!(bracketed("(the \u{201c}Act\u{201d})"), None);
        assert_eq!(marked("46A. Heading"), Some((4, "46A", Shape::Dotted)));
        assert_eq!(marked("a) keep"), Some((2, "a", Shape::HalfBracketed)));
        assert_eq!(marked("5517) is amended"), None);
        assert_eq!(marked("2.5 per cent"), None);
        assert_eq!(marked("Keep"), None);
    }
}
