//! What the pages of one file share: fonts, layers, and what all of them together may cost.
//!
//! Pages may show the same contents again and again; what they cost is counted over the whole file.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::sync::Arc;

use hayro_font::{CMapResolverFn, Font, FontCache, FontQuery, FontResolverFn, StandardFont};
use hayro_syntax::object::{Array, Dict, ObjectIdentifier, Stream};

use super::unpack;

/// Instructions of one page, at most.
const MOST_INSTRUCTIONS: usize = 4_000_000;
/// Glyphs of one page, at most.
const MOST_GLYPHS: usize = 60_000;
/// Instructions of one file, and those for each byte of it.
const INSTRUCTIONS: (usize, usize) = (20_000_000, 8);
/// Glyphs of one file, and those for each byte of it.
const GLYPHS: (usize, usize) = (2_000_000, 8);

/// What the pages of one file share.
pub(super) struct Shared<'a> {
    cache: FontCache<'a>,
    fonts: FontResolverFn,
    maps: CMapResolverFn,
    /// Layers that are switched off.
    hidden_layers: BTreeSet<ObjectIdentifier>,
    /// How many bytes one stream may unpack to.
    pub(super) limit: u64,
    /// How many bytes the fonts that are still to come may unpack to.
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
            fonts: Arc::new(|query| {
                Some(match query {
                    FontQuery::Standard(font) => font.get_font_data(),
                    FontQuery::Fallback(query) => query.pick_standard_font().get_font_data(),
                })
            }),
            maps: Arc::new(|_| None),
            hidden_layers,
            limit,
            font_bytes: Cell::new(limit),
            counted: RefCell::default(),
            instructions: most(INSTRUCTIONS),
            glyphs: most(GLYPHS),
        }
    }

    /// Forgets the fonts: one of them may be half read.
    pub(super) fn forget_fonts(&mut self) {
        self.cache = FontCache::new();
    }

    /// The font that `dict` describes; `None` if it cannot be read or would cost too much.
    pub(super) fn font(&self, dict: &Dict<'a>) -> Option<Font<'a>> {
        self.afford(dict).then(|| self.cache.font(dict, &self.fonts, &self.maps)).flatten()
    }

    pub(super) fn standard(&self) -> Option<Font<'a>> {
        self.cache.standard_font(StandardFont::Helvetica, &self.fonts)
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

    /// Counts the files of a font.
    fn afford(&self, dict: &Dict<'a>) -> bool {
        let below =
            dict.get::<Array<'a>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'a>>().next());
        for font in [Some(dict), below.as_ref()].into_iter().flatten() {
            let descriptor = font.get::<Dict<'a>>("FontDescriptor");
            let own = ["ToUnicode", "Encoding", "CIDToGIDMap"].map(|key| font.get::<Stream<'a>>(key));
            let files = ["FontFile", "FontFile2", "FontFile3"];
            let files = files.map(|key| descriptor.as_ref().and_then(|dict| dict.get::<Stream<'a>>(key)));
            for stream in own.into_iter().chain(files).flatten() {
                self.count(&stream);
            }
        }
        self.font_bytes.get() > 0
    }

    fn count(&self, stream: &Stream<'a>) {
        let is_new = self.counted.try_borrow_mut().is_ok_and(|mut counted| counted.insert(stream.obj_id()));
        if is_new {
            let bytes = unpack::size(stream, self.limit);
            self.font_bytes.set(self.font_bytes.get().saturating_sub(bytes));
        }
    }
}
