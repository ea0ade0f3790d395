//! The encodings that an RTF names by code page, or by the character set of a font.

use encoding_rs::Encoding;

/// The encoding of a Windows code page, as `\ansicpg` and `\cpg` name it.
pub(super) fn of_code_page(page: i32) -> Option<&'static Encoding> {
    let label: &[u8] = match page {
        437 | 850 | 1252 => b"windows-1252",
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
        _ => return None,
    };
    Encoding::for_label(label)
}

/// The encoding of a font's character set, as `\fcharset` names it; `None` for that of the document.
pub(super) fn of_font(charset: i32) -> Option<&'static Encoding> {
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
        _ => return None,
    };
    of_code_page(page)
}

/// The character set of fonts whose characters are pictures.
pub(super) const SYMBOLS: i32 = 2;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(encoding: Option<&'static Encoding>, expected: Option<&str>) {
        assert_eq!(encoding.map(Encoding::name), expected);
    }

    #[test]
    fn encodings_are_known_by_number() {
        check(of_code_page(1252), Some("windows-1252"));
        check(of_code_page(1), None);
        check(of_font(0), None);
        check(of_font(204), Some("windows-1251"));
        check(of_font(128), Some("Shift_JIS"));
    }
}
