"""A stand-in for the assistant, whose answer follows from a word in the question."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.progress import Progress
from assistant.texts import MODE_EXTRACTIVE, REFUSAL, told
from assistant.types import Advice, Answer, Citation, Option, Question, RankedPractice, Reason, Status
from errors import EmptyQuestionError, QuestionTooLongError
from ingest.types import About, Aspect, Criterion, Ground, Practice, Section, Side
from settings import Settings
from tests.web.hostile import EVERY

SLOW_S = 1.5
WRITING_S = 0.3
WRITTEN = ("Een living lab past bij een wijk.", "Bewoners testen mee.")
HOSTILE = (
    '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>',
    "[klik](javascript:window.hacked=1) ![p](https://example.invalid/p.png) :red[rood] $x^2$ {{7*7}}",
    "\u202eomgekeerd\u202c nul\u200bbreed [1] [99] -> :material/delete: **vet**",
    *EVERY,
)
LAB = Section(
    section_id="lab#1",
    title="Living lab – Wanneer past het?",
    practice="living-lab",
    source="lab.md",
    text="Een living lab past bij een 🌱 wijk. In een wijk testen bewoners mee.\n\nZo leert iedereen.",
    sources=("S01",),
)
STUDY = Section(
    section_id="study#1",
    title="Actie-onderzoek – Wanneer past het?",
    practice="actie-onderzoek",
    source="brochure.pdf",
    text="Actie-onderzoek past bij een hardnekkig knelpunt.",
    page=7,
    url="https://example.org/brochure.pdf",
)
COMPARED = Section(
    section_id="compared#1",
    title="Vergelijking – Doel",
    practice="algemeen",
    source="doel.md",
    aspect="vergelijking",
    text=(
        "De 🌱 typen verschillen.\n\nEen living lab zoekt iets nieuws.\n\n"
        "Een doorbraak is binnen een jaar klaar. Doorbraak meet elke maand veel.\n\n"
        "Een living lab is trager dan Doorbraak."
    ),
    sources=("S01",),
)
STEPS = Section(
    section_id="steps#1",
    title="Living lab – Stappen",
    practice="living-lab",
    source="stappen.md",
    aspect="stappen",
    text="Zo begin je:\n1. Kies. Kies een plek.\n2. Vraag. Vraag mensen.\n3. Probeer. Probeer het.\n4. Stop.",
)
LONG_LINE = 20
LONG = Section(
    section_id="long#1",
    title="Living lab – Voorwaarden",
    practice="living-lab",
    source="lang.md",
    text="\n".join(f"Regel {n} zegt iets over de wijk en over wie er woont en werkt." for n in range(40)),
)
EVIL = Section(
    section_id="evil#1",
    title=HOSTILE[0],
    practice="algemeen",
    source=HOSTILE[1],
    text=" ".join(HOSTILE),
    url="javascript:window.hacked=1",
)
CRITERIA = (
    Criterion(
        id="testen",
        name="Bewoners testen",
        question="Testen bewoners het zelf mee?",
        present=Side("Zij testen mee.", "Ja, zij testen mee.", "bewoners meetesten"),
        absent=Side("Zij testen niet mee.", "Nee, zij testen niet mee.", "bewoners niet meetesten"),
        weights={"living-lab": 1, "doorbraak": -1},
        grounds=(Ground("lab#1", "In een wijk testen bewoners mee.", "living-lab"),),
        opening=True,
    ),
    Criterion(
        id="vast",
        name="Het loopt vast",
        question="Loopt het steeds vast?",
        present=Side("Het loopt vast.", "Ja, steeds weer.", "het steeds vastloopt"),
        absent=Side("Het loopt goed.", "Nee, het loopt goed.", "het goed loopt"),
        weights={"actie-onderzoek": 1, "doorbraak": -1},
        grounds=(Ground("study#1", STUDY.text, "actie-onderzoek"),),
        opening=True,
    ),
    Criterion(
        id="snel",
        name="Snel klaar",
        question="Moet het binnen een jaar klaar zijn?",
        present=Side("Er is haast.", "Ja, binnen een jaar.", "het binnen een jaar klaar moet zijn"),
        absent=Side("Er is geen haast.", "Nee, er is geen haast.", "er geen haast is"),
        weights={"doorbraak": 1, "living-lab": -1},
        grounds=(Ground("compared#1", "Een doorbraak is binnen een jaar klaar.", "doorbraak"),),
    ),
    Criterion(
        id="geen-ruimte",
        name="Geen ruimte",
        question="Is er ruimte?",
        present=Side("Er is geen ruimte.", "Nee, die is er niet.", "er geen ruimte is"),
        absent=Side("Er is ruimte.", "Ja, die is er.", "er ruimte is"),
        none_fits="Geen van de drie past nu.",
        grounds=(Ground("compared#1", "De 🌱 typen verschillen."),),
    ),
)


@dataclass(frozen=True)
class FakeIndex:
    """The parts of an index that the page reads."""

    sections: Mapping[str, Section] = field(
        default_factory=lambda: {
            section.section_id: section for section in (LAB, STUDY, COMPARED, STEPS, LONG, EVIL)
        }
    )
    practices: Sequence[Practice] = (
        Practice("living-lab", "Living lab", "Samen testen."),
        Practice("actie-onderzoek", "Actie-onderzoek", "Samen onderzoeken."),
        Practice("doorbraak", "Doorbraak", "Snel verbeteren."),
    )
    criteria: Sequence[Criterion] = CRITERIA
    aspects: Mapping[str, Aspect] = field(
        default_factory=lambda: {"stappen": Aspect("stappen", "Aan de slag", begins=True)}
    )
    suggestions: Sequence[str] = ("Welk type past bij een wijk?", "Welke twee passen?")
    about: About = field(
        default_factory=lambda: About("Wegwijzer leren", "leren in de praktijk", "welke vorm")
    )
    references: Mapping[str, str] = field(default_factory=lambda: {"S01": "Auteur (2020). Titel"})


class FakeAssistant:
    """Answers at once, without a model, and remembers what it was asked."""

    def __init__(self, mode: str = MODE_EXTRACTIVE) -> None:
        self.settings = Settings()
        self.index = FakeIndex()
        self.asked: list[Question] = []
        self._mode = mode
        self.writes_until = 0.0

    @property
    def mode(self) -> str:
        """Return who writes the answers."""
        return self._mode

    def ask(self, question: Question, progress: Progress | None = None) -> Answer:
        """Return the answer that a word in the question calls for, or raise what it calls for."""
        self.asked.append(question)
        if progress and "schrijft" in question.text:
            self._write(progress)
        if not question.text.strip():
            raise EmptyQuestionError
        if len(question.text) > self.settings.max_question_chars:
            raise QuestionTooLongError(len(question.text), self.settings.max_question_chars)
        if "stuk" in question.text:
            raise RuntimeError("broken on purpose")
        if "traag" in question.text:
            time.sleep(SLOW_S * question.text.count("traag"))
        return self._answer(question)

    def newer(self) -> None:
        """Return None: no other index ever serves."""

    def close(self) -> None:
        """Hold nothing."""

    def _write(self, progress: Progress) -> None:
        """Show sentences one by one, as a language model does, until nobody waits."""
        progress.begin("drafting")
        for sentence in WRITTEN:
            time.sleep(WRITING_S)
            progress.begin("checking")
            progress.show(sentence)
        while not progress.stopped and time.monotonic() < self.writes_until:
            time.sleep(0.01)

    def _answer(self, question: Question) -> Answer:
        if "paspoort" in question.text:
            return self._made(
                question,
                "refused",
                told(REFUSAL, self.index.about),
                suggestions=tuple(self.index.suggestions),
            )
        if "lange passage" in question.text:
            quote = cited(1, LONG, LONG.text.split("\n")[LONG_LINE])
            return self._made(question, "answered", f"{quote.quote} [1]", (quote,))
        if "vijandig" in question.text:
            text = "\n".join(f"{evil} [1]" for evil in HOSTILE)
            return self._made(question, "answered", text, citations=(cited(1, EVIL, HOSTILE[2]),))
        if "twee" in question.text:
            return self._close(question)
        return self._sure(question)

    def _sure(self, question: Question) -> Answer:
        quotes = cited(1, LAB, "In een wijk testen bewoners mee."), cited(2, STUDY, STUDY.text)
        text = (
            f"Living lab past hier naar verwachting het best. {quotes[0].quote} [1]\n"
            f"Een tweede mogelijkheid is Actie-onderzoek. {quotes[1].quote} [2]\n"
            "Het advies verandert in Actie-onderzoek als dit meer op jullie lijkt: iets loopt vast."
        )
        return self._made(question, "answered", text, quotes, Advice(ranking(0.82, 0.12, quotes)))

    def _close(self, question: Question) -> Answer:
        quotes = cited(1, LAB, "Een living lab past bij een 🌱 wijk."), cited(2, STUDY, STUDY.text)
        asked = "Wat lijkt het meest op jullie situatie?"
        text = (
            "Hier komen twee typen in aanmerking: Living lab en Actie-onderzoek.\n"
            f"Voor Living lab spreekt: {quotes[0].quote} [1]\n"
            f"Voor Actie-onderzoek spreekt: {quotes[1].quote} [2]\n{asked}"
        )
        options = (
            Option("Wij willen in de wijk testen.", "living-lab"),
            Option("Het loopt vast.", "actie-onderzoek"),
        )
        advice = Advice(ranking(0.46, 0.41, quotes), clarifying_question=asked, options=options)
        return self._made(question, "clarify", text, quotes, advice)

    def _made(
        self,
        question: Question,
        status: Status,
        text: str,
        citations: tuple[Citation, ...] = (),
        advice: Advice | None = None,
        suggestions: tuple[str, ...] = (),
    ) -> Answer:
        return Answer(
            id=question.id,
            question=question.text,
            standalone_question=question.text,
            status=status,
            mode=self._mode,
            text=text,
            advice=advice,
            citations=citations,
            suggestions=suggestions,
        )


def cited(n: int, section: Section, quote: str) -> Citation:
    """Return the citation of a quote that is in a section."""
    start = section.text.index(quote)
    return Citation(
        n=n,
        quote=quote,
        section_id=section.section_id,
        chunk_id=f"{section.section_id}:0",
        start=start,
        end=start + len(quote),
        title=section.title,
        practice=section.practice,
        source=section.source,
        page=section.page,
        url=section.url and f"{section.url}#page={section.page}",
    )


def ranking(first: float, second: float, quotes: Sequence[Citation]) -> tuple[RankedPractice, ...]:
    """Return a ranking whose first two practices each have one reason."""
    return (
        RankedPractice("living-lab", "Living lab", first, (Reason(quotes[0].quote, 1),)),
        RankedPractice("actie-onderzoek", "Actie-onderzoek", second, (Reason(quotes[1].quote, 2),)),
        RankedPractice("doorbraak", "Doorbraak", 1 - first - second),
    )
