//! A group of an RTF: what its text is for, and the properties that hold in it.

/// What the text of a group is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Destination {
    /// The document.
    #[default]
    Text,
    /// Nobody.
    Nothing,
    /// The names of fonts.
    Fonts,
    /// The names of styles.
    Styles,
    /// The title in the metadata.
    Title,
    /// The code of a field.
    Code,
}

/// Text that stands inside a paragraph and is none of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inset {
    /// A footnote or endnote.
    Note,
    /// The text of a drawing.
    Frame,
}

/// What holds in a group, and is inherited by the groups inside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    pub(super) destination: Destination,
    /// Text of its own that the group holds: the paragraph outside goes on after it.
    pub(super) inset: Option<Inset>,
    /// Whether `\*` stands before: the group may be passed over by who does not know it.
    pub(super) optional: bool,
    /// Whether a table of contents is the result of its field.
    pub(super) contents: bool,
    pub(super) characters: Characters,
    pub(super) paragraph: Paragraph,
    /// How many characters after a `\u` stand for it where it is not known.
    pub(super) fallback: usize,
    pub(super) font: i32,
}

/// Properties of characters, which `\plain` takes back.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a control word that is on or off by itself")]
pub(super) struct Characters {
    pub(super) hidden: bool,
    pub(super) struck: bool,
    pub(super) deleted: bool,
    pub(super) inserted: bool,
}

/// Properties of a paragraph, which `\pard` takes back.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Paragraph {
    pub(super) style: Option<i32>,
    /// The level as a heading, from 0.
    pub(super) outline: Option<i32>,
    /// In twentieths of a point.
    pub(super) left: i32,
    pub(super) first: i32,
    pub(super) in_table: bool,
}

impl Default for Group {
    fn default() -> Group {
        Group {
            destination: Destination::Text,
            inset: None,
            optional: false,
            contents: false,
            characters: Characters::default(),
            paragraph: Paragraph::default(),
            fallback: 1,
            font: 0,
        }
    }
}

impl Group {
    /// The group as one inside inherits it.
    pub(super) fn inner(self) -> Group {
        Group { inset: None, optional: false, ..self }
    }

    /// Takes a control word that sets a property; whether it was one.
    pub(super) fn take(&mut self, word: &str, parameter: Option<i32>) -> bool {
        let on = parameter != Some(0);
        let number = parameter.unwrap_or(0);
        let (characters, paragraph) = (&mut self.characters, &mut self.paragraph);
        match word {
            "plain" => *characters = Characters::default(),
            "v" => characters.hidden = on,
            "strike" | "striked" => characters.struck = on,
            "deleted" => characters.deleted = on,
            "revised" => characters.inserted = on,
            "pard" => *paragraph = Paragraph::default(),
            "s" => paragraph.style = parameter,
            "outlinelevel" => paragraph.outline = parameter,
            "li" | "lin" => paragraph.left = number,
            "fi" => paragraph.first = number,
            "intbl" => paragraph.in_table = true,
            "uc" => self.fallback = usize::try_from(number).unwrap_or(0).min(16),
            "f" => self.font = number,
            _ => return false,
        }
        true
    }

    /// Takes a control word that says what the group is for; whether it was one.
    pub(super) fn aim(&mut self, word: &str) -> bool {
        self.destination = match word {
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "title" if self.destination == Destination::Nothing => Destination::Title,
            "fldinst" => Destination::Code,
            "shpinst" | "shptxt" | "listtext" | "pntext" | "footnote"
                if self.destination == Destination::Text =>
            {
                self.inset = match word {
                    "footnote" => Some(Inset::Note),
                    "shptxt" => Some(Inset::Frame),
                    _ => None,
                };
                Destination::Text
            }
            "info" | "colortbl" | "pict" | "header" | "headerl" | "headerr" | "headerf" | "footer"
            | "footerl" | "footerr" | "footerf" | "sp" | "shprslt" | "tc" | "xe" | "rxe" | "upr"
            | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" | "nonshppict"
            | "annotation" | "filetbl" => Destination::Nothing,
            _ if self.optional => Destination::Nothing,
            _ => return false,
        };
        true
    }
}

/// The character that a control word stands for.
pub(super) fn character(word: &str) -> Option<&'static str> {
    Some(match word {
        "tab" => "\t",
        "emdash" => "\u{2014}",
        "endash" => "\u{2013}",
        "lquote" => "\u{2018}",
        "rquote" => "\u{2019}",
        "ldblquote" => "\u{201c}",
        "rdblquote" => "\u{201d}",
        "bullet" => "\u{2022}",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => return None,
    })
}
