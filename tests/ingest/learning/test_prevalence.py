"""How common a criterion is, counted in labelled situations."""

from ingest.learning.prevalence import with_prevalence
from ingest.types import Criterion, Feature, Side, Situation

SIDE = Side(means="", answer="", condition="")
COMMON = Criterion("common", "", "", SIDE, SIDE, weights={"lab": 2.0, "research": 2.0, "group": -1.0})


def told(practice: str, *criteria: str) -> Situation:
    return Situation("", practice, "", features=tuple(Feature(one, "yes", "") for one in criteria))


def test_the_practice_counts_whose_situations_state_a_criterion_oftenest() -> None:
    situations = [told("lab", "common"), told("lab", "common"), told("research", "other"), told("lab", "x")]
    (counted,) = with_prevalence([COMMON], situations)
    assert counted.prevalence == (2 + 1) / (3 + 2)


def test_without_labelled_situations_the_prevalence_stays() -> None:
    assert with_prevalence([COMMON], [told("lab")]) == (COMMON,)


def test_a_criterion_that_speaks_for_no_practice_keeps_its_prevalence() -> None:
    knocks_out = Criterion("none", "", "", SIDE, SIDE, weights={"lab": -1.0})
    assert with_prevalence([knocks_out], [told("lab", "none")]) == (knocks_out,)
