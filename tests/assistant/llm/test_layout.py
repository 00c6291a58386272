"""A model's sentences become an answer: a list stays whole, a reason is behind the visitor's own words."""

import re
from collections.abc import Callable, Iterable

import pytest

from assistant.chain import Assistant
from assistant.llm.draft import Drafted
from assistant.llm.layout import Told, answer
from assistant.types import Claim, Question
from tests.assistant.conftest import MODEL, WithModel
from tests.model_server import NUMBERED, Reply, ScriptedServer, asked_in, supporting

pytestmark = [pytest.mark.server, pytest.mark.model]

LISTED = Question("Met welke vragen moet een verbeterteam beginnen?")
SITUATION = Question(
    "Met huurders en een paar studenten willen we nieuwe ideeën maken tegen eenzaamheid en die gewoon in de "
    "straat uittesten. Wat past daarbij?"
)
LEAD = "Drie vragen gaan bij Doorbraak aan alles vooraf:"
TOGETHER = "de mensen voor wie het is, bedenken het daar mee"
PLACE = "er is één echte plek om het in het echt uit te proberen"


def reads(*true: tuple[str, str]) -> Callable[[str], Reply]:
    """Return how a model reads that supports sentences ending so, each with these words of the block."""

    def verdict(pair: dict[str, str]) -> str:
        return next((words for end, words in true if pair["sentence"].rstrip(".").endswith(end)), "")

    return supporting(verdict)


def drafts(block: str, lines: Iterable[str]) -> Callable[[str], Reply]:
    """Return how a model writes these lines, each pointing to the block with these words."""

    def reply(prompt: str) -> Reply:
        number = next(n for n, text in NUMBERED.findall(prompt) if block in text)
        return Reply("\n".join(f"{line} [{number}]" for line in lines), piece_chars=200)

    return reply


DOEL, METING, IDEAS = (
    ("bereiken?", "Doel: wat willen we bereiken?"),
    ("verbetering is?", "Meting: hoe weten we dat een verandering een verbetering is?"),
    ("proberen?", "Ideeën: welke veranderingen kunnen we proberen?"),
)


def test_items_are_lines_of_a_list_and_are_read_with_the_line_above_it(
    server: ScriptedServer, full_assistant: Assistant, let_write: WithModel
) -> None:
    told = [
        "Een team begint met drie vragen:",
        "1. Doel: wat wil je bereiken?",
        "2. Meting: wanneer is het een verbetering?",
        "3. Ideeën: wat kun je proberen?",
    ]
    server.reply = drafts(LEAD, told)
    server.verdict = reads(("begint met drie vragen:", LEAD), DOEL, ("verbetering?", METING[1]), IDEAS)
    given = let_write(full_assistant).ask(LISTED)
    assert given.mode == f"llm:{MODEL}"
    assert re.sub(r" \[\d\]", "", given.text) == "\n".join(told)
    read = [pair["sentence"] for prompt in server.checks for pair in asked_in(prompt)]
    assert read == [told[0], *(f"{told[0]} {line[3:]}" for line in told[1:])]


def test_without_a_line_above_it_an_item_is_read_by_itself(
    server: ScriptedServer, full_assistant: Assistant, let_write: WithModel
) -> None:
    server.reply = drafts(LEAD, ["- Doel: wat wil je bereiken?", "- Ideeën: wat kun je proberen?"])
    server.verdict = reads()
    let_write(full_assistant).ask(LISTED)
    read = [pair["sentence"] for prompt in server.checks for pair in asked_in(prompt)]
    assert read == ["Doel: wat wil je bereiken?", "Ideeën: wat kun je proberen?"]


def test_an_item_that_is_dropped_is_told_in_the_words_of_the_text(
    server: ScriptedServer, full_assistant: Assistant, let_write: WithModel
) -> None:
    server.reply = drafts(
        LEAD, ["- Doel: wat wil je bereiken?", "- Geld: wat mag het kosten?", "- Wat kun je proberen?"]
    )
    server.verdict = reads(DOEL, IDEAS)
    given = let_write(full_assistant).ask(LISTED)
    assert re.sub(r" \[\d\]", "", given.text).splitlines() == [
        LEAD,
        "- Doel: wat wil je bereiken?",
        f"- {METING[1]}",
        "- Wat kun je proberen?",
    ]


def test_a_sentence_that_points_back_is_read_with_the_one_before_it(
    server: ScriptedServer, full_assistant: Assistant, let_write: WithModel
) -> None:
    server.reply = drafts(
        "Een living lab is een plek", ["Een lab is een echte plek.", "Daar leer je samen.", "Zo is het."]
    )
    server.verdict = reads()
    let_write(full_assistant).ask(Question("Wat is een living lab?"))
    read = [pair["sentence"] for prompt in server.checks for pair in asked_in(prompt)]
    assert read == [
        "Een lab is een echte plek.",
        "Een lab is een echte plek. Daar leer je samen.",
        "Daar leer je samen. Zo is het.",
    ]


def test_a_reason_is_behind_the_words_of_the_visitor(
    server: ScriptedServer, full_assistant: Assistant, let_write: WithModel
) -> None:
    lines = [f'"nieuwe ideeën maken": {TOGETHER}.', f'"gewoon in de straat uittesten": {PLACE}.']
    server.reply = drafts("Zeven kenmerken wijzen op een living lab", lines)
    server.verdict = reads(
        (TOGETHER, "De mensen voor wie het is, bedenken het mee en proberen het uit."),
        (PLACE, "Er is één echte plek. Daar kun je het in het echt uitproberen."),
    )
    given = let_write(full_assistant).ask(SITUATION)
    assert re.sub(r" \[\d\]", "", given.text) == (
        'Een living lab past hier het best. Je schrijft "nieuwe ideeën maken". '
        f"Dat wijst op een living lab, want: {TOGETHER}. "
        f'Ook "gewoon in de straat uittesten" wijst daarop: {PLACE}.'
    )
    read = [pair["sentence"] for prompt in server.checks for pair in asked_in(prompt)]
    assert read == [f"{TOGETHER}.", f"{PLACE}."]  # Nothing of the visitor.


def test_words_that_the_visitor_did_not_write_are_not_ascribed_to_them(
    server: ScriptedServer, full_assistant: Assistant, let_write: WithModel
) -> None:
    server.reply = drafts(
        "Zeven kenmerken wijzen op een living lab",
        [
            f'"wij haten de wethouder": {TOGETHER}.',
            '"stop met alles": onderwijs en praktijk willen er samen werken.',
        ],
    )
    server.verdict = reads(
        (TOGETHER, "De mensen voor wie het is, bedenken het mee en proberen het uit."),
        ("samen werken", "Onderwijs, onderzoek en praktijk willen samen op één plek werken."),
    )
    given = let_write(full_assistant).ask(SITUATION)
    assert "wethouder" not in given.text
    assert "stop met alles" not in given.text


@pytest.mark.parametrize(
    ("said", "shown"), [("Nee.", "Nee. Het mag."), ("Ja.", "Het mag."), ("", "Nee. Het mag.")]
)
def test_of_two_verdicts_that_differ_none_is_given(said: str, shown: str) -> None:
    told = [Told(Drafted("Het mag.", 1), Claim("Het mag."))]
    assert " ".join(claim.text for claim in answer([Claim("Nee.")], told, said)) == shown
