//! Reports in files, full disks, statistics, watching, pages for shells and `man`.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::cli::Place;

const CLEAN: &[u8] = b"1. This Act is about the sale of apples.\n";
const BREAKS: &[u8] = "1. Title\n\nThis is the Electronic Communications Act.\n\n2. Duties\n\n\
    (1) § é 😀 a provider must decrypt any message that it carries.\n"
    .as_bytes();

fn names(place: &Place) -> Vec<String> {
    let entries = fs::read_dir(place.path()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn many_reports_of_one_run() {
    let place = Place::with(&[("a.txt", BREAKS), ("d/b.txt", CLEAN)]);
    let formats = ["sarif", "junit", "csv", "markdown", "gitlab"];
    let outputs: Vec<String> =
        formats.iter().map(|format| format!("--output={format}=d/out.{format}")).collect();
    let mut arguments: Vec<&str> = outputs.iter().map(String::as_str).collect();
    arguments.extend(["a.txt", "d", "--format", "github"]);
    // Reports in a folder that is checked are no documents of the next run.
    let first = place.run(&arguments);
    let read =
        || formats.map(|format| fs::read_to_string(place.path().join(format!("d/out.{format}"))).unwrap());
    let written = read();
    let second = place.run(&arguments);
    assert_eq!((first.code, &first.out, &first.err), (1, &second.out, &second.err));
    assert_eq!(written, read());
    for (format, written) in formats.iter().zip(&written) {
        assert_eq!(*written, place.run(&["a.txt", "d/b.txt", "--format", format]).out, "{format}");
    }
}

#[test]
fn a_report_that_cannot_be_written_exits_with_2_and_the_others_are_there() {
    let place = Place::with(&[("a.txt", CLEAN), ("d/b.txt", CLEAN)]);
    let ran =
        place.run(&["a.txt", "--output", "json=no/x", "--output", "csv=d", "--output", "short=x", "--quiet"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_eq!(ran.err, "error: no/x: no such file or folder\nerror: d: is a folder\n");
    assert_eq!(names(&place), ["a.txt", "d", "x"]);
    let one_file = "two reports cannot go to one file";
    let a_document = "is a document to check; write the report to another file";
    for (output, path, error) in [
        ("csv=./x", "./x", one_file),
        ("csv=d/../x", "d/../x", one_file),
        ("csv=./a.txt", "./a.txt", a_document),
        ("csv=d/../a.txt", "d/../a.txt", a_document),
    ] {
        let ran = place.run(&["a.txt", "--quiet", "--output", "json=x", "--output", output]);
        assert_eq!((ran.code, ran.err.as_str()), (2, format!("error: {path}: {error}\n").as_str()));
    }
    assert_eq!(names(&place), ["a.txt", "d", "x"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_exits_with_2() {
    let place = Place::with(&[("a.txt", BREAKS)]);
    let run = |arguments: &[&str], out: Stdio| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_rightslint"));
        program.args(arguments).current_dir(place.path()).stdout(out).stderr(Stdio::piped());
        let output = program.spawn().unwrap().wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    let error = "error: standard output: no space left on the disk\n".to_owned();
    assert_eq!(run(&["a.txt", "--quiet"], full()), (Some(2), error.clone()));
    assert_eq!(run(&["rules"], full()), (Some(2), error.clone()));
    // What goes to files is there all the same.
    assert_eq!(run(&["a.txt", "--quiet", "--output", "json=x"], full()), (Some(2), error));
    assert_eq!(names(&place), ["a.txt", "x"]);
    let error = "error: /dev/full: no space left on the disk\n".to_owned();
    assert_eq!(run(&["a.txt", "--quiet", "--output", "json=/dev/full"], Stdio::null()), (Some(2), error));
    assert_eq!(
        run(&["a.txt", "--quiet", "--output", "json=/dev/null"], Stdio::null()),
        (Some(1), String::new())
    );
}

#[test]
fn statistics_stand_in_place_of_the_findings() {
    let place = Place::with(&[("a.txt", BREAKS), ("b.txt", CLEAN)]);
    let selected = ["--statistics", "--select", "mandated-decryption-capability", "--quiet"];
    let ran = place.run(&[&selected[..], &["a.txt", "b.txt"]].concat());
    let expected = "\
total  errors  warnings  notes  rule
    1       1         0      0  mandated-decryption-capability

total  errors  warnings  notes  topic
    1       1         0      0  encryption
";
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (1, expected, ""));
    assert_eq!(place.run(&["--statistics", "b.txt", "--quiet"]).out, "");
    assert_eq!(place.run(&["--statistics", "--format", "json", "b.txt"]).code, 2);
}

#[test]
fn watching_checks_again_after_a_change() {
    let place = Place::with(&[("a.txt", CLEAN)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_rightslint"))
        .args(["--watch", "--format", "short", "--select", "mandated-decryption-capability", "a.txt"])
        .current_dir(place.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut err = BufReader::new(child.stderr.take().unwrap()).lines();
    let clean = err.next().unwrap().unwrap();
    std::thread::sleep(Duration::from_millis(50));
    fs::write(place.path().join("a.txt"), BREAKS).unwrap();
    let broken = err.next().unwrap().unwrap();
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(clean.ends_with("0 errors, 0 warnings, 0 notes"), "{clean}");
    assert!(broken.ends_with("1 error, 0 warnings, 0 notes"), "{broken}");
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.starts_with("a.txt:7:27: error[mandated-decryption-capability]"), "{out}");
    assert_eq!(place.run(&["--watch", "-"]).code, 2);
}

#[test]
fn the_program_documents_itself() {
    let place = Place::with(&[]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = place.run(&["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{shell}");
        assert!(ran.out.contains("rightslint") && ran.out.contains("min-confidence"), "{shell}");
    }
    let page = place.run(&["man"]).out;
    assert!(page.contains(".TH rightslint 1") && page.contains("check"), "{page}");
    let page = place.run(&["man", "check"]).out;
    assert!(page.contains(".TH rightslint-check 1") && page.contains("statistics"), "{page}");
    let ran = place.run(&["man", "no-such-command"]);
    assert_eq!((ran.code, ran.err.as_str()), (2, "error: there is no command `no-such-command`\n"));
}
