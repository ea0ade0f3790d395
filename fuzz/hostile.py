#!/usr/bin/env python3
"""Makes hostile files of every format, small ones that ask for much, and measures the memory that the program
takes to read each: python3 fuzz/hostile.py target/release/rightslint [FOLDER]. What takes more than 20 times
the size of its file and 64 MiB is marked OVER, and the script ends with 1."""

import hashlib
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile
import zlib

TIMES, PLUS = 20, 64 << 20
LONGEST_SECONDS = 15


def pdf(objects: list[bytes], extra: bytes = b"") -> bytes:
    out, offsets = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, start)
    return bytes(out)


def stream(data: bytes, extra: bytes = b"", packed: bool = True) -> bytes:
    if packed:
        data, extra = zlib.compress(data, 9), extra + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (extra, len(data), data)


def with_table(outside: dict[int, bytes], inside: dict[int, tuple[int, int]], extra: bytes = b"") -> bytes:
    """A file with a packed table: objects of their own, and those that stand in streams of objects."""
    out, rows = bytearray(b"%PDF-1.5\n"), {}
    for number, item in outside.items():
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n" % number + item + b"\nendobj\n"
    rows |= {number: (2, *place) for number, place in inside.items()}
    table, start = max(rows) + 1, len(out)
    data = bytes(9) + b"".join(
        bytes([kind]) + place.to_bytes(4, "big") + index.to_bytes(4, "big")
        for kind, place, index in (rows.get(number, (0, 0, 0)) for number in range(1, table)))
    out += b"%d 0 obj\n" % table
    out += stream(data, b"/Type/XRef/W[1 4 4]/Size %d/Root 1 0 R%s" % (table, extra)) + b"\nendobj\n"
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def packed_objects(inside: list[bytes], outside: dict[int, bytes], said: int | None = None) -> bytes:
    """A file with objects 1.. in one stream of objects, and a packed table."""
    first = 1 + len(inside)
    places, body = [], b""
    for number, item in enumerate(inside, 1):
        places.append(b"%d %d" % (number, len(body)))
        body += item + b" "
    head = b" ".join(places) + b" "
    count = said if said is not None else len(inside)
    outside = {first: stream(head + body, b"/Type/ObjStm/N %d/First %d" % (count, len(head))), **outside}
    return with_table(outside, {index + 1: (first, index) for index in range(len(inside))})


def rc4(key: bytes, data: bytes) -> bytes:
    state, j, i, out = list(range(256)), 0, 0, bytearray()
    for at in range(256):
        j = (j + state[at] + key[at % len(key)]) & 255
        state[at], state[j] = state[j], state[at]
    j = 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) & 255])
    return bytes(out)


