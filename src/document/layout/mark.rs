//! What a line begins with: the shapes of numbering, without the words of any language.

use crate::document::is_invisible;

/// How sure it is that a line which begins so begins a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// "(a)", "[(2)]", "“(iv)", "(b)(1)".
    Bracket,
    /// "12.", "1.2.a", "35-11-103.", "a)", "§ 5".
    Number,
    /// "SEC. 3.", "Article 4" alone on its line, "CHAPTER I - ...".
    Titled,
    /// "1 Short title", "7" alone on its line, "A. General", a bullet: also the shape of a line in the
    /// middle of a sentence.
    Weak,
}

/// What `line` begins with, and whether it is all that stands there.
pub(super) fn mark(line: &str) -> Option<(Mark, bool)> {
    if begins_with_word(line.as_bytes()) {
        return None;
    }
    let text = line.trim_start_matches(is_opening);
    let mut chars = text.chars();
    let (mark, rest) = match chars.next()? {
        '(' => (Mark::Bracket, brackets(text)?),
        '§' => (Mark::Number, chars.as_str()),
        '•' | '●' | '▪' | '○' | '◦' | '–' | '—' | '-' if chars.as_str().starts_with(' ') => {
            (Mark::Weak, chars.as_str())
        }
        first if first.is_ascii_digit() => digits(text)?,
        first if first.is_alphabetic() => letter(text).or_else(|| titled(text))?,
        _ => return None,
    };
    Some((mark, rest.trim_matches(is_decoration).is_empty()))
}

/// Whether a line begins with a word that numbers nothing, as most do: small letters, a capital before them or
/// not, and no number after them. What else there is, is looked at more closely.
fn begins_with_word(line: &[u8]) -> bool {
    let Some(first) = line.first().filter(|first| first.is_ascii_alphabetic()) else { return false };
    let small = line.iter().skip(1).take_while(|byte| byte.is_ascii_lowercase()).count();
    match line.get(small + 1..) {
        // No Roman number is as long as this, and none has these letters.
        _ if small < 2 || !line.iter().take(small + 1).any(|byte| !b"ivxlIVXLC".contains(byte)) => false,
        Some([b',' | b';' | b')', ..]) => true,
        Some([b' ', next, ..]) if next.is_ascii_lowercase() && !b"ivxl".contains(next) => true,
        Some([b' ', b'A'..=b'Z', b'a'..=b'z', ..]) => true,
        // No word that begins small numbers anything.
        Some([next, ..]) => next.is_ascii() && first.is_ascii_lowercase(),
        Some([]) | None => false,
    }
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '"' | '‘' | '\'' | '`' | '«' | '[' | '*' | '_' | '>' | '\\')
}

fn is_decoration(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | ']' | '.' | '”' | '"' | ':' | '—' | '–' | '-')
}

/// What may follow a number in brackets: nothing, white space, closing marks, a dash.
fn ends_number(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | ']' | '—' | '–' | '“' | '\u{ad}'))
}

/// The rest of `text` after "(a)", "(1)(b)" and the like.
fn brackets(text: &str) -> Option<&str> {
    let mut rest = text;
    while let Some(inner) = rest.strip_prefix('(') {
        let end = inner.char_indices().take(10).find(|(_, c)| *c == ')')?.0;
        let label = inner.get(..end)?.trim_matches(|c: char| c.is_whitespace() || c == '*' || c == '_');
        if !is_label(label) {
            return None;
        }
        rest = inner.get(end + 1..)?.trim_start_matches(['*', '_', ']']);
    }
    ends_number(rest).then_some(rest)
}

/// A letter or two, a Roman number, or digits with letters after them.
fn is_label(label: &str) -> bool {
    let letters = label.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = label.len() - letters.len();
    let count = letters.chars().count();
    match count {
        _ if label.is_empty() || digits > 3 || !letters.chars().all(char::is_alphabetic) => false,
        _ if digits > 0 => count <= 3,
        1 => true,
        2 | 3 => is_roman(letters) || letters.chars().all(|c| letters.starts_with(c)),
        _ => is_roman(letters),
    }
}

fn is_roman(letters: &str) -> bool {
    let all = |set: &str| letters.chars().all(|c| set.contains(c));
    !letters.is_empty() && letters.len() <= 7 && (all("ivxl") || all("IVXLC"))
}

