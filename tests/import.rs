//! Import from the outside: files and texts in, articles out.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use dixit::error::{Error, Result};
use dixit::import::{Imported, Origin, import, import_file};
use dixit::model::article::{Identity, Import};
use dixit::model::{Article, BlockKind, Lang};

use BlockKind::{Attribution, BlockQuote, Heading, ListItem, Paragraph, Post, Title};

fn bring(origin: &Origin, bytes: &[u8]) -> Result<Import> {
    let mut found = Vec::new();
    import(origin, bytes, &mut |imported| {
        found.push(imported);
        Ok(())
    })?;
    match found.pop() {
        Some(Imported::Article(article)) => Ok(*article),
        other => panic!("{other:?}"),
    }
}

fn article(text: &str) -> Article {
    bring(&Origin::INPUT, text.as_bytes()).unwrap().article
}

fn refusal(bytes: &[u8]) -> String {
    bring(&Origin::INPUT, bytes).unwrap_err().to_string()
}

/// The blocks of an article, with the first 40 characters of each.
fn blocks(article: &Article) -> Vec<(BlockKind, String)> {
    article.blocks.iter().map(|block| (block.kind, block.range.of(&article.text).chars().take(40).collect())).collect()
}

/// What a seed must come out as.
struct Expected {
    file: &'static str,
    title: &'static str,
    /// Whether the title stands in the text.
    titled: bool,
    source: Option<&'static str>,
    date: Option<&'static str>,
    /// The first and the last words of the canonical text.
    text: (&'static str, &'static str),
    /// Words that are left out.
    gone: &'static [&'static str],
    /// Blocks that follow each other, with their first words.
    blocks: &'static [(BlockKind, &'static str)],
    /// Blocks of these kinds in all: headings, quotations, attributions, posts.
    count: [usize; 4],
}

const SEEDS: &[Expected] = &[
    Expected {
        file: "000_eb9dca0a15389306.txt",
        title: "Dans une lettre ouverte publiée dans le Washington Post, Alexandr Wang, le PDG de Scale AI…",
        titled: false,
        source: None,
        date: None,
        text: ("Dans une lettre ouverte publiée", "majeurs des prochaines années."),
        gone: &[],
        blocks: &[
            (Paragraph, "Ces recommandations interviennent"),
            (BlockQuote, "Nous sommes dans une nouvelle forme"),
            (Attribution, "– Alexandr Wang, dans sa lettre ouverte"),
            (Paragraph, "Cette rhétorique guerrière"),
            (BlockQuote, "C’est une horrible façon"),
            (Attribution, "– Emmet Shear, ancien CEO"),
            (Paragraph, "Reste à voir"),
        ],
        count: [5, 2, 2, 0],
    },
    Expected {
        file: "001_fdf0cc083c3de628.txt",
        title: "Alexsandr Wang, de Scale AI, a publié une lettre ouverte exhortant Trump à investir dans l’IA",
        titled: true,
        source: Some("TechCrunch"),
        date: None,
        text: ("Alexsandr Wang, de Scale AI,", "comment l’administration Trump réagira."),
        gone: &["TechCrunch", "Generated with", "Partagez cet article", "article suivant", "commentaire", "Lire plus"],
        blocks: &[(Title, "Alexsandr Wang"), (Paragraph, "Alexandr Wang, PDG de Scale AI")],
        count: [0, 0, 0, 0],
    },
    Expected {
        file: "002_2ad200c6a3647a2e.txt",
        title: "Course à l’IA : pourquoi l’alerte de Sam Altman sur la Chine doit rebattre les cartes américaines",
        titled: true,
        source: None,
        date: None,
        text: ("Course à l’IA : pourquoi", "la sécurité progressera."),
        gone: &["Temps de lecture", "No responses yet", "commentaire", "Latest Comments"],
        blocks: &[
            (Title, "Course à l’IA : pourquoi"),
            (Heading, "Course à l’IA : l’avertissement"),
            (Heading, "I. Pourquoi l’alerte"),
            (Paragraph, "Sam Altman tire"),
        ],
        count: [11, 0, 0, 0],
    },
    Expected {
        file: "003_89d1ec647b01761b.txt",
        title: "Le leadership américain en matière d’IA est menacé\u{a0}: l’Open Source est nécessaire pour rivaliser avec la Chine",
        titled: true,
        source: None,
        date: None,
        text: ("Le leadership américain", "en faveur de l’innovation ouverte."),
        gone: &["\n5\n"],
        blocks: &[
            (Title, "Le leadership"),
            (Paragraph, "Les États-Unis sont"),
            (Heading, "L’érosion de la collaboration"),
            (Paragraph, "Konwinski souligne"),
        ],
        count: [4, 0, 0, 0],
    },
    Expected {
        file: "004_ca120742179b46cf.txt",
        title: "Donald Trump vient d’annoncer un investissement titanesque d’une valeur de 500 milliards de dollars…",
        titled: false,
        source: None,
        date: Some("2025-01"),
        text: ("Donald Trump vient d’annoncer", "Partagez votre avis en commentaire !"),
        gone: &["2025-01", "Partager l'article", "LinkedIn", "commission"],
        blocks: &[
            (Heading, "Trump veut libérer"),
            (Post, "Announcing the Stargate Project, a $500"),
            (Paragraph, "L’annonce de cette initiative"),
        ],
        count: [3, 0, 0, 2],
    },
];

