"""What the page shows of an answer: a card instead of the text it repeats, and sources cut at the quote."""

from dataclasses import replace

import pytest

from assistant.types import Advice, Citation, Question
from ingest.types import Section
from tests.web.fakes import COMPARED, EVIL, LAB, STEPS, STUDY, FakeAssistant, FakeIndex, cited, ranking
from web.shown.blocks import plain
from web.shown.origin import origin, page_shown
from web.shown.view import AnswerView, ShownReason, view


def seen(fake: FakeAssistant, question: str) -> AnswerView:
    """Return what the page shows of the answer to a question."""
    return view(fake.ask(Question(question)), fake.index)


def test_an_extractive_advice_is_told_by_its_card_alone(fake: FakeAssistant) -> None:
    shown = seen(fake, "Welk type past?")
    assert shown.blocks == ()
    assert shown.card is not None
    assert shown.card.lead == "Living lab past hier naar verwachting het best."
    assert [(one.label, one.percent, one.sure) for one in shown.card.best] == [
        ("Living lab", 82, "vrij zeker"),
        ("Actie-onderzoek", 12, "onzeker"),
    ]
    assert [one.label for one in shown.card.others] == ["Doorbraak"]
    assert shown.card.change == (
        "Het advies verandert in Actie-onderzoek als dit meer op jullie lijkt: iets loopt vast.",
    )


def test_where_none_fits_no_chance_of_a_type_is_shown(fake: FakeAssistant) -> None:
    advised = fake.ask(Question("Welk type past?"))
    assert advised.advice is not None
    text = "Geen van de drie past nu. Er is geen ruimte. [1]"
    advice = replace(advised.advice, none_fits="geen-ruimte")
    shown = view(replace(advised, text=text, advice=advice, citations=advised.citations[:1]), fake.index)
    assert shown.card is None
    assert shown.advised
    assert shown.compared == ()
    assert shown.said == "Geen van de drie past nu."
    assert [line for block in shown.blocks for line in map(plain, block.lines)]


def test_the_heading_is_the_conclusion_and_what_was_written_leads_to_its_reason(fake: FakeAssistant) -> None:
    quoted = fake.ask(Question("Welk type past?"))
    quote, other = (citation.quote for citation in quoted.citations)
    text = (
        'Doorbraak past hier niet het best. Living lab past hier het best. Je schrijft "wij testen". '
        f"Dat wijst op Living lab, want: {quote} [1]\nVoor Actie-onderzoek spreekt: {other} [2]"
    )
    card = view(replace(quoted, text=text), fake.index).card
    assert card is not None
    assert card.lead == "Doorbraak past hier niet het best. Living lab past hier het best."
    assert [reason for one in card.best for reason in one.reasons] == [
        ShownReason(quote, 1, 'Je schrijft "wij testen". Dat wijst op Living lab, want:'),
        ShownReason(other, 2, "Voor Actie-onderzoek spreekt:"),
    ]


def test_a_second_type_that_hardly_fits_is_in_the_list_of_all(fake: FakeAssistant) -> None:
    quoted = fake.ask(Question("Welk type past?"))
    assert quoted.advice is not None
    first, second, third = quoted.advice.ranking
    surest = replace(first, probability=0.998), replace(second, probability=0.002, reasons=()), third
    card = view(replace(quoted, advice=Advice(surest)), fake.index).card
    assert card is not None
    assert [(one.label, one.share, one.percent) for one in card.best] == [("Living lab", "meer dan 95%", 95)]
    assert [(one.label, one.share) for one in card.others] == [
        ("Actie-onderzoek", "minder dan 5%"),
        ("Doorbraak", "6%"),
    ]


def test_a_question_back_stands_on_the_card_with_its_options(fake: FakeAssistant) -> None:
    card = seen(fake, "Welke twee?").card
    assert card is not None
    assert card.question == "Wat lijkt het meest op jullie situatie?"
    assert card.options == ("Wij willen in de wijk testen.", "Het loopt vast.")
    assert card.change == ()


def test_what_is_said_at_once_is_the_conclusion_and_the_question_back(fake: FakeAssistant) -> None:
    assert seen(fake, "Welk type past?").said == "Living lab past hier naar verwachting het best."
    assert seen(fake, "Welke twee?").said == (
        "Hier komen twee typen in aanmerking: Living lab en Actie-onderzoek. "
        "Er is een vraag aan jullie: Wat lijkt het meest op jullie situatie?"
    )
    assert seen(fake, "Wat kost een paspoort?").said == "Daar weet ik niets van."


