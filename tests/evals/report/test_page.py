"""The report is one page that asks nothing of a network and shows every text as text."""

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from errors import DocumentError
from evals.report.page import report, told
from evals.report.results import load_previous, to_json
from evals.scoring import overview
from evals.scoring.bars import Bar
from evals.scoring.measures import summarise
from evals.scoring.score import Stored, score_all
from evals.types import Measured, RankingSystem, Results
from ingest.types import Practice
from tests.evals.builders import advice, answer, asked, citation, passage, section

PRACTICES = [Practice("lab", "Living lab", "."), Practice("cop", "Community <of> practice", ".")]
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
    figures = {**{f"facts_at_{k}": 0.8 for k in range(1, 11)}, "recall_at_5": 0.7}
    return Results(
        about=Measured("abc123", "model-1", "extractive", "f00d", "questions.jsonl", "dev", 2),
        measures=summarise(scored),
        by_kind=overview.by_kind(scored),
        by_practice=overview.by_practice(scored, ["lab", "cop"]),
        calibration=overview.calibration(scored),
        confusion=overview.confusion(scored, ["lab", "cop"]),
        retrieval=(
            RankingSystem("product", figures),
            RankingSystem("BM25 alone", figures),
            RankingSystem("absent", {}, "not here"),
        ),
        answers=(RankingSystem("product", {"asked": 1.0, "outside_words": 50.0}),),
        timings_ms=overview.timings(scored),
        unmatched=("09/gone",),
        scored=tuple(scored),
    )


def test_the_page_is_well_formed_and_points_nowhere() -> None:
    page = Page(report(results(), BARS, PRACTICES))
    assert page.open == []
    assert page.links == []
    assert page.names.count("table") == 10
    assert not {"script", "link", "img", "iframe"} & set(page.names)


def test_hostile_text_is_shown_and_not_run() -> None:
    text = report(results(HOSTILE), BARS, PRACTICES)
    assert "script" not in Page(text).names
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; [klik]" in text
    assert "Community &lt;of&gt; practice" in text


def test_the_section_of_speed_is_put_in_as_it_is() -> None:
    assert "<section><h2>Speed</h2></section>" in report(
        results(), BARS, PRACTICES, speed="<section><h2>Speed</h2></section>"
    )


def test_the_page_says_what_was_measured_and_which_bar_holds() -> None:
    text = report(results(), BARS, PRACTICES)
    for expected in ("abc123", "model-1", "questions.jsonl", "bar met: ≥ 90.0%", "09/gone", "not here"):
        assert expected in text


def test_an_evaluation_of_refusals_alone_has_a_page_too() -> None:
    scored = score_all([asked("far", answer(status="refused"), answerable=False)], Stored({}))
    nothing = replace(
        results(), scored=tuple(scored), measures=summarise(scored), by_kind=overview.by_kind(scored),
        by_practice={}, calibration=(), retrieval=(), answers=(),
    )  # fmt: skip
    assert Page(report(nothing, BARS, PRACTICES)).open == []


def test_results_are_kept_and_compared_with(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    file.write_text(to_json(results()), encoding="utf-8")
    rows = json.loads(file.read_text(encoding="utf-8"))["questions"]
    assert [(row["id"], row["kind"], row["status"]) for row in rows] == [
        ("k", "duration", "answered"),
        ("a", "advice_short", "answered"),
    ]
    better = results("Een lab telt vijf mensen.")
    text = report(better, BARS, PRACTICES, load_previous(file))
    assert "<td>0.00</td><td>1.00</td><td>better</td>" in text
    assert "<td>0.0%</td><td>+100.0%</td>" in text
    assert "No answer became better or worse." in report(results(), BARS, PRACTICES, load_previous(file))


def test_a_file_that_holds_no_results_is_named(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"other\.json"):
        load_previous(file)


def test_the_table_shows_figures_bars_and_systems() -> None:
    lines = told(results(), BARS).splitlines()
    first = ["right", "practice", "first", "100.0%", "100.0%–100.0%", "1", "met:", "≥", "90.0%"]
    assert first in [line.split() for line in lines]
    assert ["absent", "not", "here"] in [line.split() for line in lines]
    assert lines[-1] == "Labels under which the index holds no section: 09/gone"
