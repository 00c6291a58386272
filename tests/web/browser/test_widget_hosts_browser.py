"""The widget on websites that make it hard: it works, or says in the console what is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Route, expect

from tests.conftest import PROJECT
from tests.web.browser.test_widget_browser import Quiet, website
from tests.web.serving import free_port, served_chat
from web import texts

pytestmark = [pytest.mark.browser, pytest.mark.server]

HEAD = '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Gemeente</title></head>'
OPENER = "Wegwijzer"
NO_COLOUR = "rgba(0, 0, 0, 0)"
HOUSE_STYLE = ":root { --brand: #7b1fa2; --pale: rgb(255 240 200) } body { color: #fe9 }"
MOVES = (
    "transform: translateY(0)",
    "translate: 0 10px",
    "scale: 0.9",
    "rotate: 5deg",
    "will-change: transform",
    "contain: paint",
    "filter: grayscale(1)",
    "backdrop-filter: blur(1px)",
    "perspective: 100px",
)
CORNER = (1260, 880)  # Of a window of 1280 by 900, with some room.


class Embedding(Quiet):
    """Serves pages that only load what lets itself be loaded."""

    def end_headers(self) -> None:
        """Add the header that asks it."""
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()


class Credentialless(Quiet):
    """Serves pages that load from others without credentials, and only frames that let them."""

    def end_headers(self) -> None:
        """Add the header that asks it."""
        self.send_header("Cross-Origin-Embedder-Policy", "credentialless")
        super().end_headers()


class Isolated(Embedding):
    """Serves pages that also share no window with others."""

    def end_headers(self) -> None:
        """Add the header that isolates a page."""
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        super().end_headers()


@pytest.fixture(scope="module")
def port() -> int:
    """Return the port of the website that may frame the chat."""
    return free_port()


@pytest.fixture(scope="module")
def chat(port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a chat that one website may frame."""
    listed = {"WEGWIJZER_EMBED_ORIGINS": f"http://localhost:{port}"}
    app = PROJECT / "tests" / "web" / "fake_app.py"
    with served_chat(app, tmp_path_factory.mktemp("hosts"), listed) as address:
        yield address


@pytest.fixture
def context(page: Page) -> BrowserContext:
    """Return the context of a fresh page."""
    return page.context


