//! Settings as a configuration file would choose them.

use std::fmt::Write as _;

use super::{Selector, Settings};
use crate::reader::TrackedChanges;
use crate::rule::Confidence;

/// Stands beside a severity that is set for the rule's topic.
const BY_TOPIC: &str = "  # by its topic: an error needs high confidence, what is unsure is a note";

impl Settings {
    /// The settings as the text of a configuration file, severities rule by rule.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        let names = |selectors: &[Selector]| selectors.iter().map(Selector::name).collect::<Vec<_>>();
        let mut line = |key: &str, value: String| {
            let _ = writeln!(text, "{key} = {value}");
        };
        if !self.selection.select.is_empty() {
            line("select", list(&names(&self.selection.select)));
        }
        line("ignore", list(&names(&self.selection.ignore)));
        line("min-confidence", quoted(confidence(self.selection.min_confidence)));
        let fail_on = serde_json::to_string(&self.fail_on).unwrap_or_default();
        line("fail-on", fail_on);
        if let Some(language) = &self.language {
            line("language", quoted(language));
        }
        let changes = match self.read.changes {
            TrackedChanges::Accepted => "accepted",
            TrackedChanges::Original => "original",
        };
        line("changes", quoted(changes));
        line("furniture", quoted(if self.read.keep_furniture { "keep" } else { "omit" }));
        line("max-file-size", (self.max_file_size >> 20).to_string());
        line("strengths", self.strengths.to_string());
        let by_topic = self.levels.of_topic.iter().map(|(rule, set)| (rule, set.name(), BY_TOPIC));
        let by_id = self.levels.of_rule.iter().map(|(rule, set)| (rule, set.name(), ""));
        let set = by_topic.chain(by_id).filter(|(rule, ..)| !self.levels.off.contains(*rule));
        let mut levels: Vec<_> = set.chain(self.levels.off.iter().map(|rule| (rule, "off", ""))).collect();
        levels.sort_unstable();
        if !levels.is_empty() {
            text.push_str("\n[severity]\n");
        }
        for (rule, level, note) in levels {
            let _ = writeln!(text, "{rule} = {}{note}", quoted(level));
        }
        text
    }
}

fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    format!("[{}]", names.join(", "))
}

/// A TOML string: JSON's escapes are among its own.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn confidence(level: Confidence) -> &'static str {
    match level {
        Confidence::Low => "low",
        Confidence::Medium => "medium",
        Confidence::High => "high",
    }
}
