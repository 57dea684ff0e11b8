"""A person's browser without the screen: signs in, reads and posts, with cookies and tokens."""

import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: 0 stands for no answer at all."""

    status: int
    text: str = ""
    url: str = ""


class _Stay(urllib.request.HTTPRedirectHandler):
    """Give back a redirect as the answer."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


class Browser:
    """One person at one address."""

    def __init__(self, base: str) -> None:
        self.base = base
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        self.sender = urllib.request.build_opener(cookies, _Stay())

    def get(self, path: str) -> str:
        """The page; raises where there is none."""
        with self.opener.open(self.base + path, timeout=60) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: str) -> int:
        """Take the form from the page at the path, fill it in, and send it there."""
        data = self._filled(self.get(path), fields)
        with self.opener.open(self.base + path, data=data, timeout=60) as answer:
            return int(answer.status)

    def look(self, path: str) -> Answer:
        """The answer, whatever it is."""
        return self._ask(self.opener, self.base + path, None)

    def send(self, page: Answer, path: str, **fields: str) -> Answer:
        """Send a form found on a page; the answer, whatever it is, a redirect too."""
        return self._ask(self.sender, self.base + path, self._filled(page.text, fields))

    @staticmethod
    def _ask(opener: urllib.request.OpenerDirector, url: str, data: bytes | None) -> Answer:
        try:
            with opener.open(url, data=data, timeout=60) as answer:
                return Answer(answer.status, answer.read().decode(), answer.url)
        except urllib.error.HTTPError as refused:
            return Answer(refused.code, refused.read().decode(errors="replace"), url)
        except OSError:
            return Answer(0)

    @staticmethod
    def _filled(page: str, fields: dict[str, str]) -> bytes:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token is not None
        return urllib.parse.urlencode({"csrfmiddlewaretoken": token.group(1), **fields}).encode()


def serves(browser: Browser) -> bool:
    """Whether the web process answers."""
    try:
        return "Sign in" in browser.get("/sign-in/")
    except OSError:
        return False
