"""Reading and correcting in a real browser: by keys alone, by selection, and with scripts off."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Person
from tests.journeys.rules import check

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

SEEDED = "Ukraine and Russia meet"
FIRE = """Fire 🔥🔥 at the mill of {place}

{place} (Orla Post) — 👩‍👩‍👧 and 🇺🇦 watched as the 🔥 mill burned on Sunday.

Mayor Ilse Varga said the mill was insured in March.
"""
SHORT = """A quarrel over the weir of Tolva

Mayor Ilse Varga said the weir was inspected in May. Engineer Tomas Reyle denied that the weir was inspected in May.

“We will repair the weir by June,” Varga promised. In July, Reyle said the weir was not repaired by June.
"""


def open_seeded(page: Page) -> None:
    """The reader of the article that comes with the demo."""
    page.goto("/admin/corpus/article/?q=Belarus")
    page.get_by_role("link", name=SEEDED).click()
    expect(page.locator(".note").first).to_be_visible()
    page.wait_for_load_state()


def add_article(page: Page, place: str) -> None:
    """An article of one's own, analyzed."""
    page.goto("/articles/add/")
    page.get_by_label("Text", exact=True).fill(FIRE.format(place=place))
    page.get_by_role("button", name="Add and analyze").click()
    expect(page.locator(".note").first).to_be_visible(timeout=60_000)
    page.wait_for_load_state()


def marked(page: Page) -> str:
    """What the form says is marked."""
    return page.get_by_label("The words, as they stand in the text").input_value()


def test_a_selection_is_mended_and_taken_back_by_keys_alone(person: Person) -> None:
    ben = person("ben")
    open_seeded(ben)
    ben.keyboard.press("j")
    card = ben.locator(".note:focus")
    before = ben.locator(".st.on").all_inner_texts()
    number = card.get_attribute("id")

    ben.keyboard.press("Enter")
    expect(ben.locator(".handle[data-edge=end]")).to_be_focused()
    whole = marked(ben)
    ben.keyboard.press("ArrowLeft")
    ben.keyboard.press("ArrowLeft")
    assert marked(ben) == whole.rsplit(" ", 2)[0]
    ben.keyboard.press("Shift+ArrowLeft")
    assert marked(ben) == whole.rsplit(" ", 2)[0][:-1]
    ben.keyboard.press("Shift+ArrowRight")
    ben.keyboard.press("Enter")

    expect(ben.locator(".toast.undo")).to_contain_text("Statement mended")
    expect(ben.locator(f"#{number}")).to_contain_text("by hand")
    ben.locator(f"#{number}").focus()
    expect(ben.locator(".st.on").first).to_be_visible()
    assert "".join(ben.locator(".st.on").all_inner_texts()).strip() == whole.rsplit(" ", 2)[0]
    ben.locator("#main").focus()
    ben.keyboard.press("z")

    expect(ben.locator(".toast.undo")).to_contain_text("Taken back")
    ben.locator(f"#{number}").focus()
    expect(ben.locator(f"#{number}")).not_to_contain_text("by hand")
    assert ben.locator(".st.on").all_inner_texts() == before


def test_the_cards_of_a_short_text_say_everything_they_know(person: Person) -> None:
    ben = person("ben")
    ben.goto("/articles/add/")
    ben.get_by_label("Text", exact=True).fill(SHORT)
    ben.get_by_role("button", name="Add and analyze").click()
    expect(ben.locator(".note")).to_have_count(4, timeout=60_000)

    for card in ben.locator(".note").all():
        expect(card.locator(".how")).to_be_visible()
        expect(card.locator(".chip.clash").last).to_be_in_viewport()
        assert card.locator(".line").evaluate("line => line.scrollWidth <= line.clientWidth"), "nothing is cut off"


MARKED = """() => {
  const [range] = CSS.highlights.get("words") ?? [];
  const seen = range?.getBoundingClientRect();
  return range && [range.toString(), range.startContainer.parentElement.closest("[data-statements]").dataset.statements,
    seen.top >= 0 && seen.bottom <= innerHeight];
}"""


def test_from_a_comment_one_comes_to_its_very_words(person: Person) -> None:
    ben = person("ben")
    open_seeded(ben)
    card = ben.locator(".note", has_text="Ukrainian officials").first
    statement = (card.get_attribute("id") or "").removeprefix("s-")
    ben.goto(f"/statements/{statement}/#talk")
    ben.get_by_label("Your comment").fill("Which agreement?")
    ben.locator("summary", has_text="About some words").click()
    ben.get_by_label("Its words").fill("no words of theirs")
    ben.get_by_role("button", name="Comment", exact=True).click()
    expect(ben.get_by_role("alert")).to_contain_text("does not stand in this statement")
    ben.get_by_label("About these words of the statement").fill("the agreement to meet")
    ben.get_by_role("button", name="Comment", exact=True).click()
    expect(ben.locator(".remarks")).to_contain_text("Which agreement?")
    expect(ben.locator("[data-restore]")).to_be_hidden()  # all was saved in the end

    ben.get_by_role("link", name="“the agreement to meet”").click()

    ben.wait_for_url("**/articles/**")
    ben.wait_for_function("CSS.highlights.has('words')")
    assert ben.evaluate(MARKED) == ["the agreement to meet", statement, True]


