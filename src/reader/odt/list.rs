//! Lists: from the styles of their levels to the labels that a reader sees.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::styles::Indent;
use crate::reader::ReadError;
use crate::reader::numeral::Numeral;
use crate::reader::part::{Element, Event, Part};

/// How many levels a list has.
const LEVELS: usize = 10;
/// What the first level of a list takes in memory, beside which others find room, and what each takes.
const FIRST_LEVEL: usize = 2000;
const LEVEL: usize = 60;
/// The name under which the numbering of headings is kept; no list style is called so.
pub(super) const OUTLINE: &str = "\0outline";

/// How the levels of a list are numbered.
#[derive(Clone, Debug, Default)]
pub(super) struct ListStyle {
    levels: BTreeMap<usize, Level>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    numeral: Numeral,
    prefix: String,
    suffix: String,
    start: Option<u32>,
    /// How many levels the label shows, the last its own.
    shown: usize,
    /// The label with `%1%` where the number of the first level goes, if it is given so.
    pattern: Option<String>,
    indent: Indent,
}

/// How far each list is counted, by the name of its style.
#[derive(Debug, Default)]
pub(super) struct Counters {
    counters: BTreeMap<String, [Option<u32>; LEVELS]>,
}

impl ListStyle {
    /// Reads the levels of a list style that has begun.
    pub(super) fn read(part: &mut Part<'_>) -> Result<ListStyle, ReadError> {
        let mut style = ListStyle::default();
        let mut open = 0;
        let mut depth = 0;
        loop {
            match part.next()? {
                Event::Start(element) => {
                    depth += 1;
                    if let Some(level) = element.attribute("level").and_then(|level| level.parse().ok()) {
                        open = level;
                        let level = Level::begun(&element);
                        let cost = level.cost(style.levels.is_empty());
                        style.levels.insert(open, level);
                        part.charge(cost)?;
                    } else if let Some(level) = style.levels.get_mut(&open) {
                        level.indent.take(&element);
                    }
                }
                Event::End if depth == 0 => return Ok(style),
                Event::End => depth -= 1,
                Event::Text(_) => {}
                Event::Eof => return Ok(style),
            }
        }
    }

    /// The indentation of a level, counted from 1.
    pub(super) fn indent(&self, level: usize) -> Indent {
        self.levels.get(&level).map(|level| level.indent).unwrap_or_default()
    }
}

impl Level {
    /// What it takes in memory, in bytes.
    fn cost(&self, is_first: bool) -> usize {
        let texts = self.prefix.len() + self.suffix.len() + self.pattern.as_ref().map_or(0, String::len);
        texts + LEVEL + if is_first { FIRST_LEVEL } else { 0 }
    }

    fn begun(element: &Element<'_>) -> Level {
        let text = |name: &str| element.attribute(name).unwrap_or_default();
        let numbered =
            element.name() != "list-level-style-bullet" && element.name() != "list-level-style-image";
        Level {
            numeral: if numbered { numeral(&text("num-format")) } else { Numeral::Bullet },
            prefix: text("num-prefix"),
            suffix: text("num-suffix"),
            start: element.attribute("start-value").and_then(|start| start.parse().ok()),
            shown: element.attribute("display-levels").and_then(|shown| shown.parse().ok()).unwrap_or(1),
            pattern: element.attribute("num-list-format"),
            indent: Indent::default(),
        }
    }
}

impl Counters {
    /// Begins a list anew.
    pub(super) fn restart(&mut self, name: &str) {
        self.counters.remove(name);
    }

    /// Counts an item of `level`, from 1, and gives its label: empty where it has none.
    pub(super) fn count(
        &mut self,
        name: &str,
        style: &ListStyle,
        level: usize,
        start: Option<u32>,
    ) -> String {
        let counters = self.counters.entry(name.to_owned()).or_default();
        let first = |level: usize| style.levels.get(&level).and_then(|level| level.start).unwrap_or(1);
        for (index, counter) in (1..).zip(counters.iter_mut()) {
            let next = counter.map_or_else(|| first(index), |number| number.saturating_add(1));
            *counter = match index.cmp(&level) {
                Ordering::Less => Some(counter.unwrap_or_else(|| first(index))),
                Ordering::Equal => Some(start.unwrap_or(next)),
                Ordering::Greater => None,
            };
        }
        let number = |index: usize| {
            let value = counters.get(index.checked_sub(1)?).copied().flatten()?;
            let numeral = style.levels.get(&index)?.numeral;
            Some(numeral.write(value)).filter(|number| !number.is_empty())
        };
        style.levels.get(&level).map(|found| found.label(level, number)).unwrap_or_default()
    }
}

impl Level {
    fn label(&self, level: usize, number: impl Fn(usize) -> Option<String>) -> String {
        if matches!(self.numeral, Numeral::Bullet) {
            return String::new();
        }
        if let Some(pattern) = &self.pattern {
            let mut label = String::new();
            for (index, piece) in pattern.split('%').enumerate() {
                // Between two signs of per cent stands the number of a level.
                match piece.parse().ok().filter(|_| index % 2 == 1) {
                    Some(level) => label.extend(number(level)),
                    None => label.push_str(piece),
                }
            }
            return label.trim().to_owned();
        }
        if self.numeral == Numeral::Nothing {
            return [self.prefix.as_str(), self.suffix.as_str()].concat().trim().to_owned();
        }
        let first = (level + 1).saturating_sub(self.shown.max(1)).max(1);
        let numbers: Vec<String> = (first..=level).filter_map(number).collect();
        [self.prefix.as_str(), &numbers.join("."), self.suffix.as_str()].concat().trim().to_owned()
    }
}

fn numeral(format: &str) -> Numeral {
    match format {
        "" => Numeral::Nothing,
        "a" => Numeral::LowerLetter,
        "A" => Numeral::UpperLetter,
        "i" => Numeral::LowerRoman,
        "I" => Numeral::UpperRoman,
        _ => Numeral::Decimal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(format: &str, around: &str, shown: usize) -> Level {
        let (prefix, suffix) = around.split_once('#').unwrap();
        let (prefix, suffix) = (prefix.to_owned(), suffix.to_owned());
        Level { numeral: numeral(format), prefix, suffix, shown, ..Level::default() }
    }

    fn check(levels: &[Level], counted: &[usize], expected: &[&str]) {
        let levels = (1..).zip(levels.iter().cloned()).collect();
        let (style, mut counters) = (ListStyle { levels }, Counters::default());
        let found: Vec<String> =
            counted.iter().map(|level| counters.count("L", &style, *level, None)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn labels() {
        let levels = [level("1", "#.", 1), level("a", "(#)", 1), level("i", "#", 3)];
        check(&levels, &[1, 2, 2, 1, 2, 3, 3], &["1.", "(a)", "(b)", "2.", "(a)", "2.a.i", "2.a.ii"]);
        check(&levels, &[2, 1], &["(a)", "2."]);
        let start = Level { start: Some(4), ..level("1", "§ #", 1) };
        check(&[start], &[1, 1, 9], &["§ 4", "§ 5", ""]);
        let pattern = Level { pattern: Some("[%1%/%2%]".to_owned()), ..level("A", "#", 1) };
        check(&[level("1", "#", 1), pattern], &[1, 2, 2], &["1", "[1/A]", "[1/B]"]);
        check(&[level("", "-#", 1)], &[1], &["-"]);
    }
}
