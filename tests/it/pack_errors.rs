//! Mistakes in rule files: each fixture adds one to a pack without any, and is answered with a code
//! and a caret under it.

use std::fs;

use rightslint::language::{Modality, Zone};
use rightslint::report::write_diagnostic;
use rightslint::rule::{Confidence, PackError, PackFile, RuleSet};

use crate::layers::root;

/// Fixture, code, and the text under the caret.
const MISTAKES: &[(&str, &str, &str)] = &[
    // The file.
    ("unknown-table", "pack::unknown-key", "rules"),
    ("rule-without-second-bracket", "pack::wrong-type", "rule"),
    ("missing-pack", "pack::missing-pack", "rule"),
    ("pack-not-first", "pack::pack-not-first", "pack"),
    ("newer-format", "pack::newer-format", "2"),
    ("newer-version", "pack::newer-version", "\">=99.1\""),
    ("bad-requirement", "pack::bad-requirement", "\"the newest\""),
    ("missing-topic", "pack::missing-topic", "\"read-letters\""),
    ("unknown-topic", "pack::unknown-value", "\"cryptography\""),
    ("missing-language", "pack::missing-language", "\"jargon\""),
    ("duplicate-language", "pack::duplicate-language", "[language]"),
    ("unknown-key-in-language", "pack::unknown-key", "tense"),
    // Classes.
    ("class-not-kebab-case", "pack::not-kebab-case", "Courier"),
    ("duplicate-class", "pack::duplicate-class", "provider"),
    ("extends-unknown-class", "pack::extends-nothing", "courier"),
    ("unknown-class-in-class", "pack::unknown-class", "provder"),
    ("bad-phrase-in-class", "pack::bad-phrase", "(by horse"),
    // The shape of a rule.
    ("unknown-key", "pack::unknown-key", "titel"),
    ("unknown-key-in-examples", "pack::unknown-key", "passing"),
    ("missing-why", "pack::missing-key", "[[rule]]"),
    ("missing-severity", "pack::missing-key", "\"read-letters\""),
    ("missing-help", "pack::missing-key", "\"read-letters\""),
    ("unknown-kind", "pack::unknown-value", "\"absense\""),
    ("unknown-modality", "pack::unknown-value", "\"permission\""),
    ("unknown-context", "pack::unknown-value", "\"all\""),
    ("empty-context", "pack::wrong-type", "[]"),
    ("wrong-type", "pack::wrong-type", "\"eight\""),
    // Its names.
    ("id-not-kebab-case", "pack::not-kebab-case", "\"Read_letters\""),
    ("duplicate-id", "pack::duplicate-id", "\"opened-letters\""),
    ("duplicate-former-id", "pack::duplicate-id", "\"open-letters\""),
    ("replaces-unknown-rule", "pack::replaces-nothing", "\"read-letters\""),
    ("no-recommendation", "pack::no-recommendation", "[]"),
    ("unknown-recommendation", "pack::unknown-recommendation", "14"),
    ("unknown-authority", "pack::unknown-authority", "\"podchasov-v-rusia\""),
    ("unknown-safeguard", "pack::unknown-safeguard", "\"judicial-authorization\""),
    ("safeguard-on-problem", "pack::safeguard-on-problem", "\"minimisation\""),
    ("force-on-problem", "pack::key-of-other-kind", "\"lowers\""),
    ("missing-on-presence", "pack::key-of-other-kind", "\"minimisation\""),
    ("unknown-softener", "pack::unknown-safeguard", "\"minimization\""),
    ("softened-by-none", "pack::wrong-type", "0"),
    ("unknown-rule", "pack::unknown-rule", "\"read-lettters\""),
    ("absence-of-nothing", "pack::missing-key", "\"read-letters\""),
    ("grave-strength", "pack::grave-strength", "\"warning\""),
    ("unknown-subject", "pack::unknown-class", "porter"),
    // Its message.
    ("capital-message", "pack::capital-message", "R"),
    ("message-full-stop", "pack::message-full-stop", "."),
    ("message-line-break", "pack::message-line-break", "requires a carrier\nto read letters"),
    // What it looks for.
    ("no-pattern", "pack::no-pattern", "\"read-letters\""),
    ("bad-phrase", "pack::bad-phrase", "(look|peer into letter~"),
    ("bad-phrase-in-long-string", "pack::bad-phrase", "(letter~"),
    ("bad-phrase-with-escapes", "pack::bad-phrase", "\"read~ ... \\u0028letter~\""),
    ("gap-at-the-end", "pack::bad-phrase", "peer ..."),
    ("phrase-without-literal", "pack::phrase-without-literal", "\"_ ... <parcel>\""),
    ("unknown-class", "pack::unknown-class", "mesage"),
    ("unknown-class-in-near", "pack::unknown-class", "envelope"),
    ("backspace", "pack::backspace", "\\b"),
    ("bad-regex", "pack::bad-regex", "("),
    ("regex-without-literal", "pack::regex-without-literal", "'\\w+ (of|to) \\w+'"),
    ("capital-in-regex", "pack::capital-in-regex", "'read by the Carrier'"),
    // Its examples.
    ("one-flag", "pack::too-few-examples", "[\"A carrier shall «read every letter».\"]"),
    ("no-passes", "pack::too-few-examples", "\"read-letters\""),
    ("unmarked-example", "pack::unmarked-example", "A carrier shall read a letter that is heavy."),
    ("unbalanced-marks", "pack::unbalanced-marks", "«"),
    ("empty-marks", "pack::unbalanced-marks", "«"),
];

