//! Which format a file is of, and which encoding: the first line of the input is the file's name.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rightslint::reader::{Format, detect};
use rightslint_fuzz::read_and_check;

fuzz_target!(|input: &[u8]| {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (name, bytes) = input.split_at(end);
    let bytes = bytes.strip_prefix(b"\n").unwrap_or(bytes);
    // Other targets read the other formats.
    if let Ok(format @ (Format::Text | Format::Markdown | Format::Html | Format::Xml)) =
        detect(&String::from_utf8_lossy(name), bytes)
    {
        read_and_check(format, bytes);
    }
});
