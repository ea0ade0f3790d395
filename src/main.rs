//! The program: the command line of the library, with the process's arguments and streams.

use std::io::{self, BufWriter, IsTerminal as _};
use std::process::ExitCode;

use rightslint::cli::{self, Terminal};

fn main() -> ExitCode {
    let out = io::stdout();
    let mut terminal = Terminal {
        out_is_shown: out.is_terminal(),
        err_is_shown: io::stderr().is_terminal(),
        out: &mut BufWriter::new(out.lock()),
        err: &mut io::stderr(),
    };
    ExitCode::from(cli::run(std::env::args_os(), &mut terminal))
}
