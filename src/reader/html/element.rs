//! What an element does to the text in it: by its name, its attributes, and the classes that
//! publishers of law give it.

use super::token::Tag;
use crate::document::{BlockKind, Change, Part};

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// A block of a kind of its own.
    Block(BlockKind),
    /// A block of the kind that it stands in.
    Division,
    /// A list, whose items are set in.
    List,
    /// Text quoted from elsewhere.
    Quote,
    /// A row of a table.
    Row,
    /// Text whose line ends are those of the printed page.
    Printed,
    /// A line end.
    Break,
    /// A line drawn across the page.
    Rule,
    /// Text that is inserted or deleted.
    Change(Change),
    /// The title of the page.
    Title,
    /// No text of the document: scripts, controls, navigation.
    Hidden,
    /// Anything in a line.
    Inline,
}

/// What an element began, and ends with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// A block.
    Block,
    /// The leaving out of text.
    Hidden,
    /// A list.
    List,
    /// A quotation.
    Quote,
    /// A row.
    Row,
    /// Printed text.
    Printed,
    /// The page's title.
    Title,
    /// A number, which a space parts from what it numbers.
    Number,
    /// A change that began at this place of the builder's text.
    Change(Change, u32),
    /// A part of the document; this one goes on.
    Part(Option<Part>),
    /// A kind of block; this one goes on.
    Kind(BlockKind),
}

/// What a publisher's class says of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A heading, level from 1.
    Heading(u8),
    /// The title of the act, or a piece of it.
    Title,
    /// The same at the start of the act; the title of an annex further on.
    FirstTitle,
    /// A part of the document.
    Part(Part),
    /// The title of what explains the draft and stands before it.
    Memorandum,
    /// The number of what follows.
    Number,
    /// The mark of a footnote, navigation: no text.
    Hidden,
    /// A running head or foot, a page number.
    Furniture,
}

/// Elements of a page by name.
pub(super) fn element(name: &str) -> Element {
    match name {
        "h1" => Element::Block(BlockKind::Heading(1)),
        "h2" => Element::Block(BlockKind::Heading(2)),
        "h3" => Element::Block(BlockKind::Heading(3)),
        "h4" => Element::Block(BlockKind::Heading(4)),
        "h5" => Element::Block(BlockKind::Heading(5)),
        "h6" => Element::Block(BlockKind::Heading(6)),
        "li" | "dd" => Element::Block(BlockKind::Item),
        "td" | "th" => Element::Block(BlockKind::Cell),
        "ul" | "ol" | "menu" => Element::List,
        "blockquote" => Element::Quote,
        "tr" => Element::Row,
        "pre" => Element::Printed,
        "br" => Element::Break,
        "hr" => Element::Rule,
        "del" | "s" | "strike" => Element::Change(Change::Deleted),
        "ins" => Element::Change(Change::Inserted),
        "title" => Element::Title,
        "script" | "style" | "noscript" | "template" | "iframe" | "object" | "svg" | "math" | "audio"
        | "video" | "canvas" | "nav" | "select" | "option" | "datalist" | "button" | "textarea" | "label"
        | "input" => Element::Hidden,
        name if is_division(name) => Element::Division,
        _ => Element::Inline,
    }
}

fn is_division(name: &str) -> bool {
    const DIVISIONS: [&str; 24] = [
        "address",
        "article",
        "aside",
        "body",
        "caption",
        "center",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "main",
        "p",
        "section",
        "summary",
        "table",
        "tbody",
    ];
    DIVISIONS.contains(&name)
}

/// Whether the start of an element `name` ends a paragraph that is open.
pub(super) fn ends_paragraph(name: &str) -> bool {
    match element(name) {
        Element::Block(_)
        | Element::Division
        | Element::List
        | Element::Quote
        | Element::Row
        | Element::Printed
        | Element::Rule => true,
        Element::Break | Element::Change(_) | Element::Title | Element::Hidden | Element::Inline => false,
    }
}

/// Whether an element `name` has no end tag.
pub(super) fn is_void(name: &str) -> bool {
    const VOID: [&str; 14] = [
        "area", "base", "basefont", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr",
    ];
    VOID.contains(&name)
}

