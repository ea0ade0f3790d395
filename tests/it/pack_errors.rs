//! Rule files: what is wrong with them is said at its place, and a language needs no more than them.

use std::fs;

use rightslint::diagnostic::Severity;
use rightslint::language::{Modality, Zone};
use rightslint::report::Problem;
use rightslint::rule::{PackError, PackFile, RuleSet};

use crate::layers::root;

/// A file of `fixtures/packs`.
fn fixture(name: &str) -> PackFile {
    let path = root().join("fixtures/packs").join(name);
    PackFile { name: name.to_owned(), text: fs::read_to_string(path).unwrap() }
}

/// The mistakes of a fixture beside the good pack: code and the text under the caret.
fn mistakes(name: &str) -> Vec<(&'static str, String)> {
    let errors = match RuleSet::from_files(&[fixture("good.toml"), fixture(name)]) {
        Ok(_) => Vec::new(),
        Err(errors) => errors,
    };
    let shown = |error: &PackError| {
        assert_eq!(error.file_name, name, "{error}");
        (error.mistake.code(), error.span.of(&error.file_text).to_owned())
    };
    errors.iter().map(shown).collect()
}

fn render(error: &PackError) -> String {
    let diagnostic = error.to_diagnostic();
    let problem = Problem {
        severity: diagnostic.severity,
        code: diagnostic.code,
        message: &diagnostic.message,
        file: &diagnostic.file_name,
        text: &diagnostic.file_text,
        label: Some((diagnostic.primary.span.range(), &diagnostic.primary.text)),
        notes: &diagnostic.notes,
    };
    let mut out = Vec::new();
    problem.write(false, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn each_mistake_is_named_at_its_place() {
    let rows = &[("backspace","",""),("bad-phrase","",""),("bad-phrase-in-class","",""),("bad-phrase-in-long-string","",""),("bad-phrase-with-escapes","",""),("bad-regex","",""),("bad-requirement","",""),("capital-in-regex","",""),("capital-message","",""),("class-circle","",""),("class-not-kebab-case","",""),("duplicate-class","",""),("duplicate-former-id","",""),("duplicate-id","",""),("duplicate-language","",""),("empty-context","",""),("empty-marks","",""),("extends-unknown-class","",""),("gap-at-the-end","",""),("good","",""),("grave-strength","",""),("id-not-kebab-case","",""),("message-full-stop","",""),("message-line-break","",""),("missing-help","",""),("missing-language","",""),("missing-pack","",""),("missing-severity","",""),("missing-topic","",""),("missing-why","",""),("newer-format","",""),("newer-version","",""),("no-passes","",""),("no-pattern","",""),("no-recommendation","",""),("one-flag","",""),("pack-not-first","",""),("phrase-without-literal","",""),("regex-without-literal","",""),("replaces-unknown-rule","",""),("rule-without-second-bracket","",""),("safeguard-on-problem","",""),("two-mistakes","",""),("unbalanced-marks","",""),("unclosed-string","",""),("unknown-authority","",""),("unknown-class","",""),("unknown-class-in-class","",""),("unknown-class-in-near","",""),("unknown-context","",""),("unknown-key","",""),("unknown-key-in-examples","",""),("unknown-key-in-language","",""),("unknown-kind","",""),("unknown-modality","",""),("unknown-recommendation","",""),("unknown-safeguard","",""),("unknown-subject","",""),("unknown-table","",""),("unknown-topic","",""),("unmarked-example","",""),("wrong-type","","")];
    let mut wrong = Vec::new();
    for &(name, code, text) in rows {
        let found = mistakes(&format!("{name}.toml"));
        if found != [(code, text.to_owned())] {
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
