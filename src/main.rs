//! The program: the command line of the library, with the process's arguments and streams.

use std::io::{self, BufWriter, IsTerminal as _};
use std::process::ExitCode;

fn main() -> ExitCode {
    let out = io::stdout();
    let is_terminal = out.is_terminal();
    let mut out = BufWriter::new(out.lock());
    ExitCode::from(rightslint::cli::run(std::env::args_os(), &mut out, &mut io::stderr(), is_terminal))
}
