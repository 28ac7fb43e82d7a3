//! Words told by their look: adverbs in -ment, infinitives by their ending, with the few that an ending can't tell.
//!
//! A look is no proof: a noun in -ment or -er behind a determiner is for the caller to exclude.

use crate::text::wordset::WordSet;

static ADVERBS: WordSet = WordSet::new(&[
    "again",
    "ainsi",
    "alors",
    "already",
    "also",
    "aujourd'hui",
    "aussi",
    "bien",
    "cependant",
    "d'abord",
    "d'ailleurs",
    "d'emblee",
    "deja",
    "desormais",
    "dimanche",
    "donc",
    "earlier",
    "elle-meme",
    "encore",
    "enfin",
    "ensuite",
    "eux-memes",
    "guere",
    "hier",
    "ici",
    "jamais",
    "jeudi",
    "just",
    "later",
    "longtemps",
    "lui-meme",
    "lundi",
    "mardi",
    "matin",
    "meme",
    "mercredi",
    "mieux",
    "neanmoins",
    "never",
    "not",
    "notamment",
    "now",
    "outre",
    "parfois",
    "pas",
    "plus",
    "point",
    "pourtant",
    "previously",
    "publicly",
    "puis",
    "quant",
    "quasi",
    "recently",
    "repeatedly",
    "samedi",
    "soir",
    "souvent",
    "still",
    "surtout",
    "then",
    "tot",
    "toujours",
    "tout",
    "toutefois",
    "tres",
    "vendredi",
    "yesterday",
]);

/// Adverbs and the like that stand between parts of a verb and before its complement.
pub(in crate::extract) fn is_adverb(word: &str) -> bool {
    (word.len() > 5
        && word.ends_with("ment")
        && !matches!(word, "gouvernement" | "parlement" | "comment" | "mouvement"))
        || ADVERBS.has(word)
}

static NO_INFINITIVES: WordSet = WordSet::new(&[
    "affaire",
    "autre",
    "avenir",
    "cadre",
    "centre",
    "chantier",
    "chiffre",
    "contre",
    "courrier",
    "decembre",
    "dernier",
    "desir",
    "devoir",
    "dossier",
    "encore",
    "entier",
    "entre",
    "espoir",
    "fevrier",
    "financier",
    "genre",
    "guerre",
    "hier",
    "histoire",
    "hiver",
    "immobilier",
    "janvier",
    "leader",
    "lettre",
    "livre",
    "loisir",
    "maire",
    "membre",
    "memoire",
    "mesure",
    "metier",
    "metre",
    "militaire",
    "ministre",
    "noir",
    "nombre",
    "notre",
    "novembre",
    "nucleaire",
    "octobre",
    "oeuvre",
    "officier",
    "ordre",
    "outre",
    "ouvrier",
    "particulier",
    "peutetre",
    "plaisir",
    "plusieurs",
    "policier",
    "pouvoir",
    "premier",
    "propre",
    "quartier",
    "quatre",
    "septembre",
    "soir",
    "souvenir",
    "super",
    "terre",
    "territoire",
    "titre",
    "victoire",
    "votre",
]);

/// Whether a word has the look of a French infinitive.
pub(in crate::extract) fn is_infinitive(word: &str) -> bool {
    let third = [
        "ndre", "ttre", "aitre", "oitre", "ivre", "uire", "dire", "lire", "crire", "faire", "plaire", "clure", "ompre",
        "incre", "croire", "boire",
    ];
    (word.len() > 3
        && (word.ends_with("er") || word.ends_with("ir") || third.iter().any(|end| word.ends_with(end)))
        && !NO_INFINITIVES.has(word))
        || matches!(word, "etre" | "avoir" | "voir" | "pouvoir" | "dire" | "lire" | "rire")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_their_exceptions() {
        assert!(is_adverb("notamment") && !is_adverb("gouvernement"));
        assert!(
            is_infinitive("quitter")
                && is_infinitive("prendre")
                && !is_infinitive("frontiere")
                && !is_infinitive("soir")
        );
    }
}
