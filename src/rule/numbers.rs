//! Long lists of numbers as bytes, for the form in which the built-in rules are kept: read in one go,
//! where number by number would cost more than all the rest.

use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer, Serializer};

pub(super) fn serialize<S: Serializer>(numbers: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    serializer.serialize_bytes(&bytes)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
    let bytes = <&[u8]>::deserialize(deserializer)?;
    match bytes.as_chunks::<4>() {
        (numbers, []) => Ok(numbers.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect()),
        (_, rest) => Err(D::Error::invalid_length(rest.len(), &"a multiple of four bytes")),
    }
}

/// Lists of pairs.
pub(super) mod pairs {
    use serde::{Deserializer, Serializer};

    pub(in crate::rule) fn serialize<S: Serializer>(
        pairs: &[(u32, u32)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let numbers: Vec<u32> = pairs.iter().flat_map(|pair| [pair.0, pair.1]).collect();
        super::serialize(&numbers, serializer)
    }

    pub(in crate::rule) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<(u32, u32)>, D::Error> {
        let numbers = super::deserialize(deserializer)?;
        Ok(numbers.as_chunks::<2>().0.iter().map(|[first, second]| (*first, *second)).collect())
    }
}
