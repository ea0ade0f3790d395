//! The program as it is run: arguments, exit codes, files that cannot be read.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A folder with files in it, in which the program is run.
pub(crate) struct Place {
    root: TempDir,
}

/// What the program did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    /// Makes a folder that holds `files`: names and bytes.
    pub(crate) fn with(files: &[(&str, &[u8])]) -> Place {
        let place = Place { root: tempfile::tempdir().unwrap() };
        for (name, bytes) in files {
            let path = place.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        place
    }

    pub(crate) fn path(&self) -> &Path {
        self.root.path()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with_input(arguments, b"")
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rightslint"))
            .args(arguments)
            .current_dir(self.path())
            .env_remove("NO_COLOR")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that reads no input may be gone already.
        drop(child.stdin.take().unwrap().write_all(input));
        Ran::from(child.wait_with_output().unwrap())
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

const CLEAN: &[u8] = b"1. This Act is about the sale of apples.\n";
const SUMMARY: &str = "1 document read, 0 failed, 0 skipped: 0 errors, 0 warnings, 0 notes\n";

fn check(files: &[(&str, &[u8])], arguments: &[&str], code: i32, err: &str) {
    let ran = Place::with(files).run(arguments);
    assert_eq!((ran.code, ran.err.as_str()), (code, err), "{arguments:?}\n{}", ran.out);
}

#[test]
fn clean_documents_exit_with_0() {
    check(&[("a.txt", CLEAN)], &["a.txt"], 0, SUMMARY);
    check(&[("a.txt", CLEAN)], &["check", "a.txt"], 0, SUMMARY);
    check(&[("a.txt", CLEAN)], &["a.txt", "./a.txt", "--fail-on", "note"], 0, SUMMARY);
    check(&[("a.txt", CLEAN)], &["--quiet", "a.txt"], 0, "");
    check(&[("check", CLEAN), ("d/a.txt", CLEAN)], &["d"], 0, SUMMARY);
    check(&[("a.txt", b"1. The caf\xe9 may sell apples.\n")], &["a.txt"], 0, SUMMARY);
    check(&[("a.bin", b"<html><p>1. The caf&eacute; may sell apples.")], &["a.bin"], 0, SUMMARY);
}

#[test]
fn what_cannot_be_read_exits_with_2() {
    let failed = |error: &str, others: &str| {
        format!("error: {error}\n{others} read, 1 failed, 0 skipped: 0 errors, 0 warnings, 0 notes\n")
    };
    let none = "0 documents";
    check(&[], &["a.txt"], 2, &failed("a.txt: no such file or folder", none));
    check(&[("a.png", b"x")], &["a.png"], 2, &failed("a.png: not a kind of document that can be read", none));
    check(
        &[("check", CLEAN)],
        &["./check"],
        2,
        &failed("./check: not a kind of document that can be read", none),
    );
    check(&[("a.txt", b"")], &["a.txt"], 2, &failed("a.txt: the file is empty", none));
    check(&[("a.txt", b" \n\t\n")], &["a.txt"], 2, &failed("a.txt: the file is empty", none));
    let error = "a.txt: not text in any known encoding; convert the file to UTF-8 first";
    check(&[("a.txt", b"\xff\xfe\xfd"), ("b.txt", CLEAN)], &["b.txt"], 0, SUMMARY);
    check(&[("a.txt", b"\xff"), ("b.txt", CLEAN)], &["b.txt", "a.txt"], 2, &failed(error, "1 document"));
    let garbage: Vec<u8> = (0..=255).cycle().take(4096).collect();
    let error = "a.txt: not a text file: it is full of control characters";
    check(&[("a.txt", &garbage)], &["a.txt"], 2, &failed(error, none));
    let large = vec![b'a'; (1 << 20) + 1];
    let error = "a.txt: larger than 1 MiB; raise --max-file-size to read it";
    check(&[("a.txt", &large)], &["--max-file-size", "1", "a.txt"], 2, &failed(error, none));
    check(&[("d/x.rs", CLEAN)], &["e"], 2, &failed("e: no such file or folder", none));
    let empty = "error: d: the folder holds no document that can be read\n\
                 0 documents read, 1 failed, 1 skipped: 0 errors, 0 warnings, 0 notes\n";
    check(&[("d/x.rs", CLEAN)], &["d"], 2, empty);
}

#[test]
fn hostile_texts_are_read() {
    let long_line = "the provider shall report, ".repeat(400_000);
    check(&[("a.txt", long_line.as_bytes())], &["a.txt"], 0, SUMMARY);
    let nested = "(".repeat(10_000) + "a" + &")".repeat(10_000);
    check(&[("a.md", nested.as_bytes())], &["a.md"], 0, SUMMARY);
    check(&[("a.txt", "\u{feff}\0\u{1b}[31m \u{202e}é".as_bytes())], &["a.txt"], 0, SUMMARY);
}

#[test]
fn wrong_arguments_exit_with_2() {
    let place = Place::with(&[("a.txt", CLEAN)]);
    let wrong: &[&[&str]] = &[
        &[],
        &["--no-such-option", "a.txt"],
        &["--format", "pdf", "a.txt"],
        &["--output", "json", "a.txt"],
        &["--output", "pdf=x", "a.txt"],
        &["--fail-on", "always", "a.txt"],
        &["--max-file-size", "0", "a.txt"],
        &["--select", "no-such-rule", "a.txt"],
        &["--ignore", "R99", "a.txt"],
        &["--rules", "none.toml", "a.txt"],
        &["--output", "json=no/such/folder.json", "a.txt"],
        &["explain", "no-such-rule"],
        &["extract", "b.txt"],
        &["rules", "a.txt"],
    ];
    for arguments in wrong {
        let ran = place.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}: {ran:?}");
        assert!(!ran.err.is_empty() && !ran.err.contains("panicked"), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn help_and_version_exit_with_0() {
    let place = Place::with(&[]);
    for arguments in [&["--help"][..], &["--version"], &["check", "--help"], &["help", "rules"], &["rules"]] {
        let ran = place.run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
    }
}

#[test]
fn standard_input_is_a_document() {
    let place = Place::with(&[]);
    let path = |arguments: &[&str]| {
        let ran = place.run_with_input(arguments, CLEAN);
        let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        (ran.code, report["documents"][0]["path"].clone(), report["documents"][0]["format"].clone())
    };
    assert_eq!(path(&["--format", "json", "-"]), (0, "<stdin>".into(), "text".into()));
    let named = ["--format", "json", "--stdin-filename", "d/bill.md", "-", "-"];
    assert_eq!(path(&named), (0, "d/bill.md".into(), "markdown".into()));
    let ran = place.run_with_input(&["--stdin-filename", "bill.exe", "-"], CLEAN);
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("error: bill.exe: not a kind of document"), "{}", ran.err);
    let ran = place.run_with_input(&["-"], b"");
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("error: <stdin>: the file is empty"), "{}", ran.err);
}

#[test]
fn output_does_not_depend_on_order_or_threads() {
    let place = Place::with(&[
        ("b.txt", CLEAN),
        ("d/a.md", CLEAN),
        ("d/logo.png", b"x"),
        ("a.txt", CLEAN),
        ("bad.txt", b"\xff"),
    ]);
    let first = place.run(&["--format", "json", "--threads", "1", "a.txt", "b.txt", "bad.txt", "d"]);
    let second = place.run(&[
        "--format",
        "json",
        "--threads",
        "4",
        "d",
        "bad.txt",
        "b.txt",
        "a.txt",
        "d/a.md",
        "b.txt",
    ]);
    assert_eq!((first.code, &first.out, &first.err), (second.code, &second.out, &second.err));
    let report: serde_json::Value = serde_json::from_str(&first.out).unwrap();
    let documents: Vec<String> = report["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|read| format!("{} {}", read["path"].as_str().unwrap(), read["status"].as_str().unwrap()))
        .collect();
    assert_eq!(documents, ["a.txt read", "b.txt read", "d/a.md read", "d/logo.png skipped"]);
    assert_eq!(report["failures"][0]["path"], "bad.txt");
}

#[test]
fn reports_go_to_files_as_well() {
    let place = Place::with(&[("a.txt", CLEAN)]);
    let ran = place.run(&[
        "a.txt",
        "--output",
        "json=x.json",
        "--output",
        "json=y.json",
        "--output",
        "short=z.txt",
    ]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    let read = |name| fs::read_to_string(place.path().join(name)).unwrap();
    assert_eq!(read("x.json"), place.run(&["a.txt", "--format", "json"]).out);
    assert_eq!((read("x.json"), read("z.txt")), (read("y.json"), String::new()));
}

#[test]
fn extract_prints_the_text_as_read() {
    let place = Place::with(&[("a.txt", b"The sale of\n  apples \x1b is\nlawful.\n")]);
    let ran = place.run(&["extract", "a.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("The sale of apples is lawful."), "{}", ran.out);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let text = "The sale of apples is lawful.\n\n".repeat(20_000);
    let place = Place::with(&[("a.txt", text.as_bytes())]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_rightslint"))
        .args(["extract", "a.txt"])
        .current_dir(place.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

#[test]
fn a_text_in_another_language_is_not_clean() {
    let french = "Le fournisseur de services conserve les données de connexion pendant une durée d'un an. \
        Les agents habilités peuvent exiger la remise des conventions permettant le déchiffrement des données. \
        Le ministre fixe par décret les modalités d'application du présent article, après avis de la commission. \
        Les personnes concernées sont informées dans les conditions prévues par la loi.\n";
    let place = Place::with(&[("loi.txt", french.as_bytes()), ("a.txt", CLEAN)]);
    let ran = place.run(&["loi.txt", "a.txt"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.starts_with("not checked: loi.txt: there are no rules"), "{}", ran.out);
    assert!(ran.err.starts_with("error: loi.txt: there are no rules for its language"), "{}", ran.err);
    assert_eq!(place.run(&["--language", "en", "loi.txt"]).code, 0);
    assert_eq!(place.run(&["--language", "xx", "loi.txt"]).code, 2);
    let report: serde_json::Value = serde_json::from_str(&place.run(&["--format", "json", "."]).out).unwrap();
    assert_eq!(report["documents"][1]["status"], "unsupported-language");
}
