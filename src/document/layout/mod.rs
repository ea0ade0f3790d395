//! Which lines belong together: from printed lines to blocks.
//!
//! A bill is printed in lines; a rule reads sentences. A wrapped paragraph is one block, a heading
//! and a list item are blocks of their own. Nothing here knows a word of any language: it goes by
//! blank lines, indentation, capitals, numbering, the ends of sentences, and by *room*. A line has
//! room if the first word of the next would have fitted on it; whoever broke it there meant to. A
//! line that was merely full goes on in the next one.

mod hyphen;
mod mark;

use hyphen::Hyphens;
use mark::{Mark, mark};

use super::{BlockKind, Builder, Line};
use crate::text::Span;

/// A line with more columns than this was not wrapped: it is a whole paragraph.
const LONGEST_WRAPPED: u16 = 180;
/// Fewer lines than this do not show how wide the text is set.
const FEWEST_LINES: usize = 20;
/// How many lines on each side show how wide the text is set.
const NEIGHBOURS: usize = 4;

/// Decides where the blocks of a run of lines begin.
#[derive(Debug)]
pub struct Layout<'s> {
    source: &'s str,
    lines: Vec<Line>,
    /// Whether every line is a paragraph of its own.
    line_by_line: bool,
    /// How wide most of the text is set.
    width: u16,
    hyphens: Hyphens,
}

/// How two lines of one block are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// With a space.
    Space,
    /// The hyphen at the line end broke a word: it goes.
    SoftHyphen,
    /// The hyphen at the line end belongs to the word: it stays, and no space follows.
    HardHyphen,
}

impl<'s> Layout<'s> {
    /// The layout of `lines` of `source`, furniture already left out.
    pub fn new(source: &'s str, mut lines: Vec<Line>) -> Layout<'s> {
        settle_double_spacing(source, &mut lines);
        let line_by_line = is_line_by_line(&lines);
        let hyphens = if line_by_line { Hyphens::default() } else { Hyphens::read(source, &lines) };
        let width = usual_width(&lines);
        Layout { source, lines, line_by_line, width, hyphens }
    }

    /// The lines that are laid out.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Writes the lines as blocks.
    pub fn write(&self, builder: &mut Builder<'_>) {
        let mut first = 0;
        for (at, line) in self.lines.iter().enumerate() {
            if at == 0 || self.begins_block(at, first) {
                first = at;
                self.begin(line, builder);
                continue;
            }
            let before = self.lines.get(at - 1).map_or(line.span.start, |line| line.span.end);
            match self.joint(at) {
                Joint::Space => builder.white_space(Span::new(before, line.span.start.max(before))),
                Joint::SoftHyphen => builder.join_broken_word(),
                Joint::HardHyphen => builder.join(),
            }
            builder.text(line.span);
        }
    }

    fn begin(&self, line: &Line, builder: &mut Builder<'_>) {
        let level = heading_level(line.of(self.source));
        builder.block(level.map_or(BlockKind::Paragraph, BlockKind::Heading), line.indent, 0);
        let marks = u32::from(level.unwrap_or(0));
        builder.text(Span::new(line.span.start + marks, line.span.end));
    }

    /// How line `at` is joined to the one before it, if they are one block.
    pub fn joint(&self, at: usize) -> Joint {
        let (Some(last), Some(next)) = (at.checked_sub(1).and_then(|at| self.text(at)), self.text(at)) else {
            return Joint::Space;
        };
        self.hyphens.joint(last, next)
    }

    /// Whether line `at` begins a block, if the block before began with line `first`.
    pub fn begins_block(&self, at: usize, first: usize) -> bool {
        let Some(last) = at.checked_sub(1).and_then(|at| self.lines.get(at)) else { return true };
        let Some(next) = self.lines.get(at) else { return true };
        if next.gap > 0 && !next.page {
            return true;
        }
        let last_text = last.of(self.source);
        let alone = at == first + 1;
        let mut pair =
            Pair { last: *last, next: *next, last_text, next_text: next.of(self.source), room: false, alone };
        let long = last.end > LONGEST_WRAPPED || next.end > LONGEST_WRAPPED;
        if self.line_by_line || long || pair.has_heading() {
            return next.gap > 0 || !(pair.is_number_and_text() || (long && pair.goes_on()));
        }
        if self.joint(at) != Joint::Space && (next.gap == 0 || next.page) {
            return false;
        }
        // The text of a PDF has lost the indentation of an item's first line: it only looks short.
        let item =
            || alone && !ends_sentence(last_text) && matches!(mark(last_text), Some((Mark::Bracket, false)));
        pair.room = self.has_room(at) && !item();
        pair.begins_block()
    }

    fn text(&self, at: usize) -> Option<&'s str> {
        self.lines.get(at).map(|line| line.of(self.source))
    }