/// A line that begins with digits.
fn digits(text: &str) -> Option<(Mark, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-' && !is_invisible(c))
        .unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end)?;
    let spaced = rest.chars().next().is_none_or(char::is_whitespace) || rest.starts_with(['*', '_', '\\']);
    let stopped = number.ends_with('.');
    let parts: Vec<&str> = number.trim_end_matches('.').split(['.', '-']).collect();
    let numbered =
        |part: &&str| !part.is_empty() && part.len() <= 5 && part.chars().all(|c| c.is_ascii_alphanumeric());
    if !parts.iter().all(numbered) || !is_short_number(parts.first()?) {
        return None;
    }
    let follows = rest.trim_start();
    let with_subsection = follows.starts_with('(') && !number.contains(char::is_alphabetic);
    match () {
        () if stopped && (spaced || with_subsection || follows.starts_with(['—', '–'])) => {
            Some((Mark::Number, rest))
        }
        // "(12 U.S.C.\n5517)" is the end of a reference.
        () if rest.starts_with(')') && number.len() > 3 => None,
        () if rest.starts_with(')') => Some((Mark::Number, rest.get(1..)?)),
        () if spaced && parts.len() > 1 && number.contains('.') => Some((Mark::Number, rest)),
        () if !spaced || parts.len() > 1 => None,
        () if follows.chars().next().is_none_or(|c| c.is_uppercase() || is_opening(c)) => {
            Some((Mark::Weak, rest))
        }
        () => None,
    }
}

/// "12", "317ZG", "1983".
fn is_short_number(part: &str) -> bool {
    let letters = part.trim_start_matches(|c: char| c.is_ascii_digit());
    (1..=4).contains(&(part.len() - letters.len())) && letters.len() <= 3
}

/// "a)", "iv.", "A. General".
fn letter(text: &str) -> Option<(Mark, &str)> {
    let end = text.find(|c: char| !c.is_alphabetic())?;
    let (label, rest) = text.split_at_checked(end)?;
    if !(label.chars().count() == 1 || is_roman(label)) {
        return None;
    }
    let after = rest.get(1..)?;
    if !ends_number(after) {
        return None;
    }
    match rest.chars().next()? {
        ')' => Some((Mark::Number, after)),
        '.' => Some((Mark::Weak, after)),
        _ => None,
    }
}

/// A capitalised word with a number after it that ends the line, or that a stop or dash sets off.
fn titled(text: &str) -> Option<(Mark, &str)> {
    if !text.starts_with(char::is_uppercase) {
        return None;
    }
    let end = text.find(|c: char| !c.is_alphabetic())?;
    let (word, rest) = text.split_at_checked(end)?;
    if !(3..=12).contains(&word.chars().count()) {
        return None;
    }
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let number = rest.trim_start();
    if number.len() == rest.len() {
        return None;
    }
    let bracketed = number.strip_prefix('(').and_then(|inner| inner.split_once(')'));
    let bracketed = bracketed.filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()));
    let end = number.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(number.len());
    let (number, rest) = bracketed.or_else(|| number.split_at_checked(end))?;
    let numbered = is_roman(number)
        || (number.starts_with(|c: char| c.is_ascii_digit()) && is_short_number(number))
        || (number.len() == 1 && number.starts_with(char::is_uppercase));
    let set_off = rest.is_empty()
        || rest.starts_with(['.', ':', '—', '–', '\t'])
        || rest.starts_with("  ")
        || rest.trim_start().starts_with(['—', '–', '-', '*']);
    (numbered && set_off).then_some((Mark::Titled, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<(Mark, bool)>) {
        assert_eq!(mark(line), expected, "{line:?}");
    }

    #[test]
    fn numbering_by_shape() {
        for line in
            ["(a) an act", "(1)(b) x", "“(iv) x", "``(c) Duties", "[(2) The", "(12A) x", "(aa) x", "( a ) x"]
        {
            check(line, Some((Mark::Bracket, false)));
        }
        check("**(1)**", Some((Mark::Bracket, true)));
        check("(*c*) where", Some((Mark::Bracket, false)));
        for line in ["(the Minister)", "(a), section 4", "(or) x", "(see section 9)", "()", "(1"] {
            check(line, None);
        }
        for line in [
            "12. Powers",
            "1.2 The",
            "35-11-103.   Terms",
            "9. —(1) For",
            "a) an act",
            "§ 5 Keys",
            "1983. An",
            "ii) b",
        ] {
            check(line, Some((Mark::Number, false)));
        }
        check("1.2.a", Some((Mark::Number, true)));
        for line in ["12 months", "2014(e)(2)", "12, 13", "3-day notice", "5th of", "100,000 users"] {
            check(line, None);
        }
        for line in [
            "SEC. 3. KEYS",
            "SECTION 12.",
            "Article 4",
            "Article (4)",
            "PART II",
            "CHAPTER I - TERMS",
            "Section 1. Title",
            "Schedule 1: Fees",
        ] {
            assert_eq!(mark(line).map(|found| found.0), Some(Mark::Titled), "{line:?}");
        }
        check("PART II", Some((Mark::Titled, true)));
        for line in [
            "Section 5 of this Act",
            "Article (5) of this Law",
            "March 5, 2019",
            "The 12 members",
            "Union Calendar No. 35",
        ] {
            check(line, None);
        }
        check("1 Short title", Some((Mark::Weak, false)));
        check("7", Some((Mark::Weak, true)));
        check("A. General", Some((Mark::Weak, false)));
        check("• a bullet", Some((Mark::Weak, false)));
        check("", None);
    }
}
