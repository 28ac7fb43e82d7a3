//! The forms of French verbs: the three groups, and the irregular verbs among cues by families of endings.
//!
//! Finite forms are of the third person, in which newspapers report. The traditional spelling is made
//! (« répétera »); that of 1990 folds alike.

use super::conjugation::Form;
use super::cue::{Gender, Mood, Number};

/// What all forms are made of.
struct Paradigm {
    /// Third persons of the present.
    present: [String; 2],
    /// Before « -ait » and « -ant ».
    imperfect: String,
    /// Third persons of the passé simple.
    past: [String; 2],
    /// Before « -a » and « -ait ».
    future: String,
    /// In the masculine singular.
    participle: String,
    /// The present participle, where it doesn't follow the imperfect.
    present_participle: Option<String>,
}

/// The third-group verbs: an ending of the lemma; what stands in its place in the present (singular, plural), before
/// the endings of the imperfect, in the passé simple (singular, plural), before those of the future, in the past
/// participle. The first ending that fits counts.
const FAMILIES: &[(&str, [&str; 7])] = &[
    ("être", ["est", "sont", "ét", "fut", "furent", "ser", "été"]),
    ("savoir", ["sait", "savent", "sav", "sut", "surent", "saur", "su"]),
    ("avoir", ["a", "ont", "av", "eut", "eurent", "aur", "eu"]),
    ("dire", ["dit", "disent", "dis", "dit", "dirent", "dir", "dit"]),
    ("crire", ["crit", "crivent", "criv", "crivit", "crivirent", "crir", "crit"]),
    ("lire", ["lit", "lisent", "lis", "lut", "lurent", "lir", "lu"]),
    ("rire", ["rit", "rient", "ri", "rit", "rirent", "rir", "ri"]),
    ("prendre", ["prend", "prennent", "pren", "prit", "prirent", "prendr", "pris"]),
    ("battre", ["bat", "battent", "batt", "battit", "battirent", "battr", "battu"]),
    ("mettre", ["met", "mettent", "mett", "mit", "mirent", "mettr", "mis"]),
    ("vaincre", ["vainc", "vainquent", "vainqu", "vainquit", "vainquirent", "vaincr", "vaincu"]),
    ("indre", ["int", "ignent", "ign", "ignit", "ignirent", "indr", "int"]),
    ("dre", ["d", "dent", "d", "dit", "dirent", "dr", "du"]),
    ("croire", ["croit", "croient", "croy", "crut", "crurent", "croir", "cru"]),
    ("faire", ["fait", "font", "fais", "fit", "firent", "fer", "fait"]),
    ("suivre", ["suit", "suivent", "suiv", "suivit", "suivirent", "suivr", "suivi"]),
    ("naître", ["naît", "naissent", "naiss", "nut", "nurent", "naîtr", "nu"]),
    ("clure", ["clut", "cluent", "clu", "clut", "clurent", "clur", "clu"]),
    ("vouloir", ["veut", "veulent", "voul", "voulut", "voulurent", "voudr", "voulu"]),
    ("valoir", ["vaut", "valent", "val", "valut", "valurent", "vaudr", "valu"]),
    ("prévoir", ["prévoit", "prévoient", "prévoy", "prévit", "prévirent", "prévoir", "prévu"]),
    ("cevoir", ["çoit", "çoivent", "cev", "çut", "çurent", "cevr", "çu"]),
    ("voir", ["voit", "voient", "voy", "vit", "virent", "verr", "vu"]),
    ("venir", ["vient", "viennent", "ven", "vint", "vinrent", "viendr", "venu"]),
    ("tenir", ["tient", "tiennent", "ten", "tint", "tinrent", "tiendr", "tenu"]),
    ("entir", ["ent", "entent", "ent", "entit", "entirent", "entir", "enti"]),
    ("quérir", ["quiert", "quièrent", "quér", "quit", "quirent", "querr", "quis"]),
    ("frir", ["fre", "frent", "fr", "frit", "frirent", "frir", "fert"]),
];

/// Every form of the verb `lemma`; `None` for what is no infinitive. There is nothing that a rule could give beside.
pub(super) fn forms(lemma: &str, _given: &[&str]) -> Option<Vec<Form>> {
    let p = paradigm(lemma)?;
    let present_participle = p.present_participle.unwrap_or_else(|| format!("{}ant", p.imperfect));
    let [present, presents] = p.present;
    let [past, pasts] = p.past;
    let mut forms = vec![
        Form::singular(present, Mood::Present),
        Form::plural(presents, Mood::Present),
        Form::singular(format!("{}ait", p.imperfect), Mood::Imperfect),
        Form::plural(format!("{}aient", p.imperfect), Mood::Imperfect),
        Form::singular(past, Mood::Past),
        Form::plural(pasts, Mood::Past),
        Form::singular(format!("{}a", p.future), Mood::Future),
        Form::plural(format!("{}ont", p.future), Mood::Future),
        Form::singular(format!("{}ait", p.future), Mood::Conditional),
        Form::plural(format!("{}aient", p.future), Mood::Conditional),
        Form::new(lemma, Mood::Infinitive),
        Form::new(present_participle, Mood::PresentParticiple),
    ];
    let participle = p.participle;
    let (singular, plural) = (Some(Number::Singular), Some(Number::Plural));
    forms.push(Form::participle(format!("{participle}e"), Gender::Feminine, singular));
    forms.push(Form::participle(format!("{participle}es"), Gender::Feminine, plural));
    if participle.ends_with('s') {
        forms.push(Form::participle(participle, Gender::Masculine, None));
    } else {
        forms.push(Form::participle(format!("{participle}s"), Gender::Masculine, plural));
        forms.push(Form::participle(participle, Gender::Masculine, singular));
    }
    Some(forms)
}