    /// Whether the first word of line `at` would have fitted on the line before it.
    fn has_room(&self, at: usize) -> bool {
        let (Some(last), Some(text)) = (at.checked_sub(1).and_then(|at| self.lines.get(at)), self.text(at))
        else {
            return true;
        };
        let width = usize::from(self.width_around(at));
        let word = first_word(text);
        let needed = usize::from(last.end) + 1 + word;
        needed + width / 12 <= width || needed * 5 <= usize::from(self.width) * 2
    }

    /// How wide the text around line `at` is set: the widest line near it, no blank line between.
    fn width_around(&self, at: usize) -> u16 {
        let before = self.lines.get(at.saturating_sub(NEIGHBOURS)..at).unwrap_or_default();
        let after = self.lines.get(at..(at + NEIGHBOURS).min(self.lines.len())).unwrap_or_default();
        let mut width = 0;
        for line in before.iter().rev() {
            width = width.max(line.end);
            if line.gap > 0 && !line.page {
                break;
            }
        }
        for (index, line) in after.iter().enumerate() {
            if index > 0 && line.gap > 0 && !line.page {
                break;
            }
            width = width.max(line.end);
        }
        width
    }
}

/// How many characters the first word of `text` has, up to 200.
fn first_word(text: &str) -> usize {
    let bytes = text.as_bytes();
    match bytes.iter().take(200).position(|byte| !byte.is_ascii_graphic()) {
        Some(end) if matches!(bytes.get(end), Some(b' ')) => end,
        None => bytes.len().min(200),
        Some(_) => text.split(char::is_whitespace).next().unwrap_or_default().chars().take(200).count(),
    }
}

/// Two lines that follow each other.
struct Pair<'s> {
    last: Line,
    next: Line,
    last_text: &'s str,
    next_text: &'s str,
    room: bool,
    /// Whether the last line is all of its block.
    alone: bool,
}

impl Pair<'_> {
    fn has_heading(&self) -> bool {
        heading_level(self.last_text).is_some() || heading_level(self.next_text).is_some()
    }

    /// "(1)" alone on a line, and what is numbered so on the next.
    fn is_number_and_text(&self) -> bool {
        if !self.alone {
            return false;
        }
        let bare =
            matches!(mark(self.last_text), Some((Mark::Bracket, true))) && mark(self.next_text).is_none();
        bare || self.last_text == "§"
    }

    /// Whether the next line is plainly the rest of a sentence, also where no line is wrapped.
    fn goes_on(&self) -> bool {
        let ends_in_word = self.last_text.ends_with(char::is_alphabetic);
        let plain = !self.has_heading() && mark(self.next_text).is_none();
        plain && ends_in_word && self.last.end > LONGEST_WRAPPED && starts_lower(self.next_text)
    }

    fn begins_block(&self) -> bool {
        if self.next.page && self.next.gap > 0 {
            return ends_sentence(self.last_text) || mark(self.next_text).is_some() || self.differs_in_case();
        }
        if self.next.gap > 0 {
            return true;
        }
        if self.is_number_and_text() {
            return false;
        }
        match mark(self.next_text) {
            Some((Mark::Weak, _)) => return self.room || ends_sentence(self.last_text),
            Some((kind, _)) => return self.numbering_begins(kind),
            None => {}
        }
        let closed = ends_sentence(self.last_text);
        if matches!(mark(self.last_text), Some((Mark::Titled, true))) && self.alone {
            return true;
        }
        if self.next.indent >= self.last.indent + 2 && !self.hangs() {
            return self.room || closed;
        }
        let first_line_indent = self.alone && self.last.indent >= self.next.indent + 2;
        if starts_lower(self.next_text) || self.next_text.starts_with(|c: char| c.is_ascii_digit()) {
            return closed && self.room && !first_line_indent;
        }
        if !self.room {
            return false;
        }
        closed || self.differs_in_case() || (self.alone && !first_line_indent)
    }

    /// Whether numbering at the start of the line begins a block: not in "under section\n(1) of".
    fn numbering_begins(&self, kind: Mark) -> bool {
        let listed = ends_sentence(self.last_text) || ends_in_coordination(self.last_text);
        // "84 percent\u{2014}\n1.2 times the rate": the line is full, and no provision is numbered so.
        if !self.room && is_quantity(self.next_text) {
            return false;
        }
        let deeper = self.next.indent >= self.last.indent + 2;
        let shallower = !self.alone && self.next.indent + 2 <= self.last.indent;
        let comma =
            kind == Mark::Bracket && self.last_text.ends_with(',') && self.next.indent != self.last.indent;
        self.room || listed || comma || (deeper && !self.hangs()) || shallower
    }

    /// Whether the next line is the hanging part of a numbered paragraph.
    fn hangs(&self) -> bool {
        self.alone && !self.room && mark(self.last_text).is_some()
    }

    fn differs_in_case(&self) -> bool {
        is_capitals(self.last_text) != is_capitals(self.next_text)
    }
}

