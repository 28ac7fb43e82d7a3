//! The samples of the rule files: each example gives its one claim and no other, each counter-example none. What is not
//! met yet stands in the files too, and is printed.

use dixit::extract::rules::{Sample, SampleKind};
use dixit::extract::{Rules, extract};
use dixit::model::{Article, Block, BlockKind, ByteRange, Lang};

/// A sentence as an article of one paragraph.
fn article(text: &str, lang: Lang) -> Article {
    let range = ByteRange::new(0, text.len());
    Article {
        lang: Some(lang),
        text: text.to_owned(),
        blocks: vec![Block { kind: BlockKind::Paragraph, range }],
        ..Article::default()
    }
}

/// The sentence without its marks, and what the marks stand around: `[…]` the claim, `{…}` who says it.
fn unmark(sentence: &str) -> (String, Vec<String>, Option<String>) {
    let (mut text, mut starts) = (String::new(), Vec::new());
    let (mut parts, mut speaker) = (Vec::new(), None);
    for c in sentence.chars() {
        match c {
            '[' | '{' => starts.push(text.len()),
            ']' => parts.push(text[starts.pop().expect("an opening mark")..].to_owned()),
            '}' => speaker = Some(text[starts.pop().expect("an opening mark")..].to_owned()),
            c => text.push(c),
        }
    }
    (text, parts, speaker)
}

/// What is wrong with a sample, if anything.
fn fault(sample: &Sample, lang: Lang) -> Option<String> {
    let (text, parts, speaker) = unmark(&sample.sentence);
    let article = article(&text, lang);
    let found = extract(&article, Rules::built_in());
    let shown = |range: ByteRange| range.of(&article.text).to_owned();
    let claims = found.iter().map(|found| {
        let parts: Vec<String> = found.claim.parts.iter().copied().map(shown).collect();
        (parts, found.claim.mention.map(shown))
    });
    let claims: Vec<(Vec<String>, Option<String>)> = claims.collect();
    let right = match claims.as_slice() {
        [] => parts.is_empty(),
        [(words, mention)] => *words == parts && *mention == speaker,
        _ => false,
    };
    let Sample { lemma, line, sentence, .. } = sample;
    (!right).then(|| format!("{}.toml:{line} {lemma}: {sentence} gives {claims:?}", lang.code()))
}

#[test]
fn every_example_gives_its_claim_and_every_counter_example_none() {
    let mut faults = Vec::new();
    for lang in [Lang::Fr, Lang::En] {
        let samples = Rules::samples(lang).expect("rule files");
        assert!(samples.len() > 100, "{} samples", samples.len());
        for sample in &samples {
            let fault = fault(sample, lang);
            let marked = sample.sentence.contains('[');
            match sample.kind {
                SampleKind::Unmet => {
                    let state = fault.unwrap_or_else(|| format!("{} is met now", sample.sentence));
                    println!("unmet: {state}");
                }
                SampleKind::Example if !marked => faults.push(format!("{}: nothing is marked", sample.sentence)),
                SampleKind::Counter if marked => faults.push(format!("{}: something is marked", sample.sentence)),
                _ => faults.extend(fault),
            }
        }
    }
    assert!(faults.is_empty(), "{} samples fail:\n{}", faults.len(), faults.join("\n"));
}
