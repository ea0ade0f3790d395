//! A page as tags and the text between them, with exact places in the source.
//!
//! The tokenizer is html5gum's. Of its tokens only tags and comments are used, for their places: what
//! stands between two of them is text, as it is written, and its character references are split off
//! here. So a span never depends on how a token was decoded.

use std::borrow::Cow;
use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, HtmlString, Spanned, State, StringReader, Token, Tokenizer};

use crate::document::Comment;
use crate::reader::entity::entity;
use crate::text::Span;

/// The longest character reference that is looked for.
const LONGEST_REFERENCE: usize = 40;

/// A tag that begins an element.
#[derive(Debug)]
pub(super) struct Tag {
    /// The name, in small letters.
    pub(super) name: String,
    /// Where the tag stands, brackets included.
    pub(super) span: Span,
    /// Whether it ends the element as well: `<br/>`.
    pub(super) closed: bool,
    attributes: BTreeMap<HtmlString, Spanned<HtmlString>>,
}

impl Tag {
    /// The value of the attribute `name`; empty for one without a value.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        Some(String::from_utf8_lossy(&self.attributes.get(name.as_bytes())?.value))
    }
}

/// A piece of a page.
#[derive(Debug)]
pub(super) enum Piece {
    /// Text, character references as written.
    Text(Span),
    /// The start of an element.
    Start(Tag),
    /// The end of the element with this name.
    End(String),
    /// A comment that is addressed to this program.
    Comment(Comment),
}

/// The pieces of a page in order.
#[derive(Debug)]
pub(super) struct Pieces<'s> {
    source: &'s str,
    tokenizer: Tokenizer<StringReader<'s>, DefaultEmitter<usize>>,
    /// How far the source has been given out.
    at: usize,
    /// A tag that waits for the text before it to be given out.
    waiting: Option<Piece>,
    /// The element or comment that no text stands in and that is open, and where it begins.
    silent: Option<(&'static str, usize)>,
}