/// Fixtures with more than one answer.
const SEVERAL: &[(&str, &[(&str, &str)])] = &[
    ("unclosed-string", &[("pack::syntax", "")]),
    ("class-circle", &[("pack::class-circle", "courier"), ("pack::class-circle", "runner")]),
    (
        "two-mistakes",
        &[
            ("pack::unknown-key", "titel"),
            ("pack::unknown-recommendation", "0"),
            ("pack::unknown-class", "nobody"),
        ],
    ),
];

fn fixture(name: &str) -> PackFile {
    let path = root().join("fixtures/packs").join(format!("{name}.toml"));
    PackFile { name: format!("{name}.toml"), text: fs::read_to_string(path).unwrap() }
}

/// The mistakes of a fixture, beside the pack that has none.
fn errors(name: &str) -> Vec<PackError> {
    RuleSet::from_files(&[fixture("good"), fixture(name)]).err().unwrap_or_default()
}

/// As it is shown on a terminal.
fn render(error: &PackError) -> String {
    let mut out = Vec::new();
    write_diagnostic(&error.to_diagnostic(), false, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn shown(errors: &[PackError]) -> String {
    errors.iter().map(render).collect()
}

#[test]
fn each_mistake_is_named_and_pointed_at() {
    let single = MISTAKES.iter().map(|&(name, code, text)| (name, vec![(code, text)]));
    let several = SEVERAL.iter().map(|&(name, answers)| (name, answers.to_vec()));
    let mut wrong = Vec::new();
    for (name, expected) in single.chain(several) {
        let errors = errors(name);
        let found: Vec<_> =
            errors.iter().map(|error| (error.mistake.code(), error.span.of(&error.file_text))).collect();
        if found != expected || errors.iter().any(|error| error.file_name != format!("{name}.toml")) {
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fixture_has_a_row() {
    let mut rows: Vec<&str> =
        MISTAKES.iter().map(|row| row.0).chain(SEVERAL.iter().map(|row| row.0)).collect();
    rows.push("good");
    rows.sort_unstable();
    let mut names: Vec<String> = fs::read_dir(root().join("fixtures/packs"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort_unstable();
    assert_eq!(names, rows);
}

#[test]
fn messages_keep_the_house_style() {
    for (name, ..) in MISTAKES {
        for error in errors(name) {
            let message = error.mistake.message();
            let ends = message.ends_with('.') || message.contains('\n');
            assert!(!ends && !message.starts_with(char::is_uppercase), "{name}: {message}");
        }
    }
}

#[test]
fn the_caret_stands_under_the_mistake() {
    let check = |name, expected: &str| {
        let shown = shown(&errors(name));
        assert_eq!(shown.trim(), expected.trim(), "{shown}");
    };
    check(
        "unknown-class",
        r#"
error[pack::unknown-class]: unknown class `mesage`
   ┌─ unknown-class.toml:17:26
   │
17 │ match.any = ["read~ ... <mesage> of a <provider>"]
   │                          ^^^^^^ did you mean `message`?
"#,
    );
    check(
        "unbalanced-marks",
        r#"
error[pack::unbalanced-marks]: the marks of this example do not pair
   ┌─ unbalanced-marks.toml:20:67
   │
20 │ flags = ["A carrier shall «read every letter».", "A carrier shall «read a letter that is heavy."]
   │                                                                   ^
"#,
    );
    check(
        "backspace",
        r#"
error[pack::backspace]: a backspace character in a pattern
   ┌─ backspace.toml:17:17
   │
17 │ match.regex = ["\bread\\w*"]
   │                 ^^ `\b` in double quotes is a backspace
   │
   = write patterns with a backslash in single quotes: '\bword\b'
"#,
    );
    check(
        "unknown-kind",
        r#"
error[pack::unknown-value]: unknown value `absense`
   ┌─ unknown-kind.toml:12:8
   │
12 │ kind = "absense"
   │        ^^^^^^^^^ did you mean `absence`?
   │
   = expected one of `presence`, `absence`, `definition`, `framing`, `strength`
"#,
    );
    check(
        "newer-format",
        r"
error[pack::newer-format]: rule format 2 needs rightslint >=3.0; this is 0.1.0
  ┌─ newer-format.toml:4:10
  │
4 │ format = 2
  │          ^ this rightslint reads format 1
",
    );
}

#[test]
fn the_built_in_packs_load() {
    let errors = RuleSet::builtin().err().unwrap_or_default();
    assert!(errors.is_empty(), "\n{}", shown(&errors));
}

#[test]
fn a_pack_alone_makes_a_language() {
    let rules = RuleSet::from_files(&[fixture("good")]).unwrap_or_else(|errors| panic!("{}", shown(&errors)));
    assert_eq!((rules.languages.len(), rules.recommendations.len()), (1, 13));
    assert_eq!(rules.digest.len(), 12);
    let toy = rules.language("toy").unwrap();
    assert_eq!(toy.language.name, "Toy");
    assert_eq!((toy.profile.title.len(), toy.profile.clause.len()), (1, 1));

    let (_, rule) = rules.rule("open-letters").unwrap();
    assert_eq!(rule.id, "opened-letters");
    assert_eq!(rule.recommendations, [7, 8]);
    assert_eq!((rule.any.len(), rule.regex.len(), rule.near.len(), rule.subject.len()), (1, 1, 1, 1));
    assert_eq!(rule.confidence, Confidence::High);
    assert_eq!(rule.zones, [Zone::Operative]);
    assert!(rule.context.contains(&Modality::Duty) && !rule.context.contains(&Modality::LimitOnPower));
    assert!(rule.authorities.iter().all(|id| rules.authority_title(id).is_some()));

    let (_, strength) = rules.rule("sealed-letters").unwrap();
    assert_eq!(strength.safeguarding.safeguard.as_deref(), Some("no-backdoor-clause"));
    assert!(strength.context.is_empty());
}

#[test]
fn a_pack_adds_to_another_in_any_order() {
    let add = PackFile {
        name: "add.toml".to_owned(),
        text: fixture("good").text.split("[language]").next().unwrap().to_owned()
            + "[class.provider]\nany = [\"runner~\"]\nextends = true\n\n[[rule]]\nreplaces = true\n"
            + fixture("good")
                .text
                .split("[[rule]]")
                .nth(1)
                .unwrap()
                .replacen("a carrier opens", "anybody opens", 1)
                .as_str(),
    };
    let load =
        |files: &[PackFile]| RuleSet::from_files(files).unwrap_or_else(|errors| panic!("{}", shown(&errors)));
    let (one, other) = (load(&[fixture("good"), add.clone()]), load(&[add, fixture("good")]));
    assert_eq!(one.digest, other.digest);
    assert_ne!(one.digest, load(&[fixture("good")]).digest);
    for rules in [one, other] {
        let ids: Vec<&str> = rules.languages[0].rules.iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!(ids, ["opened-letters", "sealed-letters"]);
        assert_eq!(rules.rule("opened-letters").unwrap().1.title, "anybody opens letters");
    }
}

#[test]
fn a_broken_file_is_an_error_and_never_a_panic() {
    let good = fixture("good").text;
    let ends: Vec<usize> = good.char_indices().map(|(at, _)| at).step_by(7).collect();
    let mut texts: Vec<String> = ends.iter().map(|&end| good[..end].to_owned()).collect();
    let kinds = ["3", "[1]", "\"x\"", "{ a = { b = [[]] } }"];
    let keys = ["pack", "language", "class", "class.x", "profile", "rule", "authority", "recommendation"];
    texts.extend(keys.iter().flat_map(|key| kinds.map(|value| format!("{key} = {value}\n{good}"))));
    texts.push("[".repeat(10_000));
    texts.push("\u{feff}\0\u{8}«»".to_owned());
    for text in texts {
        let file = PackFile { name: "broken.toml".to_owned(), text };
        for error in RuleSet::from_files(&[file]).err().unwrap_or_default() {
            assert!(error.span.end as usize <= error.file_text.len(), "{error}");
            assert!(render(&error).contains("broken.toml:"), "{error}");
        }
    }
}