fn paradigm(lemma: &str) -> Option<Paradigm> {
    if let Some(stem) = lemma.strip_suffix("er").filter(|stem| !stem.is_empty()) {
        return Some(first_group(stem));
    }
    if let Some((ending, parts)) = FAMILIES.iter().find(|(ending, _)| lemma.ends_with(ending)) {
        let stem = &lemma[..lemma.len() - ending.len()];
        let [present, presents, imperfect, past, pasts, future, participle] = parts.map(|part| format!("{stem}{part}"));
        let present_participle = match *ending {
            "savoir" => Some("sachant".to_owned()),
            "avoir" => Some("ayant".to_owned()),
            _ => None,
        };
        let (present, past) = ([present, presents], [past, pasts]);
        return Some(Paradigm { present, imperfect, past, future, participle, present_participle });
    }
    let stem = lemma.strip_suffix("ir").filter(|stem| !stem.is_empty())?;
    Some(Paradigm {
        present: [format!("{stem}it"), format!("{stem}issent")],
        imperfect: format!("{stem}iss"),
        past: [format!("{stem}it"), format!("{stem}irent")],
        future: lemma.to_owned(),
        participle: format!("{stem}i"),
        present_participle: None,
    })
}

/// « -er »: c and g soften before a, and e or é before a mute syllable changes.
fn first_group(stem: &str) -> Paradigm {
    let soft = match stem.as_bytes().last() {
        Some(b'c') => format!("{}ç", &stem[..stem.len() - 1]),
        Some(b'g') => format!("{stem}e"),
        _ => stem.to_owned(),
    };
    let mute = before_mute(stem);
    // « répète » but « répétera »; « rappelle », « rappellera ».
    let future = if mute.chars().count() == stem.chars().count() && stem.contains('é') { stem } else { &mute };
    Paradigm {
        future: format!("{future}er"),
        present: [format!("{mute}e"), format!("{mute}ent")],
        imperfect: soft.clone(),
        past: [format!("{soft}a"), format!("{stem}èrent")],
        participle: format!("{stem}é"),
        present_participle: None,
    }
}

/// The stem before a mute e.
fn before_mute(stem: &str) -> String {
    if ["appel", "jet", "grommel", "épel"].iter().any(|end| stem.ends_with(end)) {
        return format!("{stem}{}", &stem[stem.len() - 1..]);
    }
    if let Some(bare) = stem.strip_suffix('y') {
        return format!("{bare}i");
    }
    let vowel = |c: char| "aeiouyéèêâîôû".contains(c);
    let one = stem.strip_suffix("qu").or_else(|| stem.strip_suffix("gu")).unwrap_or(stem);
    let consonants = if one.len() < stem.len() {
        stem.len() - one.trim_end_matches(|c| !vowel(c)).len()
    } else {
        stem.len() - stem.trim_end_matches(|c| !vowel(c)).len()
    };
    let (head, tail) = stem.split_at(stem.len() - consonants);
    if tail.is_empty() {
        return stem.to_owned();
    }
    if let Some(head) = head.strip_suffix('é') {
        return format!("{head}è{tail}");
    }
    match head.strip_suffix('e') {
        Some(head) if tail.chars().count() == 1 && tail != "x" => format!("{head}è{tail}"),
        _ => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presents_imperfect_past_future_and_participles() {
        for (lemma, expected) in [
            ("déclarer", "déclare déclarent déclarait déclara déclarera déclarant déclaré"),
            ("annoncer", "annonce annoncent annonçait annonça annoncera annonçant annoncé"),
            ("juger", "juge jugent jugeait jugea jugera jugeant jugé"),
            ("répéter", "répète répètent répétait répéta répétera répétant répété"),
            ("rappeler", "rappelle rappellent rappelait rappela rappellera rappelant rappelé"),
            ("marteler", "martèle martèlent martelait martela martèlera martelant martelé"),
            ("alléguer", "allègue allèguent alléguait allégua alléguera alléguant allégué"),
            ("appuyer", "appuie appuient appuyait appuya appuiera appuyant appuyé"),
            ("protester", "proteste protestent protestait protesta protestera protestant protesté"),
            ("avertir", "avertit avertissent avertissait avertit avertira avertissant averti"),
            ("dire", "dit disent disait dit dira disant dit"),
            ("écrire", "écrit écrivent écrivait écrivit écrira écrivant écrit"),
            ("répondre", "répond répondent répondait répondit répondra répondant répondu"),
            ("craindre", "craint craignent craignait craignit craindra craignant craint"),
            ("reprendre", "reprend reprennent reprenait reprit reprendra reprenant repris"),
            ("reconnaître", "reconnaît reconnaissent reconnaissait reconnut reconnaîtra reconnaissant reconnu"),
            ("prévenir", "prévient préviennent prévenait prévint préviendra prévenant prévenu"),
            ("démentir", "dément démentent démentait démentit démentira démentant démenti"),
            ("savoir", "sait savent savait sut saura sachant su"),
        ] {
            let forms = forms(lemma, &[]).expect(lemma);
            let written = |index: usize| forms[index].written.as_str();
            let made = [0, 1, 2, 4, 6, 11].map(written).join(" ");
            let participle = &forms.last().expect("forms").written;
            assert_eq!(format!("{made} {participle}"), expected);
        }
        assert!(["", "er", "ir", "zut", "é"].iter().all(|no| forms(no, &[]).is_none()));
    }
}
