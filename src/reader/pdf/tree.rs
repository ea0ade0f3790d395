//! The pages of a file, one after the other.
//!
//! None is kept once it was read, and a tree that names the same pages again and again, or goes round in
//! a circle, comes to an end: what it may cost is counted.

use std::collections::BTreeSet;

use hayro_font::kurbo::Affine;
#[cfg(test)]
use hayro_font::kurbo::Point;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Object, ObjectIdentifier, Rect};
use hayro_syntax::page::{A4, Resources};
use hayro_syntax::xref::XRef;

use super::open::Opened;

/// Trees in trees, at most.
const DEEPEST: usize = 64;
/// Kids that are looked at, at most.
const MOST_KIDS: usize = 60_000;
/// So many bytes of dictionaries cost as much as an instruction.
pub(super) const BYTES: usize = 2;

/// Resources, not looked at before a page needs them: many trees may name the same.
#[derive(Clone)]
enum Named<'a> {
    Object(ObjectIdentifier),
    Here(Dict<'a>),
}

/// What a page takes over from the tree that it stands in.
#[derive(Clone)]
struct Inherited<'a> {
    media: Option<Rect>,
    crop: Option<Rect>,
    rotation: Option<i32>,
    resources: Named<'a>,
}

impl<'a> Inherited<'a> {
    /// What `dict` says, and where it says nothing what is said above it.
    fn of(dict: &Dict<'a>, above: &Inherited<'a>) -> Inherited<'a> {
        Inherited {
            media: dict.get::<Rect>("MediaBox").or(above.media),
            crop: dict.get::<Rect>("CropBox").or(above.crop),
            rotation: dict.get::<i32>("Rotate").or(above.rotation),
            resources: match dict.get_ref("Resources") {
                Some(id) => Named::Object(id.into()),
                None => {
                    dict.get::<Dict<'a>>("Resources").map_or_else(|| above.resources.clone(), Named::Here)
                }
            },
        }
    }

    fn nothing() -> Inherited<'a> {
        Inherited { media: None, crop: None, rotation: None, resources: Named::Here(Dict::empty()) }
    }
}

/// A page as the file describes it.
pub(super) struct Leaf<'a> {
    pub(super) dict: Dict<'a>,
    pub(super) resources: Resources<'a>,
    /// What it costs to describe it, in instructions.
    pub(super) cost: usize,
    own: Inherited<'a>,
}

impl<'a> Leaf<'a> {
    fn new(dict: Dict<'a>, above: &Inherited<'a>, file: &mut Objects<'a>) -> Leaf<'a> {
        let own = Inherited::of(&dict, above);
        let (resources, cost) = file.resources(&own.resources);
        Leaf { resources, cost: 1 + cost / BYTES, own, dict }
    }

    fn turned(&self) -> i32 {
        self.own.rotation.unwrap_or(0).rem_euclid(360)
    }

    /// Where its visible part begins, how wide and how high it is before it is turned.
    fn shown(&self) -> (f64, f64, f64, f64) {
        let media = self.own.media.unwrap_or(A4);
        let shown = self.own.crop.unwrap_or(media).intersect(media);
        let (width, height) = (shown.width(), shown.height());
        let is_flat = width.abs() < 1e-3 || height.abs() < 1e-3;
        let (width, height) = if is_flat { (A4.width(), A4.height()) } else { (width, height) };
        (shown.x0, shown.y0, width.max(1.0), height.max(1.0))
    }

    /// How wide and high it is, in points.
    pub(super) fn dimensions(&self) -> (f64, f64) {
        let (_, _, width, height) = self.shown();
        if matches!(self.turned(), 90 | 270) { (height, width) } else { (width, height) }
    }

    /// From what its instructions call places to the places on it, y down.
    pub(super) fn transform(&self) -> Affine {
        let (left, bottom, width, height) = self.shown();
        let turn = match self.turned() {
            90 => Affine::new([0.0, 1.0, -1.0, 0.0, height, 0.0]),
            180 => Affine::new([-1.0, 0.0, 0.0, -1.0, width, height]),
            270 => Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, width]),
            _ => Affine::IDENTITY,
        };
        turn * Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, height]) * Affine::translate((-left, -bottom))
    }
}

