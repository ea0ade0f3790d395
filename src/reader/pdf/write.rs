//! From printed lines to a document.
//!
//! The source of the document is the text that was taken out, one line for each that is printed; its
//! offsets lead to pages and lines.

use std::collections::BTreeMap;

use super::columns::{Region, regions};
use super::page::{Body, Edges, PageText, leading, middle};
use super::parallel::{OnPage, untangle};
use super::parts::{contents, mark_footnotes};
use super::piece::{Piece, Role};
use super::row::{Printed, print};
use super::side;
use crate::document::{
    BlockKind, Builder, Change, Document, Joint, Layout, Line, Origin, Part, Place, begins_with_number,
    leave_out_furniture,
};
use crate::text::Span;

/// Rows of a column that show how far apart its lines stand.
const FEWEST_ROWS: usize = 8;

/// How small the type of a heading is that nothing else sets off, as a part of that of the text.
const SMALL: f32 = 0.85;

/// The lines of all pages in reading order; what stands aside comes after the page that it stands on.
pub(super) fn print_pages(pages: &[PageText], body: &Body, keep: bool) -> Vec<OnPage> {
    let usual = leading(pages);
    let mut lines = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let edge = body.edges.get(at).map(|edges| edges.left);
        for line in print_page(page, body, edge, usual, keep) {
            lines.push((at, line));
        }
    }
    untangle(&mut lines);
    lines
}

fn print_page(page: &PageText, body: &Body, edge: Option<f32>, usual: f32, keep: bool) -> Vec<Printed> {
    let stays = |piece: &Piece| match piece.role {
        Role::Text => true,
        Role::Running | Role::SideNote => keep,
        Role::LineNumber(_) | Role::Footnote | Role::Aside => false,
    };
    let indices: Vec<usize> =
        (0..page.pieces.len()).filter(|at| page.pieces.get(*at).is_some_and(stays)).collect();
    let mut lines = Vec::new();
    let mut notes = page.of(Role::SideNote);
    for region in regions(&page.pieces, &indices) {
        let first = lines.len();
        let whole = region.columns <= 1;
        let left = edge.filter(|edge| whole && *edge > 0.0 && *edge < region.left).unwrap_or(region.left);
        let found = if keep { Vec::new() } else { side_notes(page, &region, body) };
        for row in &region.rows {
            let pieces = row.pieces.iter().filter(|index| !found.contains(index));
            let pieces: Vec<&Piece> = pieces.filter_map(|index| page.pieces.get(*index)).collect();
            let Some(printed) = print(&pieces, row, keep) else { continue };
            let begins_column = lines.len() == first && (first == 0 || !whole);
            lines.push(Printed {
                left,
                column: region.column,
                columns: region.columns,
                begins_column,
                ..printed
            });
        }
        notes.extend(found);
        let column = lines.get_mut(first..).unwrap_or_default();
        set_gaps(column, usual);
        mark_footnotes(column, body.size);
    }
    number_lines(page, &mut lines, keep);
    if !keep {
        open_quotes(&notes.iter().filter_map(|at| page.pieces.get(*at)).collect::<Vec<_>>(), &mut lines);
    }
    if keep {
        print_aside(page, &mut lines);
    }
    lines
}

fn side_notes(page: &PageText, region: &Region, body: &Body) -> Vec<usize> {
    let column: Vec<usize> = region.rows.iter().flat_map(|row| row.pieces.iter().copied()).collect();
    side::inside(&page.pieces, &column, Edges { left: region.left, right: region.right }, body)
}

