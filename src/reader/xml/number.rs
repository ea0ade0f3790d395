//! The number of a provision: which element gives it, and of what rank it makes the provision.

use super::tree::{NodeKind, Tree};
use super::vocabulary::{Role, Vocabulary};
use crate::document::NumberedRank;

/// The elements that number the provision `node`: the first number in it that no text and no other
/// provision stands before (headings may), with its word.
pub(super) fn find(tree: &Tree<'_>, vocabulary: &Vocabulary, node: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = node + 1;
    let end = tree.end(node);
    let mut parents: Vec<usize> = vec![node];
    while at < end {
        while parents.last().is_some_and(|parent| tree.end(*parent) <= at) {
            parents.pop();
        }
        let parent = parents.last().map_or("", |parent| tree.name(*parent));
        if !matches!(tree.nodes.get(at).map(|node| &node.kind), Some(NodeKind::Element { .. })) {
            at += 1;
            continue;
        }
        match vocabulary.role(tree, at, parent) {
            Some(Role::Number) => {
                found.push(at);
                return found;
            }
            Some(Role::NumberWord) => {
                found.push(at);
                at = tree.end(at);
            }
            Some(Role::Group | Role::Heading | Role::Headed) => {
                parents.push(at);
                at += 1;
            }
            Some(Role::Skip | Role::Note | Role::Space | Role::Inline) => at = tree.end(at),
            Some(_) => break,
            None if tree.is_mixed(at) => break,
            None => at = tree.end(at),
        }
    }
    Vec::new()
}

/// The number as it is printed, with the word for its container where the element's name stands for
/// it.
pub(super) fn printed(words: &str, rank: NumberedRank, name: &str, names_containers: bool) -> String {
    let above = matches!(rank, NumberedRank::Container | NumberedRank::Schedule);
    if above && names_containers && !words.is_empty() && !words.contains(' ') {
        return format!("{name} {words}");
    }
    words.to_owned()
}

/// The rank of a provision, which may be other than that of its element: clauses and paragraphs that
/// stand in no section are sections, and rows of headings without numbers are containers.
pub(super) fn rank(rank: NumberedRank, number: &str, in_section: bool, in_schedule: bool) -> NumberedRank {
    let digits = number.trim_start_matches(['\u{201c}', '"', '\'', '\u{2018}']);
    let numbered = digits.starts_with(|c: char| c.is_ascii_digit());
    match rank {
        NumberedRank::Subdivision if !in_section && in_schedule && numbered => NumberedRank::Section,
        NumberedRank::Container
        | NumberedRank::Schedule
        | NumberedRank::Section
        | NumberedRank::Article
        | NumberedRank::Subdivision => rank,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) {
        let tree = Tree::new(source).unwrap();
        let vocabulary = Vocabulary::of(&tree).unwrap();
        let found: Vec<String> =
            find(&tree, vocabulary, 1).into_iter().map(|number| tree.raw(number)).collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn numbers() {
        check("<Statute><Section><MarginalNote>x</MarginalNote><Label>2</Label></Section></Statute>", &["2"]);
        check("<Statute><Section><Text>x</Text><Label>2</Label></Section></Statute>", &[]);
        check("<Statute><Section><Subsection><Label>(1)</Label></Subsection></Section></Statute>", &[]);
        check(
            "<Statute><Schedule><ScheduleFormHeading><Label>A</Label></ScheduleFormHeading></Schedule></Statute>",
            &["A"],
        );
        check(
            "<document xmlns='dccouncil'><container><prefix>Title</prefix><num>I</num></container></document>",
            &["Title", "I"],
        );
    }
}
