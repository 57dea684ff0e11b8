"""The rules of RFC 9309, with the examples of its own sections where it has some."""

import pytest

from factcheck.intake.fetching.robots import LONGEST_DELAY, read_robots

GROUPS = """
User-agent: *
Disallow: /drafts/
Crawl-delay: 2

User-agent: Factcheck
User-agent: otherbot
Disallow: /private/   # ours
Allow: /private/open

user-agent: FACTCHECK/2
disallow: /later$
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/drafts/a", True), ("/private/a", False), ("/private/open/a", True), ("/later", False), ("/later/a", True)],
)
def test_what_is_said_to_us_by_name_holds_together_and_alone(path: str, allowed: bool) -> None:
    assert read_robots(GROUPS).allow(path) is allowed


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /", "/", False),
        ("Disallow:", "/a", True),
        ("Disallow: /a\nAllow: /a", "/a", True),
        ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", False),
        ("Disallow: *.gif$", "/a/b.gif", False),
        ("Disallow: *.gif$", "/a/b.gif?x=1", True),
        ("Disallow: /a*b*c", "/a1b2c3", False),
        ("Disallow: /a*c$", "/abcc", False),
        ("Disallow: /foo/bar?baz=http://foo.bar", "/foo/bar?baz=http://foo.bar", False),
        ("Disallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", False),
        ("Disallow: /foo/%7euser", "/foo/%7Euser", False),
        ("Disallow: /", "/robots.txt", True),
        ("Sitemap: /s.xml\nNonsense\nDisallow: /a", "/a", False),
        ("", "/a", True),
    ],
)
def test_the_longest_rule_that_covers_a_path_holds(rules: str, path: str, allowed: bool) -> None:
    assert read_robots(f"User-agent: *\n{rules}\n").allow(path) is allowed


@pytest.mark.parametrize(("said", "delay"), [("2.5", 2.5), ("-1", 0), ("nan", 0), ("soon", 0), ("1e9", LONGEST_DELAY)])
def test_a_delay_is_kept_within_bounds(said: str, delay: float) -> None:
    assert read_robots(f"User-agent: *\nCrawl-delay: {said}\nDisallow:").delay == delay


def test_rules_before_any_name_are_nobodys() -> None:
    assert read_robots("Disallow: /\nUser-agent: other\nDisallow: /").allow("/a")
