//! The numbers that word processors count in: `1`, `a`, `iv`, `1st`.

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Numeral {
    /// `1`, `2`, `3`
    #[default]
    Decimal,
    /// `01`, `02`, `10`
    PaddedDecimal,
    /// `a`, `b`, and after `z`: `aa`, `bb`
    LowerLetter,
    /// `A`, `B`
    UpperLetter,
    /// `i`, `ii`
    LowerRoman,
    /// `I`, `II`
    UpperRoman,
    /// `1st`, `2nd`
    Ordinal,
    /// A bullet: no number at all.
    Bullet,
    /// Nothing is written.
    Nothing,
}

/// Larger numbers are written in digits, whatever the numeral.
const LARGEST_LETTER: u32 = 26 * 20;
const LARGEST_ROMAN: u32 = 3999;

impl Numeral {
    /// `number` as it is written.
    pub(super) fn write(self, number: u32) -> String {
        match self {
            Numeral::PaddedDecimal => format!("{number:02}"),
            Numeral::LowerLetter if (1..=LARGEST_LETTER).contains(&number) => letters(number),
            Numeral::UpperLetter if (1..=LARGEST_LETTER).contains(&number) => {
                letters(number).to_ascii_uppercase()
            }
            Numeral::LowerRoman if (1..=LARGEST_ROMAN).contains(&number) => roman(number),
            Numeral::UpperRoman if (1..=LARGEST_ROMAN).contains(&number) => {
                roman(number).to_ascii_uppercase()
            }
            Numeral::Ordinal => format!("{number}{}", suffix(number)),
            Numeral::Bullet | Numeral::Nothing => String::new(),
            Numeral::Decimal
            | Numeral::LowerLetter
            | Numeral::UpperLetter
            | Numeral::LowerRoman
            | Numeral::UpperRoman => number.to_string(),
        }
    }
}

/// `a` to `z`, then `aa` to `zz`.
fn letters(number: u32) -> String {
    let index = number.saturating_sub(1);
    let letter = char::from(b'a' + (index % 26) as u8);
    std::iter::repeat_n(letter, index as usize / 26 + 1).collect()
}

/// Small roman digits; a number that would need forty of them is cut off.
pub(super) fn roman(mut number: u32) -> String {
    const PIECES: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (value, piece) in PIECES {
        while number >= value && out.len() < 40 {
            out.push_str(piece);
            number -= value;
        }
    }
    out
}

fn suffix(number: u32) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(numeral: Numeral, numbers: &[u32], expected: &str) {
        let found: Vec<String> = numbers.iter().map(|number| numeral.write(*number)).collect();
        assert_eq!(found.join(" "), expected, "{numeral:?}");
    }

    #[test]
    fn numbers_are_written() {
        check(Numeral::Decimal, &[0, 1, 42], "0 1 42");
        check(Numeral::PaddedDecimal, &[1, 10, 100], "01 10 100");
        check(Numeral::LowerLetter, &[0, 1, 26, 27, 53, 99_999], "0 a z aa aaa 99999");
        check(Numeral::UpperLetter, &[2, 28], "B BB");
        check(Numeral::LowerRoman, &[1, 4, 9, 14, 40, 1999, 4000], "i iv ix xiv xl mcmxcix 4000");
        check(Numeral::UpperRoman, &[3, 90], "III XC");
        check(Numeral::Ordinal, &[1, 2, 3, 4, 11, 21, 112], "1st 2nd 3rd 4th 11th 21st 112th");
        check(Numeral::Bullet, &[1], "");
    }
}
