#!/usr/bin/env python3
"""Fills fuzz/corpus/ with inputs to begin from: the fixtures, small files written here, and whatever files of
a known ending lie in the folders that are named as arguments."""

import hashlib
import pathlib
import sys
import zipfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE.parent / "fixtures"
# What is longer is cut off: libFuzzer makes little of long inputs.
LONGEST = 16_000

DOCX = [
    "word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/endnotes.xml",
    "docProps/core.xml", "_rels/.rels",
]
ODT = ["content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"]

ENDINGS = {
    ".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html", ".xml": "xml", ".akn": "xml",
    ".docx": "docx", ".odt": "odt", ".rtf": "rtf", ".pdf": "pdf",
}
PIPELINE = {
    "text": b"t", "markdown": b"m", "html": b"h", "xml": b"x", "rtf": b"r", "docx": b"w", "odt": b"o", "pdf": b"p",
}


def put(target: str, content: bytes) -> None:
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(content).hexdigest()).write_bytes(content)


def seed(target: str, name: str, content: bytes) -> None:
    put(target, content[:LONGEST])
    put("pipeline", PIPELINE[target] + content[:LONGEST])
    if target in ("text", "markdown", "html", "xml"):
        put("decode", name.encode() + b"\n" + content[:LONGEST])


def parts_of(path: pathlib.Path, names: list[str]) -> bytes:
    """The parts as one input, each cut to its share."""
    with zipfile.ZipFile(path) as archive:
        known = set(archive.namelist())
        parts = [archive.read(name) if name in known else b"" for name in names]
    return b"P" + b"\0".join([parts[0][: LONGEST // 2], *(part[: LONGEST // 10] for part in parts[1:])])


def take(path: pathlib.Path) -> None:
    target = ENDINGS.get(path.suffix.lower())
    if target is None:
        return
    content = path.read_bytes()
    if target in ("docx", "odt"):
        seed(target, path.name, parts_of(path, DOCX if target == "docx" else ODT))
        if len(content) <= LONGEST:
            seed(target, path.name, content)
    elif target != "pdf" or len(content) <= 2 * LONGEST:
        put(target, content) if target == "pdf" else seed(target, path.name, content)


def pdf(objects: list[bytes]) -> bytes:
    out, offsets = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def stream(content: bytes, extra: bytes = b"", packed: bool = False) -> bytes:
    if packed:
        content, extra = zlib.compress(content), extra + b"/Filter/FlateDecode"
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), extra, content)


def pages() -> list[bytes]:
    lines = [b"A BILL", b"1. Short title", b"A provider shall keep every mes-", b"sage and hand it over.", b"(a) keys;"]
    text = b"BT /F 12 Tf 72 700 Td 14 TL " + b" ".join(b"(%s) Tj T*" % line for line in lines) + b" ET"
    marked = b"/Artifact BMC BT /F 8 Tf 72 780 Td (page 1) Tj ET EMC /P <</MCID 0>> BDC " + text + b" EMC"
    kerned = b"BT /F 12 Tf 1 0 0 1 72 600 Tm [(A pro)-20(vider)-300(shall)] TJ ET q 1 0 0 1 0 -50 cm /X Do Q"
    wide = b"BT /F 12 Tf 72 500 Td <00010002> Tj (\\101) ' ET 72 490 200 0.5 re f"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    cmap = (b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
            b"1 beginbfchar <0001> <0041> endbfchar 1 beginbfrange <0002> <0009> <0042> endbfrange endcmap")
    cid = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>"
    made = []
    for content in (text, marked, kerned, wide):
        for packed in (False, True):
            made.append(pdf([
                b"<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</S/r/St 3>>]>>/MarkInfo<</Marked true>>>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 5 0 R>>/XObject<</X 8 0 R>>>>"
                b"/Contents 4 0 R>>",
                stream(content, packed=packed),
                cid if content is wide else font,
                b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/DW 500/W[1[600 700]3 5 250]"
                b"/CIDSystemInfo<</Ordering(Identity)>>>>",
                stream(cmap),
                stream(b"BT /F 9 Tf 1 1 Td (in a form) Tj ET", b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]"
                       b"/Matrix[1 0 0 1 9 9]/Resources<</Font<</F 5 0 R>>>>"),
            ]))
    return made


