//! A font, and what its codes were found to show.
//!
//! To look a code up takes tables, names and searches; a bill shows the same eighty letters a million
//! times. What was found is kept, as long as it is not too much.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_font::hayro_cmap::BfString;
use hayro_font::kurbo::Vec2;
use hayro_font::{Font, FontGlyph, UNITS_PER_EM};

/// Characters that one code may stand for, in bytes: a ligature, not a page.
const LONGEST: usize = 64;

/// What a code shows.
pub(super) struct Shown {
    /// The characters; `None` if the font does not say which.
    pub(super) characters: Option<String>,
    /// Whether instructions of the page draw it, and no outline.
    pub(super) is_drawn: bool,
    /// How far the next glyph stands from it, in ems.
    pub(super) advance: Vec2,
}

/// A font, and what its codes were found to show.
pub(super) struct Face<'a> {
    font: Font<'a>,
    known: RefCell<BTreeMap<u32, Rc<Shown>>>,
    /// How many codes may still be kept, of all fonts.
    room: Rc<Cell<usize>>,
}

impl<'a> Face<'a> {
    pub(super) fn new(font: Font<'a>, room: Rc<Cell<usize>>) -> Face<'a> {
        Face { font, known: RefCell::default(), room }
    }

    pub(super) fn is_horizontal(&self) -> bool {
        self.font.is_horizontal()
    }

    /// The code at `at` and how many bytes it takes.
    pub(super) fn read_code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, at);
        (code, length.max(1))
    }

    /// What `code` shows.
    pub(super) fn shown(&self, code: u32) -> Rc<Shown> {
        if let Ok(known) = self.known.try_borrow()
            && let Some(shown) = known.get(&code)
        {
            return Rc::clone(shown);
        }
        let shown = Rc::new(self.look_up(code));
        if let (Some(room), Ok(mut known)) = (self.room.get().checked_sub(1), self.known.try_borrow_mut()) {
            self.room.set(room);
            known.insert(code, Rc::clone(&shown));
        }
        shown
    }

    fn look_up(&self, code: u32) -> Shown {
        let (characters, is_drawn) = match self.font.glyph(self.font.map_code(code), code) {
            FontGlyph::Outline(outline) => (outline.as_unicode(), false),
            FontGlyph::Type3(drawn) => (drawn.as_unicode(), true),
        };
        let characters = characters.map(|characters| match characters {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => {
                text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default().to_owned()
            }
        });
        Shown { characters, is_drawn, advance: self.font.code_advance(code) / f64::from(UNITS_PER_EM) }
    }
}
