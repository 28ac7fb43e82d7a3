//! Opening an address in the user's browser, and a true report of what was done.
//!
//! The program gets the address as an argument of its own; no shell ever sees it. What may be opened is for
//! [`crate::text::link::check`] to say, and it is asked here once more. Over SSH, or without a desktop, a
//! browser would open where nobody looks or fight for the terminal: then nothing is started.

use std::fmt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::text::link;

/// How long a program may take to say that it can't.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Where the program runs, as far as it matters here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Env {
    /// The value of `BROWSER`: programs to try, parted by colons, `%s` standing for the address.
    pub browser: Option<String>,
    /// Over SSH: the desktop is elsewhere.
    pub ssh: bool,
    /// A desktop can be reached.
    pub desktop: bool,
}

/// What was done. Its words are for the person who opened the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// A program took the address.
    Opened {
        /// The program.
        with: String,
    },
    /// No program took it; the last that was tried, and what it came to.
    Failed {
        /// Why.
        why: String,
    },
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opened { with } => write!(f, "opened with {with}"),
            Self::Failed { why } => write!(f, "not opened: {why}"),
        }
    }
}

impl Env {
    /// Whether a browser can be opened where somebody sees it.
    pub fn can_open(&self) -> bool {
        !self.ssh && (self.desktop || cfg!(target_os = "macos"))
    }
}

/// The command lines to try, the likeliest first.
fn command_lines(url: &str, browser: Option<&str>) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    for command in browser.unwrap_or_default().split(':') {
        let mut words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        if words.is_empty() {
            continue;
        }
        if words.iter().skip(1).any(|word| word.contains("%s")) {
            for word in words.iter_mut().skip(1) {
                *word = word.replace("%s", url);
            }
        } else {
            words.push(url.to_owned());
        }
        lines.push(words);
    }
    let desktop = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    lines.push(vec![desktop.to_owned(), url.to_owned()]);
    lines
}

/// Opens `url` and tells what came of it, then waits for the program, so that it doesn't stay as a zombie.
pub fn open(url: &str, env: &Env, tell: impl FnOnce(Report)) {
    if let Err(why) = link::check(url) {
        return tell(Report::Failed { why: why.to_owned() });
    }
    let mut why = String::new();
    for words in command_lines(url, env.browser.as_deref()) {
        let Some((program, arguments)) = words.split_first() else { continue };
        match start(program, arguments, PATIENCE) {
            Ok(mut child) => {
                tell(Report::Opened { with: program.clone() });
                // Its end says nothing any more.
                let _ = child.wait();
                return;
            }
            Err(failure) => why = failure,
        }
    }
    tell(Report::Failed { why });
}

/// Starts a program that has nothing to do with the terminal; an error if it ends badly within `patience`.
fn start(program: &str, arguments: &[String], patience: Duration) -> Result<Child, String> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(|error| format!("{program}: {error}"))?;
    let deadline = Instant::now() + patience;
    loop {
        match child.try_wait() {
            Ok(Some(status)) if !status.success() => return Err(format!("{program} ended with {status}")),
            Ok(None) if Instant::now() < deadline => thread::sleep(Duration::from_millis(5)),
            _ => return Ok(child),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(browser: &str) -> Vec<String> {
        let lines = command_lines("https://a.org/$(x);y", Some(browser));
        lines.into_iter().take(2).map(|words| words.join("|")).collect()
    }

    #[test]
    fn the_address_is_one_argument_whatever_it_holds() {
        assert_eq!(lines("firefox --new-tab")[0], "firefox|--new-tab|https://a.org/$(x);y");
        assert_eq!(lines("w --url=%s -q")[0], "w|--url=https://a.org/$(x);y|-q");
        assert_eq!(lines("a:b")[1], "b|https://a.org/$(x);y");
        assert_eq!(lines("").len(), 1);
        assert_eq!(lines(" : ").len(), 1);
    }

    #[test]
    fn what_came_of_it_is_told() {
        let told = |browser: &str, url: &str| {
            let mut told = String::new();
            let env = Env { browser: Some(browser.into()), ..Env::default() };
            open(url, &env, |report| told = report.to_string());
            told
        };
        assert_eq!(told("no-such-browser:true", "https://a.org"), "opened with true");
        assert_eq!(told("true", "file:///etc/passwd"), "not opened: only http, https and mailto are opened");
        assert!(start("false", &[], PATIENCE).is_err_and(|why| why.starts_with("false ended with")));
        assert!(start("no-such-browser", &[], PATIENCE).is_err_and(|why| why.starts_with("no-such-browser: ")));
    }

    #[test]
    fn nothing_is_opened_where_nobody_looks() {
        let env = |ssh, desktop| Env { ssh, desktop, browser: Some("lynx".into()) };
        assert!(!env(true, true).can_open());
        assert!(env(false, true).can_open());
    }
}
