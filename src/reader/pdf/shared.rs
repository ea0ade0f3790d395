//! What the pages of one file share: fonts, layers, and what all of them together may cost.
//!
//! Pages may show the same contents again and again; what they cost is counted over the whole file.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use hayro_font::{CMapResolverFn, FontCache, FontQuery, FontResolverFn, StandardFont};
use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier, Stream};
use hayro_syntax::page::Resources;

use super::face::Face;
use super::unpack;

/// Instructions of one page, at most.
const MOST_INSTRUCTIONS: usize = 4_000_000;
/// Glyphs of one page, at most.
const MOST_GLYPHS: usize = 60_000;
/// Instructions of one file, and those for each byte of it.
const INSTRUCTIONS: (usize, usize) = (20_000_000, 8);
/// Glyphs of one file, and those for each byte of it.
const GLYPHS: (usize, usize) = (2_000_000, 8);

/// What the fonts of one file may cost in bytes, and for each byte of it.
const FONTS: (usize, usize) = (8 << 20, 2);
/// What a font costs beside the streams that it is made of.
const FONT: usize = 8 << 10;
/// How many times its size a table of characters costs.
const TABLE: u64 = 6;
/// Codes of all fonts of which it is kept what they show, at most.
const MOST_KNOWN: usize = 50_000;

/// A font of the file, or none where it cannot be read.
type Known<'a> = Option<Rc<Face<'a>>>;

/// Bytes of resources that forms inside of forms may hold, and for how many bytes of the file one more.
const HELD: (usize, usize) = (1 << 20, 8);

/// What the pages of one file share.
pub(super) struct Shared<'a> {
    cache: FontCache<'a>,
    /// Fonts by their objects, which need not be looked at again.
    faces: RefCell<BTreeMap<ObjectIdentifier, Known<'a>>>,
    /// Fonts by the places where they are described, for those that are no objects.
    inline: RefCell<BTreeMap<usize, Known<'a>>>,
    standard: RefCell<Known<'a>>,
    /// Codes of which it may still be kept what they show.
    room: Rc<Cell<usize>>,
    fonts: FontResolverFn,
    maps: CMapResolverFn,
    /// Layers that are switched off.
    hidden_layers: BTreeSet<ObjectIdentifier>,
    /// How many bytes one stream may unpack to.
    pub(super) limit: u64,
    /// How many bytes of resources forms may hold.
    pub(super) most_held: usize,
    /// What the fonts that are still to come may cost.
    font_bytes: Cell<u64>,
    /// Font files that were counted.
    counted: RefCell<BTreeSet<ObjectIdentifier>>,
    instructions: Cell<usize>,
    glyphs: Cell<usize>,
}