/// Counts the blank lines before each. Small type may stand on the lines of large type: the usual step of
/// the column goes before that of the type.
fn set_gaps(lines: &mut [Printed], usual: f32) {
    let steps: Vec<f32> =
        lines.windows(2).filter_map(|pair| Some(pair.get(1)?.y - pair.first()?.y)).collect();
    let sizes = lines.windows(2).filter_map(|pair| Some(pair.get(1)?.size.max(pair.first()?.size)));
    let sizes: Vec<f32> = sizes.collect();
    let usual_step = |steps: &[f32]| if steps.len() >= FEWEST_ROWS { middle(steps.to_vec()) } else { None };
    let of_column = usual_step(&steps);
    // A table of contents is set in smaller type, and closer, than the text below it.
    let mut of_type: BTreeMap<i32, Vec<f32>> = BTreeMap::new();
    for (pair, step) in lines.windows(2).zip(&steps) {
        if let [above, line] = pair
            && type_of(above.size) == type_of(line.size)
        {
            of_type.entry(type_of(line.size)).or_default().push(*step);
        }
    }
    let of_type: BTreeMap<i32, f32> =
        of_type.into_iter().filter_map(|(size, steps)| Some((size, usual_step(&steps)?))).collect();
    // A heading may be told from the text above it by its type alone.
    let is_heading = |pair: &[Printed]| match pair {
        [above, line] => {
            line.size <= above.size * SMALL
                && line.text.starts_with(char::is_uppercase)
                && begins_with_number(&line.text)
        }
        _ => false,
    };
    let headings: Vec<bool> = lines.windows(2).map(is_heading).collect();
    for (line, (step, size)) in lines.iter_mut().skip(1).zip(steps.iter().zip(&sizes)) {
        let known =
            of_type.get(&type_of(*size)).copied().unwrap_or(0.0).max(of_column.unwrap_or(size * usual));
        let lines = step / (size * usual.min(1.25)).max(known).max(1.0);
        line.gap = if lines > 1.3 { (lines - 0.5).floor().clamp(1.0, 99.0) as u16 } else { 0 };
    }
    for (line, is_heading) in lines.iter_mut().skip(1).zip(headings) {
        line.gap = line.gap.max(u16::from(is_heading));
    }
}

/// The size of the type, in half points.
fn type_of(size: f32) -> i32 {
    (size * 2.0).round() as i32
}

/// Gives lines the numbers that stand beside them in the margin.
fn number_lines(page: &PageText, lines: &mut Vec<Printed>, keep: bool) {
    for piece in &page.pieces {
        let Role::LineNumber(number) = piece.role else { continue };
        let beside = |line: &&mut Printed| (line.y - piece.y).abs() <= line.size.max(piece.size) * 0.5;
        match lines.iter_mut().find(beside) {
            Some(line) => {
                line.number = Some(number);
                if keep {
                    let by = piece.text.len() as u32 + 1;
                    line.text.insert_str(0, &format!("{} ", piece.text));
                    line.struck.iter_mut().for_each(|range| *range = (range.0 + by, range.1 + by));
                }
            }
            None if keep => lines.push(alone(piece)),
            None => {}
        }
    }
}

/// A note beside inserted text may bear the quotation mark that opens it: the text takes it over.
fn open_quotes(notes: &[&Piece], lines: &mut [Printed]) {
    for note in notes {
        let text = note.text.trim_start_matches(['“', '"', '‘', '\'']);
        let marks = note.text.get(..note.text.len() - text.len()).unwrap_or_default();
        let near = |line: &&mut Printed| {
            let below = line.y - note.y;
            (-note.size * 0.6..line.size * 1.6).contains(&below)
                && !line.text.starts_with(['“', '"', '‘', '\''])
        };
        if marks.is_empty() {
            continue;
        }
        if let Some(line) = lines.iter_mut().find(near) {
            line.text.insert_str(0, marks);
            let by = marks.len() as u32;
            line.struck.iter_mut().for_each(|range| *range = (range.0 + by, range.1 + by));
        }
    }
}

fn print_aside(page: &PageText, lines: &mut Vec<Printed>) {
    lines.extend(page.pieces.iter().filter(|piece| piece.role == Role::Aside).map(alone));
}

fn alone(piece: &Piece) -> Printed {
    Printed {
        text: piece.text.clone(),
        x0: piece.x0,
        x1: piece.x1,
        y: piece.y,
        size: piece.size,
        left: piece.x0,
        role: Role::Aside,
        gap: 1,
        ..Printed::default()
    }
}

