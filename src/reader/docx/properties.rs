//! What the properties of a paragraph or run say, wherever they stand: in the text, in a style, in a
//! level of a list.

use crate::reader::part::Element;

/// A column of indentation: a tenth of an inch, in twentieths of a point.
const COLUMN: i32 = 144;
/// Deeper indentation says no more.
const MOST_COLUMNS: u16 = 400;

/// Properties of a paragraph; `None` where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ParagraphProperties {
    pub(super) style: Option<String>,
    /// The list; 0 is none.
    pub(super) list: Option<u32>,
    /// The level in the list, from 0.
    pub(super) level: Option<u8>,
    /// The level as a heading, from 0; 9 is running text.
    pub(super) outline: Option<u8>,
    /// From the margin to all lines, in twentieths of a point.
    pub(super) left: Option<i32>,
    /// From there to the first line.
    pub(super) first: Option<i32>,
}

impl ParagraphProperties {
    /// Takes what a child element of `w:pPr` or `w:numPr` says.
    pub(super) fn take(&mut self, element: &Element<'_>) {
        match element.name() {
            "pStyle" => self.style = element.attribute("val"),
            "numId" => self.list = number(element, "val"),
            "ilvl" => self.level = number(element, "val"),
            "outlineLvl" => self.outline = number(element, "val"),
            "ind" => self.take_indent(element),
            _ => {}
        }
    }

    fn take_indent(&mut self, element: &Element<'_>) {
        self.left = number(element, "left").or_else(|| number(element, "start")).or(self.left);
        let hanging = number(element, "hanging").map(|twips: i32| twips.saturating_neg());
        self.first = hanging.or_else(|| number(element, "firstLine")).or(self.first);
    }

    /// Fills in what is not said here from `base`.
    pub(super) fn inherit(&mut self, base: &ParagraphProperties) {
        self.list = self.list.or(base.list);
        self.level = self.level.or(base.level);
        self.outline = self.outline.or(base.outline);
        self.inherit_indent(base);
    }

    /// Fills in the indentation that is not said here from `base`.
    pub(super) fn inherit_indent(&mut self, base: &ParagraphProperties) {
        self.left = self.left.or(base.left);
        self.first = self.first.or(base.first);
    }

    /// Where the first line begins, in columns.
    pub(super) fn columns(&self) -> u16 {
        let twips = self.left.unwrap_or(0).saturating_add(self.first.unwrap_or(0));
        u16::try_from(twips / COLUMN).unwrap_or(0).min(MOST_COLUMNS)
    }
}

/// Properties of a run; `None` where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RunProperties {
    pub(super) style: Option<String>,
    pub(super) hidden: Option<bool>,
    pub(super) struck: Option<bool>,
}

impl RunProperties {
    /// Takes what a child element of `w:rPr` says.
    pub(super) fn take(&mut self, element: &Element<'_>) {
        match element.name() {
            "rStyle" => self.style = element.attribute("val"),
            "vanish" => self.hidden = Some(is_on(element)),
            "strike" | "dstrike" => self.struck = Some(self.struck == Some(true) || is_on(element)),
            _ => {}
        }
    }

    /// Fills in what is not said here from `base`.
    pub(super) fn inherit(&mut self, base: &RunProperties) {
        self.hidden = self.hidden.or(base.hidden);
        self.struck = self.struck.or(base.struck);
    }
}

/// The number that an attribute holds.
pub(super) fn number<N: std::str::FromStr>(element: &Element<'_>, attribute: &str) -> Option<N> {
    element.attribute(attribute)?.trim().parse().ok()
}

/// Whether a property that is on or off is on.
pub(super) fn is_on(element: &Element<'_>) -> bool {
    let value = element.attribute("val");
    !matches!(value.as_deref(), Some("0" | "false" | "off" | "none"))
}