def test_an_advice_or_an_answer_about_two_types_can_be_compared(fake: FakeAssistant) -> None:
    both = ("living-lab", "actie-onderzoek")
    assert seen(fake, "Welk type past?").compared == both
    assert seen(fake, "vijandig: een living lab of actie-onderzoek?").compared == both
    assert seen(fake, "vijandig").compared == ()


def test_an_answer_that_quotes_from_two_types_can_be_compared_whatever_was_asked(fake: FakeAssistant) -> None:
    quotes = [
        cited(n, section, section.text[:20]) for n, section in enumerate((COMPARED, LAB, STUDY, STEPS), 1)
    ]
    answered = replace(fake.ask(Question("vijandig")), standalone_question="Wie doet mee?")

    def compared(*citations: Citation, asked: str = "Wie doet mee?") -> tuple[str, ...]:
        answer = replace(answered, citations=citations, standalone_question=asked)
        return view(answer, fake.index).compared

    assert compared(*quotes) == ("living-lab", "actie-onderzoek")
    assert compared(*quotes[:2]) == ()
    assert compared(*quotes, asked="Wie doet mee aan actie-onderzoek?") == ("actie-onderzoek", "living-lab")
    assert compared(*quotes, asked="Is doorbraak ook zoiets?") == ()


def test_a_source_is_named_by_publisher_and_year() -> None:
    rensen = "Rensen, Keuzenkamp & Sok / Movisie (2018). Lerende praktijken"
    assert origin([rensen]) == "Movisie, 2018"
    assert origin([rensen, "LPB (ca. 2023). X", "ENoLL (2020). Y", "Zonder jaar"]) == (
        "Movisie, 2018; LPB, ca. 2023 en 1 andere"
    )
    assert origin([]) == ""


def test_the_text_of_a_language_model_is_shown_beside_the_card() -> None:
    fake = FakeAssistant(mode="llm:x:y")
    quoted = fake.ask(Question("Welk type past?"))
    first, *others = quoted.text.splitlines()
    lead = first.partition(".")[0]
    text = "\n".join((f"{lead}.", "Bewoners kunnen in de wijk mee testen. [1]", *others))
    shown = view(replace(quoted, text=text), fake.index)
    assert shown.card is not None
    assert shown.card.lead == f"{lead}."
    assert shown.card.change == (others[-1],)
    assert [plain(line) for block in shown.blocks for line in block.lines] == [
        "Bewoners kunnen in de wijk mee testen."
    ]


@pytest.mark.parametrize("question", ["Welk type past?", "Welke twee?", "vijandig"])
def test_a_source_is_its_whole_section_cut_at_the_quote(fake: FakeAssistant, question: str) -> None:
    answer = fake.ask(Question(question))
    for source, citation in zip(seen(fake, question).sources, answer.citations, strict=True):
        assert source.quote == citation.quote
        assert source.before + source.quote + source.after == fake.index.sections[citation.section_id].text


def test_a_source_names_what_it_rests_on_and_where_it_stands(fake: FakeAssistant) -> None:
    first, second = seen(fake, "Welk type past?").sources
    assert (first.origin, first.page, first.url) == ("Auteur, 2020", None, None)
    assert first.references == ("Auteur (2020). Titel",)
    assert (second.page, second.url) == ("7", "https://example.org/brochure.pdf#page=7")


def test_an_address_that_is_no_web_address_is_not_a_link(fake: FakeAssistant) -> None:
    (source,) = seen(fake, "vijandig").sources
    assert EVIL.url is not None
    assert source.url is None


def test_of_a_text_that_changed_since_only_the_quote_is_shown(fake: FakeAssistant) -> None:
    answer = fake.ask(Question("Welk type past?"))
    changed = {LAB.section_id: replace(LAB, text=f"Nieuw. {LAB.text}")}
    for source in view(answer, FakeIndex(sections=changed)).sources:
        quote = answer.citations[source.n - 1].quote
        assert (source.before, source.quote, source.after, source.references) == ("", quote, "", ())


def test_a_chance_is_capped_and_no_second_is_named_below_one_in_twenty(fake: FakeAssistant) -> None:
    answer = fake.ask(Question("Welk type past?"))
    sure = replace(answer, advice=Advice(ranking(0.97, 0.02, answer.citations)))
    card = view(sure, fake.index).card
    assert card is not None
    assert [(one.label, one.share) for one in card.best] == [("Living lab", "meer dan 95%")]
    assert [one.label for one in card.others] == ["Actie-onderzoek", "Doorbraak"]


def test_a_page_has_the_number_that_is_printed_on_it_with_its_place_in_the_file() -> None:
    section = Section("a", "Tarieven", "algemeen", "a.pdf", "Een zin.", 3, labels=((3, "1"),))
    assert [page_shown(page, section) for page in (3, 4, None)] == ["1 (in het bestand 3)", "4", None]
