//! How far a long run is, on a terminal.
//!
//! One line, drawn over itself on standard error once the run takes longer than most do, and gone
//! before anything else is written. Nobody watches a CI job: there is none.

use std::io::{self, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Shorter runs show nothing.
const BEFORE: Duration = Duration::from_millis(500);
/// How often the line is drawn at most.
const BETWEEN: Duration = Duration::from_millis(100);
/// Goes to the start of the line and empties it.
const CLEAR: &str = "\r\u{1b}[2K";

/// How many of the documents of a run are done.
pub(super) struct Progress {
    state: Option<Mutex<State>>,
}

struct State {
    total: usize,
    done: usize,
    next: Instant,
    drawn: bool,
}

impl Progress {
    /// For a run over `total` documents; shows nothing unless `shown` and a person can see it.
    pub(super) fn new(total: usize, shown: bool) -> Progress {
        let is_set = |variable: &str| std::env::var_os(variable).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let state = State { total, done: 0, next: Instant::now() + BEFORE, drawn: false };
        Progress { state: (shown && !dumb && !is_set("CI")).then(|| Mutex::new(state)) }
    }

    /// One more document is done.
    pub(super) fn advance(&self) {
        let Some(Ok(mut state)) = self.state.as_ref().map(Mutex::lock) else { return };
        if let Some(line) = state.advance(Instant::now()) {
            draw(&line);
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        let Some(Ok(state)) = self.state.as_ref().map(Mutex::lock) else { return };
        if state.drawn {
            draw(CLEAR);
        }
    }
}

impl State {
    /// Counts a document; gives what to draw if it is time to.
    fn advance(&mut self, now: Instant) -> Option<String> {
        self.done += 1;
        if now < self.next {
            return None;
        }
        self.next = now + BETWEEN;
        self.drawn = true;
        Some(format!("{CLEAR}{} of {} documents", self.done, self.total))
    }
}

/// A terminal that is gone shows no progress either.
fn draw(line: &str) {
    let mut err = io::stderr().lock();
    drop(err.write_all(line.as_bytes()).and_then(|()| err.flush()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_drawn_late_and_not_too_often() {
        let start = Instant::now();
        let mut state = State { total: 9, done: 0, next: start + BEFORE, drawn: false };
        let mut at = |millis| state.advance(start + Duration::from_millis(millis));
        assert_eq!((at(0), at(499)), (None, None));
        assert_eq!(at(500).as_deref(), Some("\r\u{1b}[2K3 of 9 documents"));
        assert_eq!(at(599), None);
        assert_eq!(at(600).as_deref(), Some("\r\u{1b}[2K5 of 9 documents"));
    }
}
