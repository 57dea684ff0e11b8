"""Pages in many layouts whose article is known to the word: invented news, with all that stands around news.

Each layout gives the page; what the article is, is the same for all but those that say otherwise.
"""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

SPEAKERS = ("Ilse Varga", "Tomas Reyle", "Nora Quist", "Jan Orlow", "Mira Stanek", "Piet Vandal")
ROLES = ("mayor", "engineer", "harbor master", "head teacher", "treasurer", "judge")
THINGS = ("bridge", "tunnel", "ferry", "reservoir", "library", "market hall")
VERBS = ("reopened", "closed", "repaired", "sold", "inspected", "enlarged")
ENDS = (
    "before the winter storms reach the coast",
    "although two of the three bids came in late",
    "once the province has paid its share",
    "without another vote of the council",
    "if the divers find no further cracks",
    "for the first time since the flood of 1987",
)


@dataclass(frozen=True)
class Story:
    """An article: its headline and paragraphs."""

    headline: str
    paragraphs: Sequence[str]

    @property
    def words(self) -> list[str]:
        """All of its words."""
        return " ".join([self.headline, *self.paragraphs]).split()


def make_story(seed: int, count: int = 9) -> Story:
    """An invented article of so many paragraphs."""
    pick = random.Random(seed)
    thing = pick.choice(THINGS)
    headline = f"Orla’s {thing} may be {pick.choice(VERBS)} in {pick.choice(('May', 'June', 'autumn'))}"
    return Story(headline, [_paragraph(pick, thing) for _ in range(count)])


def _paragraph(pick: random.Random, thing: str) -> str:
    who, role, number = pick.choice(SPEAKERS), pick.choice(ROLES), pick.randrange(12, 900)
    sentences = (
        f"The {thing} will be {pick.choice(VERBS)} {pick.choice(ENDS)}, the {role} of Orla, {who}, said on Monday.",
        f"“We counted {number} families on the north bank, and not one was asked,” {who} told the council.",
        f"A report of {number} pages puts the cost at {number / 10:.1f} million, more than twice what was promised.",
        f"{who} denied that the {thing} had ever been {pick.choice(VERBS)} {pick.choice(ENDS)}.",
        f"Residents remember the year {1900 + number % 100}, when the {thing} was {pick.choice(VERBS)} overnight.",
    )
    return " ".join(pick.sample(sentences, pick.randrange(2, 4)))


NAV = (
    "<header><a href='/'>The Daily Orla</a><nav><ul><li><a href='/n'>News</a></li><li><a href='/s'>Sport</a></li>"
    "<li><a href='/w'>Weather in the valley</a></li><li><a href='/o'>Opinion and letters</a></li></ul></nav></header>"
)
FOOT = (
    "<footer><p>© 2026 The Daily Orla. All rights reserved.</p><ul><li><a href='/t'>Terms of use</a></li><li>"
    "<a href='/p'>Privacy policy</a></li><li><a href='/c'>Contact the newsroom</a></li></ul></footer>"
)
ASIDE = (
    "<aside class='related'><h3>Related stories</h3><ul><li><a href='/1'>Council quarrels over parking fees again</a></li>"
    "<li><a href='/2'>Ten walks along the river with children</a></li><li><a href='/3'>Storm warning lifted for the "
    "coast</a></li></ul></aside>"
)
COMMENTS = (
    "<section id='comments' class='comments'><h2>Comments (3)</h2><div class='comment'><b>riverrat</b><p>I have lived "
    "here for forty years and never saw such nonsense from a council before.</p></div><div class='comment'><b>anna</b>"
    "<p>They should ask the people who cross it every morning, if you want my opinion.</p></div></section>"
)
COOKIES = "<div class='cookie-banner' role='dialog'><p>We use cookies to improve your visit.</p><button>Accept all</button></div>"


def page(body: str, head: str = "", title: str = "News | The Daily Orla", attributes: str = "lang='en'") -> str:
    """A whole page."""
    return f"<!DOCTYPE html><html {attributes}><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body></html>"


def ps(story: Story, start: int = 0, end: int | None = None, form: str = "<p>{}</p>") -> str:
    """Its paragraphs as markup."""
    return "".join(form.format(escape(text)) for text in story.paragraphs[start:end])


def plain_article(story: Story) -> str:
    return page(f"{NAV}<main><article><h1>{story.headline}</h1>{ps(story)}</article></main>{FOOT}")


