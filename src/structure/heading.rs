//! Headings that stand in one line with text, and titles that stand where a lead-in would.

use super::inline::floor;
use super::layout::Marks;
use super::numbering::is_dash;
use super::opening::prefix;
use super::passage::trim;
use crate::language::Cue;
use crate::text::Span;

/// How far into a passage a heading reaches at most, in bytes.
const REACH: usize = 200;

/// How many words with a full stop are a title even where no text follows: "4. Short title."
const SHORT: usize = 4;

/// Whether a passage reads like a title: short, capital, no mark at its end, no verb.
pub(super) fn is_title(text: &str, marks: Marks<'_>, span: Span) -> bool {
    let words = span.of(text);
    words.starts_with(char::is_uppercase)
        && words.ends_with(|c: char| c.is_alphanumeric() || c == ')')
        && words.split(' ').count() <= 25
        && !marks.has(span, Cue::Verb)
}

/// Whether the words of a numbered block read like the title of a section: short, capital, without a
/// verb; `bodiless` if no text of its own follows. A longer sentence of its own is the text itself
/// ("2. The Commissioner at the pleasure of the President.").
pub(super) fn is_section_title(words: &str, verb: bool, bodiless: bool) -> bool {
    let letters = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let capital = letters.starts_with(|c: char| !c.is_lowercase());
    let sentence = words.ends_with('.') && !words.ends_with("etc.");
    let count = words.split(' ').count();
    let whole = sentence && bodiless && count > SHORT;
    capital && !whole && if sentence { !verb && count <= 15 } else { !verb || count <= 12 }
}

/// The heading that `span` opens with, and the text after it: "Short title.\u{2014}This Act", or the
/// `heading` of the provision once more.
pub(super) fn run_in(
    text: &str,
    marks: Marks<'_>,
    span: Span,
    heading: Option<Span>,
) -> Option<(Span, Span)> {
    let words = span.of(text);
    let at = |end: usize, start: usize| {
        let rest = Span::new(span.start + start as u32, span.end);
        (Span::new(span.start, span.start + end as u32), trim(text, rest))
    };
    if let Some((end, start)) = again(words, heading.map(|heading| heading.of(text))) {
        return words.starts_with(char::is_uppercase).then(|| at(end, start));
    }
    let (end, start) = set_off(words)?;
    let (found, rest) = at(end, start);
    let title = words.starts_with(char::is_uppercase) && !marks.has(found, Cue::Verb);
    title.then_some((found, rest))
}

/// Where the repeated heading ends, and the text after it begins, if there is any.
fn again(words: &str, heading: Option<&str>) -> Option<(usize, usize)> {
    let heading = heading.filter(|heading| heading.len() > 3)?;
    let rest = words.strip_prefix(heading).filter(|rest| rest.is_empty() || rest.starts_with([' ', '.']))?;
    let kept = rest.trim_start_matches(|c: char| matches!(c, '.' | ' ') || is_dash(c));
    Some((heading.len(), words.len() - kept.len()))
}

/// Where a heading set off by a full stop and a dash ends, and the text after it begins.
fn set_off(words: &str) -> Option<(usize, usize)> {
    let window = words.get(..floor(words, REACH))?;
    window.match_indices('.').find_map(|(at, _)| {
        let dash = words.get(at + 1..)?.trim_start();
        let rest = dash.trim_start_matches(is_dash);
        // One hyphen is none; "--" and every dash, two bytes long and more, are.
        (dash.len() - rest.len() > 1).then(|| (at, words.len() - rest.trim_start().len()))
    })
}

/// `span` without the marks of amendment notes that it opens with.
pub(super) fn without_note_marks(text: &str, span: Span) -> Span {
    let length = prefix(span.of(text)).0;
    let marked = span.of(text).get(..length).is_some_and(|marks| marks.contains('['));
    trim(text, Span::new(span.start + if marked { length as u32 } else { 0 }, span.end))
}

/// `span` without the full stop and dash that set a heading off from the text in its line.
pub(super) fn without_end_marks(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let bare = words.trim_end_matches(|c: char| c.is_whitespace() || is_dash(c));
    let kept = if bare.len() < words.len() { bare.trim_end_matches('.') } else { words };
    Span::new(span.start, span.start + kept.len() as u32)
}
