//! Many short lists of numbers in two long ones, which can grow: little to read and to free.

use serde::{Deserialize, Serialize};

use super::numbers;

/// Lists of numbers, one after the other.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Lists {
    /// Where each list ends.
    #[serde(with = "numbers")]
    ends: Vec<u32>,
    #[serde(with = "numbers")]
    items: Vec<u32>,
}

impl Lists {
    /// The lists that pairs of a list below `count` and an item make, which are ascending.
    pub fn of_pairs(pairs: &[(u32, u32)], count: usize) -> Lists {
        let mut ends = vec![0; count];
        for (list, _) in pairs {
            ends.get_mut(*list as usize).into_iter().for_each(|length| *length += 1);
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        Lists { ends, items: pairs.iter().map(|pair| pair.1).collect() }
    }

    /// Adds a list.
    pub(super) fn push(&mut self, list: &[u32]) {
        self.items.extend_from_slice(list);
        self.ends.push(self.items.len() as u32);
    }

    /// The list at `index`; empty beyond the last.
    pub fn at(&self, index: usize) -> &[u32] {
        let end_of = |index: usize| self.ends.get(index).map(|&at| at as usize);
        let start = index.checked_sub(1).map_or(Some(0), end_of);
        let range = start.zip(end_of(index));
        range.and_then(|(start, end)| self.items.get(start..end)).unwrap_or_default()
    }

    /// How many lists there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }
}

#[cfg(test)]
mod tests {
    use super::Lists;

    fn check(lists: &Lists, expected: &[&[u32]]) {
        let found: Vec<&[u32]> = (0..lists.count()).map(|index| lists.at(index)).collect();
        assert_eq!(found, expected);
        assert!(lists.at(lists.count()).is_empty());
    }

    #[test]
    fn lists_are_kept_apart() {
        let mut lists = Lists::default();
        check(&lists, &[]);
        lists.push(&[]);
        lists.push(&[70_000, 1]);
        check(&lists, &[&[], &[70_000, 1]]);
        let bytes = postcard::to_allocvec(&lists).unwrap();
        check(&postcard::from_bytes(&bytes).unwrap(), &[&[], &[70_000, 1]]);
        check(&Lists::of_pairs(&[(1, 5), (1, 6), (3, 0)], 5), &[&[], &[5, 6], &[], &[0], &[]]);
    }
}
