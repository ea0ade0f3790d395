//! The styles of a document: what a paragraph or run is, where it does not say so itself.

use std::collections::BTreeMap;

use super::properties::{ParagraphProperties, RunProperties, is_on};
use crate::reader::ReadError;
use crate::reader::part::{Event, Part};

/// Styles are based on each other at most so deep; a circle ends here.
const DEEPEST: usize = 30;
/// What a style takes in memory, once as it is written and once filled in, in bytes.
const STYLE: usize = 1000;

/// The styles of a document, by their ids, what they are based on filled in.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// The style of a paragraph that names none.
    default: Option<String>,
}

/// A style.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// Lower-case and, where Word has a style of that kind, English: `heading 1`, `toc 2`.
    name: String,
    based_on: Option<String>,
    pub(super) paragraph: ParagraphProperties,
    pub(super) run: RunProperties,
}

impl Style {
    /// The level as a heading that its name tells, from 0.
    fn named_level(&self) -> Option<u8> {
        let named = self.name.strip_prefix("heading ").and_then(|level| level.parse::<u8>().ok());
        let titled = (self.name == "title").then_some(0);
        named.and_then(|level| level.checked_sub(1)).or(titled)
    }

    /// Whether tables of contents are set in it.
    pub(super) fn is_contents(&self) -> bool {
        let numbered = |stem: &str| {
            let level = self.name.strip_prefix(stem).unwrap_or_default().trim_start();
            level.len() == 1 && level.bytes().all(|byte| byte.is_ascii_digit())
        };
        numbered("toc")
            || numbered("index ")
            || matches!(self.name.as_str(), "toc heading" | "table of figures")
    }
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(part: &mut Part<'_>) -> Result<Styles, ReadError> {
        let mut styles = Styles::default();
        loop {
            match part.next()? {
                Event::Start(element) if element.name() == "style" => {
                    let id = element.attribute("styleId").unwrap_or_default();
                    let is_paragraph = element.attribute("type").as_deref() == Some("paragraph");
                    let is_default = is_paragraph
                        && matches!(element.attribute("default").as_deref(), Some("1" | "true" | "on"));
                    let mut style = read_style(part)?;
                    part.charge(STYLE + 2 * (id.len() + style.name.len()))?;
                    style.paragraph.outline = style.paragraph.outline.or_else(|| style.named_level());
                    if is_default {
                        styles.default = Some(id.clone());
                    }
                    styles.styles.insert(id, style);
                }
                Event::Start(element) if element.name() == "docDefaults" => part.skip()?,
                Event::Start(_) | Event::End | Event::Text(_) => {}
                Event::Eof => break,
            }
        }
        styles.fill_in();
        Ok(styles)
    }

    fn fill_in(&mut self) {
        let inherited: Vec<Style> = self.styles.values().map(|style| self.inherited(style)).collect();
        for (style, inherited) in self.styles.values_mut().zip(inherited) {
            *style = inherited;
        }
    }

    fn inherited(&self, style: &Style) -> Style {
        let mut filled = style.clone();
        let mut base = style.based_on.as_ref();
        for _ in 0..DEEPEST {
            let Some(next) = base.and_then(|id| self.styles.get(id)) else { break };
            filled.paragraph.inherit(&next.paragraph);
            filled.run.inherit(&next.run);
            base = next.based_on.as_ref();
        }
        filled
    }

    /// The style that a paragraph names, or the one of those that name none.
    pub(super) fn of_paragraph(&self, named: Option<&str>) -> Option<&Style> {
        named.and_then(|id| self.styles.get(id)).or_else(|| self.styles.get(self.default.as_ref()?))
    }

    /// Fills in the properties of a run that it does not give itself: from its style, then from that of
    /// the paragraph.
    pub(super) fn settle_run(&self, run: &mut RunProperties, paragraph: Option<&str>) {
        if let Some(style) = run.style.take().and_then(|id| self.styles.get(&id)) {
            run.inherit(&style.run);
        }
        if let Some(style) = self.of_paragraph(paragraph) {
            run.inherit(&style.run);
        }
        run.hidden.get_or_insert(false);
        run.struck.get_or_insert(false);
    }

    /// The style called `id`.
    pub(super) fn get(&self, id: &str) -> Option<&Style> {
        self.styles.get(id)
    }
}

fn read_style(part: &mut Part<'_>) -> Result<Style, ReadError> {
    let mut style = Style::default();
    let mut inside: Vec<String> = Vec::new();
    loop {
        match part.next()? {
            Event::Start(element) => {
                match (inside.last().map(String::as_str), element.name()) {
                    (None, "name") => {
                        style.name = element.attribute("val").unwrap_or_default().to_lowercase();
                    }
                    (None, "basedOn") => style.based_on = element.attribute("val"),
                    (Some("pPr" | "numPr"), _) => style.paragraph.take(&element),
                    (Some("rPr"), "vanish") if inside.len() == 1 => style.run.hidden = Some(is_on(&element)),
                    (Some("rPr"), _) if inside.len() == 1 => style.run.take(&element),
                    _ => {}
                }
                let name = element.name().to_owned();
                inside.push(name);
            }
            Event::End if inside.pop().is_none() => return Ok(style),
            Event::End | Event::Text(_) => {}
            Event::Eof => return Ok(style),
        }
    }
}
