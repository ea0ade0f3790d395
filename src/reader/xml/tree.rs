//! The elements of an XML file, flat and in document order, each with its place in the source.
//!
//! A tree and not a stream, because what a piece of text is may be said after it: the number of a
//! Canadian section stands below its heading.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::super::ReadError;
use super::super::entity::entity;
use crate::document::Comment;
use crate::text::{LineIndex, Span};

/// How deep elements may be nested.
pub(super) const DEEPEST: usize = 512;

const MARK: char = '\u{feff}';

/// A node: an element, a run of text, or a reference.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    /// The node after it and everything inside it. Four bytes: a file has fewer nodes than bytes.
    end: u32,
    /// The start tag, the text or the reference, in bytes of the source.
    pub(super) span: Span,
    /// The end tag; empty where there is none.
    pub(super) close: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeKind {
    Element {
        /// Whether words stand directly in it.
        mixed: bool,
    },
    Text,
    /// A character or entity reference.
    Reference,
}

/// An XML file.
#[derive(Debug)]
pub(super) struct Tree<'s> {
    pub(super) source: &'s str,
    pub(super) nodes: Vec<Node>,
    /// Comments that are addressed to this program.
    pub(super) comments: Vec<Comment>,
}

impl<'s> Tree<'s> {
    /// Reads `source`, all of it or nothing.
    pub(super) fn new(source: &'s str) -> Result<Tree<'s>, ReadError> {
        let tree = Tree { source, nodes: Vec::new(), comments: Vec::new() };
        let mut growing = Growing { tree, open: Vec::new(), declared: BTreeSet::new() };
        // The reader leaves a byte order mark out of its positions.
        let body = source.trim_start_matches(MARK);
        let base = source.len() - body.len();
        let mut reader = Reader::from_str(body);
        loop {
            let start = base + reader.buffer_position() as usize;
            let event = reader.read_event();
            let span = Span::from(start..base + reader.buffer_position() as usize);
            match event {
                Ok(Event::Eof) => return growing.finish(),
                Ok(event) => growing.add(&event, span)?,
                Err(error) => {
                    let at = base + reader.error_position() as usize;
                    return Err(broken(source, at as u32, &error.to_string()));
                }
            }
        }
    }

    /// The name of an element without its prefix; empty for text.
    pub(super) fn name(&self, node: usize) -> &'s str {
        let Some(Node { kind: NodeKind::Element { .. }, span, .. }) = self.nodes.get(node) else { return "" };
        let tag = span.of(self.source).trim_start_matches('<');
        let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(tag.len());
        let name = tag.get(..end).unwrap_or_default();
        name.rsplit_once(':').map_or(name, |(_, name)| name)
    }

    /// Whether words stand directly in the element.
    pub(super) fn is_mixed(&self, node: usize) -> bool {
        self.nodes.get(node).is_some_and(|node| node.kind == NodeKind::Element { mixed: true })
    }

    /// The node after `node` and all that is inside it.
    pub(super) fn end(&self, node: usize) -> usize {
        self.nodes.get(node).map_or(node + 1, |node| node.end as usize)
    }

    pub(super) fn span(&self, node: usize) -> Span {
        self.nodes.get(node).map_or_else(Span::default, |node| node.span)
    }

    /// The elements and texts directly inside `node`.
    pub(super) fn children(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.end(node);
        std::iter::successors(Some(node + 1), |child| Some(self.end(*child)))
            .take_while(move |child| *child < end)
    }

    /// The end tag of an element; empty where there is none.
    pub(super) fn end_tag(&self, node: usize) -> Span {
        self.nodes.get(node).map_or_else(Span::default, |node| node.close)
    }

    /// The start tag of an element as the source has it.
    pub(super) fn tag(&self, node: usize) -> &'s str {
        self.span(node).of(self.source)
    }

    /// An attribute of an element, by its whole name; references in it stay as they are.
    pub(super) fn attribute(&self, node: usize, name: &str) -> Option<String> {
        let tag = self.tag(node);
        if !tag.contains(name) {
            return None;
        }
        let content = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let length = content.find(|c: char| c.is_whitespace()).unwrap_or(content.len());
        let start = BytesStart::from_content(content, length);
        let found = start.try_get_attribute(name).ok().flatten()?;
        Some(found.value.into_owned())
    }

    /// The text inside a node, references resolved.
    pub(super) fn raw(&self, node: usize) -> String {
        let mut words = String::new();
        let inside = self.nodes.get(node..self.end(node)).unwrap_or_default();
        for node in inside {
            let raw = node.span.of(self.source);
            match node.kind {
                NodeKind::Element { .. } => {}
                NodeKind::Text => words.push_str(raw),
                NodeKind::Reference => match entity(raw) {
                    Some((text, _)) => words.push_str(&text),
                    None => words.push_str(raw),
                },
            }
        }
        words
    }
}

/// A tree as it is read.
struct Growing<'s> {
    tree: Tree<'s>,
    /// The elements whose end has not come.
    open: Vec<usize>,
    /// The entities that the file declares.
    declared: BTreeSet<&'s str>,
}

