//! Tests of the engine: small texts with the answer marked in them.
//!
//! `check("{Mme Roy} a <déclaré> : « [Non.] »")`: the words in brackets are the claim's parts, those in braces its
//! mention, those between angle brackets begin its cue. What isn't marked must not be claimed.

use proptest::prelude::*;

use super::{Found, Rules, extract};
use crate::model::{Article, Block, BlockKind, ByteRange, Form, Lang, Polarity};

fn article(text: &str, lang: Lang) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let kind = match line {
            l if l.starts_with("– ") => BlockKind::Attribution,
            l if l.starts_with("| ") => BlockKind::BlockQuote,
            l if l.starts_with("1. ") || l.starts_with("2. ") => BlockKind::ListItem,
            l if l.contains("(@") => BlockKind::Post,
            _ => BlockKind::Paragraph,
        };
        let start = at + usize::from(kind == BlockKind::BlockQuote) * 2;
        if !line.trim().is_empty() {
            blocks.push(Block { kind, range: ByteRange::new(start, at + line.len()) });
        }
        at += line.len() + 1;
    }
    Article { lang: Some(lang), text: text.into(), blocks, ..Article::default() }
}

pub(super) fn found(text: &str, lang: Lang) -> Vec<Found> {
    extract(&article(text, lang), Rules::built_in())
}

/// The marked words of a text, by their marks, and the text without the marks.
fn unmark(marked: &str) -> (String, Vec<ByteRange>, Vec<ByteRange>, Vec<usize>) {
    let (mut text, mut parts, mut mentions, mut cues) = (String::new(), Vec::new(), Vec::new(), Vec::new());
    let mut open = 0;
    for c in marked.chars() {
        match c {
            '[' | '{' => open = text.len(),
            '<' => cues.push(text.len()),
            ']' => parts.push(ByteRange::new(open, text.len())),
            '}' => mentions.push(ByteRange::new(open, text.len())),
            '>' => {}
            _ => text.push(c),
        }
    }
    (text, parts, mentions, cues)
}

#[track_caller]
fn check_in(marked: &str, lang: Lang) {
    let (text, parts, mentions, cues) = unmark(marked);
    let found = found(&text, lang);
    let words = |ranges: &[ByteRange]| ranges.iter().map(|r| r.of(&text).to_owned()).collect::<Vec<_>>();
    let told: Vec<ByteRange> = found.iter().flat_map(|f| f.claim.parts.clone()).collect();
    assert_eq!(words(&told), words(&parts), "{found:#?}");
    let mut named: Vec<ByteRange> = found.iter().filter_map(|f| f.claim.mention).collect();
    named.dedup();
    assert_eq!(words(&named), words(&mentions), "{found:#?}");
    for cue in cues {
        assert!(found.iter().any(|f| f.claim.cue.is_some_and(|c| c.contains(cue))), "{found:#?}");
    }
}

#[track_caller]
fn check(marked: &str) {
    check_in(marked, Lang::Fr);
}

#[track_caller]
pub(super) fn check_english(marked: &str) {
    check_in(marked, Lang::En);
}

/// The speakers' names in the order of the claims.
fn speakers(text: &str) -> Vec<String> {
    let name = |f: &Found| f.claim.speaker.as_ref().map_or_else(|| "?".to_owned(), |s| s.name.clone());
    found(text, Lang::Fr).iter().map(name).collect()
}

#[test]
fn clauses_behind_que() {
    check("{Mme Roy} a <déclaré> que [la ville est prête].");
    check("{Mme Roy} <précise> d'ailleurs à Libération que [la ville est prête].");
    check("{Mme Roy}, maire de Lille, <affirme> que [la ville est prête].");
    check("{Mme Roy}, qui a remplacé Paul Blanc en juillet, a <dit> que [la ville est prête].");
    check("{Mme Roy} <insiste> sur le fait que [la ville est prête].");
}

#[test]
fn a_clause_ends_where_another_attribution_begins() {
    check("{Mme Roy} <estime> que [la loi est bonne], tandis que {Paul Blanc} <considère> que [la loi est mauvaise].");
    check("Hier {Mme Roy} a <dit> que [la loi est bonne], <ajoutant> que [la ville est prête].");
}

#[test]
fn infinitives_and_objects() {
    check("{Mme Roy} <affirme> [avoir vu la lettre du ministre].");
    check("{Paul Blanc} <demande> [la fermeture immédiate de la centrale nucléaire].");
    check("{Paul Blanc} <dénonce> [un « assassinat politique »].");
    check("La situation exige un effort commun de toutes les parties.");
}