#[test]
fn the_seeds_come_out_as_promised() {
    for seed in SEEDS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(seed.file);
        let import = bring(&Origin::File(path.clone()), &fs::read(&path).unwrap()).unwrap();
        let article = &import.article;
        let name = seed.file;
        assert_eq!((article.title.as_str(), article.titled()), (seed.title, seed.titled), "{name}");
        assert_eq!(article.source.as_deref(), seed.source, "{name}");
        assert_eq!(article.published.map(|date| date.to_string()).as_deref(), seed.date, "{name}");
        assert_eq!((article.lang, &article.author, &article.url), (Some(Lang::Fr), &None, &None), "{name}");
        assert!(
            article.text.starts_with(seed.text.0) && article.text.ends_with(seed.text.1),
            "{name}: {}",
            article.text
        );
        for gone in seed.gone {
            assert!(!article.text.contains(gone), "{name}: {gone}");
        }
        let told = blocks(article);
        let same = |told: &[(BlockKind, String)]| {
            told.iter().zip(seed.blocks).all(|((a, text), (b, words))| a == b && text.starts_with(words))
        };
        assert!(told.windows(seed.blocks.len()).any(same), "{name}: {told:#?}");
        let count = |kind| article.blocks.iter().filter(|block| block.kind == kind).count();
        assert_eq!([Heading, BlockQuote, Attribution, Post].map(count), seed.count, "{name}: {told:#?}");
        assert_eq!(import.raw, fs::read(&path).unwrap(), "{name}");
        assert_eq!(
            (import.importer, import.identity),
            ("text/1", Some(Identity::Path(path.canonicalize().unwrap().display().to_string()))),
            "{name}"
        );
    }
}

#[test]
fn the_numbered_headings_of_a_letter() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/000_eb9dca0a15389306.txt");
    let article = article(&fs::read_to_string(path).unwrap());
    let headings =
        article.blocks.iter().filter(|block| block.kind == Heading).map(|block| block.range.of(&article.text));
    assert_eq!(headings.map(|heading| heading.get(..2).unwrap()).collect::<Vec<_>>(), ["1.", "2.", "3.", "4.", "5."]);
}

#[test]
fn blocks_are_in_order_and_nothing_but_white_space_lies_between() {
    for seed in SEEDS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(seed.file);
        let article = article(&fs::read_to_string(path).unwrap());
        let mut end = 0;
        for block in &article.blocks {
            assert!(article.text.get(end..block.range.start).unwrap().trim().is_empty());
            let words = block.range.of(&article.text);
            assert!(!words.is_empty() && words == words.trim());
            end = block.range.end;
        }
        assert_eq!(end, article.text.len());
    }
}

#[test]
fn a_news_page_with_everything() {
    let article = article(
        "Aller au contenu\nLe Sénat rejette la réforme - Le Monde\n\nPar Jeanne Roy\nPublié le 23 janvier 2025 à 9 h 52, mis à jour le 24 janvier 2025\n\
         Lecture 3 min.\n\nLe Sénat a rejeté mardi la réforme des retraites. « Nous ne céderons pas », a déclaré la ministre.\n\n\
         Une majorité divisée\n\nLa majorité s’est divisée sur le texte, que la gauche combat.\n\nLire aussi : Les dates à retenir\n\n\
         Trois points restent ouverts :\n- l’âge de départ\n- la durée\n\nPartager\nFacebook\nTwitter\nE-mail\n",
    );
    assert_eq!(
        (article.title.as_str(), article.source.as_deref(), article.author.as_deref()),
        ("Le Sénat rejette la réforme", Some("Le Monde"), Some("Jeanne Roy"))
    );
    assert_eq!(article.published.unwrap().to_string(), "2025-01-23");
    assert_eq!(
        article.text,
        "Le Sénat rejette la réforme\n\nLe Sénat a rejeté mardi la réforme des retraites. « Nous ne céderons pas », a déclaré la ministre.\n\n\
         Une majorité divisée\n\nLa majorité s’est divisée sur le texte, que la gauche combat.\n\n\
         Trois points restent ouverts :\n- l’âge de départ\n- la durée"
    );
    let kinds: Vec<_> = article.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Title, Paragraph, Heading, Paragraph, Paragraph, ListItem, ListItem]);
}

