import gzip
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from factcheck.intake.parsing.child import parse_feed, parse_file
from factcheck.intake.parsing.decoding import decode
from factcheck.intake.parsing.documents import Document, UnfitFile
from factcheck.intake.parsing.nursery import _kept
from tests.intake.parsing.made import (
    LAUGHS,
    MAIL,
    MAILBOX,
    PAGE,
    RSS,
    SUBTITLES,
    joined,
    packed,
    pdf,
    pdf_by_rows,
    pdf_of,
    stream,
    word,
)

ROOT = Path(__file__).parents[3]


def only(name: str, content: bytes, media_type: str = "", charset: str = "", url: str = "") -> Document:
    (document,) = parse_file(name, content, media_type, charset, url)
    return document


def test_a_page_gives_its_article_and_what_it_says_of_it() -> None:
    found = only("", PAGE.encode(), "text/html", "", "https://www.daily.example/bridge?from=mail")

    assert (found.title, found.byline, found.outlet, found.language) == (
        "Bridge opens in May",
        "Ann Lee",
        "The Daily",
        "en",
    )
    assert (found.published, found.modified) == ("2026-03-01T10:00:00Z", "2026-03-02T09:00:00Z")
    assert found.url == "https://daily.example/bridge"
    assert found.text.split("\n\n")[0] == "Bridge opens in May"
    assert [paragraph.split()[0] for paragraph in found.text.split("\n\n")[1:]] == ["The", "“It", "The"]
    assert found.left_out == ("The bridge last week", "Read more: all about the bridge")


def test_a_page_may_not_say_that_it_stands_at_another_outlet() -> None:
    page = PAGE.replace("https://daily.example/bridge", "https://elsewhere.example/")

    assert only("", page.encode(), "text/html", "", "https://daily.example/b").url == "https://daily.example/b"


@pytest.mark.parametrize(
    ("encoded", "charset"),
    [("utf-8", ""), ("utf-8", "utf-8"), ("cp1252", "iso-8859-1"), ("cp1252", "utf-8"), ("cp1252", ""), ("utf-16", "")],
)
def test_a_page_is_read_whatever_its_charset(encoded: str, charset: str) -> None:
    assert "café owners" in only("a.html", PAGE.encode(encoded), "", charset).text


@pytest.mark.parametrize(
    ("charset", "named"),
    [
        ("cp1257", "x-cp1257"),
        ("iso8859-15", "Latin-9"),
        ("mac_roman", "x-mac-roman"),
        ("cp949", "windows-949"),
        ("iso8859-8", "iso-8859-8-i"),
        ("cp932", "x-sjis"),
        ("big5hkscs", "x-x-big5"),
        ("utf-8", "unicode-1-1-utf-8"),
    ],
)
def test_a_charset_is_known_by_every_name_that_browsers_know(charset: str, named: str) -> None:
    letters = {"cp949": "다리 뷁", "iso8859-8": "גשר", "cp932": "橋①", "big5hkscs": "大橋"}.get(charset, "œuvre ä")
    text = letters if charset != "cp1257" else "žurnālists"

    assert decode(text.encode(charset), named) == text


TOLD = {
    "cp1251 koi8-r iso8859-5 utf-16-le utf-16-be utf-32": "Министр заявил во вторник, что новый мост откроется в мае.",
    "cp1250 iso8859-2": "Minister powiedział we wtorek, że nowy most zostanie otwarty w maju. Opozycja żąda śledztwa.",
    "cp1254": "Bakan salı günü yeni köprünün mayıs ayında açılacağını söyledi. Muhalefet soruşturma istiyor.",
    "shift_jis euc-jp iso2022_jp": "大臣は火曜日、新しい橋が五月に開通すると述べた。野党は費用の調査を求めている。",
    "cp1252 utf-8-sig": "Le ministre a déclaré mardi que le pont ouvrira. L’opposition a réclamé une enquête.",
}


@pytest.mark.parametrize(("charset", "text"), [(name, text) for names, text in TOLD.items() for name in names.split()])
def test_a_charset_that_nothing_names_is_told_from_the_bytes(charset: str, text: str) -> None:
    assert decode(text.encode(charset)) == text


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("Text – here".encode("utf-16") + b"x", ""),
        ("Text – here".encode("utf-16") + b"x", "iso-8859-1"),
        ("Text – here".encode(), "utf-16"),
    ],
)
def test_a_mark_of_order_is_right_and_a_charset_of_two_bytes_may_lie(content: bytes, charset: str) -> None:
    assert decode(content, charset).rstrip("\ufffd") == "Text – here"


