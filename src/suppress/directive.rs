//! What a comment says: `allow(rule, other-rule) until 2027-06-30 -- reason`.

use super::Date;

/// A comment that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Directive<'s> {
    pub(super) verb: Verb,
    /// Names of rules, as written; empty only for [`Verb::End`].
    pub(super) rules: Vec<&'s str>,
    /// The last day on which it holds.
    pub(super) until: Option<Date>,
    pub(super) reason: Option<&'s str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// For the next provision.
    Allow,
    /// From here to the end that belongs to it.
    Start,
    End,
}

/// The longest first: the others begin with it.
const VERBS: [(&str, Verb); 3] =
    [("allow-start", Verb::Start), ("allow-end", Verb::End), ("allow", Verb::Allow)];
/// What stands before a reason. XML allows no two hyphens in a comment.
const BEFORE_REASON: [&str; 4] = ["--", "\u{2014}", "\u{2013}", ":"];

/// Reads the words after `rightslint:`. Errors say in a few words what is wrong.
pub(super) fn parse(words: &str) -> Result<Directive<'_>, String> {
    let found = VERBS.iter().find_map(|(name, verb)| Some((words.strip_prefix(name)?, *verb)));
    let Some((rest, verb)) = found else {
        return Err("it begins with none of `allow`, `allow-start` and `allow-end`".to_owned());
    };
    let rest = rest.trim_start();
    let (rules, rest) = match rest.strip_prefix('(') {
        Some(inside) => {
            let (names, rest) = inside.split_once(')').ok_or("the `)` after the rules is missing")?;
            (names_of(names)?, rest.trim_start())
        }
        None if verb == Verb::End => (Vec::new(), rest),
        None => return Err("the rules in brackets are missing: `allow(rule)`".to_owned()),
    };
    let (until, rest) = match word(rest, "until") {
        Some(rest) => {
            let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(rest.len());
            // A day that is followed by `--` without a space.
            let end = end.min(10);
            let (day, rest) = (rest.get(..end).unwrap_or(rest), rest.get(end..).unwrap_or_default());
            let date = Date::parse(day).ok_or("`until` needs a day such as 2027-06-30")?;
            (Some(date), rest.trim_start())
        }
        None => (None, rest),
    };
    let reason = BEFORE_REASON.iter().find_map(|mark| rest.strip_prefix(mark));
    if reason.is_none() && !rest.is_empty() {
        return Err("after the rules and the day comes `--` and the reason, nothing else".to_owned());
    }
    let reason = reason.map(str::trim).filter(|reason| reason.contains(char::is_alphanumeric));
    Ok(Directive { verb, rules, until, reason })
}

fn names_of(names: &str) -> Result<Vec<&str>, String> {
    let names: Vec<&str> = names.split(',').map(str::trim).collect();
    let is_name =
        |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    if names.iter().all(is_name) {
        return Ok(names);
    }
    Err("between the brackets stand ids of rules, with commas between them".to_owned())
}

/// What follows `word` in `text` after white space.
fn word<'s>(text: &'s str, word: &str) -> Option<&'s str> {
    let rest = text.strip_prefix(word)?;
    rest.starts_with(char::is_whitespace).then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows a directive as `verb rule rule @day reason`.
    fn check(words: &str, expected: Result<&str, &str>) {
        let found = parse(words).map(|directive| {
            let verb = format!("{:?}", directive.verb);
            let until = directive.until.map(|day| format!("@{day}"));
            let mut parts = vec![verb.as_str()];
            parts.extend(directive.rules);
            parts.extend(until.as_deref());
            parts.extend(directive.reason);
            parts.join(" ")
        });
        match expected {
            Err(part) => {
                assert!(found.as_ref().is_err_and(|found| found.contains(part)), "{words:?}: {found:?}");
            }
            Ok(expected) => assert_eq!(found.as_deref(), Ok(expected), "{words:?}"),
        }
    }

    #[test]
    fn directives() {
        check("allow(a) -- why not", Ok("Allow a why not"));
        check("allow(a,b-c , d) until 2027-06-30 -- x", Ok("Allow a b-c d @2027-06-30 x"));
        check("allow (a) until 2027-06-30: x -- y", Ok("Allow a @2027-06-30 x -- y"));
        check("allow(a) \u{2014} x", Ok("Allow a x"));
        check("allow(a)\n  until 2027-06-30\n  -- x\n y", Ok("Allow a @2027-06-30 x\n y"));
        check("allow(a) until 2027-06-30--x", Ok("Allow a @2027-06-30 x"));
        check("allow(a)", Ok("Allow a"));
        check("allow(a) -- ", Ok("Allow a"));
        check("allow(a) -- ...", Ok("Allow a"));
        check("allow-start(a) -- x", Ok("Start a x"));
        check("allow-end", Ok("End"));
        check("allow-end(a)", Ok("End a"));
    }

    #[test]
    fn what_cannot_be_read() {
        check("", Err("none of"));
        check("deny(a) -- x", Err("none of"));
        check("allow a -- x", Err("brackets"));
        check("allow -- x", Err("brackets"));
        check("allow(a -- x", Err("missing"));
        check("allow() -- x", Err("ids of rules"));
        check("allow(a b) -- x", Err("ids of rules"));
        check("allow(a) because", Err("`--`"));
        check("allow(a) until tomorrow -- x", Err("a day such as"));
        check("allow(a) until 2027-06-31 -- x", Err("a day such as"));
        check("allow(a) until", Err("`--`"));
        check("allow-start -- x", Err("brackets"));
        check("allowed(a) -- x", Err("brackets"));
    }
}