def test_words_are_added_by_keys_alone(person: Person) -> None:
    ben = person("ben")
    add_article(ben, "Tolva")
    ben.keyboard.press("n")
    expect(ben.locator(".handle[data-edge=end]")).to_be_focused()
    ben.keyboard.press("ArrowDown")
    assert marked(ben).endswith("burned on Sunday.")
    ben.keyboard.press("ArrowDown")
    assert marked(ben) == "Mayor Ilse Varga said the mill was insured in March."
    ben.keyboard.press("ArrowLeft")

    ben.get_by_label("Who says it").focus()
    ben.keyboard.type("Orla Post")
    words = marked(ben)
    ben.keyboard.press("Enter")

    expect(ben.locator(".toast.undo")).to_contain_text("Statement added")
    ben.get_by_role("group", name=re.compile("^Orla Post:")).focus()
    assert "".join(ben.locator(".st.on").all_inner_texts()) == words


def select(page: Page, first: str, last: str) -> None:
    """Select from the beginning of some words to the end of others, as a mouse would."""
    page.evaluate(
        """([first, last]) => {
            const find = (words) => {
                const walker = document.createTreeWalker(document.getElementById("reader"), NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                    const at = walker.currentNode.data.indexOf(words);
                    if (at !== -1) return [walker.currentNode, at];
                }
            };
            const [start, from] = find(first);
            const [end, to] = find(last);
            getSelection().setBaseAndExtent(start, from, end, to + last.length);
        }""",
        [first, last],
    )


def test_selected_words_keep_their_place_beyond_the_basic_plane(person: Person) -> None:
    ben = person("ben")
    add_article(ben, "Doln")
    select(ben, "🇺🇦 watched", "burned on")

    ben.locator(".adder").click()
    expect(ben.locator("#mending form")).to_be_visible()
    assert marked(ben) == "🇺🇦 watched as the 🔥 mill burned on"
    ben.get_by_label("Who says it").fill("Orla Post")
    ben.get_by_role("button", name="Add statement").last.click()

    expect(ben.locator(".toast.undo")).to_contain_text("Statement added")
    ben.get_by_role("group", name=re.compile("^Orla Post:")).focus()
    assert "".join(ben.locator(".st.on").all_inner_texts()) == "🇺🇦 watched as the 🔥 mill burned on"


def test_a_selection_over_paragraphs_gets_a_plain_answer(person: Person) -> None:
    ben = person("ben")
    add_article(ben, "Reva")
    select(ben, "watched as", "Mayor")

    ben.keyboard.press("n")

    expect(ben.locator("#mending")).to_contain_text("A statement stands in one paragraph")


def test_the_ends_of_a_statement_are_dragged(person: Person) -> None:
    ben = person("ben")
    open_seeded(ben)
    ben.locator(".note").nth(2).focus()
    ben.keyboard.press("Enter")
    handle = ben.locator(".handle[data-edge=end]")
    expect(handle).to_be_visible()
    whole, box = marked(ben), handle.bounding_box()
    assert box is not None

    ben.mouse.move(box["x"] + 12, box["y"] + 10)
    ben.mouse.down()
    ben.mouse.move(box["x"] - 120, box["y"] + 10, steps=4)
    ben.mouse.up()

    assert whole.startswith(marked(ben))
    assert marked(ben) != whole
    ben.keyboard.press("Escape")
    expect(ben.locator(".handle")).to_have_count(0)


def test_filters_need_no_new_page_and_stand_in_the_address(person: Person) -> None:
    ben = person("ben")
    open_seeded(ben)
    everything = ben.locator(".note").count()
    ben.keyboard.press("f")
    expect(ben.get_by_label("Speaker", exact=True)).to_be_focused()

    ben.get_by_label("in conflict").check()

    expect(ben.locator(".note").first).to_be_visible()
    expect(ben).to_have_url(re.compile("conflict=1"))
    assert 0 < ben.locator(".note").count() < everything
    ben.reload()
    assert 0 < ben.locator(".note").count() < everything


def test_statements_are_mended_and_split_without_scripts(person: Person) -> None:
    ben = person("ben", java_script_enabled=False)
    open_seeded(ben)
    ben.locator(".note .mend").nth(1).click()
    words = ben.get_by_label("The words, as they stand in the text")
    whole = words.input_value()

    words.fill(whole.rsplit(" ", 1)[0])
    ben.get_by_role("button", name="Save").click()
    expect(ben.locator(".toast.undo")).to_contain_text("Statement mended")
    ben.get_by_role("button", name="Undo").click()

    expect(ben.locator(".toast.undo")).to_contain_text("Taken back")


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_reader_statement_speaker_and_outlet_break_no_rule(person: Person, width: int) -> None:
    lea = person("lea", viewport={"width": width, "height": 900})
    open_seeded(lea)
    article = lea.url
    statement = str(lea.locator(".note .mend").first.get_attribute("href"))
    lea.locator(".note .by").first.scroll_into_view_if_needed()
    speaker = str(lea.locator(".note .by").last.get_attribute("href"))
    outlet = str(lea.locator('a[href^="/outlets/"]').first.get_attribute("href"))
    lea.locator(".picture summary").click()
    lea.locator(".note").first.focus()
    lea.keyboard.press("Enter")
    expect(lea.locator("#mending form").first).to_be_visible()
    check(lea, width)

    for address in (article + "?conflict=1", statement, speaker, outlet, article.split("#")[0] + "statements/add/"):
        lea.goto(address)
        check(lea, width)