/// The objects of a file, the resources of the last page kept: pages may share them.
struct Objects<'a> {
    xref: &'a XRef,
    last: Option<(ObjectIdentifier, Resources<'a>)>,
}

impl<'a> Objects<'a> {
    /// The resources, and how many bytes were looked at for them.
    fn resources(&mut self, named: &Named<'a>) -> (Resources<'a>, usize) {
        let id = match named {
            Named::Object(id) => *id,
            Named::Here(dict) => return described(dict),
        };
        if let Some((_, resources)) = self.last.as_ref().filter(|(last, _)| *last == id) {
            return (resources.clone(), 0);
        }
        let (resources, cost) = described(&self.xref.get::<Dict<'a>>(id).unwrap_or_default());
        self.last = Some((id, resources.clone()));
        (resources, cost)
    }
}

/// The resources that `dict` describes as far as they matter, and how many bytes that took: a table is made of
/// each dictionary, and several keys may name the same.
pub(super) fn described<'a>(dict: &Dict<'a>) -> (Resources<'a>, usize) {
    let mut known: Vec<(ObjRef, Dict<'a>)> = Vec::new();
    let mut bytes = dict.data().len();
    let mut get = |key: &str| {
        let id = dict.get_ref(key);
        let before = known.iter().find(|(known, _)| Some(*known) == id);
        if let Some((_, before)) = before {
            return before.clone();
        }
        let found = dict.get::<Dict<'a>>(key).unwrap_or_default();
        bytes += found.data().len();
        known.extend(id.map(|id| (id, found.clone())));
        found
    };
    let resources = Resources {
        fonts: get("Font"),
        x_objects: get("XObject"),
        ext_g_states: get("ExtGState"),
        properties: get("Properties"),
        color_spaces: Dict::empty(),
        patterns: Dict::empty(),
        shadings: Dict::empty(),
    };
    (resources, bytes)
}

type Kids<'a> = Box<dyn Iterator<Item = MaybeRef<Object<'a>>> + 'a>;

/// The pages that are still to come.
pub(super) struct Tree<'a> {
    file: Objects<'a>,
    open: Vec<(Kids<'a>, Inherited<'a>)>,
    seen: BTreeSet<ObjectIdentifier>,
    /// Kids that may still be looked at.
    left: usize,
    /// What is left of a file that has no tree: all its objects.
    loose: Option<Box<dyn Iterator<Item = Object<'a>> + 'a>>,
    /// Whether there was more than may be looked at.
    pub(super) is_cut: bool,
}

