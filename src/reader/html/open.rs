//! The elements that are open, in pages that seldom close them all.
//!
//! Only what matters later is kept: elements that make blocks, and those that have an effect on the
//! text in them. An end tag that nothing is open for is passed over in no time, so that no page makes
//! the search long.

use std::collections::BTreeMap;

use super::element::Effect;

/// How far down the stack an element is looked for that a new one ends.
const IMPLIED_DEPTH: usize = 64;

/// An open element.
#[derive(Clone, Debug)]
pub(super) struct Open {
    name: u32,
    /// What ends with it, in the order in which it began.
    pub(super) effects: Vec<Effect>,
}

/// The open elements, the innermost last.
#[derive(Debug, Default)]
pub(super) struct OpenElements {
    ids: BTreeMap<String, u32>,
    names: Vec<String>,
    /// How many elements of each name are open.
    counts: Vec<u32>,
    stack: Vec<Open>,
}

impl OpenElements {
    /// Whether an element `name` is open.
    pub(super) fn has(&self, name: &str) -> bool {
        self.ids.get(name).and_then(|id| self.counts.get(*id as usize)).is_some_and(|count| *count > 0)
    }

    /// Opens an element.
    pub(super) fn push(&mut self, name: &str, effects: Vec<Effect>) {
        let known = self.ids.get(name).copied();
        let id = known.unwrap_or_else(|| self.new_name(name));
        if let Some(count) = self.counts.get_mut(id as usize) {
            *count += 1;
        }
        self.stack.push(Open { name: id, effects });
    }

    fn new_name(&mut self, name: &str) -> u32 {
        let id = self.names.len() as u32;
        self.ids.insert(name.to_owned(), id);
        self.names.push(name.to_owned());
        self.counts.push(0);
        id
    }

    /// Ends the innermost element, if one is open.
    pub(super) fn pop(&mut self) -> Option<Open> {
        let open = self.stack.pop()?;
        if let Some(count) = self.counts.get_mut(open.name as usize) {
            *count -= 1;
        }
        Some(open)
    }

    /// How many elements stay open when the innermost `name` ends.
    pub(super) fn depth_below(&self, name: &str) -> Option<usize> {
        if !self.has(name) {
            return None;
        }
        let id = self.ids.get(name)?;
        self.stack.iter().rposition(|open| open.name == *id)
    }

    /// How many elements stay open when an element `name` begins.
    pub(super) fn depth_before(&self, name: &str) -> Option<usize> {
        let (ended, border): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "table", "td"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "table", "td"]),
            "td" | "th" => (&["td", "th"], &["table"]),
            "tr" => (&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "tr"], &["table"]),
            "a" => (&["a"], &["table", "td", "div", "p", "li"]),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                (&["p", "h1", "h2", "h3", "h4", "h5", "h6"], &["table", "td", "div", "li", "section"])
            }
            name if super::element::ends_paragraph(name) => {
                (&["p"], &["table", "td", "th", "li", "div", "dd"])
            }
            _ => return None,
        };
        for (depth, open) in self.stack.iter().enumerate().rev().take(IMPLIED_DEPTH) {
            let name = self.names.get(open.name as usize).map_or("", String::as_str);
            if ended.contains(&name) {
                return Some(depth);
            }
            if border.contains(&name) {
                return None;
            }
        }
        None
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.stack.len()
    }
}
