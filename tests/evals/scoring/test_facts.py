"""Asked facts, by words and by regular expressions, on cases worked by hand."""

import pytest

from evals.scoring.metrics.facts import all_facts, facts_at, groups_found, matches, said
from tests.evals.builders import answer, citation, question

LAB = "Een lab duurt\ndrie jaar."


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ([["drie jaar", "3 jaar"]], [True]),
        ([["3 jaar"], ["drie jaar"]], [False, True]),
        ([["DRIE  jaar"]], [True]),
        ([["vijf"]], [False]),
    ],
)
def test_a_fact_is_found_when_one_alternative_is_said(facts: list[list[str]], found: list[bool]) -> None:
    assert groups_found(question("duration", facts=facts), LAB) == found


@pytest.mark.parametrize(("text", "found"), [("in 2016", False), ("6 teams", True), ("16 teams", False)])
def test_a_number_matches_a_whole_number_only(text: str, found: bool) -> None:
    assert groups_found(question("duration", facts=[["6"]]), text) == [found]


def test_accents_and_dashes_do_not_count_for_words() -> None:
    one = question("duration", facts=[["5-20"], ["ideeen"], ["a twintig"]])
    assert groups_found(one, "Vijf à twintig, of 5–20, ideeën") == [True, True, True]


def test_expressions_follow_words_and_see_case_and_lines_as_nothing() -> None:
    one = question("duration", facts=[["lab"]], expect=[[r"\bdrie jaar\b"], ["vier"], ["DUURT"]])
    assert groups_found(one, LAB) == [True, True, False, True]


def test_an_expression_may_be_written_with_either_dash() -> None:
    assert matches(["5[-–]20"], "5–20")
    assert matches(["5-20"], "5–20")
    assert matches(["5–20"], "5–20")


def test_a_text_with_all_facts_and_something_forbidden_is_wrong() -> None:
    assert all_facts(question("duration", expect=[["drie"]], forbid=["vier"]), LAB)
    assert not all_facts(question("duration", expect=[["drie"]], forbid=["lab"]), LAB)


def test_a_fact_may_stand_in_a_quote_only_and_a_marker_is_no_fact() -> None:
    quoting = answer("Zie de **bron**. [6]", citations=[citation("02/time", 25, 43)])
    assert said(quoting) == "Zie de bron. Bewoners doen mee."
    assert groups_found(question("duration", facts=[["bewoners"], ["6"]]), said(quoting)) == [True, False]


def test_facts_may_be_spread_over_the_first_texts() -> None:
    one = question("duration", facts=[["drie"], ["bewoners"]])
    assert facts_at(one, [LAB, "Bewoners doen mee."], (1, 2)) == {"facts_at_1": 0.0, "facts_at_2": 1.0}
    assert facts_at(one, [], (1,)) == {"facts_at_1": 0.0}
