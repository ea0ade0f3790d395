//! Automatic numbering: from the lists that a document defines to the labels that a reader sees.
//!
//! Word stores no "(a)": a paragraph names a list and a level, the level says how a number is written,
//! and the number is how many paragraphs of the level came before. Citations are made of these labels,
//! so they are worked out and become text.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::properties::{ParagraphProperties, is_on, number};
use super::styles::Styles;
use crate::reader::ReadError;
use crate::reader::numeral::Numeral;
use crate::reader::part::{Element, Event, Part};

/// How many levels a list has.
const LEVELS: usize = 9;
/// A longer text of a level is cut: no label is as long.
const LONGEST_LABEL: usize = 100;
/// What a list or a model takes in memory, in bytes; what its first level takes, beside which others find
/// room; and what each level takes.
const LIST: usize = 300;
const FIRST_LEVEL: usize = 2200;
const LEVEL: usize = 100;

/// The lists of a document and how far each is counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    defined: Rc<Defined>,
    /// The last numbers, by the model that lists share.
    counters: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// Levels of lists whose own first number has been used.
    started: BTreeSet<(u32, u8)>,
}

/// The lists that a document defines.
#[derive(Clone, Debug, Default)]
struct Defined {
    lists: BTreeMap<u32, List>,
    models: BTreeMap<u32, Model>,
}

/// A list (`w:num`): a model, and where it departs from it.
#[derive(Clone, Debug, Default)]
struct List {
    model: u32,
    starts: BTreeMap<u8, u32>,
    levels: BTreeMap<u8, Level>,
}

/// The model of lists (`w:abstractNum`).
#[derive(Clone, Debug, Default)]
struct Model {
    levels: BTreeMap<u8, Level>,
    /// The style whose list is meant instead.
    linked: Option<String>,
    name: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    start: Option<u32>,
    numeral: Numeral,
    /// The label with `%1` where the number of the first level goes.
    text: String,
    /// It starts anew after a number of this level or one above, from 1; never if 0.
    restart: Option<u8>,
    style: Option<String>,
    /// Whether all numbers in the label are written in digits.
    legal: bool,
    /// Whether nothing stands between label and text.
    close: bool,
    paragraph: ParagraphProperties,
}

/// The label of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Label {
    /// The label, no space after it; empty where it is a bullet.
    pub(super) text: String,
    /// Whether nothing stands between label and text.
    pub(super) close: bool,
    /// The indentation that the level gives the paragraph.
    pub(super) paragraph: ParagraphProperties,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(part: &mut Part<'_>) -> Result<Numbering, ReadError> {
        let mut defined = Defined::default();
        loop {
            match part.next()? {
                Event::Start(element) if element.name() == "abstractNum" => {
                    let id = number(&element, "abstractNumId");
                    let model = read_model(part)?;
                    defined.models.extend(id.map(|id| (id, model)));
                }
                Event::Start(element) if element.name() == "num" => {
                    let id = number(&element, "numId");
                    let list = read_list(part)?;
                    defined.lists.extend(id.map(|id| (id, list)));
                }
                Event::Start(_) | Event::End | Event::Text(_) => {}
                Event::Eof => return Ok(Numbering { defined: Rc::new(defined), ..Numbering::default() }),
            }
        }
    }

    /// The level that a list has for paragraphs in `style`.
    pub(super) fn level_of_style(&self, list: u32, style: &str, styles: &Styles) -> Option<u8> {
        let (_, model) = self.defined.model(list, styles)?;
        let mut levels = model.levels.iter();
        levels.find(|(_, level)| level.style.as_deref() == Some(style)).map(|(index, _)| *index)
    }

    /// Counts a paragraph of a list and gives its label; `None` if the list or level is not known. One
    /// that does not `stay` is not counted.
    pub(super) fn count(&mut self, list: u32, level: u8, styles: &Styles, stays: bool) -> Option<Label> {
        let (id, model) = self.defined.model(list, styles)?;
        let own = self.defined.lists.get(&list)?;
        let found = |index: u8| own.levels.get(&index).or_else(|| model.levels.get(&index));
        let first = |index: u8| own.starts.get(&index).copied().or_else(|| found(index)?.start).unwrap_or(1);
        let this = found(level)?;
        let mut counters = self.counters.get(&id).copied().unwrap_or_default();
        let restarts = own.starts.contains_key(&level) && !self.started.contains(&(list, level));
        let before = counters.get(usize::from(level)).copied().flatten().filter(|_| !restarts);
        let now = before.map_or_else(|| first(level), |before| before.saturating_add(1));
        for (index, counter) in (0_u8..).zip(counters.iter_mut()) {
            if index == level {
                *counter = Some(now);
            } else if index < level {
                counter.get_or_insert_with(|| first(index));
            } else if restarts_after(found(index), index, level) {
                *counter = None;
            }
        }
        let numerals = |index: u8| {
            let known = found(index).map(|level| level.numeral).unwrap_or_default();
            if this.legal && known != Numeral::Bullet { Numeral::Decimal } else { known }
        };
        let text = written(this, &counters, numerals);
        let label = Label { text, close: this.close, paragraph: this.paragraph.clone() };
        if stays {
            self.counters.insert(id, counters);
            self.started.insert((list, level));
        }
        Some(label)
    }

    /// A list of the model called `name`, in capitals or not.
    pub(super) fn named(&self, name: &str) -> Option<u32> {
        let (id, _) =
            self.defined.models.iter().find(|(_, model)| {
                model.name.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(name))
            })?;
        self.defined.lists.iter().find(|(_, list)| list.model == *id).map(|(list, _)| *list)
    }
}

