"""A table is lines that line up, and HTML in which every text is text."""

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template

from evals.report.page import templates
from evals.report.table import Table, TableRow, as_text, figures_table

TABLE = Table(
    "Systems",
    ["share", "n"],
    [
        TableRow("Found"),
        TableRow("product", ["25.0%", "1,204"]),
        TableRow("BM25", ["100%", "7"], "missed"),
    ],
)


def shown(table: Table) -> str:
    """Return a page with this table alone."""
    page: Template = templates().from_string('{% from "table.html" import show %}{{ show(table) }}')
    return page.render(table=table)


def test_the_columns_of_the_lines_are_aligned_under_their_headings() -> None:
    assert as_text(TABLE).splitlines() == [
        "Systems      share      n",
        "",
        "Found",
        "  product    25.0%  1,204",
        "  BM25        100%      7",
    ]


def test_a_table_without_rows_is_its_headings() -> None:
    assert as_text(Table("Nothing", ["n"], [])) == "Nothing    n"


def test_figures_stand_side_by_side_and_one_that_a_row_lacks_is_a_dash() -> None:
    rows = {"a": {"ms": 12.345, "n": 1_204}, "b": {"ms": 0.5}}
    assert figures_table("X", rows) == Table(
        "X", ["ms", "n"], [TableRow("a", ["12.3", "1,204"]), TableRow("b", ["0.50", "–"])]
    )
    named = figures_table("X", {"b": {"ms": 0.5}}, lambda name, _: name)
    assert named == Table("X", ["ms"], [TableRow("b", ["ms"])])


def test_a_page_marks_a_row_and_sets_a_heading_above_others() -> None:
    page = shown(TABLE)
    assert '<tr class="missed"><th scope="row">BM25</th><td>100%</td><td>7</td></tr>' in page
    assert '<tr class="topic"><th scope="rowgroup" colspan="3">Found</th></tr>' in page


@given(st.text(alphabet="<>&'\"a{} %", min_size=1))
def test_every_text_of_a_table_is_escaped(text: str) -> None:
    named = shown(Table(text, [text], [TableRow(text, [text])]))
    plain = shown(Table("x", ["x"], [TableRow("x", ["x"])]))
    assert (named.count("<"), named.count(">")) == (plain.count("<"), plain.count(">"))