/// A document of the lines.
pub(super) fn write(
    lines: &[OnPage],
    pages: &[PageText],
    body: &Body,
    keep: bool,
    finish: impl FnOnce(&mut Builder<'_>),
) -> Document {
    let mut source = String::new();
    let mut spans = Vec::with_capacity(lines.len());
    for (_, line) in lines {
        let start = source.len() as u32;
        source.push_str(&line.text);
        spans.push(Span::new(start, source.len() as u32));
        source.push('\n');
    }
    let mut writer =
        Writer { source: &source, lines, spans: &spans, contents: contents(lines), notes: Vec::new() };
    let mut body_lines = Vec::new();
    for (at, ((page, line), span)) in lines.iter().zip(&spans).enumerate() {
        if line.role == Role::Footnote && !keep {
            writer.notes.push(at);
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| lines.get(before));
        let begins_page = before.is_some_and(|before| before.0 != *page);
        body_lines.push(layout_line(line, *span, body.column, begins_page || (line.begins_column && at > 0)));
    }
    if !keep {
        leave_out_furniture(&source, &mut body_lines);
    }
    let mut builder = Builder::new(&source);
    builder.origin(Origin::Places(places(lines, &spans, pages)));
    finish(&mut builder);
    writer.write(&Layout::new(&source, body_lines), &mut builder);
    builder.finish()
}

/// A line as the layout sees it: lengths in columns.
fn layout_line(line: &Printed, span: Span, column: f32, page: bool) -> Line {
    let columns = |length: f32| (length / column).round().clamp(0.0, f32::from(u16::MAX)) as u16;
    let (indent, end) = (columns(line.x0 - line.left), columns(line.x1 - line.left));
    Line { span, indent, end: end.max(indent + 1), gap: if page { 0 } else { line.gap }, page }
}

/// Where the lines stand in the file.
fn places(lines: &[OnPage], spans: &[Span], pages: &[PageText]) -> Vec<(u32, Place)> {
    // Each column counts its own lines.
    let mut counts: BTreeMap<(usize, u16), u32> = BTreeMap::new();
    let mut places = Vec::with_capacity(lines.len());
    for ((page, line), span) in lines.iter().zip(spans) {
        let count = counts.entry((*page, line.column)).or_default();
        *count += 1;
        let count = *count;
        let label =
            pages.get(*page).and_then(|page| page.label.clone().or_else(|| page.printed_label.clone()));
        let place = Place {
            page: Some(*page as u32 + 1),
            page_label: label,
            line: Some(line.number.unwrap_or(count)),
            paragraph: None,
        };
        places.push((span.start, place));
    }
    places
}

/// Writes blocks, each with what is known of it.
struct Writer<'s> {
    source: &'s str,
    lines: &'s [OnPage],
    spans: &'s [Span],
    contents: Vec<bool>,
    /// The lines of footnotes that are not written yet.
    notes: Vec<usize>,
}