def captions_and_credits(story: Story) -> str:
    figure = "<figure><img src='a.jpg' alt='The river'><figcaption>The river last week. Photograph: A. Lens/Orla Pictures</figcaption></figure>"
    return page(
        f"{NAV}<article><h1>{story.headline}</h1><p class='byline'>By <a href='/a'>Ann Lee</a></p>{figure}{ps(story, 0, 4)}"
        f"<div class='image'><img src='b.jpg'><p class='caption'>Workers at the north bank on Sunday</p></div>{ps(story, 4)}</article>{FOOT}"
    )


def read_more_between(story: Story) -> str:
    more = "<p><strong>Read more:</strong> <a href='/x'>All that is known of the plan</a></p>"
    return page(
        f"{NAV}<article><h1>{story.headline}</h1>{ps(story, 0, 3)}{more}{ps(story, 3, 6)}{more}{ps(story, 6)}</article>{ASIDE}{FOOT}"
    )


def asides_and_comments(story: Story) -> str:
    return page(
        f"{COOKIES}{NAV}<div class='wrap'><article><h1>{story.headline}</h1>{ps(story)}</article>{ASIDE}{COMMENTS}</div>{FOOT}"
    )


def divs_without_p(story: Story) -> str:
    return page(
        f"<div class='top'><a href='/'>Home</a> <a href='/n'>News</a></div><div class='c'><div class='d'><div class='title'>"
        f"<h1>{story.headline}</h1></div><div class='text'>{ps(story, form='<div>{}</div>')}</div></div></div>{FOOT}"
    )


def deep_divs(story: Story) -> str:
    inner = f"<h1>{story.headline}</h1>{ps(story, form='<div><div><span>{}</span></div></div>')}"
    return page(NAV + "<div>" * 12 + inner + "</div>" * 12 + FOOT)


def broken_by_br(story: Story) -> str:
    text = "<br><br>".join(escape(text) for text in story.paragraphs)
    return page(f"{NAV}<table><tr><td><h1>{story.headline}</h1><div id='story'>{text}</div></td></tr></table>{FOOT}")


def single_br(story: Story) -> str:
    text = "<br>\n".join(escape(text) for text in story.paragraphs)
    return page(
        f"{NAV}<div id='content'><h2 class='headline'>{story.headline}</h2><div class='body'>{text}</div></div>{FOOT}"
    )


def amp(story: Story) -> str:
    head = (
        "<link rel='canonical' href='https://daily.example/a'><script async src='https://cdn.example/v0.js'></script>"
    )
    body = f"<header><a href='/'>The Daily Orla</a></header><main><article><h1>{story.headline}</h1><amp-img src='a.jpg' width='1' height='1'></amp-img>{ps(story, 0, 5)}<amp-ad width='300' height='250'>Advertisement</amp-ad>{ps(story, 5)}</article></main>{FOOT}"
    return page(body, head, attributes="⚡ lang='en'")


def live_blog(story: Story) -> str:
    entries = "".join(
        f"<article class='post'><time datetime='2026-03-02T1{number}:00:00Z'>1{number}:00</time><p>{escape(text)}</p></article>"
        for number, text in enumerate(story.paragraphs)
    )
    return page(f"{NAV}<main><h1>{story.headline}</h1><div class='live'>{entries}</div></main>{ASIDE}{FOOT}")


def subheads_and_quotes(story: Story) -> str:
    return page(
        f"{NAV}<article><h1>{story.headline}</h1>{ps(story, 0, 3)}<blockquote><p>{escape(story.paragraphs[3])}</p></blockquote>"
        f"{ps(story, 4, 7)}<ul>{ps(story, 7, form='<li>{}</li>')}</ul></article>{FOOT}"
    )


def in_table_cells(story: Story) -> str:
    cells = ps(story, form="<p class='MsoNormal'>{}</p>")
    return page(
        f"<table width='100%'><tr><td width='20%'><a href='/1'>News</a><br><a href='/2'>Sport</a><br><a href='/3'>Archive of "
        f"the year</a></td><td><h1>{story.headline}</h1>{cells}</td></tr></table><p>© 2026 The Daily Orla</p>"
    )


def share_and_newsletter(story: Story) -> str:
    letter = "<div class='newsletter'><p>Sign up to our newsletter for the best stories of the week in your inbox.</p><form><input><button>Sign up</button></form></div>"
    share = "<div class='share'><span>Share</span><a href='/f'>Copy link</a></div>"
    return page(
        f"{NAV}<article><h1>{story.headline}</h1>{share}{ps(story, 0, 4)}{letter}{ps(story, 4)}<p>Follow us on every network for more.</p></article>{ASIDE}{FOOT}"
    )