#[test]
fn quotations_with_an_incise() {
    check("« [La ville est prête] », a <déclaré> {Mme Roy}.");
    check("« [La ville est prête] » , <explique> {Paul Blanc} lundi.");
    check("« [Nous avons compris] », mais « [nous avons peur] », a <affirmé> {Mme Roy}.");
    check("« [La ville est prête], <dit> {Mme Roy}, [et la fête aura lieu.] »");
    check("[La situation est grave dans toute la région], <estime> {Paul Blanc}.");
}

#[test]
fn colons() {
    check("{Mme Roy} a <déclaré> : « [Non, jamais de la vie.] »");
    check("{Mme Roy} <souligne> une tendance : [les jeunes quittent la ville en nombre].");
}

#[test]
fn sources_behind_a_preposition() {
    check("<Selon> {la préfecture}, [deux personnes ont été blessées].");
    check("[Deux personnes ont été blessées], <selon> {la préfecture}.");
    check("<D'après> {Paul Blanc}, directeur du port, « [la grue est tombée] ».");
    check("<Pour> {Paul Blanc}, [la grue est tombée].");
    check("Pour la première fois, la grue est tombée.");
    check("Pour gagner, la ville doit investir.");
    check("Selon moi, la grue est tombée.");
}

#[test]
fn what_is_no_claim() {
    check("Il parle du mouvement des « gilets jaunes » de Paris.");
    check("C'est ce qu'il a déclaré à la Maison-Blanche.");
    check("L'annonce que la ville attendait est arrivée.");
    check("Il faut que la ville investisse.");
    check("La ville ne relève que du département.");
}

#[test]
fn layout_attributes_too() {
    check("| [Nous sommes tous dans le même bateau.]\n– {Emmet Shear}, sur X");
    check(
        "[We will begin immediately.] — {OpenAI }(@OpenAI) January 21, 2025".replace("{OpenAI }", "{OpenAI} ").as_str(),
    );
    check("{Mme Roy} a <déclaré> :\n« [La ville est prête pour la fête.] »");
}

#[test]
fn pronouns_and_roles_lead_to_names() {
    let one = "Marie Roy, maire de Lille, parle. Paul Blanc est venu. Elle estime que la ville est prête.";
    assert_eq!(speakers(one), ["Marie Roy"]);
    let role = "Marie Roy, présidente du conseil, est venue. La présidente affirme que la ville est prête.";
    assert_eq!(speakers(role), ["Marie Roy"]);
    let latter = "Paul Blanc a vu Jean Petit. Ce dernier affirme que la ville est prête.";
    assert_eq!(speakers(latter), ["Jean Petit"]);
    let surname = "Marie Roy est venue. Mme Roy affirme que la ville est prête.";
    assert_eq!(speakers(surname), ["Marie Roy"]);
}

#[test]
fn spellings_of_one_name_are_one_speaker() {
    let text = "Alexandr Wang affirme que la ville est prête. Alexsandr Wang ajoute que la fête aura lieu.";
    assert_eq!(speakers(text), ["Alexandr Wang", "Alexandr Wang"]);
}

#[test]
fn a_complement_is_not_the_speaker() {
    assert_eq!(speakers("L'avocate de Paul Blanc affirme que la ville est prête."), ["l'avocate de Paul Blanc"]);
    assert_eq!(speakers("Le président du Conseil Paul Blanc affirme que la ville est prête."), ["Paul Blanc"]);
}

#[test]
fn a_quotation_that_floats_is_carried_to_the_last_speaker() {
    let text = "« La ville est prête », a dit Marie Roy. « La fête aura lieu dimanche. »";
    assert_eq!(speakers(text), ["Marie Roy", "Marie Roy"]);
}

#[test]
fn a_denial_is_told_from_an_assertion() {
    let polarity = |text: &str| found(text, Lang::Fr).first().map(|f| f.claim.polarity);
    assert_eq!(polarity("Paul Blanc ne pense pas que la ville soit prête."), Some(Polarity::Negated));
    assert_eq!(polarity("Paul Blanc pense que la ville est prête."), Some(Polarity::Positive));
}

