//! Short lists of numbers as bytes, where they stand: those of the built-in rules are read in the binary,
//! and of hundreds of thousands only what a document asks for.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Lists of numbers, one after the other.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Table {
    /// Where each list ends, in numbers.
    #[serde(borrow)]
    ends: Cow<'static, [u8]>,
    #[serde(borrow)]
    items: Cow<'static, [u8]>,
}

/// A number in a table.
type Bytes = [u8; size_of::<u32>()];

impl FromIterator<Vec<u32>> for Table {
    fn from_iter<I: IntoIterator<Item = Vec<u32>>>(lists: I) -> Table {
        let (mut ends, mut items) = (Vec::new(), Vec::new());
        let mut end = 0_u32;
        for list in lists {
            end += list.len() as u32;
            ends.extend(end.to_le_bytes());
            items.extend(list.iter().flat_map(|number| number.to_le_bytes()));
        }
        Table { ends: ends.into(), items: items.into() }
    }
}

impl Table {
    /// The list at `index`; empty beyond the last.
    pub(super) fn at(&self, index: usize) -> impl ExactSizeIterator<Item = u32> + Clone + '_ {
        let ends = numbers(&self.ends);
        let end_of = |index: usize| ends.get(index).map(|bytes| u32::from_le_bytes(*bytes) as usize);
        let start = index.checked_sub(1).map_or(Some(0), end_of);
        let range = start.zip(end_of(index));
        let list = range.and_then(|(start, end)| numbers(&self.items).get(start..end)).unwrap_or_default();
        list.iter().map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// How many lists there are.
    pub(super) fn count(&self) -> usize {
        numbers(&self.ends).len()
    }
}

fn numbers(bytes: &[u8]) -> &[Bytes] {
    bytes.as_chunks().0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(table: &Table, expected: &[&[u32]]) {
        let found: Vec<Vec<u32>> = (0..table.count()).map(|index| table.at(index).collect()).collect();
        assert_eq!(found, expected);
        assert_eq!(table.at(table.count()).len(), 0);
    }

    #[test]
    fn lists_are_kept_apart() {
        check(&Table::default(), &[]);
        let table = Table::from_iter([vec![], vec![70_000, 1], vec![], vec![2]]);
        check(&table, &[&[], &[70_000, 1], &[], &[2]]);
        let bytes: &'static [u8] = postcard::to_allocvec(&table).unwrap().leak();
        let read: Table = postcard::from_bytes(bytes).unwrap();
        assert!(matches!(read.items, Cow::Borrowed(_)));
        check(&read, &[&[], &[70_000, 1], &[], &[2]]);
    }
}