impl<'s> Growing<'s> {
    fn add(&mut self, event: &Event<'_>, span: Span) -> Result<(), ReadError> {
        match event {
            Event::Start(_) => {
                if self.open.len() >= DEEPEST {
                    return Err(ReadError::NestedTooDeep { limit: DEEPEST });
                }
                self.open.push(self.tree.nodes.len());
                self.element(span);
            }
            Event::Empty(_) => self.element(span),
            Event::End(_) => {
                let end = self.tree.nodes.len();
                if let Some(node) = self.open.pop().and_then(|open| self.tree.nodes.get_mut(open)) {
                    (node.end, node.close) = (end as u32, span);
                }
            }
            Event::Text(_) => self.text(NodeKind::Text, span),
            Event::CData(_) => {
                const OPEN: u32 = "<![CDATA[".len() as u32;
                const CLOSE: u32 = "]]>".len() as u32;
                self.text(NodeKind::Text, Span::new(span.start + OPEN, span.end.saturating_sub(CLOSE)));
            }
            Event::GeneralRef(_) => {
                let raw = span.of(self.tree.source);
                let name = raw.trim_start_matches('&').trim_end_matches(';');
                if self.declared.contains(name) {
                    let (line, column) = place(self.tree.source, span.start);
                    return Err(ReadError::DeclaredEntity { name: name.to_owned(), line, column });
                }
                self.text(NodeKind::Reference, span);
            }
            Event::DocType(_) => self.declare(span.of(self.tree.source)),
            Event::Comment(_) => self.tree.comments.extend(Comment::of_markup(self.tree.source, span.start)),
            Event::PI(_) | Event::Decl(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn element(&mut self, span: Span) {
        self.push(NodeKind::Element { mixed: false }, span);
    }

    fn push(&mut self, kind: NodeKind, span: Span) {
        let end = self.tree.nodes.len() as u32 + 1;
        self.tree.nodes.push(Node { kind, end, span, close: Span::default() });
    }

    fn text(&mut self, kind: NodeKind, span: Span) {
        let blank = span.of(self.tree.source).trim().is_empty();
        let parent = self.open.last().and_then(|open| self.tree.nodes.get_mut(*open));
        if let Some(Node { kind: NodeKind::Element { mixed }, .. }) = parent {
            *mixed |= !blank;
            self.push(kind, span);
        }
    }

    /// Notes the general entities of a document type declaration.
    fn declare(&mut self, declaration: &'s str) {
        for (at, mark) in declaration.match_indices("<!ENTITY") {
            let rest = declaration.get(at + mark.len()..).unwrap_or_default();
            if let Some(name) = rest.split_whitespace().next().filter(|name| *name != "%") {
                self.declared.insert(name);
            }
        }
    }

    fn finish(self) -> Result<Tree<'s>, ReadError> {
        let source = self.tree.source;
        if let Some(open) = self.open.last() {
            let what = format!("<{}> is not closed before the file ends", self.tree.name(*open));
            return Err(broken(source, self.tree.span(*open).start, &what));
        }
        if self.tree.nodes.is_empty() {
            return Err(broken(source, source.len() as u32, "there is no element"));
        }
        Ok(self.tree)
    }
}

fn broken(source: &str, at: u32, what: &str) -> ReadError {
    let (line, column) = place(source, at);
    ReadError::BrokenXml { line, column, what: what.replace('\n', " ") }
}

fn place(source: &str, at: u32) -> (u32, u32) {
    let position = LineIndex::new(source).position(source, at);
    (position.line, position.column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: Result<&[&str], &str>) {
        let found = Tree::new(source).map(|tree| {
            let nodes = 0..tree.nodes.len();
            nodes.map(|node| format!("{} {}", tree.name(node), tree.raw(node)).trim().to_owned()).collect()
        });
        let found: Result<Vec<String>, String> = found.map_err(|error| error.to_string());
        let expected = expected.map(|rows| rows.iter().map(|row| (*row).to_owned()).collect());
        assert_eq!(found, expected.map_err(str::to_owned), "{source:?}");
    }

    #[test]
    fn trees() {
        check("<a x='1'>b<n:c/> &sect; 4</a>", Ok(&["a b § 4", "b", "c", "", "§", "4"]));
        check("\u{feff}<?xml version='1.0'?>\n<a>b<![CDATA[<c>]]></a>", Ok(&["a b<c>", "b", "<c>"]));
        check("<a>&unknown;</a>", Ok(&["a &unknown;", "&unknown;"]));
        check("<!DOCTYPE a SYSTEM 'a.dtd'><a>b</a>", Ok(&["a b", "b"]));
    }

    #[test]
    fn what_is_refused() {
        check("<a>\n <b>", Err("broken XML at 2:2: <b> is not closed before the file ends"));
        check(
            "<a>\n </b></a>",
            Err("broken XML at 2:2: ill-formed document: expected `</a>`, but `</b>` was found"),
        );
        check("", Err("broken XML at 1:1: there is no element"));
        check(
            "<!DOCTYPE a [<!ENTITY lol \"ha\"> <!ENTITY more '&lol;&lol;'>]><a>&more;</a>",
            Err("&more; at 1:65 is an entity that the file declares; write what it stands for"),
        );
        let deep = format!("{}{}", "<a>".repeat(DEEPEST + 1), "</a>".repeat(DEEPEST + 1));
        check(&deep, Err("elements are nested more than 512 deep"));
    }

    #[test]
    fn attributes() {
        let tree = Tree::new("<a x:level='2' class=\"b\"/>").unwrap();
        let found = ["x:level", "class", "id"].map(|name| tree.attribute(0, name));
        assert_eq!(found, [Some("2".to_owned()), Some("b".to_owned()), None]);
    }
}