class Encryption:
    """RC4 with 40 bits, for a user without a password."""

    PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    ID = b"rightslint-files"

    def __init__(self) -> None:
        owner = bytes(32)
        self.key = hashlib.md5(self.PAD + owner + (-4).to_bytes(4, "little", signed=True) + self.ID).digest()[:5]
        self.dictionary = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (
            owner.hex().encode(), rc4(self.key, self.PAD).hex().encode())
        self.entries = b"/Encrypt 9 0 R/ID[<%s><%s>]" % ((self.ID.hex().encode(),) * 2)

    def stream(self, number: int, data: bytes, extra: bytes = b"") -> bytes:
        key = hashlib.md5(self.key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
        return stream(rc4(key, zlib.compress(data, 9)), extra + b"/Filter/FlateDecode", False)


def encrypted() -> dict[str, bytes]:
    """Files that are encrypted, with streams of objects that unpack to much."""
    made, lock = {}, Encryption()
    named = b"/Type/ObjStm/N 2/First 9"
    page = PAGE.replace(b"4 0 R", b"5 0 R")
    inside = b"1 0 3 90 " + CATALOG.ljust(90) + page
    words = lock.stream(5, WORDS)
    for name, size, head, has_table in (
            ("objects", 300 << 20, named, True), ("objects-without-name", 300 << 20, named[12:], True),
            ("objects-found", 300 << 20, named, False), ("fits-objects", 5 << 20, named, True),
            ("fits-objects-found", 5 << 20, named, False)):
        objects = {2: TREE, 4: lock.stream(4, inside + b" " * size, head), 5: words, 9: lock.dictionary}
        file = with_table(objects, {1: (4, 0), 3: (4, 1)}, lock.entries)
        if not has_table:
            file = file.replace(b"startxref", b"startxxxx").replace(b"/W[", b"/X[").replace(b"/XRef", b"/Xref")
        made["encrypted-" + name] = file
    # The same object again: what is looked up is the last, or where the table says that it stands.
    large = lock.stream(4, inside + b" " * (300 << 20), named)
    file = with_table({2: TREE, 4: large, 5: words, 9: lock.dictionary}, {1: (4, 0), 3: (4, 1)}, lock.entries)
    again = b"4 0 obj\n" + lock.stream(4, inside, named) + b"\nendobj\nstartxref"
    made["encrypted-objects-twice"] = file.replace(b"startxref", again)
    several = {number: lock.stream(number, b"%d 0 " % (number + 90) + b" " * (5 << 20), b"/Type/ObjStm/N 1/First 6")
               for number in range(20, 60)}
    kids = b" ".join(b"%d 0 R" % (number + 90) for number in several)
    made["encrypted-objects-many"] = with_table(
        {1: CATALOG, 2: b"<</Type/Pages/Kids[3 0 R %s]>>" % kids, 3: page, 5: words, 9: lock.dictionary, **several},
        {number + 90: (number, 0) for number in several}, lock.entries)
    return made


def pictures_as_objects(kind: bytes, size: int) -> bytes:
    """Forty streams that are read as streams of objects, because the table says so."""
    several = {number: stream(b"%d 0 <<>>" % (number + 90) + b" " * size, kind) for number in range(20, 60)}
    kids = b" ".join(b"%d 0 R" % (number + 90) for number in several)
    return with_table(
        {1: CATALOG, 2: b"<</Type/Pages/Kids[3 0 R %s]>>" % kids, 3: PAGE, 4: stream(WORDS), **several},
        {number + 90: (number, 0) for number in several})


def objects_over_objects(count: int, size: int) -> bytes:
    """Streams of objects that are not packed, each of which holds all that follow."""
    out, places = bytearray(b"%PDF-1.5\n"), {}
    tail = b"".join(b"%d 0 obj<</Type/ObjStm/N 1/First 6/Length %%08d>>stream\n%03d 0 \nendstream endobj\n" % (n, n + 400)
                    for n in range(20, 20 + count))
    whole = len(tail % ((0,) * count)) + size
    lengths, at = [], 0
    for part in tail.split(b"endobj\n")[:-1]:
        part += b"endobj\n"
        begin = at + len(part % 0) - len(b"420 0 \nendstream endobj\n")
        lengths.append(whole - begin)
        at += len(part % 0)
    for number, item in ((1, CATALOG), (2, b"<</Type/Pages/Kids[3 0 R %s]>>" % b" ".join(
            b"%d 0 R" % (n + 400) for n in range(20, 20 + count))), (3, PAGE), (4, stream(WORDS))):
        places[number] = (1, len(out), 0)
        out += b"%d 0 obj\n" % number + item + b"\nendobj\n"
    body = tail % tuple(lengths)
    for n in range(20, 20 + count):
        places[n] = (1, len(out) + body.index(b"%d 0 obj" % n), 0)
        places[n + 400] = (2, n, 0)
    out += body + b" " * size + b"endstream\n"
    table, start = max(places) + 1, len(out)
    rows = b"".join(bytes([kind]) + place.to_bytes(4, "big") + index.to_bytes(4, "big")
                    for kind, place, index in (places.get(number, (0, 0, 0)) for number in range(table)))
    out += b"%d 0 obj\n" % table + stream(rows, b"/Type/XRef/W[1 4 4]/Size %d/Root 1 0 R" % table) + b"\nendobj\n"
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
TREE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources%s/Contents 4 0 R>>" % FONT
WORDS = b"BT /F 9 Tf 50 700 Td (A provider shall keep records.) Tj ET "


def one_page(content: bytes, extra: bytes = b"", packed: bool = True, more: list[bytes] | None = None) -> bytes:
    return pdf([CATALOG, TREE, PAGE, stream(content, extra, packed), *(more or [])])


def names(count: int) -> bytes:
    return b"".join(b"/%x 1" % number for number in range(count))


def pdfs() -> dict[str, bytes]:
    rng = random.Random(1)
    pages = 200_000
    fonts = b"".join(b"/F%d<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/X %d>>" % (n, n) for n in range(20_000))
    use = b"BT " + b"".join(b"/F%d 9 Tf 9 700 Td (a) Tj " % n for n in range(20_000)) + b"ET"
    bfchars = b"".join(b"<%04x><0041>\n" % (n % 65_536) for n in range(400_000))
    cmap = (b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
            b"100 beginbfchar " + bfchars + b"endbfchar endcmap")
    long = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <61> <%s> endbfchar endcmap" % (
        b"0041" * 60_000)
    mapped = (b"<</Font<</F<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype"
              b"/CIDFontType2/BaseFont/A/DW 500>>]/ToUnicode 5 0 R>>>>>>")
    simple = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/ToUnicode 5 0 R>>>>>>"
    page_of = lambda resources: b"<</Type/Page/Parent 2 0 R/Resources%s/Contents 4 0 R>>" % resources
    plain_page = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources 5 0 R>>"
    kids = lambda first, count: b" ".join(b"%d 0 R" % (first + n) for n in range(count))
    deep_form = lambda n: stream(b"/X Do", b"/Type/XObject/Subtype/Form/Resources<</Font 6 0 R/ExtGState 6 0 R/ColorSpace "
                                 b"6 0 R/Pattern 6 0 R/Shading 6 0 R/Properties 6 0 R/XObject<</X %d 0 R>>>>" % n)
    made = {
        "spaces-300m": one_page(b" " * (300 << 20)),
        "spaces-twice": one_page(zlib.compress(b" " * (300 << 20), 9), b"/Filter[/FlateDecode/FlateDecode]", False),
        "spaces-5m": one_page(WORDS + b" " * (5 << 20)),
        "words-5m": one_page(b"BT /F 9 Tf " + b"(a)Tj 9 0 Td " * 400_000),
        "letters-scattered": one_page(b"BT /F 9 Tf " + b"".join(
            b"1 0 0 1 %d %d Tm (a)Tj " % (rng.randrange(595), rng.randrange(842)) for _ in range(59_000))),
        "states": one_page(b"q " * 2_500_000),
        "names-in-contents": one_page(b"/P <<" + names(900_000) + b">> BDC " + WORDS),
        "names-in-image": one_page(b"BI " + names(900_000) + b" ID x EI " + WORDS),
        "strings-in-array": one_page(b"BT /F 9 Tf [" + b"(a)" * 1_900_000 + b"] TJ ET"),
        "strokes": one_page(WORDS + b"".join(b"9 %d 99 1 re " % (n % 800) for n in range(400_000)) + b"f"),
        "pages-inline": pdf([CATALOG, b"<</Type/Pages/Kids[" + b"<<>>" * 500_000 + b"]/Count 500000>>"]),
        "pages-packed": packed_objects([CATALOG, b"<</Type/Pages/Kids[" + b"<<>>" * 1_000_000 + b"]>>"], {}),
        "pages-in-a-circle": pdf([CATALOG, b"<</Type/Pages/Kids 3 0 R>>", b"[<</Type/Pages/Kids 3 0 R>>]"]),
        "pages-times-pages": pdf([CATALOG, b"<</Type/Pages/Kids 3 0 R>>", b"[" + b"<</Type/Pages/Kids 4 0 R>>" * 20_000 + b"]",
                                  b"[" + b"<<>>" * 20_000 + b"]"]),
        "pages-same-contents": pdf([CATALOG, b"<</Type/Pages/Kids[" + kids(6, 20_000) + b"]>>", b"null",
                                    stream(WORDS * 400), FONT] + [plain_page] * 20_000),
        "pages-same-resources": pdf([CATALOG, b"<</Type/Pages/Kids[" + kids(6, 2_000) + b"]>>", b"null", stream(WORDS),
                                     b"<<" + names(100_000) + b">>"] + [plain_page] * 2_000),
        "trees-same-resources": pdf([CATALOG, b"<</Type/Pages/Kids[5 0 R]/Resources 4 0 R>>", b"null",
                                     b"<<" + names(200_000) + b">>"] + [
            b"<</Type/Pages/Kids[%d 0 R]/Resources 4 0 R>>" % (6 + n) for n in range(62)] + [b"<</Type/Page>>"]),
        "objects-nothing-in-them": packed_objects([CATALOG, b"<</Type/Pages/Kids[]>>", b"1 1 " * 1_300_000], {}, 1_300_000),
        "objects-small": packed_objects([CATALOG, b"<</Type/Pages/Kids[" + kids(3, 100_000) + b"]>>"] + [b"<<>>"] * 100_000, {}),
        "names-in-objects": packed_objects([CATALOG, b"<</Type/Pages/Kids[]" + names(900_000) + b">>"], {}),
        "nested-arrays": pdf([CATALOG, b"[" * 500_000]),
        "fonts": pdf([CATALOG, TREE, page_of(b"<</Font<<" + fonts + b">>>>"), stream(use)]),
        "fonts-packed": packed_objects([CATALOG, TREE, page_of(b"<</Font<<" + fonts + b">>>>").replace(b"4 0 R", b"5 0 R")],
                                       {5: stream(use)}),
        "table-of-characters": pdf([CATALOG, TREE, page_of(mapped), stream(b"BT /F 9 Tf 9 9 Td <0001> Tj ET"), stream(cmap)]),
        "long-characters": pdf([CATALOG, TREE, page_of(simple), stream(b"BT /F 9 Tf 9 9 Td (" + b"a" * 50_000 + b") Tj ET"),
                                stream(long)]),
        "forms-in-forms": pdf([CATALOG, TREE, page_of(b"<</XObject<</X 7 0 R>>>>"), stream(b"/X Do"), b"null",
                               b"<<" + names(190_000) + b">>"] + [deep_form(8 + n) for n in range(14)]),
        "contents-again": pdf([CATALOG, TREE, b"<</Type/Page/Contents[" + b"4 0 R " * 10_000 + b"]>>", stream(b" " * (4 << 20))]),
    }
    table = b"%%PDF-1.5\n1 0 obj%sendobj 2 0 obj<</Kids[]>>endobj\n" % CATALOG
    for name, count in (("table-of-objects", 3_000_000), ("fits-table-of-objects", 195_000)):
        rows = stream(b"\1\11" * count, b"/Type/XRef/W[1 1 0]/Size %d/Root 1 0 R" % count)
        made[name] = table + b"3 0 obj\n" + rows + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(table)
    # What is just not refused.
    few = b"".join(b"<%04x><0041>\n" % (n % 65_536) for n in range(95_000))
    made |= {
        "fits-names-in-contents": one_page(b"/P <<" + names(195_000) + b">> BDC " + WORDS),
        "fits-names-in-objects": packed_objects([CATALOG, b"<</Type/Pages/Kids[]" + names(195_000) + b">>"], {}),
        "fits-objects": packed_objects([CATALOG, b"<</Type/Pages/Kids[]>>", b"1 1 " * 195_000], {}, 195_000),
        "fits-small-objects": packed_objects(
            [CATALOG, b"<</Type/Pages/Kids[" + kids(3, 60_000) + b"]>>"] + [b"<</T 1>>"] * 60_000, {}),
        "fits-table-of-characters": pdf([CATALOG, TREE, page_of(mapped), stream(b"BT /F 9 Tf 9 9 Td <0001> Tj ET"),
                                         stream(cmap.replace(bfchars, few))]),
        "fits-words": one_page(b"BT /F 9 Tf " + b"(a)Tj 99 0 Td " * 59_000),
        "fits-pages": pdf([CATALOG, b"<</Type/Pages/Kids[" + b"<</Contents 4 0 R/Resources 5 0 R>>" * 19_000 + b"]>>", b"null",
                           stream(WORDS), FONT]),
        "fits-objects-in-objects": pdf([CATALOG, b"<</Type/Pages/Kids[]>>"] + [
            stream(b"1 0 " + b" " * (5 << 20), b"/Type/ObjStm/N 1/First 4") for _ in range(3)]),
        "pictures-as-objects": pictures_as_objects(b"/N 1/First 6/Subtype/Image", 20 << 20),
        "pictures-as-named-objects": pictures_as_objects(b"/Type/ObjStm/N 1/First 6/Subtype/Image", 20 << 20),
        "pictures-as-tables": pictures_as_objects(b"/Type/XRef/W[1 1 1]/Subtype/Image", 20 << 20),
        "objects-over-objects": objects_over_objects(300, 1 << 20),
    }
    return made | encrypted()


