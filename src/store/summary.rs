//! What an act was, in plain words: `tag 3 articles +ia -draft`.
//!
//! Made once, when the act is recorded, and kept with it, since later nobody could count its subjects cheaply.

use crate::model::{Change, Deed, Relation, Selector, Status};

/// Code points of a claim that its summary quotes.
const QUOTED: usize = 60;
/// Deeds of one act that are told; the others are meant by `…`.
const DEEDS: usize = 3;

/// The word for a deed's sort, as events, the log and `--json` have it.
pub(super) const fn kind(deed: &Deed) -> &'static str {
    match deed {
        Deed::Tag { .. } => "tag",
        Deed::Remove { .. } => "remove",
        Deed::Claim(_) => "claim",
        Deed::Review { .. } => "review",
        Deed::Amend { .. } => "amend",
        Deed::Note { .. } => "note",
        Deed::Relate { .. } => "relate",
        Deed::RenameSpeaker { .. } => "rename_speaker",
        Deed::SetRole { .. } => "set_role",
        Deed::SetKind { .. } => "set_kind",
        Deed::Merge { .. } => "merge",
        Deed::Split { .. } => "split",
        Deed::TellApart { .. } => "tell_apart",
        Deed::RenameTag { .. } => "rename_tag",
        Deed::DeleteTag { .. } => "delete_tag",
        Deed::Undo { .. } => "undo",
        Deed::Redo { .. } => "redo",
    }
}

/// What became of one deed.
#[derive(Debug)]
pub(super) struct Told {
    is_claim: bool,
    subjects: usize,
    words: String,
}

impl Told {
    /// A deed that changed these many articles and claims.
    pub(super) fn new(deed: &Deed, articles: usize, claims: usize) -> Self {
        let words = match deed {
            Deed::Tag { add, remove, .. } => {
                let mut words = format!("tag {}", objects(articles, claims));
                for (sign, tags) in [('+', add), ('-', remove)] {
                    for tag in tags {
                        words.extend([' ', sign]);
                        words.push_str(tag.as_str());
                    }
                }
                words
            }
            Deed::Remove { .. } => format!("remove {}", objects(articles, claims)),
            Deed::Claim(new) => format!("claim « {} »", quote(&new.parts)),
            Deed::Review { status, .. } => {
                let objects = objects(articles, claims);
                match status {
                    Status::Accepted => format!("accept {objects}"),
                    Status::Rejected => format!("reject {objects}"),
                    Status::Suggested => format!("put {objects} back to suggested"),
                }
            }
            Deed::Amend { change, .. } => amended(change, &objects(articles, claims)),
            Deed::Note { text, .. } if text.is_empty() => format!("take the note off {}", objects(articles, claims)),
            Deed::Note { .. } => format!("note on {}", objects(articles, claims)),
            Deed::Relate { relation, on, .. } => related(*relation, *on).to_owned(),
            Deed::RenameSpeaker { speaker, name } => format!("rename {} to {}", line(&speaker.name), line(name)),
            Deed::SetRole { speaker, role } => {
                format!("role of {}: {}", line(&speaker.name), role.as_deref().map_or("as told".into(), line))
            }
            Deed::SetKind { speaker, kind } => format!("kind of {}: {}", line(&speaker.name), kind.word()),
            Deed::Merge { from, into } => format!("merge {} into {}", line(&from.name), line(&into.name)),
            Deed::Split { speaker, articles } => {
                format!("split {} off in {}", line(&speaker.name), plural(articles.len(), "article"))
            }
            Deed::TellApart { speaker, other } => {
                format!("tell {} and {} apart", line(&speaker.name), line(&other.name))
            }
            Deed::RenameTag { from, to } => format!("rename tag {} to {}", from.as_str(), to.as_str()),
            Deed::DeleteTag { tag } => format!("delete tag {}", tag.as_str()),
            Deed::Undo { .. } | Deed::Redo { .. } => kind(deed).to_owned(),
        };
        Self { is_claim: matches!(deed, Deed::Claim(_)), subjects: articles + claims, words }
    }

    /// An undo or redo of an act that was summed up in `words`.
    pub(super) fn reverting(deed: &Deed, words: &str, subjects: usize) -> Self {
        Self { is_claim: false, subjects, words: format!("{}: {words}", kind(deed)) }
    }

    /// Subjects that the deed changed.
    pub(super) fn subjects(&self) -> usize {
        self.subjects
    }
}

/// What an act was, from what its deeds were.
pub(super) fn of(told: &[Told]) -> String {
    let claims = told.iter().filter(|deed| deed.is_claim).count();
    let mut words: Vec<String> = Vec::new();
    let mut claims_told = false;
    for deed in told {
        if deed.is_claim && claims > 1 {
            if !claims_told {
                words.push(plural(claims, "claim"));
            }
            claims_told = true;
        } else {
            words.push(deed.words.clone());
        }
    }
    let rest = words.len() > DEEDS;
    words.truncate(DEEDS);
    let mut summary = words.join("; ");
    if rest {
        summary.push_str("; …");
    }
    summary
}

