//! YAML front matter: what stands between `---` lines at the top of a Markdown file.
//!
//! Only the title is taken from it. A YAML reader would be a large dependency for one line.

/// The front matter of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FrontMatter {
    /// The title that it gives.
    pub(super) title: Option<String>,
    /// Bytes that it takes, the closing line included.
    pub(super) length: usize,
}

/// The keys whose value is a title, the best first.
const TITLES: [&str; 3] = ["title", "short-title", "legal-title"];

/// The front matter that `source` opens with; empty if there is none.
pub(super) fn front_matter(source: &str) -> FrontMatter {
    let mut lines = source.split_inclusive('\n');
    let Some(first) = lines.next() else { return FrontMatter::default() };
    if first.trim_end() != "---" {
        return FrontMatter::default();
    }
    let mut length = first.len();
    let mut titles: [Option<String>; TITLES.len()] = [const { None }; TITLES.len()];
    let mut fields = 0;
    for line in lines {
        length += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            let title = if fields > 0 { titles.into_iter().flatten().next() } else { None };
            return if fields > 0 { FrontMatter { title, length } } else { FrontMatter::default() };
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        fields += 1;
        if let Some(slot) =
            TITLES.iter().zip(&mut titles).find(|(title, _)| **title == key).map(|(_, slot)| slot)
        {
            *slot = slot.take().or_else(|| unquote(value));
        }
    }
    FrontMatter::default()
}

fn unquote(value: &str) -> Option<String> {
    let value = value.trim();
    let inner = |mark: char| value.strip_prefix(mark).and_then(|value| value.strip_suffix(mark));
    let value = match (inner('"'), inner('\'')) {
        (Some(inner), _) => inner.replace("\\\"", "\""),
        (_, Some(inner)) => inner.replace("''", "'"),
        _ => value.to_owned(),
    };
    Some(value).filter(|value| !value.is_empty() && value != "null" && value != "~")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, title: Option<&str>, rest: &str) {
        let found = front_matter(source);
        assert_eq!((found.title.as_deref(), source.get(found.length..)), (title, Some(rest)), "{source:?}");
    }

    #[test]
    fn titles_and_lengths() {
        check("---\ntitle: \"Keys \\\"Act\\\"\"\nid: 1\n---\n# x", Some("Keys \"Act\""), "# x");
        check("---\r\nlegal-title: 'a ''b'''\r\ntoc:\r\n- title: no\r\n---\r\n", Some("a 'b'"), "");
        check("---\nshort-title: B\ntitle: A\n...\nx", Some("A"), "x");
        check("---\ntitle: null\n---\nx", None, "x");
        check("---\nThe Act.\n\n---\nx", None, "---\nThe Act.\n\n---\nx");
        check("---\ntitle: open", None, "---\ntitle: open");
        check("", None, "");
    }
}
