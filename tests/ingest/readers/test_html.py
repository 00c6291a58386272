"""A web page: its main content, without what websites put around it."""

from pathlib import Path

import pytest

from errors import EmptyDocumentError
from ingest.readers import read


def texts(page: str | bytes, folder: Path) -> list[tuple[str, str]]:
    """Return title and text of each section of a page."""
    content = page if isinstance(page, bytes) else page.encode()
    (folder / "stuk.html").write_bytes(content)
    return [(one.title, one.text) for one in read(folder / "stuk.html", "stuk.html")]


def test_headings_make_sections(tmp_path: Path) -> None:
    page = "<h1>Gids</h1><h2>Doel</h2><p>Leren.</p><h3>Wie</h3><p>Iedereen.</p><h2>Duur</h2><p>Een jaar.</p>"
    assert texts(page, tmp_path) == [
        ("Doel", "Leren."), ("Doel – Wie", "Iedereen."), ("Duur", "Een jaar.")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "around",
    [
        "<nav>Menu</nav>",
        "<header>Kop</header>",
        "<footer>Voet</footer>",
        "<aside>Lees ook</aside>",
        "<script>alert(1)</script>",
        "<form>Zoeken</form>",
        '<div class="cookie-banner">Cookies?</div>',
        '<div id="cookies">Cookies?</div>',
        '<div class="site_breadcrumb">Thuis</div>',
        '<div role="navigation">Menu</div>',
        "<div hidden>Weg</div>",
        '<div style="display:none">Weg</div>',
        "<!-- weg -->",
    ],
)
def test_what_stands_around_the_text_is_left_out(around: str, tmp_path: Path) -> None:
    assert texts(f"<html><body>{around}<p>De tekst.</p></body></html>", tmp_path) == [("stuk", "De tekst.")]


def test_only_the_main_content_counts_where_it_is_marked(tmp_path: Path) -> None:
    page = (
        "<title>Over leren</title><body><div>Links</div><main><p>De tekst.</p></main><div>Onder</div></body>"
    )
    assert texts(page, tmp_path) == [("Over leren", "De tekst.")]


def test_lists_tables_and_broken_lines_are_readable(tmp_path: Path) -> None:
    page = (
        "<ul><li>een<li>twee</ul><ol start=3><li>drie</ol><table><tr><th>Type<th>Duur<tr><td><p>Lab</p>"
        "<p>of labs</p><td>jaren</table><p>Een <b>vet</b><br>woord, weten&shy;schap.</p>los"
    )
    assert texts(page, tmp_path) == [
        (
            "stuk",
            "- een\n- twee\n3. drie\n\nType | Duur\n\nLab of labs | jaren\n\n"
            "Een vet woord, wetenschap.\n\nlos",
        )
    ]


@pytest.mark.parametrize(
    "content",
    [
        "<p>Café</p>".encode(),
        "<p>Café</p>".encode("cp1252"),
        '<meta charset="cp1252"><p>Café</p>'.encode("cp1252"),
    ],
    ids=["UTF-8", "not named", "named"],
)
def test_letters_with_accents_are_read_in_old_encodings(content: bytes, tmp_path: Path) -> None:
    assert texts(content, tmp_path) == [("stuk", "Café")]


@pytest.mark.parametrize("content", ["", "  \n", "<html></html>", "<nav>Menu</nav>", "<!-- niets -->"])
def test_a_page_without_text_says_so(content: str, tmp_path: Path) -> None:
    with pytest.raises(EmptyDocumentError):
        texts(content, tmp_path)
