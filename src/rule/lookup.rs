//! Finding rules, languages and authorities by name.

use super::{LanguageRules, Recommendation, Rule, RuleSet};

impl RuleSet {
    /// The rules of the language with that tag.
    pub fn language(&self, tag: &str) -> Option<&LanguageRules> {
        self.languages.iter().find(|language| language.tag == tag)
    }

    /// The rule of that id, or that once had it, and its language. An id is unique within a language;
    /// where several have it, this is the first language's.
    pub fn rule(&self, id: &str) -> Option<(&LanguageRules, &Rule)> {
        let find = |wanted: fn(&Rule, &str) -> bool| {
            self.languages.iter().find_map(|language| {
                let rule = language.rules.iter().find(|rule| wanted(rule, id))?;
                Some((language, rule))
            })
        };
        find(|rule, id| rule.id == id)
            .or_else(|| find(|rule, id| rule.former.iter().any(|former| former == id)))
    }

    /// The title of the authority or principle of that id.
    pub fn authority_title(&self, id: &str) -> Option<&str> {
        let authorities = self.authorities.iter().map(|authority| (&authority.id, &authority.title));
        let principles = self.principles.iter().map(|principle| (&principle.id, &principle.title));
        authorities.chain(principles).find(|(known, _)| *known == id).map(|(_, title)| title.as_str())
    }

    /// The recommendation of that number.
    pub fn recommendation(&self, number: u8) -> Option<&Recommendation> {
        self.recommendations.iter().find(|recommendation| recommendation.number == number)
    }
}
