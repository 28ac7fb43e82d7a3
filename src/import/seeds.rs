//! The first content of a store: five articles of the French press as they came, and their claims, annotated by hand.
//!
//! They are compiled in and go through the importers like anybody's files; nothing about them is known beforehand.

use super::{Imported, Origin, annotations, import};
use crate::error::Result;
use crate::model::article::Import;
use crate::model::{Act, ArticleId};

/// An article and its claims, as files.
#[derive(Clone, Copy, Debug)]
pub struct Seed {
    /// The article's file name.
    pub name: &'static str,
    /// The article, as it came.
    pub article: &'static [u8],
    /// Its claims, as Web Annotations.
    pub claims: &'static [u8],
}

macro_rules! seed {
    ($name:literal) => {
        Seed {
            name: concat!($name, ".txt"),
            article: include_bytes!(concat!("../../seeds/", $name, ".txt")),
            claims: include_bytes!(concat!("../../seeds/", $name, ".claims.jsonld")),
        }
    };
}

/// The files under `seeds/`.
pub const FILES: &[Seed] = &[
    seed!("000_eb9dca0a15389306"),
    seed!("001_fdf0cc083c3de628"),
    seed!("002_2ad200c6a3647a2e"),
    seed!("003_89d1ec647b01761b"),
    seed!("004_ca120742179b46cf"),
];

/// Imports [`FILES`]: the articles, and an act for the claims of each.
pub fn load() -> Result<(Vec<Import>, Vec<Act>)> {
    let mut articles: Vec<Import> = Vec::with_capacity(FILES.len());
    let mut claims = Vec::with_capacity(FILES.len());
    for file in FILES {
        let origin = Origin::Stream(file.name);
        for bytes in [file.article, file.claims] {
            import(&origin, bytes, &mut |imported| {
                match imported {
                    Imported::Article(article) => articles.push(*article),
                    Imported::Annotations(annotations) => claims.push(annotations),
                }
                Ok(())
            })?;
        }
    }
    let known: Vec<(String, &str)> = articles
        .iter()
        .map(|import| import.article.text.as_str())
        .map(|text| (annotations::iri_of(text), text))
        .collect();
    let lookup = |iri: &str| {
        let (_, text) = known.iter().find(|(known, _)| known == iri)?;
        Some((ArticleId::of_text(text), (*text).to_owned()))
    };
    let mut acts = Vec::with_capacity(claims.len());
    for annotations in &claims {
        acts.extend(annotations.acts(&lookup)?);
    }
    drop(known);
    Ok((articles, acts))
}
