"""`POST /api/keuzehulp`: answers in, the next question or the end out, and what goes wrong in Dutch."""

from functools import partial

import pytest

from tests.web.fakes import FakeAssistant, FakeIndex
from tests.web.serving import LISTED, STRANGER, request
from web import service as service_module
from web import texts as page_texts
from web.guide import texts

pytestmark = pytest.mark.usefixtures("service", "listed")

send = partial(request, "/api/keuzehulp")


def test_without_answers_the_first_question_comes() -> None:
    answer = send(json={})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {
        "status": "clarify",
        "text": "Testen bewoners het zelf mee?",
        "answers": {},
        "question": {
            "criterion": "testen",
            "text": "Testen bewoners het zelf mee?",
            "number": 1,
            "most": 7,
            "choices": [
                {"value": "yes", "text": "Ja, zij testen mee."},
                {"value": "no", "text": "Nee, zij testen niet mee."},
                {"value": "unknown", "text": "Weet ik niet"},
            ],
        },
        "advice": {
            "ranking": [
                {"practice": "living-lab", "label": "Living lab", "probability": 0.3333, "reasons": []},
                {
                    "practice": "actie-onderzoek",
                    "label": "Actie-onderzoek",
                    "probability": 0.3333,
                    "reasons": [],
                },
                {"practice": "doorbraak", "label": "Doorbraak", "probability": 0.3333, "reasons": []},
            ],
            "features": [],
            "none_fits": None,
            "clarifying_question": "Testen bewoners het zelf mee?",
            "options": [
                {"text": "Ja, zij testen mee.", "favours": "living-lab"},
                {"text": "Nee, zij testen niet mee.", "favours": "doorbraak"},
            ],
        },
        "first_steps": None,
        "citations": [],
        "note": None,
    }


def test_the_end_gives_the_advice_with_quotes_that_are_in_their_section(fake: FakeAssistant) -> None:
    end = send(json={"answers": {"testen": "yes", "vast": "no", "snel": "unknown"}}).json()
    assert end["status"] == "answered"
    assert end["question"] is None
    assert end["advice"]["ranking"][0]["practice"] == "living-lab"
    assert end["advice"]["ranking"][0]["reasons"] == [
        {"text": "In een wijk testen bewoners mee.", "citation": 1, "feature": "testen"}
    ]
    assert end["advice"]["features"] == [
        {"id": "testen", "value": "yes", "evidence": "Ja, zij testen mee."},
        {"id": "vast", "value": "no", "evidence": "Nee, het loopt goed."},
    ]
    assert end["first_steps"] == {
        "lead": "Zo begin je:",
        "items": ["Kies. Kies een plek.", "Vraag. Vraag mensen.", "Probeer. Probeer het.", "Stop."],
        "citation": 2,
    }
    for citation in end["citations"]:
        text = fake.index.sections[citation["section_id"]].text
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert end["note"] == "adviesnotitie?testen=yes&vast=no&snel=unknown"


def test_where_nothing_can_change_no_type_fits() -> None:
    end = send(json={"answers": {"geen-ruimte": "yes"}}).json()
    assert end["advice"]["none_fits"] == "geen-ruimte"
    assert end["text"] == (
        "Geen van de drie past nu.\n"
        'Je antwoord was: "Nee, die is er niet". In de tekst staat: “De 🌱 typen verschillen.” [1]'
    )


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"content": b"{}"}, 415, page_texts.JSON_WANTED),
        ({"json": {"answers": {"testen": "misschien"}}}, 400, texts.UNREADABLE),
        ({"json": {"answers": ["testen"]}}, 400, texts.UNREADABLE),
        (
            {"json": {"answers": {"testen": "yes", "onzin": "no"}}},
            400,
            texts.UNKNOWN_CRITERIA.format(names="‘onzin’"),
        ),
        ({"json": {"answers": {"a" * 30_000: "yes"}}}, 413, page_texts.BODY_TOO_LONG),
        ({"json": {}, "headers": {"origin": STRANGER}}, 403, page_texts.NOT_LISTED),
    ],
)
def test_what_cannot_be_answered_gets_a_line_in_dutch(
    given: dict[str, object], status: int, said: str
) -> None:
    answer = send("POST", **given)
    assert (answer.status_code, answer.json()) == (status, {"error": said})


def test_a_listed_site_may_ask_and_read() -> None:
    preflight = send("OPTIONS", headers={"origin": LISTED})
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (204, LISTED)
    assert send(json={}, headers={"origin": LISTED}).headers["access-control-allow-origin"] == LISTED


def test_a_text_without_criteria_has_no_guide(fake: FakeAssistant) -> None:
    fake.index = FakeIndex(criteria=())
    answer = send(json={})
    assert (answer.status_code, answer.json()) == (404, {"error": texts.NONE})


def test_before_the_start_is_done_it_says_so() -> None:
    service_module.current.cache_clear()
    answer = send(json={})
    assert (answer.status_code, answer.json()) == (503, {"error": page_texts.STARTING})
    assert answer.headers["retry-after"] == "5"
