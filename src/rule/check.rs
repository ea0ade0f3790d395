//! Checks of single values: names, versions, messages, examples.

use super::error::{Mistake, PackError};
use super::parse::Source;
use super::schema::Text;

/// Names of safeguards are a contract with consumers of the JSON.
pub(super) const SAFEGUARDS: [&str; 15] = [
    "judicial-authorisation",
    "necessity-proportionality",
    "independent-oversight",
    "time-limit",
    "user-notification",
    "transparency-reporting",
    "effective-remedy",
    "minimisation",
    "privilege",
    "research-safe-harbour",
    "impact-assessment",
    "consultation",
    "sunset-review",
    "no-backdoor-clause",
    "rights-conformity",
];

/// Small letters and digits with single hyphens between, a letter first.
pub(super) fn kebab_case(source: &Source, name: &Text, errors: &mut Vec<PackError>) {
    let text = name.get_ref();
    let part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if !text.starts_with(|c: char| c.is_ascii_lowercase()) || !text.split('-').all(part) {
        errors.push(source.error(name.span(), Mistake::NotKebabCase(text.clone())));
    }
}

/// The numbers of a version, three of them.
pub(super) fn version(text: &str) -> Option<[u64; 3]> {
    let mut version = [0; 3];
    let mut numbers = text.trim().split('.');
    for (place, number) in version.iter_mut().zip(numbers.by_ref()) {
        *place = number.parse().ok()?;
    }
    numbers.next().is_none().then_some(version)
}

/// A message is one line, begins in lower case (an acronym apart) and ends without a full stop.
pub(super) fn message(source: &Source, message: &Text, errors: &mut Vec<PackError>) {
    let text = message.get_ref();
    let mut add = |part, mistake| errors.push(source.error(source.within(message, part), mistake));
    let mut letters = text.chars();
    let (first, second) = (letters.next(), letters.next());
    if let Some(first) = first.filter(|first| first.is_uppercase())
        && !second.is_some_and(char::is_uppercase)
    {
        add(0..first.len_utf8(), Mistake::CapitalMessage);
    }
    if text.ends_with('.') {
        add(text.len() - 1..text.len(), Mistake::MessageFullStop);
    }
    if text.contains(['\n', '\r']) {
        add(0..text.len(), Mistake::MessageLineBreak);
    }
}

/// An example of what fires: pairs of «», none inside another, none empty.
pub(super) fn marks(source: &Source, example: &Text, errors: &mut Vec<PackError>) {
    let text = example.get_ref();
    let mut mistake = |part, mistake| errors.push(source.error(source.within(example, part), mistake));
    let mut marks = text.match_indices(['«', '»']).peekable();
    if marks.peek().is_none() {
        mistake(0..text.len(), Mistake::UnmarkedExample);
    }
    while let Some((start, mark)) = marks.next() {
        let inside = start + mark.len();
        let end = marks.next_if(|(end, closing)| mark == "«" && *closing == "»" && *end > inside);
        if end.is_none() {
            mistake(start..inside, Mistake::UnbalancedMarks);
            return;
        }
    }
}

/// The one of `names` that is most like `name`, if any is.
pub(super) fn nearest<'a, N: Iterator<Item = &'a str>>(name: &str, names: N) -> Option<String> {
    names
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        let check = |text, expected| assert_eq!(version(text), expected, "{text}");
        check("0.1", Some([0, 1, 0]));
        check(" 1.2.3", Some([1, 2, 3]));
        check("2", Some([2, 0, 0]));
        check("", None);
        check("1.x", None);
        check("1.2.3.4", None);
        assert!(version("0.9") < version("0.10"));
    }

    #[test]
    fn likely_names() {
        let check = |name, expected: Option<&str>| {
            assert_eq!(nearest(name, SAFEGUARDS.into_iter()).as_deref(), expected, "{name}");
        };
        check("judicial-authorization", Some("judicial-authorisation"));
        check("minimization", Some("minimisation"));
        check("bicycle", None);
    }
}
