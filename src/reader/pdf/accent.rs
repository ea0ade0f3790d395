//! Accents that are drawn over a letter of their own.
//!
//! Old typesetters set "É" as an E and an acute. Read one after the other they make two words of one.

/// For each accent that takes a place of its own, letters and what they become under it.
const COMPOSED: [(char, &str); 9] = [
    ('´', "aáeéiíıíoóuúyýcćlĺnńrŕsśzźgǵAÁEÉIÍOÓUÚYÝCĆLĹNŃRŔSŚZŹ"),
    ('`', "aàeèiìıìoòuùnǹAÀEÈIÌOÒUÙNǸ"),
    ('¨', "aäeëiïıïoöuüyÿAÄEËIÏOÖUÜYŸ"),
    ('ˆ', "aâeêiîıîoôuûwŵyŷcĉgĝAÂEÊIÎOÔUÛWŴYŶ"),
    ('˜', "aãnñoõiĩuũAÃNÑOÕIĨUŨ"),
    ('¸', "cçsşCÇSŞ"),
    ('ˇ', "cčsšzžrřeěnňdďCČSŠZŽRŘEĚNŇDĎ"),
    ('˚', "aåuůAÅUŮ"),
    ('¯', "aāeēiīoōuūAĀEĒIĪOŌUŪ"),
];

/// Whether `text` is an accent alone.
pub(super) fn is_accent(text: &str) -> bool {
    COMPOSED.iter().any(|(accent, _)| text.strip_prefix(*accent) == Some(""))
}

/// The letter with the accent over it.
pub(super) fn compose(letter: char, accent: &str) -> Option<char> {
    let (_, pairs) = COMPOSED.iter().find(|(own, _)| accent.starts_with(*own))?;
    let mut letters = pairs.chars();
    while let (Some(plain), Some(composed)) = (letters.next(), letters.next()) {
        if plain == letter {
            return Some(composed);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_accents() {
        for (letter, accent, expected) in [
            ('A', "´", Some('Á')),
            ('n', "˜", Some('ñ')),
            ('c', "¸", Some('ç')),
            ('q', "´", None),
            ('e', "x", None),
        ] {
            assert_eq!(compose(letter, accent), expected, "{letter}{accent}");
        }
        assert_eq!((is_accent("´"), is_accent("´e"), is_accent("a")), (true, false, false));
    }
}
