//! The footer: a prompt, what the reader has to say, or the keys that matter here; at the right what is under way.

use super::Canvas;
use crate::text::shown::Shown;
use crate::tui::action::{ACTIONS, Action, Mode, entry_of};
use crate::tui::app::{App, Prompt, PromptKind};
use crate::tui::search::Search;
use crate::tui::{keymap, pivot};

pub(super) fn draw(app: &App, canvas: &mut Canvas) {
    let place = app.panes().footer;
    if place.height == 0 {
        return;
    }
    let theme = &app.settings.theme;
    let state = match app.selection_in_words().filter(|_| app.pending.is_empty()) {
        _ if app.saving > 0 => "saving…".to_owned(),
        Some(selection) => selection,
        None if app.triage.end.is_some() && app.pending.is_empty() => "R: the other claim".to_owned(),
        None => keymap::display(&app.pending),
    };
    let right = canvas.put_right(place.right().saturating_sub(1), place.y, &state, theme.dim);
    let room = right.saturating_sub(place.x + 2);
    let x = place.x + 1;
    let notice = |canvas: &mut Canvas, x: u16| {
        let Some(notice) = &app.notice else { return };
        let room = right.saturating_sub(x + 2);
        let style = if notice.alert { theme.alert } else { theme.notice };
        canvas.put(x, place.y, room, &Shown::line(&notice.text).fit(usize::from(room)), style);
    };
    if let Some(chooser) = &app.choosing.chooser {
        let at = canvas.label(x, place.y, room, "speaker: ", theme.key);
        canvas.typed(at, place.y, (x + room).saturating_sub(at), &chooser.line, theme.base);
        return;
    }
    match &app.prompt {
        Some(prompt) => {
            let end = draw_prompt(app, canvas, x, place.y, room, prompt);
            notice(canvas, end + 3);
        }
        None if !app.pending.is_empty() => draw_following(app, canvas, x, place.y, room),
        None if app.notice.is_some() => notice(canvas, x),
        None if app.is_zen() && app.menu.is_none() && app.selection.is_none() => {}
        None => draw_hints(app, canvas, x, place.y, room),
    }
}

/// Draws the prompt and the other candidates; the column after what is typed.
fn draw_prompt(app: &App, canvas: &mut Canvas, x: u16, y: u16, room: u16, prompt: &Prompt) -> u16 {
    let theme = &app.settings.theme;
    let label = match &prompt.kind {
        PromptKind::Tag(subjects) => format!("tag {}: ", App::subjects_in_words(subjects)),
        PromptKind::Speaker { who, naming } => pivot::question(who, naming),
        PromptKind::RenameTag(tag) => format!("rename {} to: ", tag.as_str()),
        PromptKind::Command => ":".to_owned(),
        PromptKind::Search(_) => "/".to_owned(),
    };
    let at = canvas.label(x, y, room, &label, theme.key);
    let left = (x + room).saturating_sub(at);
    canvas.typed(at, y, left, &prompt.line, theme.base);
    let typed = Shown::line(prompt.line.text()).width() as u16;
    if matches!(prompt.kind, PromptKind::Search(_)) && !prompt.line.text().is_empty() {
        let count = app.reader.as_ref().and_then(|reader| reader.search.as_ref()).map(Search::count);
        return canvas.label(at + typed + 2, y, left.saturating_sub(typed + 2), &count.unwrap_or_default(), theme.dim);
    }
    let Some((candidates, chosen)) = prompt.line.candidates() else { return at + typed };
    let others: Vec<&str> =
        candidates.iter().cycle().skip(chosen + 1).take(candidates.len() - 1).map(String::as_str).collect();
    let from = at + typed + 3;
    let width = (x + room).saturating_sub(from);
    canvas.put(from, y, width, &Shown::line(&others.join("  ")).fit(usize::from(width)), theme.dim)
}

/// The keys of the place, as many as fit; the help's is always among them.
fn draw_hints(app: &App, canvas: &mut Canvas, x: u16, y: u16, room: u16) {
    let theme = &app.settings.theme;
    let mode = app.mode();
    let hints = hints(app, mode);
    let width = |keys: &str, hint: &str| (Shown::line(keys).width() + Shown::line(hint).width() + 4) as u16;
    let help = hints.iter().find(|(action, ..)| *action == Action::Help).map_or(0, |(_, k, h)| width(k, h));
    let mut at = x;
    for (action, keys, hint) in &hints {
        let needed = width(keys, hint);
        let reserved = if *action == Action::Help { 0 } else { help };
        if at + needed + reserved > x + room + 3 {
            continue;
        }
        at = canvas.label(at, y, room, keys, theme.key) + 1;
        at = canvas.label(at, y, room, hint, theme.dim) + 3;
    }
}

/// What may follow the keys pressed so far, by the names of the actions.
fn draw_following(app: &App, canvas: &mut Canvas, x: u16, y: u16, room: u16) {
    let theme = &app.settings.theme;
    let mut at = x;
    for (keys, action) in app.settings.keymap.following(app.mode(), &app.pending) {
        let name = entry_of(action).map_or("", |entry| entry.name);
        if at + (Shown::line(&keys).width() + name.len() + 1) as u16 > x + room {
            break;
        }
        at = canvas.label(at, y, room, &keys, theme.key) + 1;
        at = canvas.label(at, y, room, name, theme.dim) + 3;
    }
}

fn hints(app: &App, mode: Mode) -> Vec<(Action, String, &'static str)> {
    let keymap = &app.settings.keymap;
    let first = |action| keymap.keys(mode, action).into_iter().next();
    if app.help.is_some() {
        let hint = |action, hint| Some((action, first(action)?, hint));
        return [hint(Action::Down, "scroll"), hint(Action::Cancel, "close")].into_iter().flatten().collect();
    }
    let mut hints = Vec::new();
    for entry in ACTIONS.iter().filter(|entry| !entry.hint.is_empty()) {
        if !entry.modes.contains(&mode) {
            continue;
        }
        let Some(key) = first(entry.action) else { continue };
        if mode == Mode::Selection && !app.is_of_use(entry.action) {
            continue;
        }
        let other = match entry.action {
            Action::Down if matches!(mode, Mode::Prompt) => continue,
            Action::Down
                if mode == Mode::Selection && keymap.keys(mode, entry.action).iter().any(|key| key == "down") =>
            {
                hints.push((entry.action, "arrows".to_owned(), entry.hint));
                continue;
            }
            Action::Down => first(Action::Up),
            Action::WordRight => first(Action::WordLeft),
            Action::NextSentence => first(Action::PreviousSentence),
            Action::NextClaim => first(Action::PreviousClaim),
            _ => None,
        };
        let keys = other.map_or_else(|| key.clone(), |other| format!("{key}/{other}"));
        hints.push((entry.action, keys, entry.hint));
    }
    hints
}