impl Writer<'_> {
    fn write(&mut self, layout: &Layout<'_>, builder: &mut Builder<'_>) {
        let mut first = 0;
        for (at, line) in layout.lines().iter().enumerate() {
            let printed = self.printed(line.span);
            let is_contents = printed.is_some_and(|printed| self.contents.get(printed) == Some(&true));
            let before = at.checked_sub(1).and_then(|before| layout.lines().get(before));
            let left_contents = before
                .and_then(|before| self.printed(before.span))
                .is_some_and(|before| self.contents.get(before) == Some(&true));
            if at == 0 || left_contents || layout.begins_block(at, first) {
                first = at;
                let page =
                    printed.and_then(|printed| self.lines.get(printed)).map_or(usize::MAX, |line| line.0);
                self.write_notes(page, builder);
                builder.block(BlockKind::Paragraph, line.indent, 0);
            } else {
                let end = before.map_or(line.span.start, |before| before.span.end);
                match layout.joint(at) {
                    Joint::Space => builder.white_space(Span::new(end, line.span.start.max(end))),
                    Joint::SoftHyphen => builder.join_broken_word(),
                    Joint::HardHyphen => builder.join(),
                }
            }
            if is_contents {
                builder.describe(None, Some(Part::Contents));
            }
            self.text(line.span, printed, builder);
        }
        self.write_notes(usize::MAX, builder);
    }

    /// The printed line that `span` is part of.
    fn printed(&self, span: Span) -> Option<usize> {
        self.spans.partition_point(|line| line.start <= span.start).checked_sub(1)
    }

    /// Writes a line, what is struck through in it marked as deleted.
    fn text(&self, span: Span, printed: Option<usize>, builder: &mut Builder<'_>) {
        let start = printed.and_then(|at| self.spans.get(at)).map_or(span.start, |line| line.start);
        let struck = printed.and_then(|at| self.lines.get(at)).map_or(&[][..], |line| &line.1.struck);
        let mut at = span.start;
        for (from, to) in struck {
            let (from, to) = ((start + from).max(at), (start + to).min(span.end));
            if from >= to {
                continue;
            }
            builder.text(Span::new(at, from));
            let position = builder.position();
            builder.text(Span::new(from, to));
            builder.change(position, Change::Deleted);
            at = to;
        }
        builder.text(Span::new(at, span.end));
    }

    /// Writes the footnotes of the pages before `page`.
    fn write_notes(&mut self, page: usize, builder: &mut Builder<'_>) {
        let waiting =
            self.notes.iter().take_while(|at| self.lines.get(**at).is_some_and(|line| line.0 < page)).count();
        let notes: Vec<usize> = self.notes.drain(..waiting).collect();
        if notes.is_empty() {
            return;
        }
        let lines: Vec<Line> = notes
            .iter()
            .filter_map(|at| Some((&self.lines.get(*at)?.1, *self.spans.get(*at)?)))
            .map(|(line, span)| layout_line(line, span, line.size.max(1.0) / 2.0, false))
            .collect();
        let layout = Layout::new(self.source, lines);
        let mut first = 0;
        for (at, line) in layout.lines().iter().enumerate() {
            let raised = self
                .printed(line.span)
                .and_then(|at| self.lines.get(at))
                .is_some_and(|line| line.1.raised_start);
            if at == 0 || raised || layout.begins_block(at, first) {
                first = at;
                builder.block(BlockKind::Paragraph, line.indent, 0);
                builder.describe(None, Some(Part::Note));
            } else {
                match layout.joint(at) {
                    Joint::Space => builder.white_space(Span::new(line.span.start, line.span.start)),
                    Joint::SoftHyphen => builder.join_broken_word(),
                    Joint::HardHyphen => builder.join(),
                }
            }
            self.text(line.span, self.printed(line.span), builder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of `(size, step to the line above)`, and how many blank lines stand above each.
    fn check(lines: &[(f32, f32)], expected: &[u16]) {
        let mut y = 0.0;
        let line = |(size, step): &(f32, f32)| {
            y += step;
            Printed { text: "a provider".to_owned(), size: *size, y, ..Printed::default() }
        };
        let mut lines: Vec<Printed> = lines.iter().map(line).collect();
        set_gaps(&mut lines, 1.8);
        assert_eq!(lines.iter().map(|line| line.gap).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn every_type_has_a_step_of_its_own() {
        let (small, large) = ([(9.0, 12.0); 12], [(14.0, 26.0); 9]);
        // Contents above a text; small type on the lines of large type; a line that is set apart.
        check(&[&small[..], &large].concat(), &[0; 21]);
        check(&[&small[..], &[(14.0, 40.0)], &large].concat(), &[[0; 12].as_slice(), &[1], &[0; 9]].concat());
        check(&[&large[..], &[(9.0, 26.0); 9]].concat(), &[0; 18]);
        check(&[&large[..], &[(14.0, 52.0)], &large].concat(), &[[0; 9].as_slice(), &[1], &[0; 9]].concat());
    }
}
