//! The program: hands its arguments to [`dixit::cli`], says what went wrong, and ends with the right status.

use std::process::ExitCode;

use dixit::cli;

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Ok(ending) => ExitCode::from(ending.status()),
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            cli::tell_error(&error);
            ExitCode::from(error.exit_status())
        }
    }
}