#[test]
fn an_english_page() {
    let article = article(
        "Senate rejects the reform | The Daily Planet\n\nBy Jane Doe | January 23, 2025 9:52 am\n\n\
         The Senate rejected the reform on Tuesday. \"We will not give in\", the minister said in a statement that was sent to the press.\n\n\
         Leave a Reply\n\nYour email address will not be published. Required fields are marked *\n",
    );
    assert_eq!(
        (article.source.as_deref(), article.author.as_deref(), article.lang),
        (Some("The Daily Planet"), Some("Jane Doe"), Some(Lang::En))
    );
    assert_eq!(article.blocks.len(), 2);
    assert!(article.text.ends_with("sent to the press."));
}

#[test]
fn the_dateline_is_no_body_text() {
    let article = article(
        "France : attaque à Valence (Drôme)\n\n1er janvier 2016, 14h30 . –\nUn homme a foncé sur quatre militaires.\n",
    );
    assert_eq!(article.published.unwrap().to_string(), "2016-01-01");
    assert_eq!(article.text, "France : attaque à Valence (Drôme)\n\nUn homme a foncé sur quatre militaires.");
}

#[test]
fn a_wrapped_mail_has_paragraphs() {
    let article = article(
        "Objet : Le point de la semaine\n\nLe gouvernement a annoncé mardi que la réforme serait présentée\navant la fin du mois de mars, après \
         une dernière consultation des\nsyndicats et du patronat, dont les positions restent éloignées l’une\nde l’autre.\n\n\
         > Nous ne céderons pas.\n> Jamais.\n\nLa suite au prochain numéro, dans une semaine, avec un entretien de\nla ministre et le calendrier des débats.\n",
    );
    assert_eq!(article.title, "Le point de la semaine");
    let kinds: Vec<_> = article.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Title, Paragraph, BlockQuote, Paragraph]);
}

#[test]
fn an_article_is_known_by_its_address_before_its_path() {
    let origin = Origin::File("seeds/nowhere.txt".into());
    let identity = |text: &str| bring(&origin, text.as_bytes()).unwrap().identity;
    assert_eq!(
        identity("Un titre\nURL : https://example.org/a/1\n\nTexte."),
        Some(Identity::Url("https://example.org/a/1".into()))
    );
    assert!(
        matches!(identity("Un titre\nSource : https://example.org/\n\nTexte."), Some(Identity::Path(path)) if Path::new(&path).is_absolute())
    );
    assert_eq!(bring(&Origin::INPUT, b"Texte.").unwrap().identity, None);
}

#[test]
fn canonical_text_is_the_text_as_it_came() {
    let raw =
        "Un titre  \r\n\r\n  Cafe\u{301} \u{ab}\u{a0}oui\u{202f}\u{bb}\u{200b} \u{202e}x\u{1b}[31m.\rFin\u{ad}.  \n\n";
    assert_eq!(
        article(raw).text,
        "Un titre  \n\n  Cafe\u{301} \u{ab}\u{a0}oui\u{202f}\u{bb}\u{200b} \u{202e}x\u{1b}[31m.\nFin\u{ad}."
    );
}

#[test]
fn limits() {
    assert_eq!(refusal(b""), "can't import standard input: it is empty");
    assert_eq!(refusal(b" \n\t\n"), "can't import standard input: it holds no text");
    assert_eq!(refusal(&vec![b'a'; (32 << 20) + 1]), "can't import standard input: it is larger than 32 MiB");
    assert_eq!(
        refusal("é".repeat(8_000_001).as_bytes()),
        "can't import standard input: its text is longer than 8000000 characters"
    );
    // A line that is too long for a title is text, and the title is made from it.
    let told = article(&format!("{}\n\nTexte.", "é".repeat(2_000)));
    assert_eq!((told.title.chars().count(), told.titled()), (111, false));
}

#[test]
fn files_that_are_no_articles() {
    let dir = tempfile::tempdir().unwrap();
    let told = |name: &str| {
        import_file(&dir.path().join(name), &mut |_| Ok(()))
            .map_err(|error| error.to_string().replace(&dir.path().display().to_string(), "DIR"))
    };
    fs::write(dir.path().join("a.txt"), b"\x89PNG\r\n\x1a\n\0").unwrap();
    fs::write(dir.path().join("b.txt"), b"Un texte.").unwrap();
    assert_eq!(told("a.txt"), Err("can't import DIR/a.txt: it is a PNG image, not plain text".into()));
    assert_eq!(told("b.txt"), Ok(()));
    assert_eq!(told(""), Err("can't import DIR/: it is a folder".into()));
    assert!(told("none.txt").unwrap_err().starts_with("can't read DIR/none.txt: "));
    #[cfg(target_os = "linux")]
    {
        rustix::fs::mknodat(
            rustix::fs::CWD,
            dir.path().join("pipe"),
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR,
            0,
        )
        .unwrap();
        assert_eq!(
            told("pipe"),
            Err("can't import DIR/pipe: it is a pipe or a device, not a file; `-` reads standard input".into())
        );
    }
}

