//! Readings of sentences in many drafting traditions: the rows are in `readings.txt`.

use super::*;
use crate::document::{BlockKind, Break, Builder, Document, append_words};
use crate::language::ModalityCues;
use crate::text::Span;

fn english() -> Language {
    let file: toml::Table = include_str!("../../rules/en/language.toml").parse().unwrap();
    let modality: ModalityCues = file["language"]["modality"].clone().try_into().unwrap();
    Language { possessive: vec!["s".to_owned()], modality, ..Language::default() }
}

/// The text as one block.
fn document(text: &str) -> Document {
    let mut builder = Builder::new(text);
    builder.block(BlockKind::Paragraph, 0, 0);
    builder.text(Span::from(0..text.len()));
    builder.finish()
}

fn reading(language: &Language, marked: &str) -> (String, Vec<Span>, Reading) {
    let pieces: Vec<&str> = marked.split('|').map(str::trim).collect();
    let body = usize::from(pieces.len() > 1);
    let mut text = String::new();
    let (mut spans, mut marks) = (Vec::new(), Vec::new());
    for piece in pieces {
        if !text.is_empty() && !piece.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        for part in piece.split_inclusive(['«', '»']) {
            text.push_str(part.trim_end_matches(['«', '»']));
            if part.ends_with(['«', '»']) {
                marks.push(text.len() as u32);
            }
        }
        spans.push(Span::from(start..text.len()));
    }
    let document = document(&text);
    assert_eq!(document.text(), text);
    let (mut words, mut sizes) = (Vec::new(), Vec::new());
    for span in spans {
        let before = if words.is_empty() { Break::None } else { Break::Pause };
        let span = document.to_folded(span);
        append_words(document.folded(), span, &language.possessive, before, &mut words);
        sizes.push(words.len());
    }
    let start = if body == 0 { 0 } else { sizes[0] };
    let body = start..sizes[body];
    let mark = document.to_folded(Span::new(marks[0], marks[1]));
    let inside = |word: &crate::document::Word| mark.start <= word.span.start && word.span.end <= mark.end;
    let first = words.iter().position(inside).unwrap();
    let at = first..first + words.iter().filter(|word| inside(word)).count();
    let spans = words.iter().map(|word| word.span).collect();
    let view = View { document: &document, folded: document.folded(), words, body };
    let reading = read(&view, at, language);
    (document.folded().to_owned(), spans, reading)
}

fn shown(folded: &str, spans: &[Span], words: Option<&Range<usize>>) -> String {
    let words = words.map_or(&[][..], |words| &spans[words.clone()]);
    words.iter().map(|span| span.of(folded)).collect::<Vec<_>>().join(" ")
}

/// Says what is wrong with the reading of one row, if anything.
fn check(language: &Language, row: &str) -> Option<String> {
    let (modality, rest) = row.split_once(" [").unwrap();
    let (aside, modality) =
        modality.strip_prefix("aside ").map_or((false, modality), |modality| (true, modality));
    let (expected, text) = rest.split_once("] ").unwrap();
    let modality: Modality = toml::Value::from(modality).try_into().unwrap();
    let (folded, spans, reading) = reading(language, text);
    let subject = shown(&folded, &spans, reading.subject.as_ref());
    let passive = if reading.passive { "(passive) " } else { "" };
    let found = if expected.contains("->") {
        format!("{passive}{subject} -> {}", shown(&folded, &spans, reading.obliged.as_ref()))
    } else {
        format!("{passive}{subject}")
    };
    let wrong = reading.modality != modality || (expected != "*" && expected != found);
    let wrong = wrong || reading.aside != aside;
    wrong.then(|| format!("{row}\n  is read as {:?} [{found}], {}", reading.modality, reading.aside))
}

#[test]
fn sentences_are_read() {
    let language = english();
    let lines = include_str!("readings.txt").lines();
    let rows: Vec<&str> = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let wrong: Vec<String> = rows.iter().filter_map(|row| check(&language, row)).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn only_words_near_a_match_are_looked_at() {
    let text = format!("A provider shall {}«decrypt»", "keep every record, and ".repeat(20_000));
    let (_, _, reading) = reading(&english(), &text);
    assert_eq!(reading.modality, Modality::Statement);
}

#[test]
fn any_words_are_read() {
    let language = english();
    let text = "nothing in who, shall not; be and may: by the no unless must\u{2014}which is to means, where, may be liable to";
    let document = document(text);
    let folded = document.folded();
    let mut words = Vec::new();
    append_words(folded, Span::from(0..folded.len()), &language.possessive, Break::None, &mut words);
    let size = words.len();
    for body in 0..=size {
        let view = View { document: &document, folded, words: words.clone(), body: body..size - body / 2 };
        for (start, end) in
            (0..size + 2).flat_map(|start| [(start, start), (start, start + 1), (start, size + 3)])
        {
            let reading = read(&view, start..end, &language);
            let ranges = [&reading.cue, &reading.subject, &reading.obliged];
            assert!(
                ranges.into_iter().flatten().all(|range| range.end <= size),
                "{start}..{end}: {reading:?}"
            );
        }
    }
    let empty = View { document: &document, folded: "", words: Vec::new(), body: 0..0 };
    assert_eq!(read(&empty, 0..0, &language).modality, Modality::Statement);
}
