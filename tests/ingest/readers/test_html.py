"""A web page: its main content, without what websites put around it."""

from pathlib import Path

import pytest

from errors import EmptyDocumentError, FramesError
from ingest.readers import read


def texts(page: str | bytes, folder: Path) -> list[tuple[str, str]]:
    """Return title and text of each section of a page."""
    content = page if isinstance(page, bytes) else page.encode()
    (folder / "stuk.html").write_bytes(content)
    return [(one.title, one.text) for one in read(folder / "stuk.html", "stuk.html")]


def test_headings_make_sections(tmp_path: Path) -> None:
    page = "<h1>Gids</h1><h2>Doel</h2><p>Leren.</p><h3>Wie</h3><p>Iedereen.</p><h2>Duur</h2><p>Een jaar.</p>"
    assert texts(page, tmp_path) == [
        ("Gids – Doel", "Leren."), ("Gids – Doel – Wie", "Iedereen."), ("Gids – Duur", "Een jaar.")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "around",
    [
        "<nav>Menu</nav>",
        "<header>Kop</header>",
        "<footer>Voet</footer>",
        '<aside><a href="/">Lees ook</a></aside>',
        "<script>alert(1)</script>",
        "<form>Zoeken</form>",
        '<div class="cookie-banner">Cookies?</div>',
        '<div id="cookies">Cookies?</div>',
        '<div class="modal">Sluiten</div>',
        '<div class="site_breadcrumb">Thuis</div>',
        '<div role="navigation">Menu</div>',
        "<div hidden>Weg</div>",
        '<div style="display:none">Weg</div>',
        "<!-- weg -->",
    ],
)
def test_what_stands_around_the_text_is_left_out(around: str, tmp_path: Path) -> None:
    assert texts(f"<html><body>{around}<p>De tekst.</p></body></html>", tmp_path) == [("Stuk", "De tekst.")]


def test_a_banner_that_wants_an_answer_is_left_out(tmp_path: Path) -> None:
    banner = '<div id="cookies"><p>Wij gebruiken cookies voor de site.</p><button>Akkoord</button></div>'
    assert texts(f"{banner}<h1>Vervoer</h1>{P}", tmp_path) == [("Vervoer", P[3:-4])]


def test_a_note_with_a_telephone_number_is_content(tmp_path: Path) -> None:
    page = '<p>De tekst.</p><aside role="complementary">Bel <a href="tel:0512123456">0512 123 456</a></aside>'
    assert texts(page, tmp_path) == [("Stuk", "De tekst.\n\nBel 0512 123 456")]


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
            "Stuk",
            "- een\n- twee\n3. drie\n\nType | Duur\nLab of labs | jaren\n\nEen vet woord, wetenschap.\n\nlos",
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
    assert texts(content, tmp_path) == [("Stuk", "Café")]


@pytest.mark.parametrize("content", ["", "  \n", "<html></html>", "<nav>Menu</nav>", "<!-- niets -->"])
def test_a_page_without_text_says_so(content: str, tmp_path: Path) -> None:
    with pytest.raises(EmptyDocumentError):
        texts(content, tmp_path)


P = "<p>De gemeente vergoedt het vervoer als de school ver weg ligt.</p>"


@pytest.mark.parametrize(
    "page",
    [
        f'<body class="right-sidebar"><div><h1>Vervoer</h1>{P}</div></body>',
        f"<body><form><input type=hidden value=abc><div><h1>Vervoer</h1>{P}</div></form></body>",
        f"<body><h1>Vervoer</h1>{P}<article></article></body>",
        f"<body><header><nav>Menu</nav><h1>Vervoer</h1></header>{P}</body>",
        f'<body><div role="banner"><nav>Menu</nav><h1>Vervoer</h1></div>{P}</body>',
        f"<body><header><nav>Menu</nav><h1>Vervoer</h1></header><div>Links</div><main>{P}</main></body>",
        f"<body><header><h1>Vervoer</h1>{P}</header><main></main></body>",
        f"<body><header><h1>Gemeente Lindermeer</h1></header><main><h2>Vervoer</h2>{P}</main></body>",
        f'<body><header><h1><a href="/">Gemeente</a></h1></header><main><h2>Vervoer</h2>{P}</main></body>',
        f'<body><h1>Vervoer</h1><div class="social">{P}</div></body>',
        f"<body><h1>Vervoer</h1><aside>{P}</aside></body>",
        f'<body><h1>Vervoer</h1><div class="nieuwsbrief">{P}</div><nav>{"Menu " * 40}</nav></body>',
        f'<body><h1>Vervoer</h1><div class="modal">{P}</div><nav>{"Menu " * 40}</nav></body>',
        f'<body><h1>Vervoer</h1><div class="sidebar">{P[3:-4]}</div></body>',
        f'<body><h1>Vervoer</h1><div class="cookies">{P}</div><nav>{"Menu " * 40}</nav></body>',
    ],
    ids=[
        "named body",
        "form",
        "empty article",
        "header",
        "header by its role",
        "header above main",
        "all in the header",
        "name of the site above all",
        "name of the site",
        "name of a subject",
        "aside",
        "on the newsletter",
        "modal",
        "beside",
        "on cookies",
    ],
)
def test_content_is_read_wherever_a_website_puts_it(page: str, tmp_path: Path) -> None:
    text = "De gemeente vergoedt het vervoer als de school ver weg ligt."
    assert texts(page, tmp_path) == [("Vervoer", text)]


