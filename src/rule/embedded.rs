//! The rule files that are compiled into the binary.
//!
//! The build script lists every `rules/**/*.toml`; nothing is read from disk at run time.

/// Name and text of each file, sorted by name: `("rules/en/encryption.toml", "...")`.
pub(super) static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rule_files.rs"));

#[cfg(test)]
mod tests {
    use super::FILES;

    #[test]
    fn files_are_sorted_and_the_common_ones_are_there() {
        assert!(FILES.is_sorted());
        for name in ["rules/authorities.toml", "rules/recommendations.toml"] {
            assert!(FILES.iter().any(|file| file.0 == name), "{name}");
        }
    }
}
