//! Globs over paths, as in a `.gitignore` file: `drafts/**`, `*.bill`, `archive/`.
//!
//! One without a slash matches names at any depth; one with a slash starts at the folder of the file
//! that it is written in. One that matches a folder matches all that is in it.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// A list of globs; later ones win, and `!` takes a path out again.
#[derive(Clone, Debug)]
pub struct Globs(Gitignore);

impl Default for Globs {
    fn default() -> Globs {
        Globs(Gitignore::empty())
    }
}

impl Globs {
    /// Compiles `globs`. Errors name the first that cannot be read, by its index, and say why.
    pub fn new<'g, N: Iterator<Item = &'g str>>(globs: N) -> Result<Globs, (usize, String)> {
        let mut builder = GitignoreBuilder::new("");
        for (index, glob) in globs.enumerate() {
            if glob.trim().is_empty() {
                return Err((index, "it is empty".to_owned()));
            }
            builder.add_line(None, glob).map_err(|error| (index, reason(&error)))?;
        }
        builder.build().map(Globs).map_err(|error| (0, reason(&error)))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `path`, relative to the folder of the globs and without `..`, is matched, itself or with a
    /// folder that it stands in.
    pub fn matches(&self, path: &Path) -> bool {
        !path.has_root() && self.0.matched_path_or_any_parents(path, false).is_ignore()
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the other errors say it well themselves")]
fn reason(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let check = |globs: &[&str], path: &str, expected: bool| {
            let globs = Globs::new(globs.iter().copied()).unwrap();
            assert_eq!(globs.matches(Path::new(path)), expected, "{globs:?} {path}");
        };
        check(&["*.bill"], "a/b/x.bill", true);
        check(&["*.bill"], "x.txt", false);
        check(&["drafts/**"], "drafts/a/x.txt", true);
        check(&["drafts/**"], "old/drafts/x.txt", false);
        check(&["drafts/"], "old/drafts/x.txt", true);
        check(&["/drafts"], "old/drafts/x.txt", false);
        check(&["a/x.txt"], "a/x.txt", true);
        check(&["*.txt", "!keep.txt"], "a/keep.txt", false);
        check(&[], "a", false);
        check(&["*"], "/a", false);
    }

    #[test]
    fn what_cannot_be_read() {
        for (globs, expected) in [(["a", "b{", "c"], 1), ([" ", "a", "b"], 0), (["a", "b", "{x"], 2)] {
            assert_eq!(Globs::new(globs.into_iter()).err().map(|error| error.0), Some(expected), "{globs:?}");
        }
    }
}
