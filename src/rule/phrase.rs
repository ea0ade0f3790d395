//! The phrase language: from what a lawyer writes to a [`Node`].
//!
//! `rules/README.md` describes it for authors. In short: words stand one after the other; `...` is a
//! gap; `<name>` a class; `(a b|c)` a group of alternatives; `a|b` alternatives of single words;
//! `x?` may be missing; `decrypt*` any ending; `remove~` the inflections; `_` any one word.

use std::ops::Range;

use super::Lexicon;
use super::pattern::{Node, PatternError};
use super::vocabulary::ChoiceId;
use crate::document::fold;

/// How many words `...` stands for at most.
const GAP: u32 = 12;
/// The longest gap that can be asked for.
const MAX_GAP: u32 = 60;
/// How deep groups may nest.
const MAX_DEPTH: usize = 12;

/// Parses a phrase; classes are looked up in `lexicon`, which also knows the language's inflections.
pub(super) fn parse(phrase: &str, lexicon: &mut Lexicon) -> Result<Node, PatternError> {
    let mut parser = Parser { phrase, at: 0, lexicon };
    let node = parser.sequence(0)?;
    match parser.peek() {
        None => Ok(node),
        Some(c) => Err(error(parser.at..parser.at + c.len_utf8(), format!("unexpected `{c}`"))),
    }
}

struct Parser<'p> {
    phrase: &'p str,
    at: usize,
    lexicon: &'p mut Lexicon,
}

impl<'p> Parser<'p> {
    fn rest(&self) -> &'p str {
        self.phrase.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    fn skip_space(&mut self) {
        while let Some(c) = self.peek().filter(|&c| is_space(c)) {
            self.at += c.len_utf8();
        }
    }

    /// Elements up to the end, a `)`, or inside a group a `|`.
    fn sequence(&mut self, depth: usize) -> Result<Node, PatternError> {
        let start = self.at;
        let mut nodes = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None | Some(')') => break,
                Some('|') if depth > 0 => break,
                Some('|') => return Err(error(self.at..self.at + 1, "nothing stands before `|`")),
                Some(_) => nodes.push(self.alternatives(depth)?),
            }
        }
        if nodes.iter().all(Node::may_be_empty) {
            return Err(error(start..self.at, "nothing that must be there"));
        }
        if let (Some(Node::Gap(_)), _) | (_, Some(Node::Gap(_))) = (nodes.first(), nodes.last()) {
            return Err(error(start..self.at, "a gap needs words on both sides"));
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Sequence(nodes) })
    }

    /// `a|b|c` outside a group; a single element inside one.
    fn alternatives(&mut self, depth: usize) -> Result<Node, PatternError> {
        let first = self.element(depth)?;
        if depth > 0 || self.peek() != Some('|') {
            return Ok(first);
        }
        let mut nodes = vec![first];
        while self.eat("|") {
            match self.peek() {
                Some(c) if !is_space(c) => nodes.push(self.element(depth)?),
                _ => {
                    return Err(error(
                        self.at - 1..self.at,
                        "nothing stands after `|`; use (a b|c d) for phrases",
                    ));
                }
            }
        }
        Ok(self.one_of(nodes))
    }

    fn element(&mut self, depth: usize) -> Result<Node, PatternError> {
        let start = self.at;
        let node = match self.peek() {
            Some('.') => return self.gap(),
            Some('<') => self.class()?,
            Some('(') => self.group(depth)?,
            Some('_') => {
                self.at += 1;
                Node::Any
            }
            Some(c) if c.is_alphanumeric() => self.word(),
            Some('\'' | '\u{2019}') => {
                return Err(error(
                    start..start + 1,
                    "leave the possessive out: `provider` matches \"provider's\"",
                ));
            }
            Some(c) => return Err(error(start..start + c.len_utf8(), format!("unexpected `{c}`"))),
            None => return Err(error(start..start, "unexpected end")),
        };
        Ok(if self.eat("?") { Node::Optional(Box::new(node)) } else { node })
    }

    fn gap(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        if !self.eat("...") {
            return Err(error(start..start + 1, "a gap is written `...`"));
        }
        let digits = self.rest().chars().take_while(char::is_ascii_digit).count();
        let number = self.phrase.get(self.at..self.at + digits).unwrap_or_default();
        self.at += digits;
        if number.is_empty() {
            return Ok(Node::Gap(GAP));
        }
        match number.parse() {
            Ok(words) if (1..=MAX_GAP).contains(&words) => Ok(Node::Gap(words)),
            _ => Err(error(start..self.at, format!("a gap is 1 to {MAX_GAP} words long"))),
        }
    }

    fn class(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        let Some(length) = self.rest().find('>') else {
            return Err(error(start..self.phrase.len(), "`<` without `>`"));
        };
        let name = self.phrase.get(start + 1..start + length).unwrap_or_default();
        self.at += length + 1;
        match self.lexicon.class(name) {
            Some(class) => Ok(Node::Class(class)),
            None => Err(error(start..self.at, format!("no class is called `{name}`"))),
        }
    }

    fn group(&mut self, depth: usize) -> Result<Node, PatternError> {
        let start = self.at;
        self.at += 1;
        if depth >= MAX_DEPTH {
            return Err(error(start..self.at, "groups nest too deep"));
        }
        let mut branches = vec![self.sequence(depth + 1)?];
        while self.eat("|") {
            branches.push(self.sequence(depth + 1)?);
        }
        if !self.eat(")") {
            return Err(error(start..self.at, "`(` without `)`"));
        }
        Ok(if branches.len() == 1 { branches.remove(0) } else { self.one_of(branches) })
    }

    fn word(&mut self) -> Node {
        let length = self.rest().find(|c: char| !c.is_alphanumeric()).unwrap_or(self.rest().len());
        let word = fold(self.phrase.get(self.at..self.at + length).unwrap_or_default());
        self.at += length;
        if self.eat("*") {
            let stem = self.lexicon.vocabulary.stem(&word);
            return Node::Words(self.lexicon.vocabulary.choice(Vec::new(), vec![stem]));
        }
        if self.eat("~") {
            return Node::Words(self.lexicon.inflect(&word));
        }
        Node::Words(self.lexicon.vocabulary.choice_of(&word))
    }

    /// One of the branches; if all are single words, one of their words.
    fn one_of(&mut self, branches: Vec<Node>) -> Node {
        let single = |branch: &Node| if let Node::Words(choice) = branch { Some(*choice) } else { None };
        let vocabulary = &mut self.lexicon.vocabulary;
        match branches.iter().map(single).collect::<Option<Vec<_>>>() {
            Some(choices) => {
                let of = |choice: &ChoiceId| vocabulary.words_of(*choice);
                let words = choices.iter().flat_map(|choice| of(choice).words.iter().copied()).collect();
                let stems = choices.iter().flat_map(|choice| of(choice).stems.iter().copied()).collect();
                Node::Words(vocabulary.choice(words, stems))
            }
            None => Node::Alternatives(branches),
        }
    }
}

fn error(at: Range<usize>, message: impl Into<String>) -> PatternError {
    PatternError { at, message: message.into() }
}

/// What stands between words: white space, and marks that text may have and patterns need not.
fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ',' | '-' | '"' | '\u{2010}' | '\u{2011}' | '\u{201c}' | '\u{201d}' | '/')
}
