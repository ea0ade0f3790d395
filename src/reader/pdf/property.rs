//! Whatever bytes of a PDF are others: it is read or refused, soon and without a panic.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::reader::{Format, ReadOptions, read_with};
use crate::text::Span;

const FILES: [&[u8]; 4] = [
    include_bytes!("../../../fixtures/formats/secure-networks-numbered.pdf"),
    include_bytes!("../../../fixtures/formats/secure-networks-columns.pdf"),
    include_bytes!("../../../fixtures/formats/secure-networks-noted.pdf"),
    include_bytes!("../../../fixtures/formats/secure-networks-protected.pdf"),
];

/// One change: where, in 65536ths of the file, and what stands there then.
fn changes() -> impl Strategy<Value = Vec<(u16, Vec<u8>)>> {
    let bytes = prop_oneof![
        4 => proptest::collection::vec(any::<u8>(), 1..4),
        2 => "(<<|>>|\\[|\\]|\\(|\\)|/Kids|/Length|/Filter|/Type|stream\n|endstream|endobj|trailer|0 R|BT|ET|Tf|q|Q)".prop_map(String::into_bytes),
        2 => "(-1|0|1|99999999999|4294967295|1e38|-0.0001|2147483648) ".prop_map(String::into_bytes),
    ];
    proptest::collection::vec((any::<u16>(), bytes), 1..12)
}

fn place(file: &[u8], at: u16) -> usize {
    file.len() * usize::from(at) / 65536
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_are_read_or_refused(file in 0..FILES.len(), changes in changes(), cut in any::<u16>(), keep in any::<bool>()) {
        let mut bytes = FILES[file].to_vec();
        for (at, change) in changes {
            let at = place(&bytes, at);
            let end = (at + change.len()).min(bytes.len());
            bytes.splice(at..end, change);
        }
        if cut % 4 == 0 {
            bytes.truncate(place(&bytes, cut));
        }
        let begun = Instant::now();
        let options = ReadOptions { keep_furniture: keep, ..ReadOptions::default() };
        let read = read_with(Format::Pdf, &bytes, options);
        prop_assert!(begun.elapsed() < Duration::from_secs(20));
        if let Ok(document) = read {
            prop_assert!(!document.text().is_empty() || !document.unread().is_empty());
            for block in document.blocks() {
                prop_assert!(document.text().get(block.span.range()).is_some_and(|text| !text.trim().is_empty()));
                prop_assert!(document.locate(Span::new(block.span.start, block.span.end)).place.is_some());
            }
        }
    }
}
