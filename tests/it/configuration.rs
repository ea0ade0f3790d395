//! Configuration files: found, checked, obeyed.

use crate::cli::{Place, Ran};
use crate::findings::PACK;

const BILL: &str = "1. Short title\n\nThis is the Electronic Communications Act.\n\n2. Duties\n\n\
    (1) A carrier must unseal all sealed letters.\n\n(2) A provider shall decrypt any message that it carries.\n";
const LETTERS: &str = "own-sealed-letter-opening";
const DECRYPT: &str = "mandated-decryption-capability";

/// Runs the program on a folder with `files`, where `@bill` stands for a bill and `@pack` for a pack with a
/// rule about letters.
fn run(files: &[(&str, &str)], arguments: &str) -> Ran {
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| match *text {
            "@bill" => (*name, BILL.as_bytes()),
            "@pack" => (*name, PACK.as_bytes()),
            text => (*name, text.as_bytes()),
        })
        .collect();
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    Place::with(&files).run(&arguments)
}

/// What is found of the two rules, and the exit code.
fn check(files: &[(&str, &str)], arguments: &str, expected: &[&str], code: i32) {
    let ran = run(files, &format!("--format short {arguments}"));
    let found: Vec<String> = ran
        .out
        .lines()
        .filter(|line| line.contains(LETTERS) || line.contains(DECRYPT))
        .filter(|line| !line.starts_with("not checked"))
        .map(|line| {
            let path = line.split(':').next().unwrap();
            let severity = line.split(']').next().unwrap().rsplit(' ').next().unwrap();
            let severity = severity.replace(LETTERS, "letters").replace(DECRYPT, "decrypt");
            format!("{path} {severity}")
        })
        .collect();
    assert_eq!(
        (found, ran.code),
        (expected.iter().map(|&line| line.to_owned()).collect(), code),
        "{files:?} {arguments}: {ran:?}"
    );
}

#[test]
fn the_nearest_file_counts() {
    let only = "select = [\"mandated-decryption-capability\"]\n";
    let warns = "select = [\"encryption\"]\nseverity.mandated-decryption-capability = \"warning\"\n";
    check(&[("a.txt", "@bill")], "a.txt", &["a.txt error[decrypt"], 1);
    check(&[("a.txt", "@bill"), ("rightslint.toml", warns)], "a.txt", &["a.txt warning[decrypt"], 0);
    check(&[("a.txt", "@bill"), (".rightslint.toml", warns)], "a.txt", &["a.txt warning[decrypt"], 0);
    check(
        &[("a.txt", "@bill"), (".rightslint.toml", warns), ("rightslint.toml", only)],
        "a.txt",
        &["a.txt error[decrypt"],
        1,
    );
    check(
        &[
            ("d/e/a.txt", "@bill"),
            ("d/b.txt", "@bill"),
            ("rightslint.toml", only),
            ("d/e/rightslint.toml", warns),
        ],
        "d",
        &["d/b.txt error[decrypt", "d/e/a.txt warning[decrypt"],
        1,
    );
    check(
        &[("d/a.txt", "@bill"), ("rightslint.toml", only), ("other.toml", warns)],
        "--config other.toml d/a.txt",
        &["d/a.txt warning[decrypt"],
        0,
    );
    check(&[("a.txt", "@bill"), ("rightslint.toml", warns)], "--isolated a.txt", &["a.txt error[decrypt"], 1);
    let ignores = "ignore = [\"encryption\"]\n";
    let place = Place::with(&[("d/rightslint.toml", ignores.as_bytes())]);
    for (name, code) in [("d/a.txt", 0), ("a.txt", 1)] {
        let ran = place.run_with_input(&["-q", "--stdin-filename", name, "-"], BILL.as_bytes());
        assert_eq!(ran.code, code, "{name}: {ran:?}");
    }
}

#[test]
fn packs_stand_beside_the_file() {
    let packs = "packs = [\"rules/own.toml\"]\n";
    let files = [("p/rightslint.toml", packs), ("p/rules/own.toml", "@pack"), ("p/d/a.txt", "@bill")];
    check(&files, "p/d", &["p/d/a.txt error[letters", "p/d/a.txt error[decrypt"], 1);
    let ran = run(&files, "--config p/rightslint.toml explain own-sealed-letter-opening");
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = run(&[("rightslint.toml", "packs = [\"none.toml\"]"), ("a.txt", "@bill")], "a.txt");
    assert_eq!((ran.code, ran.err.as_str()), (2, "error: none.toml: no such file or folder\n"));
}