#[test]
fn forms() {
    let form = |text: &str| found(text, Lang::Fr).first().map(|f| f.claim.form);
    assert_eq!(form("Paul Blanc affirme que « la ville est prête »."), Some(Form::Direct));
    assert_eq!(form("Paul Blanc affirme que la ville « est prête »."), Some(Form::Mixed));
    assert_eq!(form("Paul Blanc affirme que la ville est prête."), Some(Form::Indirect));
}

#[test]
fn english_by_the_same_rules() {
    check_english("{David Hale} <said> [the resignation was regrettable].");
    check_english("“[We will not change course]” {Hale} <said>.");
    check_english("“[It is a disaster,]” <said> {Tom Reed}, a spokesman for the group.");
    check_english("<According to> {the Treasury}, [the plan would cost 4 billion pounds].");
}

#[test]
fn an_english_article_is_no_french_verb() {
    check_english("{A spokesman for the company} <said that> [the bridge would open].");
    check_english("[The plan will create jobs], <according to> {a report} released by the institute.");
    check_english("<According to> {a report} released by the city, [the bridge would carry many vehicles].");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_gives_sound_ranges_twice_the_same(
        text in "(« |»|“|”|\"|, |: |\\. |\n|– |\\(@|1\\. |selon |Paul Blanc |dit |que |a-t-il |déclaré |l'|Mme |œ|é|\u{301}|pour lui |et |[A-Za-z ]{0,6}){0,60}"
    ) {
        for lang in [Lang::Fr, Lang::En] {
            let first = found(&text, lang);
            for claim in first.iter().map(|f| &f.claim) {
                prop_assert!(!claim.parts.is_empty());
                prop_assert!(claim.parts.windows(2).all(|w| w[0].end <= w[1].start));
                for range in claim.parts.iter().chain(&claim.cue).chain(&claim.mention) {
                    prop_assert!(text.get(range.start..range.end).is_some_and(|w| !w.is_empty()));
                }
            }
            prop_assert_eq!(&first, &found(&text, lang));
        }
    }
}

#[test]
fn time_and_occasion_may_stand_between_a_verb_and_what_it_brings() {
    check("{Mme Roy} <demande> depuis plusieurs mois [la pose de barrières solides].");
    check("{Mme Roy} a <annoncé> ce mois-ci [la fermeture définitive du pont].");
    check("« [On nous sacrifie pour rien] », s'est <indigné> auprès de l'AFP {Karim Benali}, délégué de FO.");
    check("{La ville} <dénonce> dans son dernier rapport [« l'impréparation » du pays].");
    check("{Mme Roy} a <averti> en mai que, [sans mesures nouvelles, le pont fermerait].");
}

#[test]
fn a_second_participle_shares_its_auxiliary() {
    check(
        "{Mme Roy} a <dit> « [suivre cela de près] » et <demandé> à la ville [« d'étudier une autre voie » pour le pont].",
    );
    check("{Mme Roy} a <fait part> de [son émotion profonde devant le drame] et quitté la salle.");
}

#[test]
fn a_content_ends_where_the_author_goes_on() {
    check("{Mme Roy} a <menacé> de [quitter la coalition], avant de se raviser.");
    check("{L'armée russe} a <revendiqué> [la prise de deux villages frontaliers], ce que Kiev dément.");
    check("Mme Roy croit plus que jamais au podium.");
}

#[test]
fn a_quotation_behind_a_colon_needs_no_verb() {
    check("{Le capitaine} n'a pas cherché d'excuses <:> « [On a joué comme des gamins ce soir.] »");
    check("Même son de cloche chez {Marc Keller} <:> « [Nous devons faire mieux que cela.] »");
    check("Le film « Non » est sorti.");
}

#[test]
fn adjectives_judge() {
    check("{Mme Roy} <juge> néanmoins [prématuré de fermer le pont].");
    check("{Mme Roy} <juge> [« démesurés » les coûts du chantier].");
    check("{Paul Blanc} s'est dit [« très déçu » par le vote].");
}

#[test]
fn a_house_speaks_for_itself() {
    check("Même tonalité du côté de la {CFDT}, où l'on <estime> que [la loi est mauvaise].");
    check("[La ministre viendra vendredi à Lille], a-t-on <appris> auprès de {son cabinet}.");
    check("La ministre viendra vendredi à Lille, a appris La Presse.");
}

#[test]
fn denials_are_negated_and_their_negation_is_not() {
    let polarity = |text: &str| found(text, Lang::Fr).first().map(|f| f.claim.polarity);
    assert_eq!(polarity("Mme Roy nie que le pont soit fermé."), Some(Polarity::Negated));
    assert_eq!(polarity("Mme Roy ne nie pas que le pont soit fermé."), Some(Polarity::Positive));
    assert_eq!(polarity("Mme Roy se défend de vouloir fermer le pont."), Some(Polarity::Negated));
}

