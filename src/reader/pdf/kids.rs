//! How many pages a PDF says that it has, counted before anything is parsed.
//!
//! A page tree may name one page a million times. The parser makes something of each before a limit of
//! ours is asked, so the names in `/Kids` arrays are counted in the bytes. Those that stand in packed
//! object streams are not seen; what these unpack to is limited elsewhere (`unpack`).

use memchr::memmem;

/// So many pages any file may name.
const SMALL: usize = 20_000;
/// Beyond [`SMALL`], one page for so many bytes of the file. A page with text takes several hundred.
const BYTES: usize = 100;

/// Whether the file names more pages than its size can hold.
pub(super) fn are_too_many(bytes: &[u8]) -> bool {
    let most = SMALL + bytes.len() / BYTES;
    let arrays = memmem::find_iter(bytes, b"/Kids").filter_map(|at| {
        let rest = bytes.get(at + b"/Kids".len()..)?.trim_ascii_start().strip_prefix(b"[")?;
        let end = memchr::memchr(b']', rest).unwrap_or(rest.len());
        rest.get(..end)
    });
    let mut named = 0;
    for array in arrays {
        named += memchr::memchr_iter(b'R', array).count();
        if named > most {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_pages_are_counted() {
        let check = |pages: usize, padding: usize, expected: bool| {
            let mut bytes = b"%PDF-1.4\n1 0 obj << /Type /Pages /Kids [".to_vec();
            bytes.extend_from_slice(&b"3 0 R ".repeat(pages));
            bytes.extend_from_slice(b"] >> endobj\n");
            bytes.resize(bytes.len() + padding, b' ');
            assert_eq!(are_too_many(&bytes), expected, "{pages} pages and {padding} bytes");
        };
        check(100, 0, false);
        check(20_000, 0, false);
        check(500_000, 0, true);
        check(30_000, 1_000_000, false);
    }
}
