"""The report is one page that asks nothing of a network and shows every text as text."""

import json
from dataclasses import replace
from html.parser import HTMLParser

from evals.report.page import SpeedTables, report, told
from evals.report.results import to_json
from evals.report.table import figures_table
from evals.scoring.bars import Bar
from evals.scoring.measures import by_kind, summarise
from evals.scoring.score import Stored, score_all
from evals.types import Measured, Results
from tests.evals.builders import advice, answer, asked, citation, passage, section

BARS = (Bar("advice_first", 0.9), Bar("section_at_5", 0.5))
HOSTILE = "<script>alert('x')</script> & [klik](javascript:alert(1))"


class Page(HTMLParser):
    """The elements of a page and what they point at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.open: list[str] = []
        self.links: list[str | None] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element and its address."""
        self.names.append(tag)
        if tag not in {"meta", "br"}:
            self.open.append(tag)
        self.links += [value for name, value in attrs if name in {"src", "href", "action", "srcset"}]

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open."""
        if tag not in {"meta", "br"}:
            assert self.open.pop() == tag


def results(text: str = "Een lab duurt drie jaar. [1]") -> Results:
    """Return the results of a small evaluation."""
    informed = answer(text, citations=[citation("02/time")], passages=[passage("02/time")])
    knowing = {"practices": ["lab"], "sections": ["02/time"], "facts": [["vijf"]], "question": text}
    scored = score_all(
        [
            asked("duration", informed, "k", **knowing),
            asked("advice_short", answer(advised=advice(("lab", 0.8), ("cop", 0.2))), "a", practices=["lab"]),
        ],
        Stored({"02/time": section("02/time")}),
    )
    figures = {"facts_at_1": 0.8, "recall_at_5": 0.7}
    return Results(
        about=Measured("abc123", "model-1", "extractive", "f00d", "questions.jsonl", "dev", 2),
        measures=summarise(scored),
        by_kind=by_kind(scored),
        retrieval={"product": figures, "BM25 alone": {"facts_at_1": 0.5}},
        answers={"product": {"asked": 1.0, "outside_words": 50.0}},
        scored=tuple(scored),
    )


def test_the_page_is_well_formed_and_points_nowhere() -> None:
    page = Page(report(results(), BARS))
    assert page.open == []
    assert page.links == []
    assert page.names.count("table") == 5
    assert not {"script", "link", "img", "iframe"} & set(page.names)


def test_hostile_text_is_shown_and_not_run() -> None:
    text = report(results(HOSTILE), BARS)
    assert "script" not in Page(text).names
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; [klik]" in text


def test_what_speed_found_earlier_has_a_section() -> None:
    growth = figures_table("Growth <of> it", {"100 chunks": {"ms": 9.5, "chunks": 1_370}})
    text = report(results(), BARS, SpeedTables("2 x processor, code at abc", [growth]))
    assert "2 x processor, code at abc." in text
    assert "<caption>Growth &lt;of&gt; it</caption>" in text
    assert '<th scope="row">100 chunks</th><td>9.50</td><td>1,370</td>' in text


def test_the_page_says_what_was_measured_and_which_bar_holds() -> None:
    text = report(results(), BARS)
    for expected in ("abc123", "model-1", "questions.jsonl", "bar met: ≥ 90.0%"):
        assert expected in text


def test_an_evaluation_of_refusals_alone_has_a_page_too() -> None:
    scored = score_all([asked("far", answer(status="refused"), answerable=False)], Stored({}))
    nothing = replace(
        results(), scored=tuple(scored), measures=summarise(scored), by_kind=by_kind(scored),
        retrieval={}, answers={},
    )  # fmt: skip
    assert Page(report(nothing, BARS)).open == []


def test_a_file_of_results_has_a_row_for_each_question() -> None:
    rows = json.loads(to_json(results()))["questions"]
    assert [(row["id"], row["kind"], row["status"]) for row in rows] == [
        ("k", "duration", "answered"),
        ("a", "advice_short", "answered"),
    ]


def test_the_table_shows_figures_bars_and_systems() -> None:
    lines = told(results(), BARS).splitlines()
    first = ["right", "practice", "first", "100.0%", "100.0%–100.0%", "1", "met:", "≥", "90.0%"]
    assert first in [line.split() for line in lines]
    assert ["BM25", "alone", "50.0%", "–"] in [line.split() for line in lines]