#[test]
fn people_and_institutions_are_taken_up_by_other_words() {
    let text = "« Nous avons bien joué ce soir », a dit Liam Rosen. « Personne ne nous attendait », a souri l'Anglais.";
    assert_eq!(speakers(text), ["Liam Rosen", "Liam Rosen"]);
    let text = "Le président ukrainien, Volodymyr Zelensky, a dit que la paix était loin. \
                Le chef de l'État a ajouté que la Russie ne cédait rien.";
    assert_eq!(speakers(text), ["Volodymyr Zelensky", "Volodymyr Zelensky"]);
    let text = "Le groupe Valmont affirme que la demande est faible. L'entreprise assure que rien ne fermera.";
    assert_eq!(speakers(text), ["Valmont", "Valmont"]);
    let text = "Il fut trouvé par un promeneur dans le port du Légué. « J'ai eu très peur », raconte ce dernier.";
    assert_eq!(speakers(text), ["un promeneur"]);
}

#[test]
fn a_role_behind_a_place_is_not_the_places() {
    assert_eq!(
        speakers("A Bruxelles, la cheffe de la diplomatie a dit que la paix était loin."),
        ["la cheffe de la diplomatie"]
    );
    assert_eq!(speakers("Selon le négociateur, Guy Chevrette, cette annonce est une victoire."), ["Guy Chevrette"]);
    assert_eq!(speakers("Le gouvernement Legault affirme que la loi passera."), ["le gouvernement Legault"]);
    assert_eq!(speakers("Berlin et Paris affirment que la loi passera."), ["Berlin et Paris"]);
    assert_eq!(speakers("Selon L'Équipe, le club cherche un entraîneur."), ["L'Équipe"]);
}

#[test]
fn nouns_attribute_with_their_source() {
    check("Il rappelle la <promesse> de {Paul Blanc} de [baisser les impôts dès mai].");
    check("Malgré l'<avertissement> de {la préfecture} que [le pont allait céder].");
    check("L'idée que le pont céderait est absurde.");
    check("La volonté de Paul Blanc de fermer le pont est connue.");
}

#[test]
fn somebody_may_be_told_within_a_claim() {
    let text = "Mme Roy estime que le maire a déclaré vouloir fermer le pont avant le mois de mai.";
    let found = found(text, Lang::Fr);
    let told: Vec<_> = found.iter().map(|f| (f.claim.parts[0].of(text), f.nested_in)).collect();
    assert_eq!(told[1], ("vouloir fermer le pont avant le mois de mai", Some(0)), "{told:?}");
    assert_eq!(speakers(text), ["Roy", "le maire"]);
}

#[test]
fn a_quotation_alone_goes_to_whom_the_article_has_turned_to() {
    let text =
        "« Elle est brave », raconte son frère Karim Daoud. Anne Roy songe à partir. « J'ai tout quitté pour eux. »";
    assert_eq!(speakers(text), ["Karim Daoud", "Anne Roy"]);
    let text = "« Elle est brave », raconte son frère Karim Daoud. Il faut la croire. « On ne part jamais sans elle. »";
    assert_eq!(speakers(text), ["Karim Daoud", "Karim Daoud"]);
}

#[test]
fn a_role_may_say_who_was_just_named() {
    let text = "C'est ce que pense Eddie Roy. Le président de la Ligue du logement affirme que la loi est mauvaise.";
    assert_eq!(speakers(text), ["Eddie Roy"]);
    let text = "C'est ce que pense Eddie Roy. Le président de la République affirme que la loi est mauvaise.";
    assert_eq!(speakers(text), ["le président de la République"]);
    let text = "Un haut responsable américain s'est tu. Il a estimé que la paix était proche.";
    assert_eq!(speakers(text), ["un haut responsable américain"]);
}

#[test]
fn a_dateline_is_nobody() {
    let text = "NEW YORK (Nations unies) - Le secrétaire général de l'ONU, António Roy, a appelé à un « cessez-le-feu immédiat », \
                jugeant la situation « intenable ».";
    assert_eq!(speakers(text), ["António Roy", "António Roy"]);
    assert_eq!(speakers("Mme Roy juge le texte « mauvais », et Paul Blanc se tait."), ["Roy"]);
}
