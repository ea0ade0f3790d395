//! The styles of a document: headings, hidden and struck text, indentation, and lists.

use std::collections::BTreeMap;

use super::list::{ListStyle, OUTLINE};
use crate::reader::ReadError;
use crate::reader::part::{Element, Event, Part};

/// Styles have at most so many parents; a circle ends here.
const DEEPEST: usize = 30;
/// What a style takes in memory, in bytes.
const STYLE: usize = 600;
/// A column of indentation, in inches.
const COLUMN: f32 = 0.1;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By family and name.
    styles: BTreeMap<(String, String), Style>,
    lists: BTreeMap<String, ListStyle>,
}

/// What a style says; `None` where it says nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    parent: Option<String>,
    /// The name that a reader sees, in lower case.
    name: String,
    /// The level of the headings that are set in it, from 1.
    pub(super) outline: Option<u8>,
    pub(super) list: Option<String>,
    pub(super) hidden: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) indent: Indent,
}

/// Indentation, in columns.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Indent {
    left: Option<f32>,
    first: Option<f32>,
}

impl Indent {
    /// Takes what an element says of indentation.
    pub(super) fn take(&mut self, element: &Element<'_>) {
        let length = |name: &str| element.attribute(name).as_deref().and_then(columns);
        self.left = length("margin-left").or(self.left).or_else(|| length("space-before"));
        self.first = length("text-indent").or(self.first);
    }

    /// Fills in what is not said here from `base`.
    pub(super) fn or(self, base: Indent) -> Indent {
        Indent { left: self.left.or(base.left), first: self.first.or(base.first) }
    }

    /// Where the first line begins, in columns.
    pub(super) fn columns(self) -> u16 {
        let sum = self.left.unwrap_or(0.0) + self.first.unwrap_or(0.0);
        // A cast of what is negative or no number gives 0.
        #[expect(clippy::cast_sign_loss, reason = "clamped")]
        let columns = sum.clamp(0.0, 400.0) as u16;
        columns
    }
}

/// A length such as `0.5in` or `1.27cm`, in columns.
fn columns(length: &str) -> Option<f32> {
    let split = length.find(|c: char| c.is_ascii_alphabetic())?;
    let number: f32 = length.get(..split)?.trim().parse().ok()?;
    let inches = match length.get(split..)? {
        "in" => number,
        "cm" => number / 2.54,
        "mm" => number / 25.4,
        "pt" => number / 72.0,
        "pc" => number / 6.0,
        "px" => number / 96.0,
        _ => return None,
    };
    Some(inches / COLUMN)
}

impl Style {
    /// Whether tables of contents are set in it.
    pub(super) fn is_contents(&self) -> bool {
        self.name.starts_with("contents ") || self.name.starts_with("toc ")
    }

    fn take(&mut self, element: &Element<'_>) {
        match element.name() {
            "text-properties" => {
                if let Some(display) = element.attribute("display") {
                    self.hidden = Some(display == "none");
                }
                let line = element.attribute("text-line-through-style");
                let line = line.or_else(|| element.attribute("text-line-through-type"));
                self.struck = line.map(|line| line != "none").or(self.struck);
            }
            "paragraph-properties" => self.indent.take(element),
            _ => {}
        }
    }
}

impl Styles {
    /// Reads the styles of a part; those of the text itself end where its body begins.
    pub(super) fn read(&mut self, part: &mut Part<'_>) -> Result<(), ReadError> {
        loop {
            match part.next()? {
                Event::Start(element) => match (element.prefix(), element.name()) {
                    ("office", "body" | "master-styles") => return Ok(()),
                    ("style", "style") => {
                        let (key, style) = begun(&element);
                        let style = read_style(part, style)?;
                        part.charge(STYLE + style.name.len() + key.1.len())?;
                        self.styles.insert(key, style);
                    }
                    ("text", "list-style") => {
                        let name = element.attribute("name").unwrap_or_default();
                        let list = ListStyle::read(part)?;
                        self.lists.insert(name, list);
                    }
                    ("text", "outline-style") => {
                        let list = ListStyle::read(part)?;
                        self.lists.insert(OUTLINE.to_owned(), list);
                    }
                    _ => {}
                },
                Event::End | Event::Text(_) => {}
                Event::Eof => return Ok(()),
            }
        }
    }

    /// The style called `name`, what its parents say filled in.
    pub(super) fn get(&self, family: &str, name: &str) -> Option<Style> {
        let named = |name: &str| self.styles.get(&(family.to_owned(), name.to_owned()));
        let mut style = named(name)?.clone();
        let mut parent = style.parent.clone();
        for _ in 0..DEEPEST {
            let Some(next) = parent.as_deref().and_then(named) else { break };
            style.outline = style.outline.or(next.outline);
            style.list = style.list.or_else(|| next.list.clone());
            style.hidden = style.hidden.or(next.hidden);
            style.struck = style.struck.or(next.struck);
            style.indent = style.indent.or(next.indent);
            if style.name.is_empty() || !style.is_contents() {
                style.name.clone_from(&next.name);
            }
            parent.clone_from(&next.parent);
        }
        Some(style)
    }

    /// The indentation that a paragraph's own style gives, its parents left out.
    pub(super) fn own_indent(&self, name: &str) -> Indent {
        self.styles
            .get(&("paragraph".to_owned(), name.to_owned()))
            .map(|style| style.indent)
            .unwrap_or_default()
    }

    /// The list style called `name`.
    pub(super) fn list(&self, name: &str) -> Option<&ListStyle> {
        self.lists.get(name)
    }
}

/// The key of a style that begins, and what its own attributes say.
fn begun(element: &Element<'_>) -> ((String, String), Style) {
    let name = element.attribute("name").unwrap_or_default();
    // The first attribute called "name" may be that of the style, "family" and others are its own.
    let shown = element.attribute("display-name").unwrap_or_else(|| name.replace("_20_", " "));
    let style = Style {
        parent: element.attribute("parent-style-name"),
        name: shown.to_lowercase(),
        outline: element.attribute("default-outline-level").and_then(|level| level.parse().ok()),
        list: element.attribute("list-style-name"),
        ..Style::default()
    };
    ((element.attribute("family").unwrap_or_default(), name), style)
}

fn read_style(part: &mut Part<'_>, mut style: Style) -> Result<Style, ReadError> {
    let mut depth = 0;
    loop {
        match part.next()? {
            Event::Start(element) => {
                depth += 1;
                style.take(&element);
            }
            Event::End if depth == 0 => return Ok(style),
            Event::End => depth -= 1,
            Event::Text(_) => {}
            Event::Eof => return Ok(style),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &str, first: &str, expected: u16) {
        assert_eq!(
            Indent { left: columns(left), first: columns(first) }.columns(),
            expected,
            "{left} {first}"
        );
    }

    #[test]
    fn indentation_is_measured_in_columns() {
        check("0.5in", "-0.25in", 2);
        check("1.27cm", "0cm", 5);
        check("72pt", "", 10);
        check("-1in", "x", 0);
        check("9e30in", "1in", 10);
        check("99999999in", "1in", 400);
        check("1in\u{e9}", "12mm", 4);
    }
}
