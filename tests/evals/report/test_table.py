"""A table is lines that line up, and HTML in which every text is text and every figure is drawn to scale."""

from hypothesis import given
from hypothesis import strategies as st

from evals.report.page import render
from evals.report.table import Plotted, Row, Table, as_text
from evals.speed.types import SpeedResults

TABLE = Table(
    "Systems",
    ["share", "n"],
    [
        Row("Found"),
        Row("product", [Plotted("25.0%", 0.25, (0.2, 0.4), tick=0.5), "1,204"]),
        Row("BM25", [Plotted("100%", 1.0), "7"], "missed"),
        Row("absent", ["not on this machine"]),
    ],
)


def shown(table: Table) -> str:
    """Return the page of speed with this table alone."""
    return render("speed.html", results=SpeedResults("abc", "machine"), tables=[table])


def test_the_columns_of_the_lines_are_aligned_under_their_headings() -> None:
    assert as_text(TABLE).splitlines() == [
        "Systems      share      n",
        "",
        "Found",
        "  product    25.0%  1,204",
        "  BM25        100%      7",
        "  absent     not on this machine",
    ]


def test_a_table_without_rows_is_its_headings() -> None:
    assert as_text(Table("Nothing", ["n"], [])) == "Nothing    n"


def test_a_page_draws_a_share_as_a_bar_and_an_interval_with_its_dot_and_tick() -> None:
    page = shown(TABLE)
    assert '<i class="fill" style="right:0.0%"></i>' in page
    assert '<i class="interval" style="left:20.0%;right:60.0%"></i>' in page
    assert '<i class="dot" style="left:25.0%"></i>' in page
    assert page.count('<i class="tick" style="left:50.0%"></i>') == 1
    assert '<tr class="missed"><th scope="row">BM25</th>' in page
    assert '<td colspan="2">not on this machine</td>' in page
    assert '<tr class="topic"><th scope="rowgroup" colspan="3">Found</th></tr>' in page


@given(st.text(alphabet="<>&'\"a{} %", min_size=1))
def test_every_text_of_a_table_is_escaped(text: str) -> None:
    named = shown(Table(text, [text], [Row(text, [text], lang=text)]))
    plain = shown(Table("x", ["x"], [Row("x", ["x"], lang="x")]))
    assert (named.count("<"), named.count(">")) == (plain.count("<"), plain.count(">"))
