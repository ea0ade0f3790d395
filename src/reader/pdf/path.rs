//! Thin horizontal strokes: the lines that strike text through or set notes off.

use hayro_font::kurbo::{Affine, Point};
use hayro_syntax::content::ops::TypedInstruction;

use super::glyph::Stroke;

/// Strokes of one page, at most.
const MOST: usize = 3_000;
/// Pieces of one path, at most.
const LONGEST: usize = 4_000;
/// How thick a stroke may be, in points.
const THICKEST: f64 = 2.0;

/// The path that is being drawn.
#[derive(Debug, Default)]
pub(super) struct Path {
    at: Point,
    /// Pieces of it that may be strokes, from corner to corner on the page.
    pieces: Vec<(Point, Point)>,
}

impl Path {
    /// Follows a drawing instruction; strokes that it draws are added to `strokes`. Says whether it was one.
    pub(super) fn follow(
        &mut self,
        instruction: &TypedInstruction<'_, '_>,
        transform: Affine,
        strokes: &mut Vec<Stroke>,
    ) -> bool {
        match instruction {
            TypedInstruction::MoveTo(to) => self.at = transform * Point::new(to.0.as_f64(), to.1.as_f64()),
            TypedInstruction::LineTo(to) => {
                let end = transform * Point::new(to.0.as_f64(), to.1.as_f64());
                self.push(self.at, end);
                self.at = end;
            }
            TypedInstruction::RectPath(rect) => {
                let corner = Point::new(rect.0.as_f64(), rect.1.as_f64());
                let other = Point::new(corner.x + rect.2.as_f64(), corner.y + rect.3.as_f64());
                self.push(transform * corner, transform * other);
            }
            TypedInstruction::StrokePath(_)
            | TypedInstruction::CloseAndStrokePath(_)
            | TypedInstruction::FillPathNonZero(_)
            | TypedInstruction::FillPathNonZeroCompatibility(_)
            | TypedInstruction::FillPathEvenOdd(_)
            | TypedInstruction::FillAndStrokeNonZero(_)
            | TypedInstruction::FillAndStrokeEvenOdd(_)
            | TypedInstruction::CloseFillAndStrokeNonZero(_)
            | TypedInstruction::CloseFillAndStrokeEvenOdd(_) => self.draw(strokes),
            TypedInstruction::EndPath(_) => self.pieces.clear(),
            _ => return false,
        }
        true
    }

    fn push(&mut self, from: Point, to: Point) {
        if self.pieces.len() < LONGEST {
            self.pieces.push((from, to));
        }
    }

    fn draw(&mut self, strokes: &mut Vec<Stroke>) {
        for (from, to) in self.pieces.drain(..) {
            let is_stroke = (from.y - to.y).abs() <= THICKEST && (from.x - to.x).abs() > THICKEST;
            if is_stroke && strokes.len() < MOST {
                strokes.push(Stroke {
                    x0: from.x.min(to.x) as f32,
                    x1: from.x.max(to.x) as f32,
                    y: f64::midpoint(from.y, to.y) as f32,
                });
            }
        }
    }
}
