//! HTML inside Markdown: tags are dropped, their text stays.
//!
//! A tag can end on another line than it began, so the scanner keeps its state from piece to piece.

use super::Reading;
use crate::document::{BlockKind, Change, Comment};
use crate::reader::entity::entity;
use crate::text::Span;

/// Where in HTML the scanner stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Html {
    /// Between tags.
    #[default]
    Text,
    /// In a tag of which this much has been read.
    Tag(String),
    /// In a comment.
    Comment,
    /// In an element whose text is none: its name.
    Hidden(&'static str),
}

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// A block begins or ends.
    Block(BlockKind),
    /// White space.
    Break,
    /// The text in the element is changed.
    Change(Change),
    /// The text in the element is none.
    Hidden(&'static str),
    /// Nothing but a border between words.
    Other,
}

/// The tag whose text, without its angle brackets, is `tag`, and whether it closes an element.
pub(super) fn tag(tag: &str) -> (Tag, bool) {
    let (closes, rest) = tag.strip_prefix('/').map_or((false, tag), |rest| (true, rest));
    let name: String =
        rest.chars().take_while(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let kind = match name.as_str() {
        "h1" => Tag::Block(BlockKind::Heading(1)),
        "h2" => Tag::Block(BlockKind::Heading(2)),
        "h3" => Tag::Block(BlockKind::Heading(3)),
        "h4" => Tag::Block(BlockKind::Heading(4)),
        "h5" => Tag::Block(BlockKind::Heading(5)),
        "h6" => Tag::Block(BlockKind::Heading(6)),
        "li" | "dd" => Tag::Block(BlockKind::Item),
        "td" | "th" => Tag::Block(BlockKind::Cell),
        "p" | "div" | "section" | "article" | "ul" | "ol" | "dl" | "dt" | "table" | "tr" | "blockquote"
        | "hr" | "pre" | "header" | "footer" | "body" | "center" | "caption" | "title" | "main" | "nav" => {
            Tag::Block(BlockKind::Paragraph)
        }
        "br" => Tag::Break,
        "del" | "s" | "strike" => Tag::Change(Change::Deleted),
        "ins" => Tag::Change(Change::Inserted),
        "script" => Tag::Hidden("script"),
        "style" => Tag::Hidden("style"),
        _ => Tag::Other,
    };
    (kind, closes)
}

impl Reading<'_> {
    /// Reads a piece of an HTML block.
    pub(super) fn html(&mut self, span: Span) {
        let (source, mut at) = (self.source, span.start as usize);
        let end = span.end as usize;
        while let Some(rest) = source.get(at..end).filter(|rest| !rest.is_empty()) {
            at += match std::mem::take(&mut self.html) {
                Html::Text => self.html_text(rest, at),
                Html::Tag(seen) => self.html_tag(rest, seen),
                Html::Comment => self.until(rest, "-->", Html::Comment),
                Html::Hidden(name) => self.hidden(rest, name),
            };
        }
    }

    /// Reads on in a tag of which `seen` has been read.
    fn html_tag(&mut self, rest: &str, mut seen: String) -> usize {
        let close = rest.find('>');
        seen.push_str(rest.get(..close.unwrap_or(rest.len())).unwrap_or_default());
        if let Some(close) = close {
            self.tag(&seen);
            return close + 1;
        }
        self.html = Html::Tag(seen);
        rest.len()
    }

    /// Leaves out the text of the element `name`, up to its closing tag.
    fn hidden(&mut self, rest: &str, name: &'static str) -> usize {
        match rest.find("</") {
            Some(close) if tag_is(rest.get(close + 2..), name) => close,
            Some(close) => {
                self.html = Html::Hidden(name);
                close + 2
            }
            None => self.until(rest, "</", Html::Hidden(name)),
        }
    }

    /// Leaves out everything to the end of `mark`; goes on in `state` where it does not stand in `rest`.
    fn until(&mut self, rest: &str, mark: &str, state: Html) -> usize {
        if let Some(at) = rest.find(mark) {
            return at + mark.len();
        }
        self.html = state;
        rest.len()
    }

    /// Reads the text up to the next tag, or begins that tag; gives how many bytes were read.
    fn html_text(&mut self, rest: &str, at: usize) -> usize {
        if rest.starts_with("<!--") {
            self.comment(at as u32);
            self.html = Html::Comment;
            return 4;
        }
        let opens_tag = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        if rest.strip_prefix('<').is_some_and(opens_tag) {
            self.html = Html::Tag(String::new());
            return 1;
        }
        if let Some((text, length)) = entity(rest) {
            self.piece(&text, Span::from(at..at + length));
            return length;
        }
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let after = rest.get(first..).unwrap_or_default();
        let length = first + after.find(['<', '&']).unwrap_or(after.len());
        self.source_text(Span::from(at..at + length));
        length
    }

    /// Notes the comment at `at`, if it is addressed to this program.
    pub(super) fn comment(&mut self, at: u32) {
        if let Some(comment) = Comment::of_markup(self.source, at) {
            self.builder.comment(comment);
        }
    }

    /// Does what a tag asks for.
    pub(super) fn tag(&mut self, text: &str) {
        match tag(text) {
            (Tag::Block(_), true) => self.close(),
            (Tag::Block(kind), false) => {
                self.close();
                self.next_kind = kind;
            }
            (Tag::Break, _) => self.space_here(),
            (Tag::Change(change), closes) => self.change(change, closes),
            (Tag::Hidden(name), false) => self.html = Html::Hidden(name),
            (Tag::Hidden(_) | Tag::Other, _) => {}
        }
        self.border = true;
    }
}

fn tag_is(rest: Option<&str>, name: &str) -> bool {
    rest.and_then(|rest| rest.get(..name.len())).is_some_and(|found| found.eq_ignore_ascii_case(name))
}