impl Defined {
    /// The model of a list; where that only links to a style, the model of the style's list.
    fn model(&self, list: u32, styles: &Styles) -> Option<(u32, &Model)> {
        let mut id = self.lists.get(&list)?.model;
        let model = self.models.get(&id)?;
        let Some(style) = model.linked.as_ref().filter(|_| model.levels.is_empty()) else {
            return Some((id, model));
        };
        let linked = styles.get(style)?.paragraph.list?;
        id = self.lists.get(&linked)?.model;
        Some((id, self.models.get(&id)?))
    }
}

/// Whether the numbers of level `index` start anew after a number of the level `above` it.
fn restarts_after(level: Option<&Level>, index: u8, above: u8) -> bool {
    match level.and_then(|level| level.restart) {
        Some(0) => false,
        Some(restart) if restart <= index => above < restart,
        Some(_) | None => true,
    }
}

/// The label of a level: its text with the numbers put in.
fn written(level: &Level, counters: &[Option<u32>; LEVELS], numeral: impl Fn(u8) -> Numeral) -> String {
    if level.numeral == Numeral::Bullet {
        return String::new();
    }
    let mut label = String::new();
    let mut rest = level.text.chars();
    while let Some(c) = rest.next() {
        let digit = (c == '%').then(|| rest.clone().next().and_then(|c| c.to_digit(10))).flatten();
        match digit {
            Some(digit @ 1..=9) => {
                rest.next();
                let index = digit as u8 - 1;
                let value = counters.get(usize::from(index)).copied().flatten();
                label.extend(value.map(|value| numeral(index).write(value)));
            }
            _ => label.push(c),
        }
    }
    label.trim().to_owned()
}

fn read_model(part: &mut Part<'_>) -> Result<Model, ReadError> {
    part.charge(LIST)?;
    let mut model = Model::default();
    loop {
        match part.next()? {
            Event::Start(element) => match element.name() {
                "numStyleLink" => model.linked = element.attribute("val"),
                "name" => model.name = element.attribute("val"),
                "lvl" => {
                    let index = number(&element, "ilvl");
                    let level = read_level(part)?;
                    part.charge(level.cost(model.levels.is_empty()))?;
                    model.levels.extend(index.map(|index| (index, level)));
                    continue;
                }
                _ => {}
            },
            Event::End => return Ok(model),
            Event::Text(_) => continue,
            Event::Eof => return Ok(model),
        }
        part.skip()?;
    }
}

fn read_list(part: &mut Part<'_>) -> Result<List, ReadError> {
    part.charge(LIST)?;
    let mut list = List::default();
    let mut level_open = None;
    let mut depth = 0;
    loop {
        match part.next()? {
            Event::Start(element) => match (element.name(), level_open) {
                ("lvl", Some(index)) => {
                    let level = read_level(part)?;
                    part.charge(level.cost(list.levels.is_empty()))?;
                    list.levels.insert(index, level);
                }
                (name, _) => {
                    match name {
                        "abstractNumId" => list.model = number(&element, "val").unwrap_or_default(),
                        "lvlOverride" => level_open = number(&element, "ilvl"),
                        "startOverride" => {
                            list.starts.extend(level_open.zip(number(&element, "val")));
                        }
                        _ => {}
                    }
                    depth += 1;
                }
            },
            Event::End if depth == 0 => return Ok(list),
            Event::End => depth -= 1,
            Event::Text(_) => {}
            Event::Eof => return Ok(list),
        }
    }
}

fn read_level(part: &mut Part<'_>) -> Result<Level, ReadError> {
    let mut level = Level::default();
    let mut depth = 0;
    loop {
        match part.next()? {
            Event::Start(element) => {
                depth += 1;
                level.take(&element);
            }
            Event::End if depth == 0 => return Ok(level),
            Event::End => depth -= 1,
            Event::Text(_) => {}
            Event::Eof => return Ok(level),
        }
    }
}

impl Level {
    /// What it takes in memory, in bytes.
    fn cost(&self, is_first: bool) -> usize {
        let texts = self.text.len() + self.style.as_ref().map_or(0, String::len);
        texts + LEVEL + if is_first { FIRST_LEVEL } else { 0 }
    }

    fn take(&mut self, element: &Element<'_>) {
        match element.name() {
            "start" => self.start = number(element, "val"),
            "numFmt" => self.numeral = numeral(&element.attribute("val").unwrap_or_default()),
            "lvlText" => {
                self.text =
                    element.attribute("val").unwrap_or_default().chars().take(LONGEST_LABEL).collect();
            }
            "lvlRestart" => self.restart = number(element, "val"),
            "pStyle" => self.style = element.attribute("val"),
            "isLgl" => self.legal = is_on(element),
            "suff" => self.close = element.attribute("val").as_deref() == Some("nothing"),
            "ind" => self.paragraph.take(element),
            _ => {}
        }
    }
}

fn numeral(name: &str) -> Numeral {
    match name {
        "decimalZero" => Numeral::PaddedDecimal,
        "lowerLetter" => Numeral::LowerLetter,
        "upperLetter" => Numeral::UpperLetter,
        "lowerRoman" => Numeral::LowerRoman,
        "upperRoman" => Numeral::UpperRoman,
        "ordinal" => Numeral::Ordinal,
        "bullet" => Numeral::Bullet,
        "none" => Numeral::Nothing,
        _ => Numeral::Decimal,
    }
}