#[test]
fn the_command_line_goes_before_the_file() {
    let file = |text: &'static str| [("a.txt", "@bill"), ("rightslint.toml", text)];
    check(&file("fail-on = \"never\""), "a.txt", &["a.txt error[decrypt"], 0);
    check(&file("fail-on = \"never\""), "--fail-on error a.txt", &["a.txt error[decrypt"], 1);
    check(&file("ignore = [\"encryption\"]"), "a.txt --fail-on error", &[], 0);
    check(&file("ignore = [\"encryption\"]"), "a.txt --select encryption", &["a.txt error[decrypt"], 1);
    check(&file("severity.encryption = \"off\""), "a.txt --select R8", &["a.txt error[decrypt"], 1);
    check(&file("severity.encryption = \"off\""), "a.txt", &[], 0);
    check(&file("select = [\"encryption\"]"), "a.txt --ignore encryption", &[], 0);
    check(&file("max-file-size = 1"), "a.txt", &["a.txt error[decrypt"], 1);
}

#[test]
fn globs_choose_by_path() {
    let text = "exclude = [\"old/\", \"*.tmp.txt\"]\n[formats]\n\"*.bill\" = \"text\"\n\
        [[override]]\npaths = [\"drafts/**\"]\nseverity.encryption = \"warning\"\n\
        [[override]]\npaths = [\"drafts/mine/*\"]\nseverity.encryption = \"off\"\n";
    let files = [
        ("rightslint.toml", text),
        ("a.bill", "@bill"),
        ("old/b.txt", "@bill"),
        ("c.tmp.txt", "@bill"),
        ("drafts/d.txt", "@bill"),
        ("drafts/mine/e.txt", "@bill"),
    ];
    check(&files, ".", &["./a.bill error[decrypt", "./drafts/d.txt warning[decrypt"], 1);
    check(&files, "drafts", &["drafts/d.txt warning[decrypt"], 0);
    // What is named is read.
    check(&files, "old/b.txt a.bill", &["a.bill error[decrypt", "old/b.txt error[decrypt"], 1);
    let shown = run(&files, "--show-files .");
    assert_eq!(shown.out, "./a.bill\n./drafts/d.txt\n./drafts/mine/e.txt\n", "{shown:?}");
}

#[test]
fn what_is_off_is_not_checked() {
    let text = "severity.mandated-decryption-capability = \"off\"\n[[override]]\npaths = [\"b.txt\"]\nignore = [\"data-localisation\"]\n";
    let files = [("rightslint.toml", text), ("a.txt", "@bill"), ("b.txt", "@bill")];
    let ran = run(&files, "--format short -q a.txt b.txt");
    let lines: Vec<&str> = ran.out.lines().filter(|line| line.starts_with("not checked [")).collect();
    assert_eq!(
        lines,
        [
            "not checked [mandated-decryption-capability]: turned off in rightslint.toml",
            "not checked [data-localisation]: b.txt: turned off in rightslint.toml",
        ]
    );
}

#[test]
fn a_topic_asks_for_confidence_and_a_rule_does_not() {
    let unsure = "Electronic Communications Act\n\n1. A provider has obligations relating to the decryption of messages.\n";
    let severity = |text: &str| {
        let ran = run(
            &[("a.txt", unsure), ("rightslint.toml", text)],
            "--format short -q --select mandated-decryption-capability a.txt",
        );
        ran.out.split(['[', ' ']).nth(1).unwrap_or_default().to_owned()
    };
    let alone = severity("");
    assert_ne!(alone, "error");
    assert_eq!(severity("severity.encryption = \"error\""), alone);
    assert_eq!(severity("severity.mandated-decryption-capability = \"error\""), "error");
    assert_eq!(
        severity("[severity]\nencryption = \"error\"\nmandated-decryption-capability = \"note\""),
        "note"
    );
}