impl<'s> Pieces<'s> {
    pub(super) fn new(source: &'s str) -> Pieces<'s> {
        let tokenizer = Tokenizer::new_with_emitter(source, DefaultEmitter::new_with_span());
        Pieces { source, tokenizer, at: 0, waiting: None, silent: None }
    }

    /// What was still open when the page ended, and swallowed the rest of it, and where it begins.
    pub(super) fn swallowed(&self) -> Option<(&'static str, usize)> {
        self.silent
    }

    /// Gives out `piece`, which stands at `start..end`, after the text before it.
    fn after_text(&mut self, piece: Option<Piece>, start: usize, end: usize) -> Option<Piece> {
        let text = Span::from(self.at.min(start)..start);
        self.at = end;
        if text.is_empty() {
            return piece;
        }
        self.waiting = piece;
        Some(Piece::Text(text))
    }

    /// Tells the tokenizer that what follows is no mark-up, up to the end of the element.
    fn go_on_in(&mut self, tag: &Tag) {
        let (name, state) = match tag.name.as_str() {
            "script" => ("<script>", State::ScriptData),
            "style" => ("<style>", State::RawText),
            "noscript" => ("<noscript>", State::RawText),
            "iframe" => ("<iframe>", State::RawText),
            "title" => ("<title>", State::RcData),
            "textarea" => ("<textarea>", State::RcData),
            _ => return,
        };
        if !tag.closed {
            self.tokenizer.set_state(state);
            self.silent = Some((name, tag.span.start as usize));
        }
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if let Some(waiting) = self.waiting.take() {
            return Some(waiting);
        }
        loop {
            let Some(Ok(token)) = self.tokenizer.next() else {
                let end = self.source.len();
                return self.after_text(None, end, end);
            };
            let found = match token {
                Token::StartTag(tag) => {
                    let span = Span::from(tag.span.start..tag.span.end);
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    let tag = Tag { name, span, closed: tag.self_closing, attributes: tag.attributes };
                    self.go_on_in(&tag);
                    let (start, end) = (span.start as usize, span.end as usize);
                    self.after_text(Some(Piece::Start(tag)), start, end)
                }
                Token::EndTag(tag) => {
                    self.silent = None;
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    self.after_text(Some(Piece::End(name)), tag.span.start, tag.span.end)
                }
                Token::Comment(comment) => {
                    let (start, end) = (comment.span.start, comment.span.end);
                    if !self.source.get(start..end).is_some_and(|comment| comment.ends_with('>')) {
                        self.silent = Some(("<!--", start));
                    }
                    let addressed = Comment::of_markup(self.source, start as u32);
                    self.after_text(addressed.map(Piece::Comment), start, end)
                }
                Token::Doctype(doctype) => self.after_text(None, doctype.span.start, doctype.span.end),
                Token::String(_) | Token::Error(_) => None,
            };
            if found.is_some() {
                return found;
            }
        }
    }
}

/// The text at `span` of `source` in parts: each with its place, and with what it stands for if it is a
/// character reference.
pub(super) fn references(source: &str, span: Span) -> impl Iterator<Item = (Span, Option<String>)> {
    let (mut at, end) = (span.start as usize, span.end as usize);
    std::iter::from_fn(move || {
        let rest = source.get(at..end).filter(|rest| !rest.is_empty())?;
        let (text, length) = match reference(rest) {
            Some((text, length)) => (Some(text), length),
            None => {
                (None, rest.bytes().skip(1).position(|byte| byte == b'&').map_or(rest.len(), |at| at + 1))
            }
        };
        let found = Span::from(at..at + length);
        at += length;
        Some((found, text))
    })
}

/// The character reference that `text` begins with: what it stands for, and its length in bytes.
fn reference(text: &str) -> Option<(String, usize)> {
    if !text.starts_with('&') {
        return None;
    }
    if let Some(found) = entity(text).filter(|(text, _)| !text.chars().any(char::is_control)) {
        return Some(found);
    }
    // All others, those without a semicolon and those with a number of windows-1252 included.
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let name = text.bytes().skip(1).take(LONGEST_REFERENCE).take_while(is_name).count();
    let closed = text.as_bytes().get(name + 1) == Some(&b';');
    let written = text.get(..name + 1 + usize::from(closed)).filter(|_| name > 0)?;
    let mut found = String::new();
    for token in Tokenizer::new(written).flatten() {
        if let Token::String(piece) = token {
            found.push_str(&String::from_utf8_lossy(&piece.value));
        }
    }
    (found != written).then_some((found, written.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces as written: text in brackets, references as `[written=meaning]`.
    fn shown(source: &str) -> String {
        let mut found = String::new();
        for piece in Pieces::new(source) {
            match piece {
                Piece::Text(span) => {
                    for (span, text) in references(source, span) {
                        let meaning = text.map(|text| format!("={text}")).unwrap_or_default();
                        found.extend(["[", span.of(source), &meaning, "]"]);
                    }
                }
                Piece::Start(tag) => {
                    assert!(tag.span.of(source).starts_with('<') && tag.span.of(source).ends_with('>'));
                    found.push_str(&tag.name);
                    found.push(if tag.closed { '!' } else { '+' });
                }
                Piece::End(name) => {
                    found.push_str(&name);
                    found.push('-');
                }
                Piece::Comment(comment) => found.extend(["(", comment.words.of(source), ")"]),
            }
        }
        found
    }

    #[test]
    fn tags_and_text() {
        for (source, expected) in [
            ("a<B c='>' d=e>é\r\n</b >f", "[a]b+[é\r\n]b-[f]"),
            ("é<!-- <p> -->x<!DOCTYPE html>\r\ny<br/>", "[é][x][\r\ny]br!"),
            ("a < b <3 </ >c", "[a < b <3 ][c]"),
            ("a<!-- rightslint: b -->c<!--rightslint:d", "[a](b)[c]"),
            ("<script>if (a < b) '<p>'</script>x", "script+[if (a < b) '<p>']script-[x]"),
            ("<title>a <b></title><script/>x", "title+[a <b>]title-script![x]"),
            ("<?xml version='1.0'?>\n<p>", "[\n]p+"),
            ("<![CDATA[ a ]]>b", "[b]"),
            (
                "&lt;DOC&gt; a&b &copy2 &#150;&#x2014; &fjlig; &amp",
                "[&lt;=<][DOC][&gt;=>][ a][&b ][&copy2=©2][ ][&#150;=–][&#x2014;=—][ ][&fjlig;=fj][ ][&amp=&]",
            ),
        ] {
            assert_eq!(shown(source), expected, "{source:?}");
        }
    }

    #[test]
    fn what_swallows_the_rest() {
        for (source, expected) in [
            ("a<script>b", Some(("<script>", 1))),
            ("a<!--b", Some(("<!--", 1))),
            ("a<!--b--><!c>", None),
            ("a<p>b", None),
            ("<title>x</title>", None),
        ] {
            let mut pieces = Pieces::new(source);
            while pieces.next().is_some() {}
            assert_eq!(pieces.swallowed(), expected, "{source:?}");
        }
    }
}