/// Whether `line` begins with a decimal number and goes on in the middle of a sentence: "1.2 times".
fn is_quantity(line: &str) -> bool {
    let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let decimals = after.strip_prefix('.').filter(|_| after.len() < line.len());
    decimals.is_some_and(|decimals| {
        let rest = decimals.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < decimals.len() && rest.strip_prefix(' ').is_some_and(starts_lower)
    })
}

/// Whether `line` begins with the numbering of a provision, by its shape.
pub fn begins_with_number(line: &str) -> bool {
    mark(line).is_some_and(|(mark, _)| mark != Mark::Weak)
}

/// The level of a heading that is marked with `#`, from 1, as some plain texts do.
pub(super) fn heading_level(line: &str) -> Option<u8> {
    line.bytes().next().filter(|first| *first == b'#')?;
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    (rest.starts_with(' ') && (1..=12).contains(&level)).then_some(level as u8)
}

/// Whether a sentence, or the text that leads in to a list, ends with `line`.
pub(super) fn ends_sentence(line: &str) -> bool {
    if line.bytes().next_back().is_some_and(|last| last.is_ascii_alphanumeric()) {
        return false;
    }
    let line = line.trim_end_matches(['”', '"', '\'', '’', ')', ']', '*', '_', '»', ' ']);
    line.ends_with(['.', ';', ':', '—', '–', '!', '?']) || line.ends_with("--")
}

/// Whether `line` ends in a word that links the items of a list: "retain it; and", "or, y".
fn ends_in_coordination(line: &str) -> bool {
    let Some((before, word)) = line.rsplit_once(char::is_whitespace) else { return false };
    before.trim_end().ends_with([',', ';'])
        && (1..=3).contains(&word.chars().count())
        && word.chars().all(char::is_lowercase)
}

pub(super) fn starts_lower(line: &str) -> bool {
    if let Some(first) = line.bytes().next().filter(u8::is_ascii_alphabetic) {
        return first.is_ascii_lowercase();
    }
    line.trim_start_matches(['“', '"', '‘', '(', '[', '*', '_']).starts_with(char::is_lowercase)
}

/// Whether `line` has capitals and no small letters.
fn is_capitals(line: &str) -> bool {
    if line.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return false;
    }
    line.contains(char::is_uppercase) && !line.contains(char::is_lowercase)
}

/// Whether each line is a paragraph: most of the text stands in lines that are too long to have been
/// wrapped.
fn is_line_by_line(lines: &[Line]) -> bool {
    let (mut long, mut all) = (0, 0);
    for line in lines {
        all += u64::from(line.span.len());
        if line.end > LONGEST_WRAPPED {
            long += u64::from(line.span.len());
        }
    }
    long * 2 > all
}

/// The width that three of four lines keep within; 0 where there are too few lines to tell.
fn usual_width(lines: &[Line]) -> u16 {
    let mut counts = [0_usize; LONGEST_WRAPPED as usize + 1];
    for line in lines {
        if let Some(count) = counts.get_mut(usize::from(line.end)) {
            *count += 1;
        }
    }
    let all: usize = counts.iter().sum();
    let mut within = 0;
    let holds_most = |count: &usize| {
        within += count;
        within > all / 4 * 3
    };
    let width = counts.iter().position(holds_most).and_then(|width| u16::try_from(width).ok());
    width.filter(|_| all >= FEWEST_LINES).unwrap_or(0)
}

/// Where a bill is printed with a blank line after every line, one blank line says nothing.
fn settle_double_spacing(source: &str, lines: &mut [Line]) {
    let with = |gap: u16| lines.iter().skip(1).filter(|line| line.gap == gap).count();
    let (single, double) = (with(0), with(1));
    if double < 8 || single * 10 >= double {
        return;
    }
    let goes_on = |pair: &&[Line]| {
        let [last, next] = pair else { return false };
        next.gap == 1
            && !ends_sentence(last.of(source))
            && starts_lower(next.of(source))
            && mark(last.of(source)).is_none_or(|(_, bare)| !bare)
    };
    let running = lines.windows(2).filter(goes_on).count();
    if running * 5 >= double * 2 {
        for line in lines {
            line.gap = line.gap.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests;