#[test]
fn mistakes_are_shown_in_the_file() {
    let check = |text: &str, expected: &[(&str, &str)]| {
        let ran = run(&[("a.txt", "@bill"), ("rightslint.toml", text)], "a.txt");
        let lines: Vec<&str> = ran.err.lines().collect();
        let found: Vec<(&str, &str)> = lines
            .iter()
            .enumerate()
            .filter_map(|(at, line)| {
                let code = line.strip_prefix("error[config::")?.split(']').next()?;
                Some((code, lines.get(at + 1)?.split("rightslint.toml:").nth(1)?))
            })
            .collect();
        assert_eq!((ran.code, ran.out.as_str(), found.as_slice()), (2, "", expected), "{text}\n{}", ran.err);
    };
    check("selct = []\nfail-on = \"warn\"", &[("unknown-key", "1:1"), ("unknown-value", "2:11")]);
    check(
        "select = [\"encrypton\"]\n[severity]\nR8 = \"note\"",
        &[("unknown-rule", "1:11"), ("severity", "3:1")],
    );
    check("select = \"encryption\"\nmax-file-size = 0", &[("wrong-type", "1:10"), ("wrong-type", "2:17")]);
    check("exclude = [\"a{\"]", &[("bad-glob", "1:12")]);
    check("[[override]]\nignore = []", &[("missing-key", "2:1")]);
    check("[override]\npaths = []", &[("wrong-type", "1:1")]);
    check("[severity]\nno-backdoor-clause = \"error\"", &[("severity", "2:22")]);
    check("language = \"xx\"", &[("unknown-language", "1:12")]);
    check("a = ", &[("syntax", "1:5")]);
    let ran = run(&[("a.txt", "@bill"), ("rightslint.toml", "select = [\"encrypton\"]")], "a.txt");
    assert!(ran.err.contains("did you mean `encryption`?"), "{}", ran.err);
    assert_eq!(
        run(&[("a.txt", "@bill")], "--config none.toml a.txt").err,
        "error: none.toml: no such file or folder\n"
    );
}

#[test]
fn init_writes_what_can_be_read_and_nothing_over_it() {
    let place = Place::with(&[("a.txt", BILL.as_bytes())]);
    let ran = place.run(&["init"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, "wrote ./rightslint.toml\n"));
    assert_eq!(place.run(&["-q", "a.txt"]).code, 1);
    let again = place.run(&["init"]);
    assert_eq!(
        (again.code, again.err.as_str()),
        (2, "error: ./rightslint.toml: there is a configuration file already\n")
    );
    // With every example in force it is right too.
    let path = place.path().join("rightslint.toml");
    let template = std::fs::read_to_string(&path).unwrap();
    let is_example = |line: &&str| {
        line.strip_prefix("# ").is_some_and(|rest| rest.starts_with('[') || rest.contains(" = "))
    };
    let examples: Vec<&str> =
        template.lines().filter(is_example).filter(|line| !line.contains("packs")).collect();
    assert!(examples.len() > 15, "{examples:?}");
    let lines: Vec<&str> = examples.iter().map(|line| &line[2..]).collect();
    std::fs::write(&path, lines.join("\n")).unwrap();
    let ran = place.run(&["-q", "a.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
}

#[test]
fn the_effective_choices_are_a_configuration() {
    let text = "select = [\"encryption\", \"R8\"]\nignore = [\"framing\"]\nfail-on = \"note\"\nmin-confidence = \"medium\"\nstrengths = true\n\
        [severity]\nmandated-decryption-capability = \"warning\"\nclient-side-scanning = \"off\"\n";
    let place = Place::with(&[("a.txt", BILL.as_bytes()), ("rightslint.toml", text.as_bytes())]);
    let shown = place.run(&["--show-config", "a.txt"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    for line in ["# a.txt", "# from rightslint.toml", "fail-on = \"note\"", "client-side-scanning = \"off\""]
    {
        assert!(shown.out.lines().any(|known| known == line), "{line}\n{}", shown.out);
    }
    std::fs::write(place.path().join("shown.toml"), &shown.out).unwrap();
    let run = |config: &str| place.run(&["--format", "short", "--config", config, "a.txt"]);
    let name = |text: &str| text.replace("shown.toml", "rightslint.toml");
    let (first, second) = (run("rightslint.toml"), run("shown.toml"));
    assert_eq!((first.out, first.err, first.code), (name(&second.out), second.err, second.code));
}
