//! Where things are, who does them, and what is found: paths, users, `doctor`, `completions`, `man`, help.

use crate::home::{Home, keys, ran, sorted};

fn at(home: &Home, line: &str, env: &[(&str, &str)]) -> crate::home::Ran {
    let mut command = home.command(line.split_whitespace());
    command.envs(env.iter().copied());
    ran(command)
}

#[test]
fn the_store_is_where_flag_variable_or_data_folder_say() {
    let home = Home::new();
    home.out("list");
    assert!(home.at(".local/share/dixit/store.db").is_file());
    let data = home.at("data").display().to_string();
    assert_eq!(at(&home, "list", &[("XDG_DATA_HOME", &data)]).out.lines().count(), 5);
    assert!(home.at("data/dixit/store.db").is_file());
    let ran = at(&home, "list --store flag.db", &[("DIXIT_STORE", "variable.db")]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "another store than the default one is empty");
    assert!(home.at("flag.db").is_file() && !home.at("variable.db").exists());
    assert_eq!(at(&home, "list --seeds", &[("DIXIT_STORE", "variable.db")]).out.lines().count(), 5);
    assert_eq!(at(&home, "list", &[("DIXIT_STORE", "variable.db")]).out.lines().count(), 5);
}

#[test]
fn a_relative_xdg_folder_doesnt_count() {
    let home = Home::new();
    assert_eq!(at(&home, "list", &[("XDG_DATA_HOME", "relative")]).status, 0);
    assert!(!home.at("relative").exists());
    assert!(home.at(".local/share/dixit/store.db").is_file());
}

#[test]
fn the_seeds_come_once() {
    let home = Home::new();
    assert_eq!(home.out("list --seeds").lines().count(), 5);
    assert_eq!(home.run("remove source:techcrunch").status, 0);
    assert_eq!(home.out("list --seeds").lines().count(), 4, "what was removed stays so");
    assert_eq!(home.json("claims --json --seeds").len(), 56 - 13);
}

#[test]
fn the_annotator_is_flag_then_configuration_then_login() {
    let home = Home::new();
    let annotator = |line: &str, env: &[(&str, &str)]| {
        assert_eq!(at(&home, line, env).status, 0);
        home.json("log 1 --json")[0]["annotator"].as_str().unwrap().to_owned()
    };
    assert_eq!(annotator("tag source:techcrunch -- +a", &[]), "ana");
    assert_eq!(annotator("tag source:techcrunch -- +b", &[("USER", ""), ("LOGNAME", "eva")]), "eva");
    let number = format!("user {}", rustix::process::getuid().as_raw());
    assert_eq!(annotator("tag source:techcrunch -- +c", &[("USER", "rules\u{1b}")]), number, "that name is taken");
    home.write("mine.toml", "user = \"Zoé\"\n");
    assert_eq!(annotator("tag source:techcrunch -- +d", &[("DIXIT_CONFIG", "mine.toml")]), "Zoé");
    assert_eq!(annotator("--user max tag source:techcrunch -- +e", &[("DIXIT_CONFIG", "mine.toml")]), "max");
}

#[test]
fn doctor_says_what_it_found_and_makes_nothing() {
    let home = Home::new();
    let findings = home.json("doctor --json");
    for finding in &findings {
        assert_eq!(keys(finding), sorted("about found means"));
    }
    let found = |about: &str| {
        let finding = findings.iter().find(|finding| finding["about"] == about);
        finding.unwrap_or_else(|| panic!("nothing about {about}"))["found"].as_str().unwrap().to_owned()
    };
    assert_eq!(found("version"), env!("CARGO_PKG_VERSION"));
    assert!(found("configuration").ends_with(".config/dixit/config.toml, not there"));
    assert!(found("store").ends_with(".local/share/dixit/store.db, not there yet"));
    assert_eq!(found("user"), "ana");
    assert_eq!(found("locale"), "LANG=C.UTF-8");
    assert_eq!(found("colours"), "no colours");
    assert!(found("terminal").starts_with("xterm-256color"));
    assert!(!home.at(".local").exists() && !home.at(".config").exists());
}

#[test]
fn doctor_reads_the_configuration_and_the_store() {
    let home = Home::new();
    let config = home.write(".config/dixit/config.toml", "measure = 72\n\nmesure = 80\n");
    home.run("list");
    let ran = home.run("doctor");
    assert_eq!(ran.status, 2, "{}", ran.out);
    assert_eq!(ran.err, "");
    assert!(ran.out.contains(&format!("configuration {}\n", config.display())), "{}", ran.out);
    assert!(ran.out.contains("config.toml:3:1: there is no setting \"mesure\""), "{}", ran.out);
    assert!(ran.out.contains("did you mean measure?"), "{}", ran.out);
    assert!(ran.out.contains("5 articles, 56 claims"), "{}", ran.out);
    home.write("broken.db", "not a store");
    assert_eq!(home.run("doctor --store broken.db").status, 3);
}

#[test]
fn doctor_knows_ssh_and_colours() {
    let home = Home::new();
    let ran = at(&home, "doctor --color always", &[("SSH_TTY", "/dev/pts/1"), ("COLORTERM", "truecolor")]);
    assert_eq!(ran.status, 0);
    assert!(ran.out.contains("24-bit colours"), "{}", ran.out);
    assert!(ran.out.contains("the terminal at your end (OSC 52)"), "{}", ran.out);
}

#[test]
fn completions_and_pages_are_there_for_packagers() {
    let home = Home::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = home.out(&format!("completions {shell}"));
        assert!(script.contains("dixit") && script.contains("speakers"), "{shell}");
    }
    assert!(home.out("man").starts_with(".ie"), "{}", &home.out("man")[..40]);
    assert!(home.out("man import").contains("dixit\\-import"));
    assert!(!home.at(".local").exists(), "no store is needed for it");
}

#[test]
fn help_has_an_example_and_one_page() {
    let home = Home::new();
    let help = home.out("--help");
    assert!(help.contains("Examples:\n  dixit  ") && help.contains("Exit status: 0 done"), "{help}");
    assert!(help.lines().all(|line| line.chars().count() <= 88), "{help}");
    for command in
        ["read", "import", "list", "show", "claims", "speakers", "tag", "remove", "undo", "log", "check", "doctor"]
    {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
        let page = home.out(&format!("{command} --help"));
        assert!(page.contains("\nExamples:\n  dixit "), "{page}");
        assert_eq!(home.out(&format!("{command} -h")), page);
    }
    assert_eq!(home.out("--version"), format!("dixit {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn colour_comes_only_where_it_is_wanted() {
    let home = Home::new();
    assert!(!home.out("list").contains('\u{1b}'));
    assert!(home.out("list --color always").contains("\u{1b}[1m"));
    let ran = at(&home, "list --color always", &[("NO_COLOR", "1")]);
    assert!(ran.out.contains("\u{1b}[1m"), "the flag goes before the variable");
    assert!(!home.out("list --json --color always").contains('\u{1b}'));
}
