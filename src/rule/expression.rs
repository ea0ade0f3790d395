//! A regex of a rule, compiled when it is first tried: most documents have no text for which it would be.

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

/// A regex over folded text.
#[derive(Clone, Deserialize, Serialize)]
#[serde(from = "String", into = "String")]
pub struct Expression {
    text: String,
    /// `None` inside where it cannot be compiled, which [`Expression::new`] excludes.
    compiled: OnceLock<Option<Regex>>,
}

impl Expression {
    /// Checks and compiles a regex.
    pub(super) fn new(text: &str) -> Result<Expression, regex::Error> {
        let compiled = Some(Regex::new(text)?);
        Ok(Expression { text: text.to_owned(), compiled: OnceLock::from(compiled) })
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where it matches in `text`, in bytes, one after the other.
    pub fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Range<usize>> + use<'_, 't> {
        let compiled = self.compiled.get_or_init(|| Regex::new(&self.text).ok());
        compiled.iter().flat_map(|regex| regex.find_iter(text)).map(|found| found.range())
    }
}

impl From<String> for Expression {
    fn from(text: String) -> Expression {
        Expression { text, compiled: OnceLock::new() }
    }
}

impl From<Expression> for String {
    fn from(expression: Expression) -> String {
        expression.text
    }
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::Expression;

    #[test]
    fn an_expression_is_the_same_once_it_was_kept() {
        let expression = Expression::new("ke+y").unwrap();
        let kept: Expression = postcard::from_bytes(&postcard::to_allocvec(&expression).unwrap()).unwrap();
        for expression in [expression, kept] {
            assert_eq!(expression.find_iter("a key, keey").collect::<Vec<_>>(), [2..5, 7..11]);
            assert_eq!(format!("{expression:?}"), "\"ke+y\"");
        }
        assert!(Expression::new("(").is_err());
    }
}
