//! What a page's drawing instructions show as text.
//!
//! Only what places text is followed: the graphics state as far as it moves glyphs, fonts, forms that
//! are drawn inside the page, and the marks that tell artifacts and replaced text. Colours, pictures and
//! paths are no concern of a reader of words, and code that never decodes them cannot be hurt by
//! them. A page may not cost without bound: instructions and nesting are counted.

#![allow(
    clippy::wildcard_enum_match_arm,
    clippy::struct_field_names,
    reason = "of the many operators and objects of PDF few matter here"
)]

use std::borrow::Cow;
use std::rc::Rc;

use hayro_font::UNITS_PER_EM;
use hayro_font::kurbo::{Affine, Point, Vec2};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{self, Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;
use hayro_syntax::xref::XRef;

use super::face::{Face, Shown};
use super::glyph::{Glyph, Sheet};
use super::marked::{Mark, Marks};
use super::path::Path;
use super::shared::Shared;
use super::tree::{self, Leaf};
use super::unpack::unpack;

/// Forms in forms, at most.
const DEEPEST: usize = 12;
/// Saved graphics states, at most.
const MOST_SAVED: usize = 512;

/// The part of the graphics state that moves text.
#[derive(Clone)]
struct State<'a> {
    transform: Affine,
    face: Option<Rc<Face<'a>>>,
    size: f64,
    character_space: f64,
    word_space: f64,
    scale: f64,
    leading: f64,
    rise: f64,
    is_invisible: bool,
}

/// Reads one page.
pub(super) fn interpret<'a>(page: &Leaf<'a>, xref: &'a XRef, shared: &Shared<'a>) -> Sheet {
    let (width, height) = page.dimensions();
    let mut interpreter = Interpreter {
        shared,
        state: State {
            transform: page.transform(),
            face: None,
            size: 1.0,
            character_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            is_invisible: false,
        },
        saved: Vec::new(),
        matrix: Affine::IDENTITY,
        line_matrix: Affine::IDENTITY,
        marks: Marks::default(),
        path: Path::default(),
        sheet: Sheet::default(),
        instructions: page.cost,
        held: 0,
        most: shared.most(),
        width,
        height,
    };
    match contents(&page.dict, xref, shared.limit) {
        Some(contents) => interpreter.run(TypedIter::new(&contents), &page.resources, 0),
        None => interpreter.sheet.is_cut = true,
    }
    interpreter.sheet.strokes.sort_by(|a, b| a.y.total_cmp(&b.y));
    shared.spend(interpreter.instructions, interpreter.sheet.glyphs.len());
    interpreter.sheet
}

/// The instructions of a page, if they are not too many.
fn contents(page: &Dict<'_>, xref: &XRef, limit: u64) -> Option<Vec<u8>> {
    if let Some(stream) = page.get::<Stream<'_>>("Contents") {
        return unpack(&stream, limit).map(Cow::into_owned);
    }
    // A stream that was hidden from the parser is a dictionary alone.
    if page.get::<Dict<'_>>("Contents").is_some() {
        return None;
    }
    let mut contents = Vec::new();
    let parts = page.get::<Array<'_>>("Contents");
    let parts = parts.iter().flat_map(Array::raw_iter).filter_map(|part| part.as_obj_ref());
    for part in parts {
        let Some(stream) = xref.get::<Stream<'_>>(part.into()) else {
            if xref.get::<Dict<'_>>(part.into()).is_some() {
                return None;
            }
            continue;
        };
        let left = limit.checked_sub(contents.len() as u64)?;
        contents.extend_from_slice(&unpack(&stream, left)?);
        contents.push(b' ');
    }
    Some(contents)
}

struct Interpreter<'f, 'a> {
    shared: &'f Shared<'a>,
    state: State<'a>,
    saved: Vec<State<'a>>,
    matrix: Affine,
    line_matrix: Affine,
    marks: Marks,
    path: Path,
    sheet: Sheet,
    instructions: usize,
    /// Bytes of the resources of forms that are being drawn.
    held: usize,
    /// Instructions and glyphs, at most.
    most: (usize, usize),
    width: f64,
    height: f64,
}

