//! XML of every vocabulary.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rightslint::reader::Format;
use rightslint_fuzz::read_and_check;

fuzz_target!(|input: &[u8]| read_and_check(Format::Xml, input));
