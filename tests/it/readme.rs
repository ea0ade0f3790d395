//! The README shows what the program prints.

use std::fs;
use std::process::Command;

use crate::layers::root;

#[test]
fn the_probe_is_shown_as_it_is_printed() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let block = readme.split("<!-- probe -->\n```console\n").nth(1).unwrap().split("\n```").next().unwrap();
    let (command, expected) = block.split_once('\n').unwrap();
    let arguments: Vec<&str> = command.split_whitespace().skip(2).collect();
    let ran =
        Command::new(env!("CARGO_BIN_EXE_rightslint")).args(arguments).current_dir(root()).output().unwrap();
    assert_eq!(String::from_utf8(ran.stdout).unwrap().trim_end(), expected);
}

#[test]
fn every_option_and_command_that_it_names_is_there() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let help = |arguments: &[&str]| {
        let ran = Command::new(env!("CARGO_BIN_EXE_rightslint")).args(arguments).output().unwrap();
        String::from_utf8(ran.stdout).unwrap()
    };
    let known = help(&["check", "--help"])
        + &help(&["--help"])
        + &help(&["test", "--help"])
        + &help(&["rules", "--help"])
        + &help(&["baseline", "--help"]);
    let options = readme
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .filter(|word| word.starts_with("--"));
    for option in options.filter(|option| option.contains(char::is_alphabetic) && *option != "--release") {
        assert!(known.contains(option), "{option}");
    }
}
