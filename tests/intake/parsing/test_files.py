"""What files of each kind carry beside their text, as programs write it."""

from email.message import EmailMessage

from factcheck.intake.parsing.documents import ATTACHED
from factcheck.intake.parsing.portable import without_margins
from tests.intake.parsing.made import SUBTITLES, pdf_of, word
from tests.intake.parsing.test_child import only


def test_a_row_of_a_table_is_a_line_and_notes_leave_no_marks_in_the_text() -> None:
    cells = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>' for cell in row)}</w:tr>"
        for row in (("Year", "Cost"), ("2023", "5.9m"))
    )
    document = only("a.docx", word("Bridge", "It cost 5.9m in 2023.", after=f"<w:tbl>{cells}</w:tbl>"))
    page = "<p>It was built in 2019<sup><a href='#n4'>4</a></sup>, 12 m<sup>2</sup> at a time.</p>"

    assert document.paragraphs == ("It cost 5.9m in 2023.", "Year | Cost", "2023 | 5.9m")
    assert only("a.html", page.encode()).text == "It was built in 2019, 12 m² at a time."


def test_lines_that_roll_up_a_screen_are_read_once() -> None:
    times = "00:00:0{}.000 --> 00:00:0{}.000 align:start position:0%\n"
    shown = ("the<00:00:00.500><c> bridge</c>", "the bridge", "the bridge\nwill<00:00:02.500><c> open</c>", "will open")
    rolling = "WEBVTT\n\n" + "\n\n".join(times.format(at, at + 1) + lines for at, lines in enumerate(shown))

    assert only("talk.vtt", rolling.encode()).paragraphs == ("the bridge will open",)
    assert only("talk.vtt", (SUBTITLES + "\n" + SUBTITLES).encode()).text.count("MS LEE: Thank you.") == 2


def test_a_mail_says_what_was_attached_and_not_what_it_answers_to() -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Figures", "ann@daily.example"
    mail.set_content("It cost 50 million.\n\nOn Sun, 1 Mar 2026 at 09:00, Tom <t@x.example>\nwrote:\n> How much?\n")
    mail.add_attachment(b"PK", maintype="application", subtype="zip", filename="statement.docx")
    mail.add_attachment(b"PNG", maintype="image", subtype="png", filename="logo.png")
    document = only("a.eml", bytes(mail))
    page = EmailMessage()
    page["Subject"] = "Figures"
    said = "<p>It cost 50 million.</p><p>We deny the rest.</p>"
    page.set_content(f"<table><tr><td>{said}<blockquote type='cite'>How much?</blockquote></td></tr></table>", "html")

    assert document.paragraphs == ("It cost 50 million.",)
    assert document.notes == (ATTACHED,)
    assert document.left_out[-1] == "statement.docx"
    assert only("a.eml", bytes(page)).paragraphs == ("It cost 50 million.", "We deny the rest.")


def test_a_headline_and_paragraphs_of_a_pdf_stand_apart_by_their_letters_and_the_room_between() -> None:
    lines = (("Bridge over the Orla", 24, 750), ("By Ann Lee", 10, 720), ("The mayor said on Monday that", 10, 708))
    more = (("it opens in May", 10, 696), ("The engineer said that it", 10, 668), ("does not.", 10, 656))
    drawn = "".join(f"BT /F {size} Tf 40 {y} Td ({words}) Tj ET\n" for words, size, y in (*lines, *more))
    document = only("a.pdf", pdf_of(f"<</Length {len(drawn)}>>stream\n{drawn}endstream".encode()))

    assert document.title == "Bridge over the Orla"
    assert document.text.split("\n\n")[-1] == "The engineer said that it does not."


def test_what_stands_on_each_page_of_a_pdf_is_no_part_of_it() -> None:
    own = [["It opens.", "It is paid."], ["It costs 40.", "It was 20."]]
    pages = [[f"2 March 2026 Bridge {at}", *lines, f"bridge.html {at}/2"] for at, lines in enumerate(own, 1)]

    slides = [[f"Slide {at}", "The bridge opens."] for at in range(4)]

    assert without_margins(pages) == own
    assert without_margins(slides) == slides  # where all of it is alike, that is what it says
