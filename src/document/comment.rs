//! Comments of a source that are addressed to this program: `rightslint: allow(...) -- reason`.
//!
//! A reader leaves comments out of the text. Those that begin with the program's name are noted on the
//! way, with their place in the source; what they say is read elsewhere.

use super::{Document, Line, Location};
use crate::text::Span;

/// What a comment begins with that is meant for this program.
const NAME: &str = "rightslint:";
/// What may stand before it on a line of plain text.
const MARKS: [&str; 4] = ["//", "#", ";", "%"];
/// The longest comment that is read, in bytes: one that is never closed is not looked for to the end.
const LONGEST: usize = 2000;

/// A comment that is addressed to this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The whole comment, its marks included: bytes of [`Document::source`].
    pub span: Span,
    /// What follows the program's name, without white space at its ends: bytes of the source.
    pub words: Span,
}

impl Comment {
    /// The comment `<!-- rightslint: ... -->` that `source` has at `at`, if it has one there.
    pub fn of_markup(source: &str, at: u32) -> Option<Comment> {
        let rest = source.get(at as usize..)?;
        let inside = rest.strip_prefix("<!--")?;
        if !inside.trim_start().starts_with(NAME) {
            return None;
        }
        let near = inside.get(..inside.floor_char_boundary(LONGEST))?;
        let close = near.find("-->")?;
        let words = near.get(..close)?;
        let start = at as usize + "<!--".len();
        Comment::new(Span::from(at as usize..start + close + "-->".len()), words, start)
    }

    /// The comment that a line of plain text is, alone or after `#`, `//`, `;` or `%`.
    pub fn of_line(source: &str, line: Line) -> Option<Comment> {
        let text = line.of(source);
        let bare = MARKS.iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text);
        if !bare.trim_start().starts_with(NAME) {
            return None;
        }
        Comment::new(line.span, bare, line.span.end as usize - bare.len())
    }

    /// The comment at `span` whose inside is `inside`, which begins at `start`.
    fn new(span: Span, inside: &str, start: usize) -> Option<Comment> {
        let at = inside.find(NAME)? + NAME.len();
        let after = inside.get(at..)?;
        let words = after.trim();
        let from = start + at + (after.len() - after.trim_start().len());
        Some(Comment { span, words: Span::from(from..from + words.len()) })
    }
}

/// Takes the comments out of `lines`: they are no text. What follows stands as far from what is before
/// as the comment stood from the nearer of both.
pub fn take_comments(source: &str, lines: &mut Vec<Line>) -> Vec<Comment> {
    let mut comments = Vec::new();
    if memchr::memmem::find(source.as_bytes(), NAME.as_bytes()).is_none() {
        return comments;
    }
    let mut before: Option<(u16, bool)> = None;
    lines.retain_mut(|line| {
        let (gap, page) = before.take().unwrap_or((0, false));
        (line.gap, line.page) = (line.gap.max(gap), line.page || page);
        let Some(comment) = Comment::of_line(source, *line) else { return true };
        comments.push(comment);
        before = Some((line.gap, line.page));
        false
    });
    comments
}

impl Document {
    /// The comments of the source that are addressed to this program, ascending.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// For each comment, the byte of the text at which the text goes on after it; the text's end where
    /// none follows.
    pub fn text_after_comments(&self) -> Vec<u32> {
        let ends = self.comments.iter().map(|comment| comment.span.end);
        self.map.texts_after(ends).map(|at| at.unwrap_or(self.text.len() as u32)).collect()
    }

    /// Where bytes of the source stand in the file.
    pub fn locate_source(&self, span: Span) -> Location {
        Location { segments: vec![(self.position(span.start), self.position(span.end))], place: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::lines;

    fn words(source: &str, found: Option<Comment>) -> Option<(&str, &str)> {
        found.map(|comment| (comment.span.of(source), comment.words.of(source)))
    }

    #[test]
    fn comments_of_markup() {
        let check = |source: &str, expected: Option<&str>| {
            let found = words(source, Comment::of_markup(source, 0));
            assert_eq!(found.map(|found| found.1), expected, "{source:?}");
        };
        check("<!-- rightslint: allow(a) -->x", Some("allow(a)"));
        check("<!--rightslint:\n allow(a)\n-- why -->", Some("allow(a)\n-- why"));
        check("<!-- rightslint: -->", Some(""));
        check("<!-- rightslint is fine -->", None);
        check("<!-- a rightslint: b -->", None);
        check("<!-- rightslint: open", None);
        check(&format!("<!-- rightslint: {} -->", "é".repeat(LONGEST)), None);
        check("<p>", None);
    }

    #[test]
    fn comments_of_plain_text() {
        let check = |source: &str, text: &[(&str, u16)], comments: &[&str]| {
            let mut found = lines(source);
            let taken = take_comments(source, &mut found);
            let taken: Vec<&str> = taken.iter().map(|comment| comment.words.of(source)).collect();
            let kept: Vec<(&str, u16)> = found.iter().map(|line| (line.of(source), line.gap)).collect();
            assert_eq!((kept.as_slice(), taken.as_slice()), (text, comments), "{source:?}");
        };
        check("a\nrightslint: x\nb", &[("a", 0), ("b", 0)], &["x"]);
        check("a\n\n# rightslint: x\n//rightslint:  y \n\nb", &[("a", 0), ("b", 1)], &["x", "y"]);
        check("a\n\n\n; rightslint: x\nb\nc", &[("a", 0), ("b", 2), ("c", 0)], &["x"]);
        check("a rightslint: x", &[("a rightslint: x", 0)], &[]);
        check("% rightslint:", &[], &[""]);
    }
}