impl<'a> Shared<'a> {
    /// For a file of `size` bytes.
    pub(super) fn new(hidden_layers: BTreeSet<ObjectIdentifier>, size: usize) -> Shared<'a> {
        let most = |(most, by): (usize, usize)| Cell::new(size.saturating_mul(by).saturating_add(most));
        let limit = unpack::limit(size);
        Shared {
            cache: FontCache::new(),
            faces: RefCell::default(),
            inline: RefCell::default(),
            standard: RefCell::default(),
            room: Rc::new(Cell::new(MOST_KNOWN)),
            fonts: Arc::new(|query| {
                Some(match query {
                    FontQuery::Standard(font) => font.get_font_data(),
                    FontQuery::Fallback(query) => query.pick_standard_font().get_font_data(),
                })
            }),
            maps: Arc::new(|_| None),
            hidden_layers,
            limit,
            most_held: HELD.0 + size / HELD.1,
            font_bytes: Cell::new(most(FONTS).get() as u64),
            counted: RefCell::default(),
            instructions: most(INSTRUCTIONS),
            glyphs: most(GLYPHS),
        }
    }

    /// Forgets the fonts: one of them may be half read.
    pub(super) fn forget_fonts(&mut self) {
        self.cache = FontCache::new();
        self.faces = RefCell::default();
        self.inline = RefCell::default();
        self.standard = RefCell::default();
    }

    /// The font that a page calls `name`.
    pub(super) fn named_face(&self, name: &Name<'_>, resources: &Resources<'a>) -> Known<'a> {
        let id: Option<ObjectIdentifier> = resources.fonts.get_ref(name).map(Into::into);
        let known = id.and_then(|id| self.faces.try_borrow().ok()?.get(&id).cloned());
        if let Some(known) = known {
            return known;
        }
        let face = self.face(&resources.get_font(name)?);
        if let (Some(id), Ok(mut faces)) = (id, self.faces.try_borrow_mut()) {
            faces.insert(id, face.clone());
        }
        face
    }

    /// The font that `dict` describes; `None` if it cannot be read or would cost too much.
    pub(super) fn face(&self, dict: &Dict<'a>) -> Known<'a> {
        let place = dict.data().as_ptr().addr();
        if let Some(known) = self.inline.try_borrow().ok()?.get(&place) {
            return known.clone();
        }
        let font = self.afford(dict).then(|| self.cache.font(dict, &self.fonts, &self.maps)).flatten();
        let face = font.map(|font| Rc::new(Face::new(font, Rc::clone(&self.room))));
        self.inline.try_borrow_mut().ok()?.insert(place, face.clone());
        face
    }

    pub(super) fn standard(&self) -> Known<'a> {
        if let Some(known) = self.standard.try_borrow().ok()?.clone() {
            return Some(known);
        }
        let font = self.cache.standard_font(StandardFont::Helvetica, &self.fonts)?;
        let face = Rc::new(Face::new(font, Rc::clone(&self.room)));
        *self.standard.try_borrow_mut().ok()? = Some(Rc::clone(&face));
        Some(face)
    }

    pub(super) fn is_hidden(&self, layer: Option<ObjectIdentifier>) -> bool {
        layer.is_some_and(|layer| self.hidden_layers.contains(&layer))
    }

    /// Instructions and glyphs that one page may have.
    pub(super) fn most(&self) -> (usize, usize) {
        (MOST_INSTRUCTIONS.min(self.instructions.get()), MOST_GLYPHS.min(self.glyphs.get()))
    }

    /// Counts what a page had.
    pub(super) fn spend(&self, instructions: usize, glyphs: usize) {
        self.instructions.set(self.instructions.get().saturating_sub(instructions));
        self.glyphs.set(self.glyphs.get().saturating_sub(glyphs));
    }

    /// Whether the file has cost all that it may.
    pub(super) fn is_spent(&self) -> bool {
        self.instructions.get() == 0 || self.glyphs.get() == 0 || self.font_bytes.get() == 0
    }

    /// Counts a font and its files.
    fn afford(&self, dict: &Dict<'a>) -> bool {
        self.charge((FONT + dict.data().len()) as u64);
        let below =
            dict.get::<Array<'a>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'a>>().next());
        for font in [Some(dict), below.as_ref()].into_iter().flatten() {
            let descriptor = font.get::<Dict<'a>>("FontDescriptor");
            let own = ["Encoding", "CIDToGIDMap"].map(|key| font.get::<Stream<'a>>(key));
            let files = ["FontFile", "FontFile2", "FontFile3"];
            let files = files.map(|key| descriptor.as_ref().and_then(|dict| dict.get::<Stream<'a>>(key)));
            for stream in own.into_iter().chain(files).flatten() {
                self.count(&stream, 1);
            }
            if let Some(table) = font.get::<Stream<'a>>("ToUnicode") {
                self.count(&table, TABLE);
            }
        }
        self.font_bytes.get() > 0
    }

    /// Counts a stream that costs so many `times` its size, once.
    fn count(&self, stream: &Stream<'a>, times: u64) {
        let is_new = self.counted.try_borrow_mut().is_ok_and(|mut counted| counted.insert(stream.obj_id()));
        if is_new {
            self.charge(unpack::size(stream, self.limit).saturating_mul(times));
        }
    }

    fn charge(&self, bytes: u64) {
        self.font_bytes.set(self.font_bytes.get().saturating_sub(bytes));
    }
}

#[cfg(test)]
mod tests {
    use super::super::filter::deflate;
    use super::super::open::open;
    use super::*;

    /// Which of the fonts can be afforded whose tables of characters are the streams of these numbers, the first
    /// of which has number 2, and all of which have so many bytes.
    fn check(bytes: usize, fonts: &[u32], expected: &[bool]) {
        let data = deflate(&vec![b' '; bytes]);
        let mut file = b"%PDF-1.4\n1 0 obj<</Pages 9 0 R>>endobj 9 0 obj<<>>endobj\n".to_vec();
        for number in 2..5 {
            let head = format!("{number} 0 obj<</Filter/FlateDecode/Length {}>>stream\n", data.len());
            file.extend([head.as_bytes(), &data, b"\nendstream endobj\n"].concat());
        }
        for (at, table) in fonts.iter().enumerate() {
            let font = format!("<</Subtype/Type1/BaseFont/Times-Roman/ToUnicode {table} 0 R>>");
            file.extend(format!("{} 0 obj{font}endobj\n", 20 + at).into_bytes());
        }
        file.extend(b"trailer<</Root 1 0 R>>");
        let opened = open(&file, &[]).unwrap();
        let shared = Shared::new(BTreeSet::new(), 0);
        let found: Vec<bool> = (20..)
            .take(fonts.len())
            .map(|number| {
                shared.face(&opened.pdf.xref().get(ObjectIdentifier::new(number, 0)).unwrap()).is_some()
            })
            .collect();
        assert_eq!(found, expected, "{bytes} bytes, {fonts:?}");
        assert_eq!(shared.is_spent(), expected.contains(&false));
    }

    #[test]
    fn fonts_cost_what_they_are_made_of() {
        check(1000, &[2, 3, 4], &[true, true, true]);
        // A table of a megabyte costs six of eight, but once.
        check(1 << 20, &[2, 2, 2, 2], &[true, true, true, true]);
        check(1 << 20, &[2, 3, 2], &[true, false, false]);
        check(2 << 20, &[2], &[false]);
    }
}