def test_a_broken_byte_spoils_no_other_letter() -> None:
    text = "The café’s owner – “a liar” – said so. " * 5

    assert decode(text.encode()[:-1] + b"\xff\xe2\x80") == text[:-1] + "\ufffd\ufffd"


def test_a_word_document_is_read_in_order() -> None:
    assert only("a.docx", word("Bridge", "It will open.", "Soon.")).text == "Bridge\n\nIt will open.\n\nSoon."


def test_columns_of_a_pdf_are_read_one_after_the_other_and_parted_words_made_whole() -> None:
    left = ["Bridge opens", "The mayor said that the new inter-", "national bridge will open in May of", "this year."]
    found = only("a.pdf", pdf(left, ["The opposition said that it cost far", "more than it should."]))

    assert "new international bridge will open in May of this year." in found.text
    assert found.text.index("this year") < found.text.index("opposition")
    assert "cost far more than" in found.text


def test_columns_that_were_drawn_row_by_row_are_read_one_after_the_other_and_tables_are_not() -> None:
    left = [
        "The mayor said that the new inter-",
        "national bridge will open in May of",
        "this year, after a long",
        "delay.",
    ]
    right = [
        "The opposition said that it cost far",
        "more than it should. The council has",
        "not said who",
        "will pay.",
    ]
    heads, end = [("A bridge for Orla",), ("and its road",)], [("From our own correspondent in the valley of Orla.",)]
    prose = only("a.pdf", pdf_by_rows(*heads, *zip(left, right, strict=True), *end)).text
    table = only("b.pdf", pdf_by_rows(*((f"Row {at}", f"{at}00") for at in range(8)))).text

    assert "new international bridge will open in May of this year, after a long delay." in prose
    assert prose.index("delay.") < prose.index("The opposition said that it cost far more than it should.")
    assert prose.index("will pay.") < prose.index("From our own")
    assert "Row 1 100 Row 2 200" in table


def test_subtitles_become_turns() -> None:
    expected = ("MR SMITH: The bridge will open in May.", "MS LEE: Thank you.")

    assert only("town_hall.srt", SUBTITLES.encode()).paragraphs == expected
    assert only("town_hall.vtt", b"WEBVTT\n\n" + SUBTITLES.replace(",", ".").encode()).title == "Town hall"


def test_a_mail_gives_its_own_words() -> None:
    found = only("a.eml", MAIL)

    assert (found.title, found.byline, found.published) == ("The café answers", "Ann Lee", "2026-03-02T10:00:00+00:00")
    assert found.paragraphs == ("The bridge will open in May.", "So said the mayor.")


@pytest.mark.parametrize(
    "begins",
    [
        *("On Mon, 2 Mar 2026, Ann Lee wrote:", "Le lun. 2 mars 2026 à 10:12, Ann Lee a écrit :"),
        *("Am 02.03.2026 um 10:12 schrieb Ann Lee:", "El lun, 2 mar 2026 a las 10:12, Ann Lee escribió:"),
        *("Il giorno lun 2 mar 2026, Ann Lee ha scritto:", "Em seg., 2 de mar. de 2026, Ann Lee escreveu:"),
        *("пн, 2 бер. 2026 р. о 10:12 Ann Lee пише:", "пн, 2 мар. 2026 г. в 10:12, Ann Lee пишет:"),
        *("---- Weitergeleitete Nachricht ----", "-------- Message transféré --------"),
    ],
)
def test_what_a_mail_quotes_is_not_its_own_in_any_of_these_languages(begins: str) -> None:
    mail = MAIL.replace(b"\n> What", b"\n\n" + begins.encode() + b"\n> What")

    assert only("a.eml", mail).paragraphs == ("The bridge will open in May.", "So said the mayor.")


def test_a_feed_gives_its_items() -> None:
    first, second = parse_file("", RSS, "application/rss+xml")

    assert (first.text, first.key, first.url, first.published) == (
        "Bridge\n\nIt will open.",
        "7",
        "",
        "2026-03-02T10:00:00+00:00",
    )
    assert (second.outlet, second.key) == ("The Daily", "https://daily.example/road")