def shown(page: Page, folder: Path, port: int, body: str, handler: type[Quiet] = Quiet) -> list[str]:
    """Open a website with this body and return what its console says of the widget."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.text.startswith("wegwijzer:"):
            said.append(message.text)

    page.on("console", note)
    (folder / "index.html").write_text(HEAD + body, encoding="utf-8")
    with website(folder, port, handler) as address:
        page.goto(address, wait_until="networkidle")
    return said


def corner(part: Locator) -> tuple[float, float]:
    """Return where the right and the lower edge of what is shown are in the window."""
    expect(part).to_be_visible()
    right, bottom = part.evaluate(
        "one => (({ right, bottom }) => [right, bottom])(one.getBoundingClientRect())"
    )
    return right, bottom


def test_a_script_before_its_place_finds_it(page: Page, chat: str, port: int, tmp_path: Path) -> None:
    script = f'<script src="{chat}/widget.js" data-mode="inline" data-target="#plek"></script>'
    assert shown(page, tmp_path, port, f'<body>{script}<main id="plek"></main></body>') == []
    expect(page.frame_locator("#plek iframe").get_by_role("textbox", name=texts.INPUT)).to_be_visible()


@pytest.mark.parametrize("selector", ["#weg", "#plek ["])
def test_a_place_that_is_not_there_is_named(
    page: Page, chat: str, port: int, tmp_path: Path, selector: str
) -> None:
    script = f'<script src="{chat}/widget.js" data-mode="inline" data-target="{selector}" async></script>'
    said = shown(page, tmp_path, port, f'<body><div id="plek"></div>{script}</body>')
    assert said == [f'wegwijzer: data-target "{selector}" finds no place on this page for the chat.']


def test_a_module_works_too(page: Page, chat: str, port: int, tmp_path: Path) -> None:
    script = f'<script src="{chat}/widget.js" type="module" crossorigin></script>'
    shown(page, tmp_path, port, f"<body><h1>Gemeente</h1>{script}</body>")
    expect(page.get_by_role("button", name=OPENER)).to_be_visible()


@pytest.mark.parametrize(
    ("colour", "ink"),
    [
        ("yellow", "rgb(0, 0, 0)"),
        ("rgb(10 20 120)", "rgb(255, 255, 255)"),
        ("hsl(60 100% 50%)", "rgb(0, 0, 0)"),
        ("rgba(0, 0, 0, 0.1)", "rgb(0, 0, 0)"),
        ("oklch(0.9 0.1 100)", "rgb(0, 0, 0)"),
        ("color-mix(in srgb, navy, black)", "rgb(255, 255, 255)"),
        ("var(--brand)", "rgb(255, 255, 255)"),
        ("var(--pale)", "rgb(0, 0, 0)"),
        ("currentColor", "rgb(0, 0, 0)"),
    ],
)
def test_text_on_a_colour_in_any_form_can_be_read(
    page: Page, chat: str, port: int, tmp_path: Path, colour: str, ink: str
) -> None:
    """The style sheet of the website comes after the script, which does not wait for it."""
    (tmp_path / "huisstijl.css").write_text(HOUSE_STYLE, encoding="utf-8")
    script = f'<script src="{chat}/widget.js" data-color="{colour}"></script>'
    style = '<link rel="stylesheet" href="huisstijl.css">'
    assert shown(page, tmp_path, port, f"<body>{script}{style}</body>") == []
    button = page.get_by_role("button", name=OPENER)
    assert button.evaluate("one => getComputedStyle(one).color") == ink
    assert button.evaluate("one => getComputedStyle(one).backgroundColor") not in (ink, NO_COLOUR)


@pytest.mark.parametrize(
    "colour", ["transparent", "inherit", "initial", "unset", "var(--weg)", "hsl(0 0% 0% / 0)", "geel", "red;"]
)
def test_what_shows_no_colour_is_named_and_the_button_has_its_own(
    page: Page, chat: str, port: int, tmp_path: Path, colour: str
) -> None:
    script = f'<script src="{chat}/widget.js" data-color="{colour}" async></script>'
    said = shown(page, tmp_path, port, f'<body style="background: white">{script}</body>')
    assert said == [f'wegwijzer: data-color "{colour}" shows no colour on this page.']
    looks = "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
    button = page.get_by_role("button", name=OPENER)
    assert button.evaluate(looks) == ["rgb(255, 255, 255)", "rgb(13, 92, 99)"]


@pytest.mark.parametrize("style", MOVES)
def test_the_button_stays_in_the_window_of_a_body_that_is_moved(
    page: Page, chat: str, port: int, tmp_path: Path, style: str
) -> None:
    script = f'<script src="{chat}/widget.js" async></script>'
    shown(page, tmp_path, port, f'<body style="{style}; height: 3000px">{script}</body>')
    assert corner(page.get_by_role("button", name=OPENER)) == CORNER


@pytest.mark.parametrize("element", ["body", "documentElement"])
def test_a_page_that_moves_after_loading_leaves_button_and_dialog_in_the_window(
    page: Page, chat: str, port: int, tmp_path: Path, element: str
) -> None:
    page.emulate_media(reduced_motion="reduce")  # The dialog stands still at once.
    script = f'<script src="{chat}/widget.js" async></script>'
    shown(page, tmp_path, port, f'<body><div style="height: 3000px"></div>{script}</body>')
    button, dialog = page.get_by_role("button", name=OPENER), page.get_by_role("dialog")
    for style in MOVES:
        page.evaluate(f"style => {{ document.{element}.style.cssText = style; }}", style)
        assert (style, corner(button)) == (style, CORNER)
        button.click()
        assert (style, corner(dialog)) == (style, CORNER)
        page.get_by_role("button", name="Chat sluiten").click()


def test_a_browser_without_a_top_layer_for_buttons_shows_it_all_the_same(
    page: Page, chat: str, port: int, tmp_path: Path
) -> None:
    page.add_init_script("delete HTMLElement.prototype.showPopover;")
    script = f'<script src="{chat}/widget.js" async></script>'
    shown(page, tmp_path, port, f'<body style="scale: 0.9; height: 3000px">{script}</body>')
    assert corner(page.get_by_role("button", name=OPENER)) == CORNER


@pytest.mark.parametrize("handler", [Embedding, Credentialless, Isolated])
def test_a_page_that_embeds_only_what_lets_it_shows_the_chat(
    page: Page, chat: str, port: int, tmp_path: Path, handler: type[Quiet]
) -> None:
    script = f'<script src="{chat}/widget.js" async></script>'
    (tmp_path / "index.html").write_text(f"{HEAD}<body>{script}</body>", encoding="utf-8")
    with website(tmp_path, port, handler) as address:
        page.goto(address, wait_until="networkidle")
        assert page.evaluate("crossOriginIsolated") == (handler is Isolated)
        page.get_by_role("button", name=OPENER).click()
        expect(page.frame_locator("iframe").get_by_role("textbox", name=texts.INPUT)).to_be_visible()


def test_a_slow_chat_says_so_and_comes_all_the_same(page: Page, chat: str, port: int, tmp_path: Path) -> None:
    """Streamlit's scripts and the chat's own take longer than the notice waits."""
    script = f'<script src="{chat}/widget.js" async></script>'
    shown(page, tmp_path, port, f"<body>{script}</body>")
    page.clock.install()

    def wait(route: Route) -> None:
        page.wait_for_timeout(1_500)
        route.continue_()

    page.route("**/static/js/index.*.js", wait)
    page.route("**/wegwijzer/chat.js*", wait)
    page.get_by_role("button", name=OPENER).click()
    expect(page.frame_locator("iframe").get_by_text("De chat wordt geladen.")).to_be_visible()
    page.clock.fast_forward(11_000)
    expect(page.get_by_text("Het laden duurt langer dan verwacht.")).to_be_visible()
    expect(page.frame_locator("iframe").get_by_role("textbox", name=texts.INPUT)).to_be_visible()
    expect(page.get_by_text("Het laden duurt langer dan verwacht.")).to_be_hidden()


def test_a_first_page_that_answers_needs_no_notice_above_it(
    page: Page, chat: str, port: int, tmp_path: Path
) -> None:
    held: list[Route] = []
    page.route("**/static/js/index.*.js", lambda route: held.append(route))
    shown(page, tmp_path, port, f'<body><script src="{chat}/widget.js" async></script></body>')
    page.clock.install()
    page.get_by_role("button", name=OPENER).click()
    field = page.frame_locator("iframe").get_by_label(texts.ASK_HERE)
    expect(field).to_be_visible()
    notice = page.locator("dialog p")
    expect(notice).to_be_hidden()
    page.clock.fast_forward(11_000)
    expect(notice).to_be_hidden()
    field.fill("Welke twee?")
    field.press("Enter")
    expect(page.frame_locator("iframe").locator(".back-question")).to_be_visible()
    for route in held:
        route.continue_()
    expect(page.frame_locator("iframe").get_by_role("textbox", name=texts.INPUT)).to_be_visible()
