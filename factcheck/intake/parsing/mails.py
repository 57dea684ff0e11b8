"""An e-mail: its subject, its date, who wrote it, and its own words without what it quotes."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any, Final

from lxml import html

from factcheck.intake.parsing import pages
from factcheck.intake.parsing.boilerplate import is_quoted, part
from factcheck.intake.parsing.decoding import decode
from factcheck.intake.parsing.documents import ATTACHED, Document, UnfitFile
from factcheck.intake.parsing.shaping import words_of
from factcheck.intake.wording import worded

LONGEST_HEAD: Final = 256 * 1024
# "On Sun, 1 Mar 2026 at 09:00, Ann Lee <ann@daily.example>" often goes on in another line before its colon.
_PARTED_HEAD: Final = re.compile(r"(?m)^([^\n>][^\n]{5,150})\n([^\n>]{0,60}:)$(?=\s{1,3}>)")
_ANSWERED: Final = (
    "//blockquote[@type='cite']|//*[contains(@class,'gmail_quote') or contains(@class,'yahoo_quoted')"
    " or contains(@class,'moz-cite-prefix') or contains(@class,'gmail_attr')]"
    "|//*[@id='appendonsend' or @id='divRplyFwdMsg']/following-sibling::*|//*[@id='divRplyFwdMsg']"
)
_HEAD_ENDS: Final = (b"\n\n", b"\r\n\r\n")


def warm_up() -> None:
    """Load what a mail in HTML needs."""
    pages.warm_up()


def parse(content: bytes, told: dict[str, str]) -> Iterator[Document]:
    """The one text of a mail; of one that is sent on as a whole, that one's.

    Raises:
        UnfitFile: there are no headers of a mail, or there is nothing in it but attachments.
    """
    mail = _mail(content)
    text, is_page = _body(mail)
    if not text.strip() and (mail.is_multipart() or mail.get_content_maintype() != "text"):
        raise UnfitFile(worded("This mail has no text, only what is attached to it. Save that and add it by itself."))
    found = _page(text) if is_page else _plain(text)
    attached = tuple(_attached(mail))
    yield Document(
        title=" ".join(str(mail.get("subject", "")).split())[:300],
        paragraphs=found.paragraphs,
        left_out=(*found.left_out, *attached),
        notes=(ATTACHED,) if attached else (),
        byline=parseaddr(str(mail.get("from", "")))[0],
        published=_day(str(mail.get("date", ""))),
        key=str(mail.get("message-id", ""))[:300],
    )


def _mail(content: bytes) -> EmailMessage:
    if min((at for end in _HEAD_ENDS if (at := content.find(end)) >= 0), default=len(content)) > LONGEST_HEAD:
        raise UnfitFile(worded("The head of this mail is longer than any mail’s. Paste its text."))
    mail: Any = message_from_bytes(content, EmailMessage, policy=default)
    while mail.get_content_type() == "message/rfc822" and mail.is_multipart():
        mail = mail.get_payload(0)
    if not any(mail.get(name) for name in ("from", "subject", "date", "message-id")):
        raise UnfitFile(worded("This is no e-mail: it has neither sender nor subject nor date. Save it again as .eml."))
    found: EmailMessage = mail
    return found


def _body(mail: EmailMessage) -> tuple[str, bool]:
    """The text that it shows, and whether that is a page."""
    body = mail.get_body(preferencelist=("plain", "html"))
    raw = body.get_payload(decode=True) if body is not None else None
    if body is None or not isinstance(raw, bytes):
        return "", False
    text = decode(raw, body.get_content_charset() or "")
    return text, body.get_content_type() == "text/html" and bool(text.strip())


def _attached(mail: EmailMessage) -> Iterator[str]:
    """The names of what is attached, but for pictures, which most mails carry for their looks."""
    for attached in mail.iter_attachments():
        name = " ".join((attached.get_filename() or "").split())[:200]
        if name and attached.get_content_maintype() != "image":
            yield name


def _page(text: str) -> Document:
    """What a mail in HTML says itself; programs mark what it answers to."""
    tree = html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=pages.parser())
    quoted = []
    for node in tree.xpath(_ANSWERED):
        if node.getparent() is not None and node.tag not in ("body", "html"):
            quoted.append(words_of(node))
            node.drop_tree()
    found = pages.read_page(html.tostring(tree, encoding="unicode"))
    return replace(found, left_out=(*found.left_out, *filter(None, quoted)))


def _plain(text: str) -> Document:
    own, _, signature = _PARTED_HEAD.sub(r"\1 \2", re.sub(r"\r\n?", "\n", text)).partition("\n-- \n")
    said = "\n".join(line for line in own.split("\n") if not is_quoted(line))
    quoted = tuple(line.strip() for line in own.split("\n") if is_quoted(line))
    kept, left_out = part(re.split(r"\n[ \t]*\n", said))
    return Document(paragraphs=kept, left_out=(*left_out, *quoted, *signature.split("\n")))


def _day(header: str) -> str:
    try:
        return parsedate_to_datetime(header).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""
