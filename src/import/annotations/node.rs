//! A value in a JSON file that knows where it stands, so that every complaint can name its field.

use serde_json::Value;

/// A value and the way to it: `annotation 3: target.selector.start`.
#[derive(Clone)]
pub(super) struct Node<'a> {
    value: &'a Value,
    path: String,
}

impl<'a> Node<'a> {
    /// The value that `path` names in complaints.
    pub(super) fn root(value: &'a Value, path: String) -> Self {
        Self { value, path }
    }

    /// The same value under another name in complaints.
    pub(super) fn renamed(&self, path: String) -> Self {
        Self { value: self.value, path }
    }

    /// The complaint that the value `is` not as it should be: a clause without the field.
    pub(super) fn wrong(&self, is: impl AsRef<str>) -> String {
        format!("{} {}", self.path, is.as_ref())
    }

    /// The value of a key that may be missing or null.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        let colon = if self.path.contains(':') { "." } else { ": " };
        Some(Self { value, path: format!("{}{colon}{key}", self.path) })
    }

    /// The value of a key that must be there.
    pub(super) fn need(&self, key: &str) -> Result<Self, String> {
        self.get(key).ok_or_else(|| self.wrong(format!("has no `{key}`")))
    }

    /// The values of an array, or the value alone: JSON-LD doesn't tell the two apart.
    pub(super) fn each(&self) -> Vec<Self> {
        match self.value {
            Value::Array(values) => values
                .iter()
                .enumerate()
                .map(|(i, value)| Self {
                    value,
                    path: if values.len() == 1 { self.path.clone() } else { format!("{}[{i}]", self.path) },
                })
                .collect(),
            _ => vec![self.clone()],
        }
    }

    /// The values of a key, one or many; none where it is missing.
    pub(super) fn all(&self, key: &str) -> Vec<Self> {
        self.get(key).map_or_else(Vec::new, |node| node.each())
    }

    pub(super) fn text(&self) -> Result<&'a str, String> {
        self.value.as_str().ok_or_else(|| self.wrong("must be a string"))
    }

    /// Words that people will read: not empty, and no longer than `most` code points.
    pub(super) fn words(&self, most: usize) -> Result<&'a str, String> {
        let words = self.text()?.trim();
        match words.chars().count() {
            0 => Err(self.wrong("is empty")),
            n if n > most => Err(self.wrong(format!("is longer than {most} characters"))),
            _ => Ok(words),
        }
    }

    pub(super) fn offset(&self) -> Result<usize, String> {
        let number = self.value.as_u64().and_then(|n| usize::try_from(n).ok());
        number.ok_or_else(|| self.wrong("must be a number of code points, 0 or more"))
    }

    pub(super) fn flag(&self) -> Result<bool, String> {
        self.value.as_bool().ok_or_else(|| self.wrong("must be true or false"))
    }

    /// An IRI, given as a string or as the `id` of an object.
    pub(super) fn iri(&self) -> Result<&'a str, String> {
        match self.value {
            Value::String(iri) => Ok(iri),
            Value::Object(_) => self.need("id")?.text(),
            _ => Err(self.wrong("must be an IRI, or an object with an `id`")),
        }
    }

    pub(super) fn is_object(&self) -> bool {
        self.value.is_object()
    }

    /// Whether `name` is among the value's types.
    pub(super) fn is_a(&self, name: &str) -> bool {
        self.all("type").iter().any(|node| node.value.as_str() == Some(name))
    }
}
