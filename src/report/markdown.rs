//! The report for pull requests, job summaries and letters: Markdown.
//!
//! What a bill says stands in code, where no mark-up, link or mention is read; what rules say has its
//! marks taken away.

use std::io::{self, Write};

use super::{View, escape, printed, unseen};
use crate::config::find_rule;
use crate::finding::Finding;
use crate::lint::{Run, Status};
use crate::rule::{Confidence, RuleSet};

pub(super) fn write(run: &Run, rules: &RuleSet, view: View, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# rightslint\n\n{}", summary(run))?;
    for document in run.documents.iter().filter(|document| document.status != Status::Skipped) {
        writeln!(out, "\n## {}", code(&document.path))?;
        let shown: Vec<&Finding> = document.findings.iter().filter(|finding| view.shows(finding)).collect();
        for finding in &shown {
            write_finding(finding, rules, out)?;
        }
        if shown.is_empty() && document.status.is_checked() {
            writeln!(out, "\nNothing found.")?;
        }
    }
    if !run.failures.is_empty() {
        writeln!(out, "\n## Not read\n")?;
        for failure in &run.failures {
            writeln!(out, "* {}: {}", code(&failure.path), plain(&failure.error))?;
        }
    }
    for (index, entry) in unseen(run).enumerate() {
        if index == 0 {
            writeln!(out, "\n## Not checked\n")?;
        }
        let named = entry.path.iter().chain(&entry.rule).map(|name| code(name));
        let named: Vec<String> = named.collect();
        writeln!(out, "* {}: {}", named.join(", "), plain(&entry.reason))?;
    }
    Ok(())
}

/// `2 errors, 5 warnings, 1 note in 2 documents; 1 suppressed`
fn summary(run: &Run) -> String {
    let counts = run.counts();
    let count = |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
    let mut summary = format!(
        "{}, {}, {} in {}",
        count(counts.errors, "error"),
        count(counts.warnings, "warning"),
        count(counts.notes, "note"),
        count(counts.documents, "document"),
    );
    for (number, what) in
        [(counts.failures, "not read"), (counts.suppressed, "suppressed"), (counts.known, "in the baseline")]
    {
        if number > 0 {
            summary = format!("{summary}; {number} {what}");
        }
    }
    summary + "."
}

fn write_finding(finding: &Finding, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    let severity = finding.severity.name();
    let provision = finding.provision.as_deref().map(|cited| format!(" in {}", code(cited)));
    writeln!(out, "\n### {severity}: {}{}\n", code(&finding.rule), provision.unwrap_or_default())?;
    let confidence = match finding.confidence {
        Confidence::High => "",
        Confidence::Medium => " (medium confidence)",
        Confidence::Low => " (low confidence)",
    };
    let place = match (finding.location.hull(), &finding.location.place) {
        (Some((start, _)), _) => format!("Line {}, column {}: ", start.line, start.column),
        (None, Some(place)) => format!("{}: ", code(&printed(place))),
        (None, None) => String::new(),
    };
    writeln!(out, "{place}{}{confidence}.\n", plain(&finding.message))?;
    writeln!(out, "> {}", code(&finding.text))?;
    let Some(rule) = find_rule(rules, &finding.rule) else { return Ok(()) };
    for (name, text) in [("Why", &rule.why), ("Write instead", &rule.help)] {
        if !text.trim().is_empty() {
            writeln!(out, "\n**{name}:** {}", plain(text.trim()))?;
        }
    }
    let title = |number: &u8| {
        let known = rules.recommendations.iter().find(|known| known.number == *number);
        known.map_or_else(|| format!("R{number}"), |known| format!("R{number} {}", plain(&known.title)))
    };
    let cited: Vec<String> = rule.recommendations.iter().map(title).collect();
    if cited.is_empty() { Ok(()) } else { writeln!(out, "\n**Recommendations:** {}", cited.join("; ")) }
}

/// `text` as inline code, in which no mark is read.
pub(super) fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = escape(&text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if text.is_empty() || text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// `text` on one line, its marks taken away: no mark-up, no link, no mention of a person.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in escape(line).chars() {
            match c {
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '&' => out.push_str("&amp;"),
                // Nobody is called and nothing linked where the sign is no part of a word.
                '@' => out.push_str("@\u{2060}"),
                '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' => {
                    out.extend(['\\', c]);
                }
                _ => out.push(c),
            }
        }
    }
    out.replace("://", ":\u{2060}//")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, in_code: &str, as_text: &str) {
        assert_eq!((code(text).as_str(), plain(text).as_str()), (in_code, as_text));
    }

    #[test]
    fn no_mark_up_is_read() {
        check("§ é 😀", "`§ é 😀`", "§ é 😀");
        check("<b>a</b> & *c*", "`<b>a</b> & *c*`", "&lt;b&gt;a&lt;/b&gt; &amp; \\*c\\*");
        check("a ` `` b", "```a ` `` b```", "a \\` \\`\\` b");
        check("`", "`` ` ``", "\\`");
        check("", "`  `", "");
        check("a\n# b\u{202e}", "`a # b‹U+202E›`", "a \\# b‹U+202E›");
        check("@you https://x.org", "`@you https://x.org`", "@\u{2060}you https:\u{2060}//x.org");
    }
}
