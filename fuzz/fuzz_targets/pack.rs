//! Rule packs: files parted by NUL. Every mistake lies in its file; what loads can be scanned with.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rightslint::reader::{self, Format};
use rightslint::rule::{PackFile, RuleSet};
use rightslint::scan::Scanner;

const BILL: &str = "1. In this Act, \"operator\" means a person who keeps keys.\n\n\
    2. An operator must not keep any key unless—\n(a) a judge so orders; or\n(b) the provider agrees.";

fuzz_target!(|input: &[u8]| {
    let Ok(input) = std::str::from_utf8(input) else { return };
    let files: Vec<PackFile> = (1..)
        .zip(input.split('\0').take(3))
        .map(|(number, text)| PackFile { name: format!("{number}.toml"), text: text.to_owned() })
        .collect();
    match RuleSet::from_files(&files) {
        Ok(rules) => {
            let document = reader::read(Format::Text, BILL.as_bytes()).expect("the bill is text");
            Scanner::new(&rules).scan(&document);
        }
        Err(errors) => {
            for error in errors {
                assert!(error.file_text.get(error.span.range()).is_some(), "{error} at {:?}", error.span);
                error.to_diagnostic();
            }
        }
    }
});
