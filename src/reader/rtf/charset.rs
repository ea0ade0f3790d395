//! The encodings that an RTF names by code page, or by the character set of a font.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

/// How bytes are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    Known(&'static Encoding),
    /// A code page of DOS, which the web does not know: the characters of the bytes from 128 on.
    Dos(&'static str),
    /// A code page by its number that is not known here; what is no ASCII cannot be read.
    Unknown(i32),
}

impl Charset {
    /// Windows-1252, which stands for what is not said.
    pub(super) const DEFAULT: Charset = Charset::Known(WINDOWS_1252);

    /// The text that `bytes` are; as an error the code page that would be needed.
    pub(super) fn decode(self, bytes: &[u8]) -> Result<Cow<'_, str>, i32> {
        match self {
            Charset::Known(encoding) => Ok(encoding.decode_without_bom_handling(bytes).0),
            Charset::Dos(table) => Ok(bytes.iter().filter_map(|byte| of_dos(table, *byte)).collect()),
            Charset::Unknown(_) if bytes.is_ascii() => Ok(String::from_utf8_lossy(bytes)),
            Charset::Unknown(page) => Err(page),
        }
    }
}

fn of_dos(table: &str, byte: u8) -> Option<char> {
    match byte.checked_sub(128) {
        Some(above) => table.chars().nth(usize::from(above)),
        None => Some(char::from(byte)),
    }
}

/// The characters of code page 437 from 128 on.
const US: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
/// Those of code page 850.
const LATIN_1: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";
/// Those of code page 852.
const LATIN_2: &str = "\
    ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐\
    └┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}";

/// The character set of a code page, as `\ansicpg` and `\cpg` name it.
pub(super) fn of_code_page(page: i32) -> Charset {
    let label: &[u8] = match page {
        437 => return Charset::Dos(US),
        850 => return Charset::Dos(LATIN_1),
        852 => return Charset::Dos(LATIN_2),
        0 | 1252 => b"windows-1252",
        866 => b"ibm866",
        874 => b"windows-874",
        932 => b"shift_jis",
        936 => b"gbk",
        949 => b"euc-kr",
        950 => b"big5",
        1250 => b"windows-1250",
        1251 => b"windows-1251",
        1253 => b"windows-1253",
        1254 => b"windows-1254",
        1255 => b"windows-1255",
        1256 => b"windows-1256",
        1257 => b"windows-1257",
        1258 => b"windows-1258",
        10000 => b"macintosh",
        10007 => b"x-mac-cyrillic",
        20866 => b"koi8-r",
        65001 => b"utf-8",
        _ => b"",
    };
    Encoding::for_label(label).map_or(Charset::Unknown(page), Charset::Known)
}

/// A font's character set, as `\fcharset` names it; `None` for that of the document.
pub(super) fn of_font(charset: i32) -> Option<Charset> {
    let page = match charset {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        254 => 437,
        255 => 850,
        _ => return None,
    };
    Some(of_code_page(page))
}

/// The character set of fonts whose characters are pictures.
pub(super) const SYMBOLS: i32 = 2;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(charset: Charset, bytes: &[u8], expected: Result<&str, i32>) {
        let found = charset.decode(bytes);
        assert_eq!(found.as_deref().map_err(|page| *page), expected, "{charset:?}");
    }

    #[test]
    fn bytes_are_read_by_the_number_of_their_page() {
        check(of_code_page(1252), b"caf\xe9", Ok("café"));
        check(of_code_page(437), b"caf\x82 \xe1", Ok("café ß"));
        check(of_code_page(850), b"caf\x82 \xf5 \x9e", Ok("café § ×"));
        check(of_code_page(852), b"\x9f\xe7", Ok("čš"));
        check(of_code_page(1), b"cafe", Ok("cafe"));
        check(of_code_page(1), b"caf\xe9", Err(1));
        check(of_font(204).unwrap(), b"\xff", Ok("я"));
        check(of_font(255).unwrap(), b"\x82", Ok("é"));
        assert_eq!(of_font(0), None);
        for table in [US, LATIN_1, LATIN_2] {
            assert_eq!(table.chars().count(), 128);
        }
    }
}
