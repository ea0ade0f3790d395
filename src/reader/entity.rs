//! Character references: `&amp;`, `&#8212;`, `&#x2014;`.

/// The named references that legal texts use.
const NAMED: [(&str, &str); 32] = [
    ("aacute", "á"),
    ("amp", "&"),
    ("apos", "'"),
    ("bull", "•"),
    ("ccedil", "ç"),
    ("cent", "¢"),
    ("copy", "©"),
    ("deg", "°"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("emsp", "\u{2003}"),
    ("ensp", "\u{2002}"),
    ("euro", "€"),
    ("gt", ">"),
    ("hellip", "…"),
    ("laquo", "«"),
    ("ldquo", "“"),
    ("lsquo", "‘"),
    ("lt", "<"),
    ("mdash", "—"),
    ("middot", "·"),
    ("nbsp", "\u{a0}"),
    ("ndash", "–"),
    ("para", "¶"),
    ("pound", "£"),
    ("quot", "\""),
    ("raquo", "»"),
    ("rdquo", "”"),
    ("rsquo", "’"),
    ("sect", "§"),
    ("shy", "\u{ad}"),
    ("thinsp", "\u{2009}"),
];

/// The character reference that `text` begins with: what it stands for, and its length in bytes.
pub(super) fn entity(text: &str) -> Option<(String, usize)> {
    let body = text.strip_prefix('&')?;
    let end = body.bytes().take(10).position(|byte| byte == b';')?;
    let name = body.get(..end)?;
    let length = end + 2;
    let Some(number) = name.strip_prefix('#') else {
        let found = NAMED.binary_search_by_key(&name, |(name, _)| name).ok()?;
        return Some((NAMED.get(found)?.1.to_owned(), length));
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    Some((char::from_u32(code)?.to_string(), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, usize)>) {
        let found = entity(text);
        assert_eq!(found.as_ref().map(|(text, length)| (text.as_str(), *length)), expected, "{text:?}");
    }

    #[test]
    fn references() {
        check("&amp;c", Some(("&", 5)));
        check("&#8212;", Some(("—", 7)));
        check("&#x2014;x", Some(("—", 8)));
        check("&sect;", Some(("§", 6)));
        for text in ["&", "& co;", "&unknown;", "&#xd800;", "&#;", "x", "&ampamplong;"] {
            check(text, None);
        }
        assert!(NAMED.is_sorted());
    }
}
