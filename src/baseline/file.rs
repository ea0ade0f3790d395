//! The file of a baseline: JSON with one finding on a line, sorted, so that a review shows what changed.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{Baseline, KnownDocument, KnownFinding};
use crate::finding::FINGERPRINTS;

const SCHEMA: &str = "urn:rightslint:baseline:1";
/// The version of the file that is written, and the highest that is read.
const VERSION: u32 = 1;

/// What says how to read the rest.
#[derive(Deserialize)]
struct Header {
    version: u32,
}

#[derive(Deserialize)]
struct File {
    fingerprints: u32,
    documents: Vec<DocumentEntry>,
}

#[derive(Deserialize)]
struct DocumentEntry {
    path: String,
    #[serde(default)]
    digest: String,
    findings: Vec<FindingEntry>,
}

#[derive(Serialize, Deserialize)]
struct FindingEntry {
    rule: String,
    fingerprint: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    provision: Option<String>,
    #[serde(default)]
    words: String,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: usize,
}

fn one() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_one(count: &usize) -> bool {
    *count == 1
}

impl Baseline {
    /// Reads the text of a baseline file.
    ///
    /// Errors, one line in lower case: it is no baseline, or one of a newer version.
    pub fn parse(text: &str) -> Result<Baseline, String> {
        let broken = |error: serde_json::Error| format!("not a baseline: {error}");
        let text = text.trim_start_matches('\u{feff}');
        let Header { version } = serde_json::from_str(text).map_err(broken)?;
        if version > VERSION {
            return Err(format!(
                "a baseline of version {version}; this rightslint reads up to version {VERSION}"
            ));
        }
        let file: File = serde_json::from_str(text).map_err(broken)?;
        if file.fingerprints != FINGERPRINTS {
            let theirs = file.fingerprints;
            return Err(format!(
                "its fingerprints are of version {theirs}, those of this rightslint of version {FINGERPRINTS}; create it anew"
            ));
        }
        let mut documents: Vec<KnownDocument> = file.documents.into_iter().map(KnownDocument::from).collect();
        documents.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Baseline { documents })
    }

    /// The text of its file: the same findings give the same bytes.
    pub fn to_json(&self) -> String {
        let mut out = format!(
            "{{\n  \"schema\": \"{SCHEMA}\",\n  \"version\": {VERSION},\n  \"fingerprints\": {FINGERPRINTS},\n  \"documents\": ["
        );
        for (at, document) in self.documents.iter().enumerate() {
            out.push_str(if at == 0 { "\n" } else { ",\n" });
            let (path, digest) = (quoted(&document.path), quoted(&document.digest));
            let _ = write!(out, "    {{\n      \"path\": {path},\n      \"digest\": {digest},\n");
            out.push_str("      \"findings\": [\n");
            let lines = document.findings.iter().map(|finding| format!("        {}", line(finding)));
            out.push_str(&lines.collect::<Vec<_>>().join(",\n"));
            out.push_str("\n      ]\n    }");
        }
        out.push_str(if self.documents.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
        out
    }
}

impl From<DocumentEntry> for KnownDocument {
    fn from(entry: DocumentEntry) -> KnownDocument {
        let known = |entry: FindingEntry| {
            let FindingEntry { rule, fingerprint, provision, words, count } = entry;
            KnownFinding { rule, fingerprint, provision, words, count }
        };
        let findings = entry.findings.into_iter().map(known).collect();
        KnownDocument { path: entry.path, digest: entry.digest, findings }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn line(known: &KnownFinding) -> String {
    let KnownFinding { rule, fingerprint, provision, words, count } = known.clone();
    let entry = FindingEntry { rule, fingerprint, provision, words, count };
    serde_json::to_string(&entry).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, error: &str) {
        assert_eq!(Baseline::parse(text).map(|_| ()), Err(error.to_owned()), "{text}");
    }

    #[test]
    fn a_wrong_file_says_what_is_wrong() {
        check("", "not a baseline: EOF while parsing a value at line 1 column 0");
        check("{\"version\": 1", "not a baseline: EOF while parsing an object at line 1 column 13");
        check(
            "[]",
            "not a baseline: invalid length 0, expected struct Header with 1 element at line 1 column 2",
        );
        check(
            "{\"version\": 2, \"findings\": {}}",
            "a baseline of version 2; this rightslint reads up to version 1",
        );
        check(
            "{\"version\": 1, \"fingerprints\": 1, \"documents\": []}",
            "its fingerprints are of version 1, those of this rightslint of version 2; create it anew",
        );
        check(
            "{\"version\": 1, \"fingerprints\": 2}",
            "not a baseline: missing field `documents` at line 1 column 33",
        );
    }

    #[test]
    fn what_is_written_is_read() {
        let known = |words: &str, provision: Option<&str>, count| KnownFinding {
            rule: "a-rule".to_owned(),
            fingerprint: "00112233445566aa".to_owned(),
            provision: provision.map(str::to_owned),
            words: words.to_owned(),
            count,
        };
        let document = |path: &str, findings| KnownDocument {
            path: path.to_owned(),
            digest: "0011".to_owned(),
            findings,
        };
        let baseline = Baseline {
            documents: vec![
                document("a \"b\".txt", vec![known("§ é 😀", Some("s. 1"), 1), known("x", None, 3)]),
                document("b.txt", vec![known("y", None, 1)]),
            ],
        };
        let text = baseline.to_json();
        let line = r#"        {"rule":"a-rule","fingerprint":"00112233445566aa","provision":"s. 1","words":"§ é 😀"},"#;
        assert!(text.lines().any(|found| found == line), "{text}");
        assert_eq!(Baseline::parse(&text), Ok(baseline));
        assert_eq!(Baseline::parse(&Baseline::default().to_json()), Ok(Baseline::default()));
    }
}