fn amended(change: &Change, objects: &str) -> String {
    match change {
        Change::Speaker(Some(told)) => format!("speaker of {objects}: {}", line(&told.name)),
        Change::Speaker(None) => format!("speaker of {objects}: nobody named"),
        Change::Form(form) => format!("form of {objects}: {}", form.word()),
        Change::Polarity(polarity) => format!("polarity of {objects}: {}", polarity.word()),
        Change::Ranges(ranges) => format!("words of {objects}: « {} »", quote(&ranges.parts)),
    }
}

const fn related(relation: Relation, on: bool) -> &'static str {
    match (relation, on) {
        (Relation::Same, true) => "relate 2 claims: the same",
        (Relation::Same, false) => "relate 2 claims: not the same",
        (Relation::Supports, true) => "relate 2 claims: one supports the other",
        (Relation::Supports, false) => "relate 2 claims: no support any more",
        (Relation::Contradicts, true) => "relate 2 claims: they contradict each other",
        (Relation::Contradicts, false) => "relate 2 claims: no contradiction any more",
    }
}

/// The beginning of a claim's words.
fn quote(parts: &[Selector]) -> String {
    line(&parts.iter().map(|part| part.exact.as_str()).collect::<Vec<_>>().join(" "))
}

/// Words on one line, as many as a line holds.
fn line(words: &str) -> String {
    shorten(&words.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn objects(articles: usize, claims: usize) -> String {
    match (articles, claims) {
        (_, 0) => plural(articles, "article"),
        (0, _) => plural(claims, "claim"),
        _ => format!("{} and {}", plural(articles, "article"), plural(claims, "claim")),
    }
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        None => text.to_owned(),
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, Form, SpeakerKey, SpeakerKind, Subject, Tag};

    fn tag(add: &[&str], remove: &[&str]) -> Deed {
        let tags = |words: &[&str]| words.iter().map(|word| Tag::new(word).expect("a tag")).collect();
        Deed::Tag { subjects: Vec::new(), add: tags(add), remove: tags(remove) }
    }

    #[test]
    fn acts_are_told_in_plain_words() {
        let one = |deed: &Deed, articles, claims| of(&[Told::new(deed, articles, claims)]);
        assert_eq!(one(&tag(&["ia"], &["draft"]), 3, 0), "tag 3 articles +ia -draft");
        assert_eq!(one(&tag(&["ia", "us"], &[]), 0, 1), "tag 1 claim +ia +us");
        assert_eq!(one(&tag(&["ia"], &[]), 1, 2), "tag 1 article and 2 claims +ia");
        assert_eq!(one(&Deed::Remove { articles: Vec::new() }, 2, 0), "remove 2 articles");
        let review = |status| one(&Deed::Review { claims: Vec::new(), status }, 0, 1);
        assert_eq!(review(Status::Accepted), "accept 1 claim");
        assert_eq!(review(Status::Suggested), "put 1 claim back to suggested");
        let note = |text: &str| Deed::Note { subject: Subject::Article(ArticleId::of_text("")), text: text.into() };
        assert_eq!(one(&note("Voir."), 1, 0), "note on 1 article");
        assert_eq!(one(&note(""), 1, 0), "take the note off 1 article");
        let undo = Deed::Undo { group: uuid::Uuid::nil() };
        assert_eq!(of(&[Told::reverting(&undo, "tag 1 article +ia", 1)]), "undo: tag 1 article +ia");
        let amend = |change| one(&Deed::Amend { claims: Vec::new(), change: Box::new(change) }, 0, 2);
        assert_eq!(amend(Change::Form(Form::Direct)), "form of 2 claims: direct");
        assert_eq!(amend(Change::Speaker(None)), "speaker of 2 claims: nobody named");
        let who = |name: &str| SpeakerKey { name: name.into(), kind: SpeakerKind::Person, article: None };
        let merge = Deed::Merge { from: who("Wang"), into: who("Alexandr\nWang") };
        assert_eq!(one(&merge, 0, 0), "merge Wang into Alexandr Wang");
        let many: Vec<Told> = (0..5).map(|_| Told::new(&tag(&["ia"], &[]), 1, 0)).collect();
        assert_eq!(of(&many), "tag 1 article +ia; tag 1 article +ia; tag 1 article +ia; …");
    }

    #[test]
    fn a_long_claim_is_cut_between_letters() {
        assert_eq!(shorten("été"), "été");
        assert_eq!(shorten(&"é".repeat(61)), format!("{}…", "é".repeat(60)));
    }
}