@pytest.mark.parametrize(
    "fold",
    [
        '<h3><button aria-expanded="false" aria-controls="p{0}">{1}</button></h3><div id="p{0}" hidden>{2}</div>',  # noqa: E501
        '<button class="accordion">{1}</button><div class="panel" style="display:none">{2}</div>',
        "<details><summary>{1}</summary>{2}</details>",
        '<h3><a data-toggle="collapse" href="#p{0}">{1}</a></h3><div id="p{0}" style="display: none">{2}</div>',  # noqa: E501
        '<a data-toggle="collapse" href="#p{0}">{1}</a><div id="p{0}" style="display:none">{2}</div>',
        '<div role="button" aria-expanded="false">{1}</div><!-- --><div aria-hidden="true">{2}</div>',
        '<h3>{1}</h3><div x-show="open" style="display:none">{2}</div>',
    ],
    ids=["button in heading", "button", "details", "link", "link alone", "box", "shown by a script"],
)
def test_what_unfolds_is_a_question_with_its_answer(fold: str, tmp_path: Path) -> None:
    asked = (("0", "Wat kost het?", "<p>Tien euro.</p>"), ("1", "Hoe lang?", "<p>Een week.</p>"))
    page = "<h1>Paspoort</h1><p>Vooraf.</p>" + "".join(fold.format(*one) for one in asked)
    assert texts(page, tmp_path) == [
        ("Paspoort", "Vooraf."),
        ("Paspoort – Wat kost het?", "Tien euro."),
        ("Paspoort – Hoe lang?", "Een week."),
    ]


def test_tabs_are_named_where_their_text_stands(tmp_path: Path) -> None:
    page = (
        "<h1>A</h1><div role=tablist><button role=tab id=t1>Kosten</button><button role=tab id=t2>Duur</button>"  # noqa: E501
        "</div><div role=tabpanel aria-labelledby=t1>Tien euro.</div>"
        "<div role=tabpanel hidden aria-labelledby=t2>Een week.</div>"
    )
    assert texts(page, tmp_path) == [("A – Kosten", "Tien euro."), ("A – Duur", "Een week.")]


def test_a_term_stands_with_its_definition(tmp_path: Path) -> None:
    page = "<dl><dt>WOZ</dt><dd>Een wet.</dd><dt>Wat kost het?</dt><dd>Niets.</dd><dt>A<dt>B<dd>Letters.</dl>"
    assert texts(page, tmp_path) == [("Stuk", "WOZ: Een wet.\n\nWat kost het? Niets.\n\nA, B: Letters.")]


def test_a_row_has_its_header_and_empty_and_wide_cells_keep_their_columns(tmp_path: Path) -> None:
    page = (
        "<table><caption>Tarieven</caption><tr><th>Kaart<th>Kind<th>Groot<tr><th rowspan=2>Los<td>4,50<td>6,00"  # noqa: E501
        "<tr><td>3,50<td>5,00<tr><td colspan=3>Kaarten<tr><td>Tien<td><td>50,00</table>"
    )
    header = "Kaart | Kind | Groot"
    assert texts(page, tmp_path) == [
        (
            "Stuk",
            f"Tarieven\n\n{header}\nLos | 4,50 | 6,00\n\n{header}\nLos | 3,50 | 5,00\n\n"
            f"{header}\nKaarten\nTien | | 50,00",
        )
    ]


@pytest.mark.parametrize(
    "content",
    [
        '<meta charset="iso-8859-1"><p>€ 45 – zo’n zaal</p>'.encode("cp1252"),
        '<meta charset="x-onbekend"><p>€ 45 – zo’n zaal</p>'.encode("cp1252"),
        '<meta charset="undefined"><p>€ 45 – zo’n zaal</p>'.encode("cp1252"),
        '<meta charset="utf-7"><p>€ 45 – zo’n zaal</p>'.encode("cp1252"),
        "<p>€ 45 – zo’n zaal</p>".encode("utf-16"),
        "<p>€ 45 – zo’n zaal</p>".encode("utf-16-le"),
    ],
    ids=["says Latin-1", "unknown name", "no name", "of no page", "UTF-16", "UTF-16 without a mark"],
)
def test_a_page_is_read_in_the_encoding_that_browsers_use(content: bytes, tmp_path: Path) -> None:
    assert texts(content, tmp_path) == [("Stuk", "€ 45 – zo’n zaal")]


def test_a_page_of_frames_says_so(tmp_path: Path) -> None:
    with pytest.raises(FramesError):
        texts("<frameset><frame src=a.html><noframes>Geen frames</noframes></frameset>", tmp_path)
