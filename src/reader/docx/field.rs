//! Fields: a code that nobody reads, and its result, which is text.

/// The start of a code that is kept, in bytes: its kind and first arguments.
const LONGEST_CODE: usize = 200;
/// Fields inside so many others are not looked at by themselves.
const DEEPEST: usize = 100;

/// The fields that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// How many more are open, inside those.
    beyond: usize,
}

#[derive(Debug, Default)]
struct Field {
    code: String,
    /// Whether its code has ended.
    in_result: bool,
    /// Whether anything of its result was shown.
    shown: bool,
}

/// A number inside a paragraph: the list that it counts in, and its level from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListNumber {
    pub(super) name: String,
    pub(super) level: u8,
}

impl Fields {
    pub(super) fn begin(&mut self) {
        self.push(Field::default());
    }

    /// Begins a field whose code is an attribute.
    pub(super) fn begin_simple(&mut self, code: &str) {
        let code = code.chars().take(LONGEST_CODE).collect();
        self.push(Field { code, in_result: true, shown: false });
    }

    fn push(&mut self, field: Field) {
        if self.open.len() < DEEPEST {
            self.open.push(field);
        } else {
            self.beyond += 1;
        }
    }

    /// A piece of the code of the innermost field.
    pub(super) fn code(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| field.code.len() < LONGEST_CODE) {
            field.code.extend(text.chars().take(LONGEST_CODE));
        }
    }

    /// The code of the innermost field is at its end.
    pub(super) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut().filter(|_| self.beyond == 0) {
            field.in_result = true;
        }
    }

    /// The innermost field ends. Gives the number that it stands for, if it is one and holds no result.
    pub(super) fn end(&mut self) -> Option<ListNumber> {
        if self.beyond > 0 {
            self.beyond -= 1;
            return None;
        }
        let field = self.open.pop()?;
        if field.shown { None } else { list_number(&field.code) }
    }

    /// A code does not run on into the next paragraph: where its end is missing, the text after it must
    /// not be lost.
    pub(super) fn end_of_paragraph(&mut self) {
        for field in &mut self.open {
            field.in_result = true;
        }
    }

    /// Whether a code is open: its field has begun and its result has not.
    pub(super) fn in_code(&self) -> bool {
        self.open.iter().any(|field| !field.in_result)
    }

    /// Whether text at this place is shown: it stands in no code.
    pub(super) fn show(&mut self) -> bool {
        let shown = !self.in_code();
        if let Some(field) = self.open.last_mut().filter(|_| shown) {
            field.shown = true;
        }
        shown
    }

    /// Whether a table of contents is open.
    pub(super) fn in_contents(&self) -> bool {
        self.open.iter().any(|field| {
            let kind = field.code.split_whitespace().next().unwrap_or_default();
            ["TOC", "INDEX"].iter().any(|known| kind.eq_ignore_ascii_case(known))
        })
    }
}

/// Reads `LISTNUM "name" \l 2`.
fn list_number(code: &str) -> Option<ListNumber> {
    let mut words = code.split_whitespace();
    words.next().filter(|kind| kind.eq_ignore_ascii_case("LISTNUM"))?;
    let name = words.next()?.trim_matches('"').to_owned();
    let level = words.skip_while(|word| *word != "\\l").nth(1).and_then(|level| level.parse().ok());
    Some(ListNumber { name, level: level.unwrap_or(1_u8).saturating_sub(1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, expected: Option<(&str, u8)>) {
        let found = list_number(code);
        assert_eq!(found.as_ref().map(|found| (found.name.as_str(), found.level)), expected, "{code}");
    }

    #[test]
    fn numbers_inside_paragraphs() {
        check(" LISTNUM \"SEQ1\" \\l 2 ", Some(("SEQ1", 1)));
        check("listnum A", Some(("A", 0)));
        check("LISTNUM", None);
        check("SEQ Part_ \\* arabic", None);
    }

    #[test]
    fn a_code_without_an_end_hides_one_paragraph_at_most() {
        let mut fields = Fields::default();
        (0..200).for_each(|_| fields.begin());
        assert_eq!((0..200).filter_map(|_| fields.end()).count(), 0);
        assert!(fields.show());
        fields.begin();
        fields.code(" TOC \\o ");
        assert!(!fields.show());
        fields.end_of_paragraph();
        assert!(fields.show() && fields.in_contents());
        assert_eq!(fields.end(), None);
        assert!(fields.show() && !fields.in_contents());
    }
}
