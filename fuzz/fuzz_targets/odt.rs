//! ODT: its parts as XML, or the archive as it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rightslint::reader::Format;
use rightslint_fuzz::{ODT_PARTS, package, read_and_check};

fuzz_target!(|input: &[u8]| read_and_check(Format::Odt, &package(&ODT_PARTS, input)));