@pytest.mark.parametrize("head", ["", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="cp1251"?>'])
@pytest.mark.parametrize("charset", ["", "cp1251"])
def test_a_feed_is_read_in_the_charset_of_its_header_or_its_own_or_by_its_bytes(head: str, charset: str) -> None:
    words = "Министр заявил во вторник, что новый мост откроется в мае."
    feed = head.encode() + RSS.replace(b"It is closed.", words.encode("cp1251"))

    assert words in parse_file("a.rss", feed, charset=charset)[1].text


def test_a_json_feed_gives_its_items() -> None:
    items = b'[{"id": "7", "title": "A", "content_html": "<p>B.</p>"}]'
    feed = b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + items + b"}"

    assert only("feed.json", feed).text == "A\n\nB."


def test_a_mailbox_gives_its_mails_and_says_which_is_none() -> None:
    first, broken, second = parse_file("press.mbox", MAILBOX)

    assert first.text == (
        "Ferry to stay open\n\nThe operator said the ferry will stay open. From May on it will run hourly."
    )
    assert (first.byline, first.published[:10]) == ("Orla Press", "2026-01-05")
    assert broken.refusal.startswith("Mail 2 of this mailbox: This is no e-mail")
    assert second.title == "Ferry to close"


@pytest.mark.parametrize("raw", [b"Dear all,\n\nFrom me.\n", b"x\n\n" + MAILBOX])
def test_what_does_not_begin_with_a_mail_is_no_mailbox(raw: bytes) -> None:
    with pytest.raises(UnfitFile, match="no mailbox"):
        parse_file("press.mbox", raw)


def test_a_zip_and_lines_of_json_give_many() -> None:
    many = parse_file("a.zip", packed(one_txt="One\n\nText.", two_html=PAGE, three_exe=b"MZ"))
    lines = parse_file("a.jsonl", b'{"text": "One\\n\\nText.", "outlet": "The Daily"}\nno\n{"text": "Two"}\n')

    assert [document.text.split("\n")[0] for document in many if document.text] == ["One", "Bridge opens in May"]
    assert [document.outlet for document in lines if document.text] == ["The Daily", ""]
    assert [document.refusal.split(" ")[0] for document in (*many, *lines) if document.refusal] == [
        "three.exe:",
        "Line",
    ]


def test_a_mark_before_the_first_line_and_a_word_document_named_zip_spoil_nothing() -> None:
    assert only("a.jsonl", b'\xef\xbb\xbf{"text": "One"}\r\n').text == "One"
    assert only("a.zip", word("Bridge", "It will open.")).text == "Bridge\n\nIt will open."


def test_a_mail_that_is_sent_on_as_a_whole_is_that_mail() -> None:
    assert only("a.eml", b"From: b@c.example\nSubject: Fwd\nContent-Type: message/rfc822\n\n" + MAIL) == only(
        "a.eml", MAIL
    )


def test_subtitles_without_end_are_read_in_their_time() -> None:
    cues = "".join(f"{at}\n00:00:01,000 --> 00:00:02,000\nword {at}\n\n" for at in range(30_000))

    assert only("a.srt", cues.encode()).text.endswith("word 29999")


def test_a_text_that_somebody_else_decoded_badly_is_a_text() -> None:
    assert only("a.txt", ("Caf\ufffd " * 100).encode()).text.startswith("Caf\ufffd")


def test_a_page_that_is_asked_for_its_feeds_is_looked_at_as_carefully() -> None:
    crowded = b"<html><body><p " + b" ".join(b"a%d=1" % number for number in range(6000)) + b">x"

    with pytest.raises(UnfitFile, match="attributes"):
        parse_feed(crowded, "", "https://daily.example/")


def test_what_is_harmless_in_what_looks_hostile_is_read() -> None:
    """Nothing of it is run, followed, or written anywhere."""
    outside = packed(**{"______etc__cron": "x", "__..__..__pwned_txt": "x"})
    escaping = joined(word("The rate fell."), outside)
    scripted = RSS.replace(b"<title>Bridge", b"<title>&lt;img src=x onerror=alert(1)&gt;")

    assert only("a.txt", b"The rate\x00 fell.\x1b").text.startswith("The rate")
    assert only("a.docx", escaping).text == "The rate fell."
    assert parse_file("a.rss", scripted)[0].title == "<img src=x onerror=alert(1)>"
    assert parse_file("a.rss", RSS.replace(b"It will open.", b"&lt;script&gt;x()&lt;/script&gt;Open"))[0].text == (
        "Bridge\n\nOpen"
    )


@pytest.mark.parametrize(("name", "content"), [("scan.pdf", pdf([])), ("scan.txt", b"\x01\x02\x1b\x00")])
def test_a_file_without_words_stands_by_its_name_and_says_so(name: str, content: bytes) -> None:
    found = only(name, content)

    assert (found.text.split(" ")[0], found.notes) == (name, ("no_text",))
    assert found.text != only(name, content + b" ").text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.exe", b"MZ", "not read"),
        ("a.txt", b"PK\x03\x04", "not the text"),
        ("a.txt", bytes(range(256)) * 4, "not text"),
        ("a.txt", b"x" * (26 * 1024 * 1024), "25 MB"),
        ("a.txt", b"x" * (3 * 1024 * 1024), "2 MB"),
        ("a.pdf", b"hello", "is none"),
        ("a.pdf", b"%PDF-1.4 junk", "damaged"),
        ("a.docx", b"PK\x03\x04junk", "broken"),
        ("a.docx", word("x", head='<!DOCTYPE x [<!ENTITY a "b">]>'), "grammar"),
        ("a.docx", packed(a_txt="x"), "no Word document"),
        ("a.zip", packed(a_txt=b"0" * 20_000_000), "hundredfold"),
        ("a.zip", packed(**{"____etc__passwd": "x", "..": "x"}), "outside"),
        ("a.zip", packed(b_zip=packed(a_txt="x")), "bundle in a bundle"),
        ("a.rss", LAUGHS, "grammar"),
        ("a.rss", b"<html></html>", "no feed"),
        ("a.json", b"[1]", "no feed"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.html", b"<div>" * 3000 + b"x", "deep"),
        ("a.html", b"<p " + b" ".join(b"a%d=1" % number for number in range(6000)) + b">x", "attributes"),
        ("a.rss", b"<rss>" + b"<a>" * 300 + b"</a>" * 300 + b"</rss>", "200 deep"),
        ("a.rss", b"<rss version='2.0'><channel><title>x</title></channel></rss>", "no entries"),
        ("picture", b"\x89PNG\r\n\x1a\n\x00\x00", "no ending"),
        ("a.html", b"<html><body></body></html>", "No text"),
        ("a.eml", b"no mail", "no e-mail"),
        ("a.eml", b"Subject: x\nFrom: " + b"a@b.example, " * 30_000 + b"\n\nText", "head"),
        ("a.eml", b"From: a@b.example\nContent-Type: application/pdf\n\n%PDF-", "attached"),
        ("a.pdf", b"", "empty"),
        ("a.txt", gzip.compress(b"Text", mtime=0), "not the text"),
        ("a.html", bytes(range(256)) * 400, "not text"),
        ("a.srt", b"Nobody speaks", "no subtitles"),
        (
            "a.pdf",
            pdf_of(stream(zlib.compress(zlib.compress(b" " * 76_000_000, 1)), "[/FlateDecode/FlateDecode]")),
            "far more",
        ),
        ("a.docx", word(*["word"] * 60_000), "more pieces than a book"),
        ("a.jsonl", b'{"text": "One", "text": "Two"}', "name twice"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(name: str, content: bytes, words: str) -> None:
    with pytest.raises(UnfitFile, match=words):
        parse_file(name, content)


@pytest.mark.parametrize(
    "deed",
    [
        *("import socket; socket.socket().connect(('127.0.0.1', 9))", "open('/tmp/factcheck-written', 'w')"),
        *("import os; os.fork()", "import subprocess; subprocess.run(['true'])", "bytearray(2 * 1024 ** 3)"),
        *("import os; os.setuid(0)", "import os; os.remove('/etc/hostname')"),
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    ],
)
def test_the_child_cannot(deed: str) -> None:
    program = f"import subprocess, socket, os\nfrom factcheck.intake.parsing import cage\ncage.enter()\n{deed}"
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)

    refusals = ("PermissionError", "MemoryError", "BlockingIOError", "ValueError: not allowed to raise")
    assert ended.stderr.strip().split("\n")[-1].startswith(refusals)


@pytest.mark.thorough
def test_a_nursery_that_dies_is_replaced_and_none_outlives_its_owner() -> None:
    assert only("a.txt", b"Text").text == "Text"
    nursery = _kept.nursery
    nursery._process.kill()
    nursery._process.wait()

    assert only("a.txt", b"Text").text == "Text"
    assert _kept.nursery is not nursery
    _kept.nursery.close()  # hangs up, and waits for its end


def test_a_child_that_dies_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factcheck.intake.parsing.child.SECONDS", 0.0)

    with pytest.raises(UnfitFile, match="too long"):
        parse_file("a.txt", b"Text")
