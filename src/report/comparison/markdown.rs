//! The comparison in Markdown: for a submission, or a comment on a pull request.

use std::io::{self, Write};

use super::{
    findings, is_changed, is_graver, is_introduced, is_resolved, meaning, power_at, provisions_of,
    provisions_of_safeguard, rest, safeguards, words,
};
use crate::diff::{Comparison, FindingChange, Piece, SafeguardState};
use crate::report::{escape, place};
use crate::rule::RuleSet;

pub(super) fn write(comparison: &Comparison, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {} → {}\n", plain(&comparison.old), plain(&comparison.new))?;
    write_findings(comparison, "Introduced", is_introduced, out)?;
    write_findings(comparison, "Graver than before", is_graver, out)?;
    write_safeguards(comparison, "Safeguards removed", SafeguardState::Removed, rules, out)?;
    write_safeguards(comparison, "Safeguards weakened", SafeguardState::Weakened, rules, out)?;
    write_safeguards(comparison, "Safeguards reworded", SafeguardState::Reworded, rules, out)?;
    write_findings(comparison, "In other words", is_changed, out)?;
    write_findings(comparison, "Resolved", is_resolved, out)?;
    write_safeguards(comparison, "Safeguards strengthened", SafeguardState::Strengthened, rules, out)?;
    write_safeguards(comparison, "Safeguards added", SafeguardState::Added, rules, out)?;
    for line in rest(comparison) {
        writeln!(out, "{}  ", plain(&line))?;
    }
    Ok(())
}

fn write_findings(
    comparison: &Comparison,
    name: &str,
    wanted: fn(&FindingChange) -> bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let changes = findings(comparison, wanted);
    if changes.is_empty() {
        return Ok(());
    }
    writeln!(out, "## {name} ({})\n", changes.len())?;
    for (change, finding) in changes {
        let was = match &change.old {
            Some(old) if old.severity != finding.severity => format!(" (was {})", old.severity.name()),
            _ => String::new(),
        };
        let path = if change.new.is_some() { &comparison.new } else { &comparison.old };
        let place = cited(&power_at(change, &place(path, &finding.location)), &provisions_of(change));
        let (severity, message) = (finding.severity.name(), plain(&finding.message));
        writeln!(out, "- **{severity}**{was} `{}`: {message}  \n  {place}\n", finding.rule)?;
        if !change.of_document {
            write_words(&change.words, &words::quote(&finding.sentence, &finding.text), out)?;
        }
    }
    Ok(())
}

fn write_safeguards(
    comparison: &Comparison,
    name: &str,
    state: SafeguardState,
    rules: &RuleSet,
    out: &mut dyn Write,
) -> io::Result<()> {
    let changes: Vec<_> = safeguards(comparison, state).collect();
    if changes.is_empty() {
        return Ok(());
    }
    writeln!(out, "## {name} ({})\n", changes.len())?;
    for change in changes {
        let (path, spot) = match (&change.new, &change.old) {
            (Some(spot), _) => (&comparison.new, spot),
            (None, Some(spot)) => (&comparison.old, spot),
            (None, None) => continue,
        };
        let place = cited(&place(path, &spot.location), &provisions_of_safeguard(change));
        writeln!(out, "- {}  \n  {place}\n", plain(&meaning(change, rules)))?;
        write_words(&change.words, &words::quote(&spot.text, ""), out)?;
    }
    Ok(())
}

/// The words of an edit, or a quotation, inside an item of a list.
fn write_words(pieces: &[Piece], quote: &str, out: &mut dyn Write) -> io::Result<()> {
    let shown = words::cut(pieces).into_iter().map(|piece| match piece {
        Piece::Same(text) => plain(&text),
        Piece::Old(text) => format!("~~{}~~", plain(&text)),
        Piece::New(text) => format!("**{}**", plain(&text)),
    });
    let text = if pieces.is_empty() { plain(quote) } else { shown.collect::<Vec<_>>().join(" ") };
    writeln!(out, "  > {text}\n")
}

fn cited(place: &str, provisions: &str) -> String {
    let provisions = if provisions.is_empty() { String::new() } else { format!("{}, ", plain(provisions)) };
    format!("{provisions}{}", plain(place))
}

/// `text` as Markdown shows it: no mark of it means anything.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in escape(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
