"""When two practices are about as defensible, both are told or what decides is asked; else one is advised."""

import pytest

from assistant.advice.ranking import expected, rank_practices
from assistant.advice.reading import read
from assistant.advice.ties import TIED, evidence_for_tie
from assistant.chain import Assistant
from assistant.types import Question

TORN = "We snappen niet waarom ouders wegblijven en willen met hen nieuwe dingen bedenken en uitproberen."


def tied(assistant: Assistant, text: str) -> float:
    """Return how likely it is that two practices fit a situation about equally."""
    index, query = assistant.index, assistant.retriever.query(text)
    said = read(index, (text,), expected(index, query))
    ranking = rank_practices(index, query, said)
    return TIED.probability(evidence_for_tie(ranking, said, index.criteria, text))


@pytest.mark.model
@pytest.mark.parametrize(
    ("torn", "plain"),
    [
        (TORN, "We snappen niet waarom ouders wegblijven en zoeken dat samen met hen uit."),
        (
            "Wijkverpleegkundigen willen van elkaar leren. De directie wil binnen een jaar een derde "
            "minder vallen.",
            "Wijkverpleegkundigen uit tien dorpen willen regelmatig van elkaar leren.",
        ),
    ],
)
def test_two_wishes_that_point_to_two_practices_are_likelier_a_tie(
    torn: str, plain: str, full_assistant: Assistant
) -> None:
    assert tied(full_assistant, torn) > TIED.threshold > tied(full_assistant, plain)


@pytest.mark.model
def test_where_two_are_tied_a_question_comes_back_with_both(full_assistant: Assistant) -> None:
    answer = full_assistant.ask(Question(TORN))
    assert answer.status == "clarify"
    assert answer.advice is not None
    assert {one.practice for one in answer.advice.ranking[:2]} == {"actie-onderzoek", "living-lab"}


@pytest.mark.model
def test_what_decides_between_two_is_asked_once_and_taken_up_as_a_reason(full_assistant: Assistant) -> None:
    asked = full_assistant.ask(Question(TORN)).advice
    assert asked is not None
    assert {option.favours for option in asked.options} == {one.practice for one in asked.ranking[:2]}
    for option in asked.options:
        settled = full_assistant.ask(Question(option.text, (TORN,)))
        assert settled.status == "answered"
        assert settled.advice is not None
        assert settled.advice.ranking[0].practice == option.favours
        assert option.text.rstrip(".") in settled.text


@pytest.mark.model
def test_one_of_two_that_a_visitor_names_is_advised_when_all_speaks_for_it(full_assistant: Assistant) -> None:
    text = (
        "Ik twijfel tussen een living lab en actie-onderzoek. Jongeren willen zelf uitzoeken waarom de hulp "
        "steeds stukloopt, en de instellingen passen onderweg hun regels aan. Iets nieuws hoeft er niet."
    )
    answer = full_assistant.ask(Question(text))
    assert answer.status == "answered"
    assert answer.advice is not None
    assert answer.advice.ranking[0].practice == "actie-onderzoek"
    assert "Een living lab past als je dit herkent" in answer.text