impl<'a> Tree<'a> {
    /// The pages of the file.
    pub(super) fn new(file: &'a Opened) -> Tree<'a> {
        let root = file.root().and_then(|root| root.get::<Dict<'a>>("Pages"));
        let mut tree = Tree {
            file: Objects { xref: file.pdf.xref(), last: None },
            open: Vec::new(),
            seen: BTreeSet::new(),
            left: MOST_KIDS,
            loose: None,
            is_cut: false,
        };
        if !root.is_some_and(|root| tree.enter(&root, &Inherited::nothing())) {
            tree.loose = Some(Box::new(file.pdf.objects().into_iter()));
        }
        tree
    }

    /// Goes on with the kids of `dict`, if it has any.
    fn enter(&mut self, dict: &Dict<'a>, above: &Inherited<'a>) -> bool {
        let Some(kids) = dict.get::<Array<'a>>("Kids") else { return false };
        if self.open.len() < DEEPEST {
            self.open.push((Box::new(kids.raw_iter()), Inherited::of(dict, above)));
        } else {
            self.is_cut = true;
        }
        true
    }

    fn resolve(&mut self, kid: MaybeRef<Object<'a>>) -> Option<Dict<'a>> {
        match kid {
            MaybeRef::Ref(id) if !self.seen.insert(id.into()) => None,
            MaybeRef::Ref(id) => self.file.xref.get::<Dict<'a>>(id.into()),
            MaybeRef::NotRef(object) => object.into_dict(),
        }
    }

    fn next_loose(&mut self) -> Option<Leaf<'a>> {
        let objects = self.loose.as_mut()?;
        let mut dicts = objects.filter_map(Object::into_dict);
        let dict = dicts.find(|dict| dict.contains_key("Contents"))?;
        Some(Leaf::new(dict, &Inherited::nothing(), &mut self.file))
    }
}

impl<'a> Iterator for Tree<'a> {
    type Item = Leaf<'a>;

    fn next(&mut self) -> Option<Leaf<'a>> {
        while let Some((kids, inherited)) = self.open.last_mut() {
            let Some(kid) = kids.next() else {
                self.open.pop();
                continue;
            };
            let inherited = inherited.clone();
            let Some(left) = self.left.checked_sub(1) else {
                self.is_cut = true;
                self.open.clear();
                return None;
            };
            self.left = left;
            let Some(dict) = self.resolve(kid) else { continue };
            let is_tree = dict.get::<Name<'_>>("Type").is_some_and(|kind| kind.as_ref() == b"Pages");
            if is_tree {
                self.enter(&dict, &inherited);
            } else {
                return Some(Leaf::new(dict, &inherited, &mut self.file));
            }
        }
        self.next_loose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::pdf::open::open;

    fn check(objects: &[&str], expected: (usize, bool)) {
        let head = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n".to_owned();
        let objects_of = (2..).zip(objects).map(|(number, object)| format!("{number} 0 obj{object}endobj\n"));
        let file = head + &objects_of.collect::<String>() + "trailer<</Root 1 0 R>>";
        let opened = open(file.as_bytes(), &[]).unwrap();
        let mut tree = Tree::new(&opened);
        let count = tree.by_ref().count();
        assert_eq!((count, tree.is_cut), expected, "{objects:.200?}");
    }

    #[test]
    fn trees_come_to_an_end() {
        check(&["<</Type/Pages/Kids[3 0 R <<>> 3 0 R 9 0 R]>>", "<</Type/Page>>"], (2, false));
        check(&["<</Type/Pages/Kids[3 0 R <<>>]>>", "<</Type/Pages/Kids[2 0 R<<>><<>>]>>"], (4, false));
        // In a circle, too deep, in trees beyond number, too many, and none at all.
        check(&["<</Type/Pages/Kids 3 0 R>>", "[<<>><</Type/Pages/Kids 3 0 R>>]"], (1, false));
        let deep = "<</Type/Pages/Kids[<<>>".repeat(70) + &"]>>".repeat(70);
        check(&[&deep], (64, true));
        let many = format!("[{}]", "<</Type/Pages/Kids 4 0 R>>".repeat(1000));
        let pages = format!("[{}]", "<<>>".repeat(1000));
        check(&["<</Type/Pages/Kids 3 0 R>>", &many, &pages], (59_940, true));
        check(&["<</Type/Pages>>", "<</Contents 5 0 R>>", "<</Other 5 0 R>>"], (1, false));
    }

    #[test]
    fn pages_are_turned_and_cut() {
        for (page, at, expected) in [
            ("/MediaBox[0 0 600 800]", (100.0, 100.0), (100.0, 700.0)),
            ("/MediaBox[10 20 610 820]", (110.0, 120.0), (100.0, 700.0)),
            ("/MediaBox[0 0 600 800]/CropBox[50 50 550 700]", (100.0, 100.0), (50.0, 600.0)),
            ("/MediaBox[0 0 600 800]/Rotate 90", (100.0, 100.0), (100.0, 100.0)),
            ("/MediaBox[0 0 600 800]/Rotate -180", (100.0, 100.0), (500.0, 100.0)),
            ("/MediaBox[0 0 600 800]/Rotate 270", (100.0, 100.0), (700.0, 500.0)),
        ] {
            let file = format!(
                "%PDF-1.4\n1 0 obj<</Pages 2 0 R>>endobj 2 0 obj<</Kids[<<{page}>>]>>endobj trailer<</Root 1 0 R>>"
            );
            let opened = open(file.as_bytes(), &[]).unwrap();
            let leaf = Tree::new(&opened).next().unwrap();
            let found = leaf.transform() * Point::new(at.0, at.1);
            assert_eq!((found.x.round(), found.y.round()), expected, "{page}");
        }
    }
}
