//! The parser is a guest: what it does on a broken file must not end the run.
//!
//! It is made not to panic, and checks much; but it was written by others and reads what may be written to
//! break it. A panic of it is caught here, and says nothing on the terminal: the file or the page that
//! cannot be read is named by whoever asked for it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static IS_INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Calls `work`; `None` if it panics.
pub(super) fn invite<T>(work: impl FnOnce() -> T) -> Option<T> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let hook = take_hook();
        set_hook(Box::new(move |panic| {
            if !IS_INSIDE.get() {
                hook(panic);
            }
        }));
    });
    let before = IS_INSIDE.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    IS_INSIDE.set(before);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_nothing() {
        let halve =
            |number: u32| if number.is_multiple_of(2) { number / 2 } else { panic!("said by the guest") };
        assert_eq!((invite(|| halve(6)), invite(|| halve(7))), (Some(3), None));
        assert!(!IS_INSIDE.get());
    }
}