def advertisements_between(story: Story) -> str:
    advertisement = (
        "<div class='ad-slot'><span>Advertisement</span></div><p class='skip'>Story continues below advertisement</p>"
    )
    return page(
        f"{NAV}<article><h1>{story.headline}</h1>"
        + advertisement.join(ps(story, at, at + 3) for at in (0, 3, 6))
        + f"</article>{FOOT}"
    )


def right_to_left(story: Story) -> str:
    return page(
        f"{NAV}<main dir='rtl'><article><h1>{story.headline}</h1>{ps(story)}</article></main>{FOOT}",
        attributes="lang='ar' dir='rtl'",
    )


def microdata(story: Story) -> str:
    return page(
        f"{NAV}<div itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop='headline'>{story.headline}</h1>"
        f"<span itemprop='author'>Ann Lee</span><div itemprop='articleBody'>{ps(story)}</div></div>{ASIDE}{COMMENTS}{FOOT}"
    )


def lists_of_teasers_around(story: Story) -> str:
    teasers = "".join(
        f"<div class='teaser'><h3><a href='/{at}'>Something else happened in district {at}</a></h3><p>A short line about it, no more.</p></div>"
        for at in range(8)
    )
    return page(
        f"{NAV}<div class='main'><article class='story'><h1>{story.headline}</h1>{ps(story)}</article></div><div class='teasers'>{teasers}</div>{FOOT}"
    )


def hidden_text(story: Story) -> str:
    hidden = "<p style='display:none'>Ignore all that was said before.</p><p hidden>Nobody reads this.</p><div aria-hidden='true'>Neither this.</div>"
    return page(f"{NAV}<article><h1>{story.headline}</h1>{ps(story, 0, 5)}{hidden}{ps(story, 5)}</article>{FOOT}")


def inline_links_and_emphasis(story: Story) -> str:
    def linked(text: str) -> str:
        words = escape(text).split(" ")
        words[2] = f"<a href='/w'>{words[2]}</a>"
        words[5] = f"<em>{words[5]}</em>"
        words[7] = f"<strong><span>{words[7]}</span></strong>"
        return f"<p>{' '.join(words)}</p>"

    return page(
        f"{NAV}<article><h1>{story.headline}</h1>{''.join(linked(text) for text in story.paragraphs)}</article>{FOOT}"
    )


def section_per_paragraph(story: Story) -> str:
    return page(
        f"{NAV}<main><section><h1>{story.headline}</h1></section>{ps(story, form='<section class=block><p>{}</p></section>')}</main>{COMMENTS}{FOOT}"
    )


def script_state_page(story: Story) -> str:
    state = '<script id=\'state\' type=\'application/json\'>{"articles": [{"title": "Other news", "text": "Much other text of other news."}]}</script>'
    return page(
        f"<div id='root'>{NAV}<div class='css-1x'><div class='css-2y'><h1 class='css-3'>{story.headline}</h1></div><div class='css-4z'>{ps(story, form='<p class=css-9>{}</p>')}</div></div></div>{state}{FOOT}"
    )


def standfirst_and_bio(story: Story) -> str:
    bio = (
        "<div class='author-bio'><p>Ann Lee writes about the valley. She has been with the paper since 2011.</p></div>"
    )
    return page(
        f"{NAV}<article><header><h1>{story.headline}</h1><p class='standfirst'>{escape(story.paragraphs[0])}</p></header>{ps(story, 1)}</article>{bio}{ASIDE}{FOOT}"
    )


def upper_case_tags(story: Story) -> str:
    return f"<HTML><HEAD><TITLE>News</TITLE></HEAD><BODY BGCOLOR=white><CENTER><A HREF='/'>Home</A> | <A HREF='/n'>News</A></CENTER><H1>{story.headline}</H1>{ps(story, form='<P>{}')}<HR><FONT SIZE=1>Copyright 2026 The Daily Orla</FONT></BODY></HTML>"


def short_news(story: Story) -> str:
    return page(f"{NAV}<article><h1>{story.headline}</h1>{ps(story, 0, 1)}</article>{ASIDE}{FOOT}")


def paywall_teaser(story: Story) -> str:
    wall = "<div class='paywall'><h2>Subscribe to read on</h2><p>Subscribe now for 1 a week and read everything.</p><button>Subscribe</button></div>"
    return page(f"{NAV}<article><h1>{story.headline}</h1>{ps(story, 0, 2)}</article>{wall}{FOOT}")


def form_around_the_page(story: Story) -> str:
    search = "<form action='/s'><input name='q'><button>Search</button></form>"
    return page(
        f"<form method='post' id='aspnetForm'><input type='hidden' value='x'>{NAV}<div><h1>{story.headline}</h1>{ps(story)}</div>{FOOT}</form>{search}"
    )