#[test]
fn annotations_are_told_by_their_content() {
    let file = "\n{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"type\": \"Annotation\"}";
    let mut found = Vec::new();
    import(&Origin::INPUT, file.as_bytes(), &mut |imported| {
        found.push(imported);
        Ok(())
    })
    .unwrap();
    let Some(Imported::Annotations(annotations)) = found.pop() else { panic!("{found:?}") };
    let error = annotations.acts(&|_| None).unwrap_err().to_string();
    assert_eq!(error, "can't take over the annotations of standard input: annotation 1 has no `creator`");
}

#[test]
fn the_first_error_of_the_caller_ends_it() {
    let stop = import(&Origin::INPUT, &b"Un texte."[..], &mut |_| Err(Error::Usage { why: "stop".into(), hint: None }));
    assert_eq!(stop.unwrap_err().to_string(), "stop");
}

/// Pieces of which texts are made that try every path through the importer.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "\r\n",
    ". ",
    "…",
    "« ",
    " »",
    "> a",
    "– Nom Propre",
    "– ",
    "1. Un point",
    "I. Un titre",
    "a) b",
    "• x",
    "12 mars 2017 – ",
    "1er janvier 2016, 14h30 . –",
    " date 2025-01 ",
    "Date : 2025",
    "Titre : ",
    "URL : https://a.example/b",
    "Par Jeanne Roy, le 3 mars 2024",
    "Publié le 23/01/2025 à 9 h 52",
    " | Le Monde",
    " - Reuters",
    "Partager cet article",
    "Sur le même sujet",
    "Facebook",
    "5",
    "© AFP",
    "Lire aussi : x",
    "— A (@b) January 21, 2025",
    "(@",
    "@",
    "É\u{301}",
    "\u{1f468}\u{200d}\u{1f469}",
    "\u{202e}",
    "\u{a0}",
    "\u{feff}",
    "le ",
    "the ",
    "LES FAITS DU JOUR",
    "Le gouvernement a annoncé mardi que la réforme serait présentée avant la fin du mois. Elle sera débattue en mars, après une consultation. ",
];

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_comes_blocks_are_sound_and_no_letter_is_made_up(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60), noise in ".{0,20}") {
        let text = pieces.concat() + &noise;
        if let Ok(import) = bring(&Origin::INPUT, text.as_bytes()) {
            let article = import.article;
            let mut end = 0;
            for block in &article.blocks {
                let between = article.text.get(end..block.range.start).unwrap();
                let words = article.text.get(block.range.start..block.range.end).unwrap();
                assert!(between.trim().is_empty() && !words.is_empty() && words == words.trim());
                end = block.range.end;
            }
            assert_eq!(end, article.text.len());
            assert!(!article.title.is_empty() && !article.title.contains('\n'));
            let mut source = text.chars();
            assert!(article.text.chars().filter(|c| !c.is_whitespace()).all(|c| source.any(|s| s == c)), "{:?}", article.text);
        }
    }

    #[test]
    fn bytes_of_any_kind_are_read_or_refused(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        let _ = bring(&Origin::INPUT, &bytes);
    }

    #[test]
    fn a_broken_annotation_file_is_refused(at in 0..10_000_usize, with in proptest::sample::select(&["null", "[]", "{}", "-1", "\"\"", "1e99", ""][..])) {
        // One value of a good file is replaced by another.
        let file = std::str::from_utf8(dixit::import::seeds::FILES[2].claims).unwrap();
        let at = file.char_indices().nth(at).map_or(0, |(at, _)| at);
        let Some(start) = file[at..].find(": ").map(|found| at + found + 2) else { return Ok(()) };
        let len = file[start..].find([',', '}', ']']).unwrap_or(0);
        let broken = format!("{}{with}{}", &file[..start], &file[start + len..]);
        let text = bring(&Origin::INPUT, dixit::import::seeds::FILES[2].article).unwrap().article.text;
        let lookup = |_: &str| Some((dixit::model::ArticleId::of_text(&text), text.clone()));
        let _ = dixit::import::annotations::read(broken.as_bytes(), "broken", &lookup);
    }
}
