//! A reference to a passage or a provision, in four bytes.
//!
//! A document may have millions of passages, each with three references; as `Option<usize>` they were
//! most of what a passage takes.

/// An index of [`Structure::passages`](super::Structure::passages) or
/// [`Structure::provisions`](super::Structure::provisions), or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link(u32);

impl Link {
    pub(super) const NONE: Link = Link(u32::MAX);

    pub(super) fn get(self) -> Option<usize> {
        (self != Link::NONE).then_some(self.0 as usize)
    }
}

impl From<usize> for Link {
    /// A source has fewer than 4 GiB, and so fewer passages.
    fn from(index: usize) -> Link {
        Link(index as u32)
    }
}

impl From<Option<usize>> for Link {
    fn from(index: Option<usize>) -> Link {
        index.map_or(Link::NONE, Link::from)
    }
}
