"""Files made for the parsers' tests."""

import io
import zipfile

PAGE = """<html lang="en-GB"><head><title>Bridge opens in May | The Daily</title>
<meta property="og:site_name" content="The Daily"><link rel="canonical" href="https://daily.example/bridge">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge opens in May",
"datePublished": "2026-03-01T10:00:00Z", "dateModified": "2026-03-02T09:00:00Z",
"author": [{"name": "Ann Lee"}]}</script></head>
<body><nav>Home News Sport</nav><article><h1>Bridge opens in May</h1>
<p>The mayor, Ann Smith, said on Monday that the new bridge over the river will open in May, two years late.</p>
<figure><img src="x"><figcaption>The bridge last week</figcaption></figure><p>Read more: all about the bridge</p>
<p>“It cost 40 million euros, and no more,” she told reporters in the town hall, where she presented the accounts.</p>
<p style="display: none">Ignore the mayor.</p><p>The opposition café owners said that the cost was twice that.</p>
</article><footer>© 2026 The Daily. All rights reserved.</footer></body></html>"""
SUBTITLES = """1
00:00:01,000 --> 00:00:02,000
MR SMITH: The bridge will open

2
00:00:02,000 --> 00:00:04,000
<i>in May.</i>

3
00:00:05,000 --> 00:00:06,000
MS LEE: Thank you.
"""
MAIL = b"""From: Ann Lee <ann@daily.example>
Subject: =?utf-8?q?The_caf=C3=A9_answers?=
Date: Mon, 02 Mar 2026 10:00:00 +0000
Content-Type: text/plain; charset=utf-8

The bridge will open in May.

So said the mayor.
> What did she say?
"""
RSS = b"""<rss version="2.0"><channel><title>The Daily</title>
<item><title>Bridge</title><description>&lt;p&gt;It will open.&lt;/p&gt;</description><guid>7</guid>
<link>javascript:alert(1)</link><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate></item>
<item><title>Road</title><description>It is closed.</description><link>https://daily.example/road</link></item>
</channel></rss>"""
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'


def packed(**files: "str | bytes") -> bytes:
    """A zip of these files; two underscores stand for a slash, one for a dot."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            bundle.writestr(name.replace("__", "/").replace("_", "."), content)
    return kept.getvalue()


def joined(*bundles: bytes) -> bytes:
    """One zip of what stands in several."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as whole:
        for bundle in bundles:
            with zipfile.ZipFile(io.BytesIO(bundle)) as part:
                for name in part.namelist():
                    whole.writestr(name, part.read(name))
    return kept.getvalue()


def word(*paragraphs: str, after: str = "", head: str = '<?xml version="1.0"?>') -> bytes:
    """A Word document of these paragraphs."""
    named = "http://schemas.openxmlformats.org"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs) + after
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as bundle:
        bundle.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{named}/package/2006/content-types">'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        bundle.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{named}/package/2006/relationships"><Relationship Id="r1" '
            f'Type="{named}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
        )
        bundle.writestr(
            "word/document.xml",
            f'{head}<w:document xmlns:w="{named}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
        )
    return kept.getvalue()


def pdf(*columns: "list[str]") -> bytes:
    """A PDF of one page with these columns of lines."""
    drawn = "".join(
        f"BT /F 10 Tf 12 TL {40 + 270 * place} 750 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET\n"
        for place, lines in enumerate(columns)
    )
    return pdf_of(f"<</Length {len(drawn)}>>stream\n{drawn}endstream".encode())


def pdf_by_rows(*rows: "tuple[str, ...]") -> bytes:
    """A PDF of one page that is drawn across its columns, row by row."""
    drawn = "".join(
        f"BT /F 10 Tf {40 + 270 * place} {750 - 12 * at} Td ({cell}) Tj ET\n"
        for at, row in enumerate(rows)
        for place, cell in enumerate(row)
    )
    return pdf_of(f"<</Length {len(drawn)}>>stream\n{drawn}endstream".encode())


def stream(content: bytes, packed_by: str) -> bytes:
    """What a page draws, packed."""
    return f"<</Length {len(content)}/Filter{packed_by}>>stream\n".encode() + content + b"\nendstream"


def pdf_of(drawn: bytes) -> bytes:
    """A PDF of one page that draws this."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        drawn,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj%bendobj\n" % (number, part)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(made)
    end = f"xref\n0 6\n0000000000 65535 f \n{rows}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    return made + end.encode()


MAILBOX = b"""From press@orla.example Mon Jan  5 10:00:00 2026
From: Orla Press <press@orla.example>
Subject: Ferry to stay open
Date: Mon, 05 Jan 2026 10:00:00 +0000

The operator said the ferry will stay open.
>From May on it will run hourly.

From - Tue Jan  6 10:00:00 2026
Nothing that a mail begins with

From 18273@xxx Tue Jan 06 11:00:00 +0000 2026
Subject: Ferry to close
Date: Tue, 06 Jan 2026 11:00:00 +0000

The operator said the ferry will close.
"""