def office(kind: str, parts: dict[str, str]) -> bytes:
    path = tempfile.mktemp()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        if kind == "odt":
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, text in parts.items():
            archive.writestr(name, text)
    data = pathlib.Path(path).read_bytes()
    os.unlink(path)
    return data


def docxs() -> dict[str, bytes]:
    paragraph = "<w:p><w:r><w:t>A provider shall keep records.</w:t></w:r></w:p>"
    body = lambda inner: f"<w:document><w:body>{inner}</w:body></w:document>"
    level = '<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%%1."/></w:lvl>'
    levels = "".join(level % n for n in range(9))
    lists = lambda count: "<w:numbering>" + "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{levels}</w:abstractNum><w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n in range(count)) + "</w:numbering>"
    nums = "<w:numbering>" + "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/></w:num>' for n in range(150_000)) + "</w:numbering>"
    overrides = "<w:numbering>" + "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        for n in range(100_000)) + "</w:numbering>"
    styles = "<w:styles>" + "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="style {n}"/><w:basedOn w:val="s{n - 1}"/></w:style>'
        for n in range(120_000)) + "</w:styles>"
    notes = "<w:footnotes>" + "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote>' for n in range(200_000)) + "</w:footnotes>"
    used = "".join(f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{n}"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
                   for n in range(100_000))
    doc = "word/document.xml"
    files = {
        "lists": {doc: body(paragraph), "word/numbering.xml": nums},
        "lists-with-levels": {doc: body(paragraph), "word/numbering.xml": lists(14_000)},
        "lists-with-starts": {doc: body(paragraph), "word/numbering.xml": overrides},
        "lists-used": {doc: body(used), "word/numbering.xml": nums},
        "styles": {doc: body(paragraph), "word/styles.xml": styles},
        "notes": {doc: body(paragraph), "word/footnotes.xml": notes},
        "paragraphs-blank": {doc: body("<w:p/>" * 2_000_000)},
        "paragraphs-short": {doc: body("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 400_000)},
        "words": {doc: body(f"<w:p><w:r><w:t>{'word ' * 2_500_000}</w:t></w:r></w:p>")},
        "runs": {doc: body(f"<w:p>{'<w:r><w:t>x</w:t></w:r>' * 600_000}</w:p>")},
        "changes": {doc: body(f"<w:p>{'<w:ins><w:r><w:t>x</w:t></w:r></w:ins><w:r><w:t>y</w:t></w:r>' * 200_000}</w:p>")},
        "cells": {doc: body("<w:tbl><w:tr>" + "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>" * 300_000 + "</w:tr></w:tbl>")},
        "attributes": {doc: body("<w:p " + "".join(f'a{n}="1" ' for n in range(500_000)) + "/>" + paragraph)},
        "spaces-200m": {doc: body(paragraph + " " * (200 << 20))},
        "nesting": {doc: body("<w:sdt>" * 900 + paragraph + "</w:sdt>" * 900)},
        "references": {doc: body("<w:p>" + "".join(f'<w:r><w:footnoteReference w:id="{n}"/></w:r>' for n in range(200_000)) + "</w:p>"),
                       "word/footnotes.xml": notes},
    }
    # What is just not refused.
    list_of = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/></w:num>' for n in range(34_000))
    style_of = "".join(f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="style {n}"/></w:style>' for n in range(10_000))
    note_of = "".join(f'<w:footnote w:id="{n}"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote>' for n in range(16_000))
    files |= {
        "fits-lists": {doc: body(paragraph), "word/numbering.xml": f"<w:numbering>{list_of}</w:numbering>"},
        "fits-lists-with-levels": {doc: body(paragraph), "word/numbering.xml": lists(3_000)},
        "fits-styles": {doc: body(paragraph), "word/styles.xml": f"<w:styles>{style_of}</w:styles>"},
        "fits-notes": {doc: body(paragraph), "word/footnotes.xml": f"<w:footnotes>{note_of}</w:footnotes>"},
        "fits-all": {doc: body(paragraph), "word/numbering.xml": f"<w:numbering>{list_of}</w:numbering>", "word/styles.xml":
                     f"<w:styles>{style_of}</w:styles>", "word/footnotes.xml": f"<w:footnotes>{note_of}</w:footnotes>"},
        "fits-words": {doc: body(f"<w:p><w:r><w:t>{'word ' * 1_500_000}</w:t></w:r></w:p>")},
        "fits-paragraphs": {doc: body("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 90_000)},
        "fits-changes": {doc: body(f"<w:p>{'<w:ins><w:r><w:t>x</w:t></w:r></w:ins><w:r><w:t>y</w:t></w:r>' * 100_000}</w:p>")},
        "fits-spaces": {doc: body(paragraph + " " * (11 << 20))},
        "codes": {doc: body('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>' + "<w:r><w:t>x</w:t></w:r>" * 500_000 + "</w:p>")},
    }
    return {name: office("docx", parts) for name, parts in files.items()}


def odts() -> dict[str, bytes]:
    content = lambda styles, inner: (f"<office:document-content><office:automatic-styles>{styles}</office:automatic-styles>"
                                     f"<office:body><office:text>{inner}</office:text></office:body></office:document-content>")
    paragraph = "<text:p>A provider shall keep records.</text:p>"
    level = '<text:list-level-style-number text:level="%d" style:num-format="1" style:num-suffix="."/>'
    lists = "".join(f'<text:list-style style:name="L{n}">{"".join(level % m for m in range(1, 11))}</text:list-style>'
                    for n in range(15_000))
    few = "".join(f'<text:list-style style:name="L{n}">{level % 1}</text:list-style>' for n in range(100_000))
    styles = "".join(f'<style:style style:name="S{n}" style:family="paragraph" style:parent-style-name="S{n - 1}"/>'
                     for n in range(150_000))
    regions = "<text:tracked-changes>" + "".join(
        f'<text:changed-region text:id="c{n}"><text:deletion><text:p>x</text:p></text:deletion></text:changed-region>'
        for n in range(120_000)) + "</text:tracked-changes>"
    files = {
        "lists": content(few, paragraph),
        "lists-with-levels": content(lists, paragraph),
        "styles": content(styles, paragraph),
        "regions": content("", regions + paragraph),
        "paragraphs-short": content("", "<text:p>x</text:p>" * 700_000),
        "spaces": content("", "<text:p>x" + '<text:s text:c="60000"/>' * 300 + "</text:p>"),
        "notes": content("", "<text:p>x" + "<text:note><text:note-body><text:p>x</text:p></text:note-body></text:note>" * 150_000
                         + "</text:p>"),
        "items": content("", "<text:list>" + "<text:list-item><text:p>x</text:p></text:list-item>" * 300_000 + "</text:list>"),
    }
    # What is just not refused.
    files |= {
        "fits-lists": content("".join(f'<text:list-style style:name="L{n}">{level % 1}</text:list-style>' for n in range(5_000)), paragraph),
        "fits-styles": content("".join(f'<style:style style:name="S{n}" style:family="paragraph"/>' for n in range(17_000)), paragraph),
        "fits-paragraphs": content("", "<text:p>x</text:p>" * 90_000),
        "fits-notes": content("", "<text:p>x" + "<text:note><text:note-body><text:p>x</text:p></text:note-body></text:note>" * 45_000
                              + "</text:p>"),
    }
    return {name: office("odt", {"content.xml": text}) for name, text in files.items()}


def texts() -> dict[str, bytes]:
    return {
        "paragraphs.txt": b"1.\n\n" * 250_000,
        "lines.txt": b"a\n" * 500_000,
        "word.txt": b"word " * 400_000,
        "pieces.md": b"*a* " * 250_000,
        "cells.md": b"|a" * 500_000,
        "brackets.md": b"[" * 1_000_000,
        "quotes.md": b">" * 1_000_000,
        "items.html": b"<li>a" * 200_000,
        "nested.html": b"<div>" * 200_000,
        "nested-lists.html": b"<ol><li>a" * 100_000,
        "attributes.html": b"<p " + b"a=1 " * 300_000 + b">x",
        "changes.html": b"<del>a</del>b" * 80_000,
        "pieces.xml": b"<ACT>" + b"<P/>1" * 200_000 + b"</ACT>",
        "nested.xml": b"<a>" * 300_000 + b"x" + b"</a>" * 300_000,
        "attributes.xml": b"<a " + b"".join(b'a%d="1" ' % n for n in range(100_000)) + b">x</a>",
        "groups.rtf": b"{\\rtf1 " + b"{a" * 300_000 + b"}" * 300_000 + b"}",
        "paragraphs.rtf": b"{\\rtf1 " + b"a\\par " * 200_000 + b"}",
        "fonts.rtf": b"{\\rtf1{\\fonttbl" + b"".join(b"{\\f%d\\fcharset128 a;}" % n for n in range(60_000)) + b"}a\\par}",
        "styles.rtf": b"{\\rtf1{\\stylesheet" + b"".join(b"{\\s%d heading 1;}" % n for n in range(60_000)) + b"}a\\par}",
        "fits-paragraphs.txt": b"a b c d e f.\n\n" * 60_000,
        "fits-words.md": b"word *word* word word word " * 30_000,
        "fits-items.html": b"<li>a short item of text" * 30_000,
        "fits-paragraphs.xml": b"<ACT>" + b"<P>a short item of text</P>" * 30_000 + b"</ACT>",
        "fits-paragraphs.rtf": b"{\\rtf1 " + b"a short item of text\\par " * 40_000 + b"}",
        "utf16.txt": ("\ufeff" + "1.\n\n" * 200_000).encode("utf-16-le"),
    }


def measure(program: str, path: pathlib.Path) -> tuple[int, float, int, str]:
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen([program, "extract", str(path)], stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        errors.seek(0)
        said = errors.read().decode(errors="replace").strip().rsplit(": ", 1)[-1]
    return usage.ru_maxrss << 10, usage.ru_utime + usage.ru_stime, os.waitstatus_to_exitcode(status), said


def make(folder: pathlib.Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    files = texts()
    for ending, of_format in (("pdf", pdfs), ("docx", docxs), ("odt", odts)):
        files |= {f"{name}.{ending}": data for name, data in of_format().items()}
    for name, data in files.items():
        (folder / name).write_bytes(data)


def main() -> int:
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp())
    if "--made" not in sys.argv:
        make(folder)
        # A process begins with the memory of the one that starts it: measured by one that holds no files.
        os.execv(sys.executable, [sys.executable, __file__, program, str(folder), "--made"])
    over, paths = 0, sorted(folder.iterdir())
    for path in paths:
        size = path.stat().st_size
        memory, seconds, code, said = measure(program, path)
        most = TIMES * size + PLUS
        is_over = memory > most or seconds > LONGEST_SECONDS or code not in (0, 1, 2)
        over += is_over
        print(f"{'OVER' if is_over else 'ok':5}{path.name:34}{size / 1e6:8.2f} MB {memory >> 20:6} of {most >> 20:6} MiB "
              f"{seconds:6.1f} s  {code} {said[:70]}", flush=True)
    print(f"{over} of {len(paths)} over")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