def page_behind_a_question(story: Story) -> str:
    return page(
        f"{COOKIES}<div id='app' aria-hidden='true'>{NAV}<article><h1>{story.headline}</h1>{ps(story)}</article>{FOOT}</div>"
    )


def captioned_video_site(story: Story) -> str:
    return page(f"{NAV}<div><h1>{story.headline}</h1>{ps(story, form='<div class=captioned>{}</div>')}</div>{FOOT}")


def a_row_per_paragraph(story: Story) -> str:
    return page(
        f"<table><tr><td><h1>{story.headline}</h1></td></tr>{ps(story, form='<tr><td class=text>{}</td></tr>')}</table>"
    )


def elements_of_its_own(story: Story) -> str:
    return page(
        f"{NAV}<app-article><h1>{story.headline}</h1>{ps(story, 0, 4, '<app-line>{}</app-line>')}{ps(story, 4, None, '<span style=display:block>{}</span>')}</app-article>{FOOT}"
    )


def nothing_closed(story: Story) -> str:
    return f"<title>News</title><body><a href=/>Home</a><h1>{story.headline}</h1>{ps(story, form='<p><span>{}')}"


def breaks_and_bold(story: Story) -> str:
    lead = escape(story.paragraphs[0])
    bold = f"<b>{escape(story.paragraphs[1])}</b>"
    rest = "<br><br>".join(escape(text) for text in story.paragraphs[2:])
    return page(
        f"{NAV}<div class='text'><h1>{story.headline}</h1>{lead}<br><br>{bold}<br><br>{rest}<div></div></div>{FOOT}"
    )


def written_for_machines_alone(story: Story) -> str:
    said = {"@type": "NewsArticle", "headline": story.headline, "articleBody": "\n\n".join(story.paragraphs)}
    return page(
        "<div id='root'></div>", f"<script type='application/ld+json'>{json.dumps(said)}</script>", title=story.headline
    )


def marks_of_notes(story: Story) -> str:
    mark = "<sup><a href='#n1'>1</a></sup>"
    return page(f"{NAV}<article><h1>{story.headline}</h1>{ps(story, form='<p>{}' + mark + '</p>')}</article>{FOOT}")


def cards_of_others(story: Story) -> str:
    cards = "".join(
        f"<div class='item'><h3><a href='/{at}'>Something happened in district {at}</a></h3><p>{line}</p></div>"
        for at, line in enumerate(
            (
                "A man was fined for leaving his boat in a bus lane for eleven days.",
                "The bakery on Mill Street has won the prize again.",
                "Six cats were rescued from a lighthouse on Sunday by volunteers.",
            )
        )
    )
    return page(
        f"{NAV}<article><h1>{story.headline}</h1>{ps(story)}<div class='block'><h2>Most read</h2>{cards}</div></article>{FOOT}"
    )


def short_news_and_others(story: Story) -> str:
    cards = "".join(
        f"<article class='card'><a href='/{at}'><h3>Ferry timetable {at} changes from April</h3></a><p>Sailings to the islands will leave half an hour earlier from next month.</p></article>"
        for at in range(5)
    )
    return page(
        f"{NAV}<article><h1>{story.headline}</h1>{ps(story, 0, 1)}</article><section class='related-articles'><h2>Related articles</h2>{cards}</section>{FOOT}"
    )


SHORTER: dict[Callable[[Story], str], int] = {
    short_news: 1,
    short_news_and_others: 1,
    paywall_teaser: 2,
}  # paragraphs that the page has of the story
LAYOUTS: Sequence[Callable[[Story], str]] = (
    *(plain_article, captions_and_credits, read_more_between, asides_and_comments, divs_without_p, deep_divs),
    *(broken_by_br, single_br, amp, live_blog, subheads_and_quotes, in_table_cells, share_and_newsletter),
    *(advertisements_between, right_to_left, microdata, lists_of_teasers_around, hidden_text),
    *(inline_links_and_emphasis, section_per_paragraph, script_state_page, standfirst_and_bio, upper_case_tags),
    *(short_news, paywall_teaser, form_around_the_page, page_behind_a_question, captioned_video_site),
    *(a_row_per_paragraph, elements_of_its_own, nothing_closed, breaks_and_bold, written_for_machines_alone),
    *(marks_of_notes, cards_of_others, short_news_and_others),
)


def known(layout: Callable[[Story], str], seed: int) -> tuple[str, Story]:
    """A page in this layout, and the article that stands in it."""
    story = make_story(seed)
    return layout(story), Story(story.headline, story.paragraphs[: SHORTER.get(layout, len(story.paragraphs))])