impl<'a> Interpreter<'_, 'a> {
    fn run(&mut self, mut instructions: TypedIter<'_>, resources: &Resources<'a>, depth: usize) {
        let (saved, marks) = (self.saved.len(), self.marks.depth());
        self.save();
        while let Some(instruction) = instructions.next() {
            self.instructions += 1;
            if self.instructions > self.most.0 || self.sheet.glyphs.len() > self.most.1 {
                self.sheet.is_cut = true;
                break;
            }
            match instruction {
                TypedInstruction::XObject(name) => self.object(name.0, resources, depth),
                TypedInstruction::InlineImage(_) => self.sheet.has_images = true,
                other => {
                    let _ = self.text(&other, resources)
                        || self.place(&other)
                        || self.mark(&other, resources)
                        || self.path.follow(&other, self.state.transform, &mut self.sheet.strokes);
                }
            }
        }
        while self.saved.len() > saved {
            self.restore();
        }
        self.marks.close_to(marks, &mut self.sheet);
    }

    fn save(&mut self) {
        if self.saved.len() < MOST_SAVED {
            self.saved.push(self.state.clone());
        }
    }

    fn restore(&mut self) {
        if let Some(state) = self.saved.pop() {
            self.state = state;
        }
    }

    /// Draws a form; notes a picture.
    fn object(&mut self, name: &Name<'_>, resources: &Resources<'a>, depth: usize) {
        let Some(dict) = resources.x_objects.get::<Dict<'_>>(name) else { return };
        if dict.get::<Name<'_>>("Subtype").is_some_and(|subtype| subtype.as_ref() == b"Image") {
            self.sheet.has_images = true;
        } else if depth < DEEPEST && !self.shared.is_hidden(dict.get_ref("OC").map(Into::into)) {
            match resources.get_x_object(name) {
                Some(stream) => self.form(&stream, resources, depth),
                None => self.sheet.is_cut = true,
            }
        }
    }

    fn form(&mut self, stream: &Stream<'a>, resources: &Resources<'a>, depth: usize) {
        let Some(content) = unpack(stream, self.shared.limit) else {
            self.sheet.is_cut = true;
            return;
        };
        let own = stream.dict().get::<Dict<'a>>("Resources").map(|dict| tree::described(&dict));
        let held = own.as_ref().map_or(0, |own| own.1);
        // What is decoded again for every drawing of it costs again.
        self.instructions += content.len() / 64 + held / tree::BYTES;
        if self.held + held > self.shared.most_held {
            self.sheet.is_cut = true;
            return;
        }
        self.held += held;
        let saved = self.saved.len();
        self.save();
        let (matrix, line_matrix) = (self.matrix, self.line_matrix);
        if let Some(form) = stream.dict().get::<[f64; 6]>("Matrix") {
            self.state.transform *= Affine::new(form);
        }
        self.run(TypedIter::new(&content), own.as_ref().map_or(resources, |own| &own.0), depth + 1);
        self.held -= held;
        (self.matrix, self.line_matrix) = (matrix, line_matrix);
        while self.saved.len() > saved {
            self.restore();
        }
    }

    /// Instructions that show text or say how it is set.
    fn text(&mut self, instruction: &TypedInstruction<'_, '_>, resources: &Resources<'a>) -> bool {
        match instruction {
            TypedInstruction::TextFont(font) => {
                self.state.face =
                    self.shared.named_face(font.0, resources).or_else(|| self.shared.standard());
                self.state.size = font.1.as_f64();
            }
            TypedInstruction::SetGraphicsState(name) => self.graphics_state(name.0, resources),
            TypedInstruction::ShowText(text) => self.show(text.0),
            TypedInstruction::ShowTexts(texts) => self.show_all(texts.0),
            TypedInstruction::NextLineAndShowText(text) => {
                self.next_line(0.0, -self.state.leading);
                self.show(text.0);
            }
            TypedInstruction::ShowTextWithParameters(text) => {
                (self.state.word_space, self.state.character_space) = (text.0.as_f64(), text.1.as_f64());
                self.next_line(0.0, -self.state.leading);
                self.show(text.2);
            }
            TypedInstruction::CharacterSpacing(space) => self.state.character_space = space.0.as_f64(),
            TypedInstruction::WordSpacing(space) => self.state.word_space = space.0.as_f64(),
            TypedInstruction::HorizontalScaling(scale) => self.state.scale = scale.0.as_f64() / 100.0,
            TypedInstruction::TextLeading(leading) => self.state.leading = leading.0.as_f64(),
            TypedInstruction::TextRise(rise) => self.state.rise = rise.0.as_f64(),
            TypedInstruction::TextRenderingMode(mode) => {
                self.state.is_invisible = matches!(mode.0.as_i64(), 3 | 7);
            }
            _ => return false,
        }
        true
    }

    /// Instructions that move what follows.
    fn place(&mut self, instruction: &TypedInstruction<'_, '_>) -> bool {
        match instruction {
            TypedInstruction::SaveState(_) => self.save(),
            TypedInstruction::RestoreState(_) => self.restore(),
            TypedInstruction::Transform(m) => {
                let matrix = [m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f64());
                self.state.transform *= Affine::new(matrix);
            }
            TypedInstruction::BeginText(_) => {
                (self.matrix, self.line_matrix) = (Affine::IDENTITY, Affine::IDENTITY);
            }
            TypedInstruction::SetTextMatrix(m) => {
                let matrix = Affine::new([m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f64()));
                (self.matrix, self.line_matrix) = (matrix, matrix);
            }
            TypedInstruction::NextLine(by) => self.next_line(by.0.as_f64(), by.1.as_f64()),
            TypedInstruction::NextLineAndSetLeading(by) => {
                self.state.leading = -by.1.as_f64();
                self.next_line(by.0.as_f64(), by.1.as_f64());
            }
            TypedInstruction::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            _ => return false,
        }
        true
    }

    /// Instructions that mark what stands between them.
    fn mark(&mut self, instruction: &TypedInstruction<'_, '_>, resources: &Resources<'a>) -> bool {
        let glyphs = self.sheet.glyphs.len();
        match instruction {
            TypedInstruction::BeginMarkedContent(tag) => {
                self.marks.open(Mark::new(tag.0.as_ref(), None, false, glyphs));
            }
            TypedInstruction::BeginMarkedContentWithProperties(content) => {
                let (dict, layer) = match &content.1 {
                    Object::Dict(dict) => (Some(dict.clone()), None),
                    Object::Name(name) => {
                        (resources.properties.get::<Dict<'_>>(name), resources.properties.get_ref(name))
                    }
                    _ => (None, None),
                };
                let hidden = content.0.as_ref() == b"OC" && self.shared.is_hidden(layer.map(Into::into));
                self.marks.open(Mark::new(content.0.as_ref(), dict.as_ref(), hidden, glyphs));
            }
            TypedInstruction::EndMarkedContent(_) => self.marks.close(&mut self.sheet),
            _ => return false,
        }
        true
    }

    fn graphics_state(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let font = resources.get_ext_g_state(name).and_then(|state| state.get::<Array<'a>>("Font"));
        let Some(font) = font else { return };
        let mut parts = font.iter::<Object<'a>>();
        if let (Some(Object::Dict(dict)), Some(Object::Number(size))) = (parts.next(), parts.next()) {
            self.state.face = self.shared.face(&dict).or_else(|| self.shared.standard());
            self.state.size = size.as_f64();
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line_matrix *= Affine::translate((x, y));
        self.matrix = self.line_matrix;
    }

    fn show_all(&mut self, texts: &Array<'_>) {
        for item in texts.iter::<Object<'_>>() {
            match item {
                Object::Number(number) => {
                    let by = -number.as_f64() / f64::from(UNITS_PER_EM) * self.state.size;
                    let is_horizontal = self.state.face.as_ref().is_none_or(|face| face.is_horizontal());
                    let step = if is_horizontal { (by * self.state.scale, 0.0) } else { (0.0, by) };
                    self.matrix *= Affine::translate(step);
                }
                Object::String(text) => self.show(&text),
                _ => {}
            }
        }
    }

    fn show(&mut self, text: &object::String<'_>) {
        if self.state.face.is_none() {
            self.state.face = self.shared.standard();
        }
        let Some(face) = self.state.face.clone() else { return };
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() && self.sheet.glyphs.len() <= self.most.1 {
            let (code, length) = face.read_code(bytes, at);
            at += length;
            let shown = face.shown(code);
            let advance = shown.advance * self.state.size;
            self.glyph(&shown, advance);
            let word_space = if code == 32 && length == 1 { self.state.word_space } else { 0.0 };
            let space = self.state.character_space + word_space;
            let step = if face.is_horizontal() {
                Vec2::new((advance.x + space) * self.state.scale, 0.0)
            } else {
                Vec2::new(0.0, advance.y + space)
            };
            self.matrix *= Affine::translate(step);
        }
    }

    /// Places one glyph on the page.
    fn glyph(&mut self, shown: &Shown, advance: Vec2) {
        if self.marks.is_hidden() {
            return;
        }
        self.sheet.nameless += usize::from(shown.characters.is_none());
        let characters = shown.characters.as_deref().unwrap_or_default();
        let is_space = characters.chars().all(char::is_whitespace);
        let (start, length) = self.sheet.push_characters(characters);
        if length == 0 {
            return;
        }
        let transform = self.state.transform * self.matrix * Affine::translate((0.0, self.state.rise));
        let (from, to) = (transform * Point::ZERO, transform * Point::new(advance.x * self.state.scale, 0.0));
        if !(-10.0..self.width + 10.0).contains(&from.x) || !(-10.0..self.height + 10.0).contains(&from.y) {
            return;
        }
        let [a, b, c, d, ..] = transform.as_coeffs();
        // The fonts that draw their glyphs have an em of their own; widths are about half of it.
        let size = if shown.is_drawn { advance.x.abs() * 2.0 } else { self.state.size.abs() } * c.hypot(d);
        let angle = if a.hypot(b) > 0.0 { (-b).atan2(a).to_degrees().round() } else { 0.0 };
        let turned = turn_back(angle) * from;
        self.sheet.glyphs.push(Glyph {
            start,
            length,
            angle: if angle >= 180.0 { -180 } else { angle as i16 },
            x0: turned.x as f32,
            x1: (turned.x + (to - from).hypot()) as f32,
            y: turned.y as f32,
            size: size as f32,
            is_space,
            is_invisible: self.state.is_invisible,
            is_artifact: self.marks.is_artifact(),
        });
    }
}

/// Turns the page so that text which is turned by `angle` degrees runs from left to right.
fn turn_back(angle: f64) -> Affine {
    if angle == 0.0 { Affine::IDENTITY } else { Affine::rotate(angle.to_radians()) }
}
