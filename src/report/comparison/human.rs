//! The comparison for reading, on a terminal.

use std::io::{self, Write};

use super::{
    findings, is_changed, is_graver, is_introduced, is_resolved, meaning, power_at, provisions_of,
    provisions_of_safeguard, rest, safeguards, words,
};
use crate::diff::{Comparison, FindingChange, Piece, SafeguardChange, SafeguardState};
use crate::report::{escape, place, wrap};
use crate::rule::RuleSet;

const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

pub(super) fn write(
    comparison: &Comparison,
    rules: &RuleSet,
    color: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page { comparison, rules, color, out };
    page.findings("Introduced", is_introduced)?;
    page.findings("Graver than before", is_graver)?;
    page.safeguards("Safeguards removed", SafeguardState::Removed)?;
    page.safeguards("Safeguards weakened", SafeguardState::Weakened)?;
    page.safeguards("Safeguards reworded", SafeguardState::Reworded)?;
    page.findings("In other words", is_changed)?;
    page.findings("Resolved", is_resolved)?;
    page.safeguards("Safeguards strengthened", SafeguardState::Strengthened)?;
    page.safeguards("Safeguards added", SafeguardState::Added)?;
    page.rest()
}

struct Page<'a> {
    comparison: &'a Comparison,
    rules: &'a RuleSet,
    color: bool,
    out: &'a mut dyn Write,
}

impl Page<'_> {
    fn heading(&mut self, name: &str, count: usize) -> io::Result<()> {
        let line = format!("{name} ({count})");
        if self.color { writeln!(self.out, "{BOLD}{line}{PLAIN}\n") } else { writeln!(self.out, "{line}\n") }
    }

    fn findings(&mut self, name: &str, wanted: fn(&FindingChange) -> bool) -> io::Result<()> {
        let changes = findings(self.comparison, wanted);
        if changes.is_empty() {
            return Ok(());
        }
        self.heading(name, changes.len())?;
        for (change, finding) in changes {
            let severity = match &change.old {
                Some(old) if old.severity != finding.severity => {
                    format!("{} (was {})", finding.severity.name(), old.severity.name())
                }
                _ => finding.severity.name().to_owned(),
            };
            let message = escape(&finding.message);
            writeln!(self.out, "{severity}[{}]: {message}", escape(&finding.rule))?;
            let path = if change.new.is_some() { &self.comparison.new } else { &self.comparison.old };
            self.place(&power_at(change, &place(path, &finding.location)), &provisions_of(change))?;
            if change.of_document {
                // The clause is the power that needs what the document lacks; its words say nothing of it.
            } else if change.words.is_empty() {
                self.quote(&words::quote(&finding.sentence, &finding.text))?;
            } else {
                self.words(&change.words)?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn safeguards(&mut self, name: &str, state: SafeguardState) -> io::Result<()> {
        let changes: Vec<&SafeguardChange> = safeguards(self.comparison, state).collect();
        if changes.is_empty() {
            return Ok(());
        }
        self.heading(name, changes.len())?;
        for change in changes {
            writeln!(self.out, "{}", wrap(&escape(&meaning(change, self.rules)), ""))?;
            let (path, spot) = match (&change.new, &change.old) {
                (Some(spot), _) => (&self.comparison.new, spot),
                (None, Some(spot)) => (&self.comparison.old, spot),
                (None, None) => continue,
            };
            self.place(&place(path, &spot.location), &provisions_of_safeguard(change))?;
            if change.words.is_empty() {
                self.quote(&words::quote(&spot.text, ""))?;
            } else {
                self.words(&change.words)?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn place(&mut self, place: &str, provisions: &str) -> io::Result<()> {
        let provisions =
            if provisions.is_empty() { String::new() } else { format!(", {}", escape(provisions)) };
        writeln!(self.out, "  {place}{provisions}")
    }

    fn quote(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", wrap(&escape(text), "  | "))
    }

    /// The words of an edit: `[-taken out-] {+put in+}`, or in colours.
    fn words(&mut self, pieces: &[Piece]) -> io::Result<()> {
        let color = self.color;
        let shown = words::cut(pieces).into_iter().map(|piece| match piece {
            Piece::Same(text) => escape(&text).into_owned(),
            // A colour for each word, so that a line break does not carry it into the margin.
            Piece::Old(text) if color => painted(&text, RED),
            Piece::New(text) if color => painted(&text, GREEN),
            Piece::Old(text) => format!("[-{}-]", escape(&text)),
            Piece::New(text) => format!("{{+{}+}}", escape(&text)),
        });
        writeln!(self.out, "{}", wrap(&shown.collect::<Vec<_>>().join(" "), "  | "))
    }

    /// What moved, and how much stayed.
    fn rest(&mut self) -> io::Result<()> {
        for line in rest(self.comparison) {
            writeln!(self.out, "{}", wrap(&escape(&line), ""))?;
        }
        Ok(())
    }
}

fn painted(text: &str, color: &str) -> String {
    let words = text.split_whitespace().map(|word| format!("{color}{}{PLAIN}", escape(word)));
    words.collect::<Vec<_>>().join(" ")
}
