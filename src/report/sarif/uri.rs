//! Paths as URI references.

use std::fmt::Write as _;

/// `path` as a reference: relative to the working directory as it was given, percent-encoded; an
/// absolute path becomes a `file:` URI.
pub(super) fn reference(path: &str) -> String {
    let is_drive =
        |path: &str| path.as_bytes().get(1) == Some(&b':') && path.starts_with(char::is_alphabetic);
    if path.starts_with("//") {
        format!("file:{}", encoded(path))
    } else if path.starts_with('/') {
        format!("file://{}", encoded(path))
    } else if cfg!(windows) && is_drive(path) {
        format!("file:///{}", encoded(path))
    } else {
        encoded(path)
    }
}

/// Everything but unreserved characters and `/` by its bytes: also `:`, which would end a scheme.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte.into());
            }
            // Writing to a String does not fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: &str) {
        assert_eq!(reference(path), expected);
    }

    #[test]
    fn paths_become_references() {
        check("drafts/bill.txt", "drafts/bill.txt");
        check("../a b/é#1?.txt", "../a%20b/%C3%A9%231%3F.txt");
        check("a:b%.txt", "a%3Ab%25.txt");
        check("/srv/bill.txt", "file:///srv/bill.txt");
        check("//server/bill.txt", "file://server/bill.txt");
        check("<stdin>", "%3Cstdin%3E");
    }
}