/// Whether an attribute of the element says that its text is not shown, or is a way through the site.
pub(super) fn is_hidden(tag: &Tag) -> bool {
    let says = |name: &str, values: &[&str]| {
        tag.attribute(name)
            .is_some_and(|value| values.iter().any(|one| value.trim().eq_ignore_ascii_case(one)))
    };
    let style = tag.attribute("style").map(|style| style.to_ascii_lowercase().replace([' ', '\t', '\n'], ""));
    tag.attribute("hidden").is_some()
        || says("aria-hidden", &["true"])
        || says("role", &["navigation", "search", "banner", "contentinfo", "menu", "menubar", "doc-noteref"])
        || style.is_some_and(|style| style.contains("display:none") || style.contains("visibility:hidden"))
}

/// What the classes and the identifier of the element say, the first that is known.
pub(super) fn role(tag: &Tag) -> Option<Role> {
    if let Some(role) = tag.attribute("role").and_then(|role| aria_role(&role)) {
        return Some(role);
    }
    let class = tag.attribute("class").unwrap_or_default().to_ascii_lowercase();
    let by_class = class.split_ascii_whitespace().find_map(class_role);
    by_class.or_else(|| identifier_role(&tag.attribute("id")?, &class))
}

fn aria_role(role: &str) -> Option<Role> {
    match role {
        "doc-footnote" | "doc-endnote" | "doc-endnotes" => Some(Role::Part(Part::Note)),
        "doc-toc" => Some(Role::Part(Part::Contents)),
        _ => None,
    }
}

/// Parts that the European Union's pages mark by identifiers.
fn identifier_role(id: &str, class: &str) -> Option<Role> {
    let recital = class.contains("eli-subdivision")
        && ["rct_", "cit_", "pbl_"].iter().any(|start| id.starts_with(start));
    let footnotes =
        id == "footnotes" || id.strip_prefix("footnote").is_some_and(|rest| rest.parse::<u32>().is_ok());
    match (recital, footnotes) {
        (true, _) => Some(Role::Part(Part::Recital)),
        (_, true) => Some(Role::Part(Part::Note)),
        _ => None,
    }
}

/// Classes in small letters: of EUR-Lex (with and without `oj-`), of consolidated acts, of proposals
/// exported from Word, of Word itself, and those that sites share.
fn class_role(class: &str) -> Option<Role> {
    let class = class.strip_prefix("oj-").unwrap_or(class);
    Some(match class {
        "doc-ti" => Role::FirstTitle,
        "title-doc-first" | "title-doc-last" | "titreobjet" | "titreobjet_cp" | "statut"
        | "typedudocument" | "typedudocument_cp" => Role::Title,
        "exposdesmotifstitre" => Role::Memorandum,
        "annexetitre" | "title-annex-1" | "title-annex-2" | "parttitle" => Role::Heading(1),
        "chaptertitle" | "manualheading1" | "ti-section-1" | "ti-section-2" | "title-division-1"
        | "title-division-2" => Role::Heading(2),
        "sectiontitle" | "manualheading2" | "ti-grseq-1" => Role::Heading(3),
        "titrearticle" | "ti-art" | "title-article-norm" | "manualheading3" => Role::Heading(4),
        "sti-art" | "stitle-article-norm" | "manualheading4" => Role::Heading(5),
        "manualconsidrant" | "considrant" | "formuledadoption" => Role::Part(Part::Recital),
        "signatory" | "note" | "footnote" | "footnotes" | "footnotetext" | "msofootnotetext"
        | "msoendnotetext" | "disclaimer" => Role::Part(Part::Note),
        "toc" | "contents" | "table-of-contents" | "title-fam-member-star" => Role::Part(Part::Contents),
        "num" | "no-parag" => Role::Number,
        "note-tag"
        | "footnotereference"
        | "footnoteref"
        | "footnote-ref"
        | "footnote-reference"
        | "msofootnotereference"
        | "msoendnotereference" => Role::Hidden,
        "arrow" | "modref" | "reference" => Role::Hidden,
        "hd-date" | "hd-lg" | "hd-ti" | "hd-oj" | "msoheader" | "msofooter" => Role::Furniture,
        "nav" | "nav-item" | "nav-link" | "nav-links" | "nav_link" | "nav_links" | "navbar"
        | "navigation" | "breadcrumb" | "breadcrumbs" | "noprint" | "no-print" | "skip-link" | "skiplink"
        | "d-print-none" => Role::Hidden,
        class if ["toc-", "hd-toc", "msotoc"].iter().any(|start| class.starts_with(start)) => {
            Role::Part(Part::Contents)
        }
        _ => return None,
    })
}
