//! Parts of the built-in rules that stay bytes until somebody asks for them: of thousands of phrases a
//! document needs some tens, and of most rules nobody wants the examples.

use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

/// A value, or the bytes that it is read from when it is first looked at.
pub struct Kept<T> {
    value: OnceLock<T>,
    /// What [`Kept`] wrote; empty where the value is there from the start.
    bytes: &'static [u8],
}

impl<T> From<T> for Kept<T> {
    fn from(value: T) -> Kept<T> {
        Kept { value: OnceLock::from(value), bytes: &[] }
    }
}

impl<T: Default> Default for Kept<T> {
    fn default() -> Kept<T> {
        Kept::from(T::default())
    }
}

impl<T: DeserializeOwned + Default> Deref for Kept<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // The bytes are those of the binary. Were they wrong, the default is better than a panic.
        self.value.get_or_init(|| postcard::from_bytes(self.bytes).unwrap_or_default())
    }
}

impl<T: Clone> Clone for Kept<T> {
    fn clone(&self) -> Kept<T> {
        Kept { value: self.value.clone(), bytes: self.bytes }
    }
}

impl<T: fmt::Debug + DeserializeOwned + Default> fmt::Debug for Kept<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Serialize + DeserializeOwned + Default> Serialize for Kept<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = postcard::to_allocvec(&**self).map_err(ser::Error::custom)?;
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Kept<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Kept<T>, D::Error> {
        let bytes = <&'static [u8]>::deserialize(deserializer)?;
        Ok(Kept { value: OnceLock::new(), bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_when_it_is_looked_at() {
        let kept = Kept::from(vec![3_u32, 1]);
        let bytes: &'static [u8] = postcard::to_allocvec(&kept).unwrap().leak();
        let read: Kept<Vec<u32>> = postcard::from_bytes(bytes).unwrap();
        assert!(read.value.get().is_none());
        let copy = read.clone();
        assert_eq!((&*read, &*copy), (&vec![3, 1], &vec![3, 1]));
        assert_eq!(format!("{read:?}"), "[3, 1]");
        assert!(Kept::<Vec<u32>> { value: OnceLock::new(), bytes: &[1] }.is_empty());
    }
}