def office() -> None:
    word = (
        '<w:document><w:body><w:p><w:pPr><w:pStyle w:val="h"/></w:pPr><w:r><w:t>Keys</w:t></w:r></w:p><w:p><w:pPr>'
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>A provider</w:t></w:r><w:del>'
        '<w:r><w:delText>may</w:delText></w:r></w:del><w:ins><w:r><w:t> must</w:t></w:r></w:ins><w:r><w:br/>'
        '<w:footnoteReference w:id="2"/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:fldChar w:fldCharType="begin"/>'
        '</w:r><w:r><w:instrText>LISTNUM "a" \\l 2</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>")
    styles = (
        '<w:styles><w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 1"/><w:basedOn w:val="n"/><w:pPr>'
        '<w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>')
    numbering = (
        '<w:numbering><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val='
        '"lowerRoman"/><w:lvlText w:val="(%1)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val='
        '"1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>')
    notes = '<w:footnotes><w:footnote w:id="2"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    seed("docx", "a.docx", ("P" + "\0".join([word, styles, numbering, notes])).encode())
    content = (
        '<office:document-content><office:automatic-styles><style:style style:name="S" style:family="text">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style><text:list-style style:name="L">'
        '<text:list-level-style-number text:level="1" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>'
        "</text:list-style></office:automatic-styles><office:body><office:text><text:tracked-changes>"
        '<text:changed-region text:id="c"><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region>'
        '</text:tracked-changes><text:h text:outline-level="1">Keys</text:h><text:list text:style-name="L">'
        '<text:list-item><text:p>A <text:span text:style-name="S">struck</text:span> key<text:change '
        'text:change-id="c"/><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.'
        "</text:p></text:note-body></text:note></text:p></text:list-item></text:list><table:table><table:table-row>"
        "<table:table-cell><text:p>a<text:s text:c='3'/><text:tab/>b<text:line-break/></text:p></table:table-cell>"
        "</table:table-row></table:table></office:text></office:body></office:document-content>")
    seed("odt", "a.odt", ("P" + content).encode())


def small() -> None:
    seed("rtf", "a.rtf", rb"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset128 MS;}}{\stylesheet{\s1 heading 1;}}"
         rb"\pard\s1\outlinelevel0 Keys\par{\listtext (a)\tab}A {\deleted may }{\revised must} keep\u8212?keys\'e9"
         rb"{\footnote note}\line\intbl cell\cell\row{\field{\*\fldinst TOC}{\fldrslt x}}\bin3 abc\par}")
    seed("markdown", "a.md", b"---\ntitle: 'T'\n---\n# A\n\n> **(1)** q\n\n- a\n  - b[^1]\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
         b"\n[^1]: note\n\n~~x~~ <del>y</del> &amp;\n\n```\n  1  code\n```\n")
    seed("html", "a.html", b"<title>T</title><h1>A</h1><ol type=a start=2><li>x<li value=9>y</ol><pre>\n 1  The mes-\n 2  "
         b"sage\n</pre><table><tr><td>(a)<td>b &amp; c</table><del>x</del><a href=#fn1><sup>1</sup></a><p hidden>h")
    seed("text", "a.txt", b"Title: A\nDate: B\n\nTHE KEYS ACT\n\n  1  1. A provider shall keep re-\n  2  cords.\n\n\x0c\n(a) a key;\r\n"
         b"(b) \xe2\x80\x9ca lock\xe2\x80\x9d means x.\n")
    seed("xml", "a.xml", b"<?xml version='1.0'?>\n<bill><legis-body><section><enum>1.</enum><header>Keys</header><text>A <deleted-phrase>x"
         b"</deleted-phrase>&#8212;</text><paragraph><enum>(a)</enum><text>b</text></paragraph></section></legis-body></bill>")
    for encoding in ("utf-16", "utf-16-be", "utf-32", "cp1252", "cp1251", "shift_jis", "gb18030", "utf-8-sig", "cp037"):
        put("decode", b"a.txt\n" + "1. A law, a café.\n".encode(encoding, "replace"))
        put("decode", b"a.xml\n" + f"<?xml version='1.0' encoding='{encoding}'?><a>é</a>".encode(encoding, "replace"))
    for start in (b"%PDF-1.4", b"PK\3\4", b"{\\rtf1 ", b"\xd0\xcf\x11\xe0", b"<!DOCTYPE html>", b"<?xml version='1.0'?><html/>"):
        put("decode", b"a\n" + start)


def main() -> None:
    for path in sorted(FIXTURES.rglob("*")):
        take(path)
    for folder in sys.argv[1:]:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            take(path)
    for path in sorted((FIXTURES / "packs").glob("*.toml")):
        put("pack", path.read_bytes())
    put("pack", b"\0".join(path.read_bytes() for path in sorted((FIXTURES / "toy").glob("*.toml"))))
    for path in sorted((HERE.parent / "rules" / "en").glob("*.toml")):
        put("pack", path.read_bytes()[:LONGEST])
    for content in pages():
        seed("pdf", "a.pdf", content)
    office()
    small()


if __name__ == "__main__":
    main()
