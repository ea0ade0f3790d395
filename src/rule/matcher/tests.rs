//! What phrases match, and what they need to.

use super::*;
use crate::document::append_words;
use crate::rule::ClassSource;
use crate::rule::literals::{Literal, LiteralSet};
use crate::text::Span;

fn lexicon() -> Lexicon {
    let class = |name: &str, entries: &[&str], open| ClassSource {
        name: name.to_owned(),
        entries: entries.iter().map(|&entry| entry.to_owned()).collect(),
        open,
    };
    let inflections = [("", "s"), ("", "ed"), ("", "ing"), ("e", "ed"), ("e", "ing")];
    let inflections: Vec<_> =
        inflections.iter().map(|(off, on)| ((*off).to_owned(), (*on).to_owned())).collect();
    let classes = [
        class("message", &["message~", "message body", "electronic mail", "<postal>"], false),
        class("postal", &["postal article~"], false),
        class("provider", &["provider~", "(licensed)? operator~"], true),
    ];
    Lexicon::compile(&classes, &inflections).unwrap()
}

/// Holds `pattern` against `text`, in which the first match is marked with `«»`, if there is one.
fn check(pattern: &str, text: &str) {
    let plain = text.replace(['«', '»'], "");
    let mut lexicon = lexicon();
    let mut terms = DefinedTerms::default();
    terms.add(lexicon.class("provider").unwrap(), vec!["relevant".to_owned(), "entity".to_owned()]);
    let pattern = Pattern::parse(pattern, &mut lexicon).unwrap();
    lexicon.finish();
    let mut words = Vec::new();
    append_words(&plain, Span::from(0..plain.len()), &[], Break::None, &mut words);
    let all = 0..words.len();
    let mut matcher = Matcher::new(&lexicon, &terms, &plain, &words);
    let found = matcher.matches(&pattern, all).into_iter().next();
    let shown = found.map_or(plain.clone(), |found| {
        let (start, end) = (words[found.start].span.start as usize, words[found.end - 1].span.end as usize);
        format!("{}«{}»{}", &plain[..start], &plain[start..end], &plain[end..])
    });
    assert_eq!(shown, text, "{pattern:?}");
}

#[test]
fn phrases() {
    check("decrypt", "to «decrypt» it");
    check("decrypt", "to decrypts it");
    check("decrypt*", "the «decryption» of it");
    check("remove~ _ protection", "by «removing the protection»");
    check("remove|disable any protection", "shall «disable any protection»");
    check("in (an)? (intelligible form|clear)", "handed over «in clear»");
    check("in (an)? (intelligible form|clear)", "handed over «in an intelligible form»");
    check("in (an)? (intelligible form|clear)", "in a clear voice");
    check("<provider> ... decrypt~ ... <message>", "a provider or an operator x");
    check(
        "<provider> ... decrypt~ ... <message>",
        "a provider and an «operator shall decrypt any, or every, postal article» x",
    );
    check("<provider> decrypts", "the «relevant entity decrypts» it");
    check("keep ... data", "keep x");
    check("keep ... data", "keep it; the data");
    check("keep ...2 data", "keep a b c data");
    check("keep ...3 data", "«keep a b c data»");
    check("end-to-end", "an «end to-end» x");
    check("keep (all)? data", "«keep data»");
    check("decrypt ... <message>", "to «decrypt a message body» of a message");
    check("decrypt ... message (in clear)?", "to «decrypt a message in clear» x");
    check("keep ... (data|data of ... person)", "«keep data» of any person");
    check("<provider> decrypts", "a licensed «operator decrypts» it");
    check("keep ... data ... keep", "«keep data keep» data keep");
}

#[test]
fn broken_phrases_say_where() {
    let check = |phrase: &str, at: Range<usize>, message: &str| {
        let error = Pattern::parse(phrase, &mut lexicon()).unwrap_err();
        assert_eq!((error.at, error.message.as_str()), (at, message), "{phrase:?}");
    };
    check("", 0..0, "nothing that must be there");
    check("(an)?", 0..5, "nothing that must be there");
    check("keep ... <msg>", 9..14, "no class is called `msg`");
    check("keep (a|b", 5..9, "`(` without `)`");
    check("keep a)", 6..7, "unexpected `)`");
    check("keep ...", 0..8, "a gap needs words on both sides");
    check("keep .. data", 5..6, "a gap is written `...`");
    check("keep ...99 data", 5..10, "a gap is 1 to 60 words long");
    check("a | b", 2..3, "nothing stands before `|`");
    check("provider's", 8..9, "leave the possessive out: `provider` matches \"provider's\"");
}

#[test]
fn classes_that_contain_themselves_are_refused() {
    let class = |name: &str, entry: &str| ClassSource {
        name: name.to_owned(),
        entries: vec![entry.to_owned()],
        open: false,
    };
    let errors = Lexicon::compile(&[class("a", "x <b>"), class("b", "<a>")], &[]).unwrap_err();
    assert_eq!(errors[0].error.message, "the class `a` contains itself");
}

#[test]
fn literals_are_what_must_occur() {
    let check = |phrase: &str, expected: &str| {
        let mut lexicon = lexicon();
        let pattern = Pattern::parse(phrase, &mut lexicon).unwrap();
        let text = |literal: &Literal| match literal {
            Literal::Word(word) => lexicon.vocabulary.word_text(*word).to_owned(),
            Literal::Stem(stem) => lexicon.vocabulary.stem_text(*stem).to_owned(),
            Literal::Text(text) => text.to_string(),
        };
        let shown = |set: &LiteralSet| {
            let mut texts: Vec<String> = set.literals.iter().map(text).collect();
            texts.sort();
            texts.join("|")
        };
        let sets = pattern.literals(&lexicon);
        let shown: Vec<String> = sets.iter().filter(|set| set.is_closed()).map(shown).collect();
        assert_eq!(shown.join(" & "), expected, "{phrase:?}");
    };
    check("decrypt* any|all message", "decrypt & message & all|any");
    check(
        "<message>",
        "article|articled|articleed|articleing|articles|articling|electronic|message|messaged|messageed|messageing|messages|messaging",
    );
    check("<provider> decrypts", "decrypts");
    check("<provider> to it", "");
    check("(remove|take away) ... protection", "protection & remove|take");
}
