"""Every Dutch text of the page: what it is, what is being done, and the names of its controls."""

from collections.abc import Mapping

import errors
from assistant.texts import APP_NAME, ERRORS, MODE_EXTRACTIVE

TITLE = APP_NAME
LEAD = (
    "Vertel waar je in je gemeente, organisatie of buurt voor staat. De wegwijzer zegt welk type lerende "
    "praktijk past en waarom, en laat zien in welke tekst dat staat."
)
LEAD_PLAIN = "Stel een vraag over de documenten. Bij elk antwoord zie je in welke tekst het staat."
CAN_ANSWER = "Je kunt ook vragen wat een type inhoudt, hoe je begint of hoe typen van elkaar verschillen."
DISCLOSURE = "Je praat met een computerprogramma, niet met een mens. Het kan zich vergissen: lees de bron na."
MODE_WORD_FOR_WORD = "De antwoorden bestaan uit zinnen die letterlijk uit de tekst komen."
MODE_MODEL = "De antwoorden zijn opgesteld door taalmodel {model}, op basis van passages uit de tekst."
OWN_TEXT = (
    "De tekst is door ons geschreven over het onderwerp van de Movisie-brochure; "
    "het is niet de brochure zelf."
)
OTHER_TEXT = "De tekst komt uit de documenten die de beheerder heeft ingelezen."
PRIVACY = "Je vragen gaan nergens anders heen dan naar deze server. Ze worden niet bewaard."
PRIVACY_MODEL = "Je vragen gaan ook naar dat taalmodel. Op deze server worden ze niet bewaard."
CONTACT = "Vragen of opmerkingen? {contact}"

NO_SCRIPT = "Deze chat heeft JavaScript nodig. Zet JavaScript aan en laad de pagina opnieuw."
INPUT = "Typ je vraag of situatie"
START_OVER = "Opnieuw beginnen"
DOWNLOAD = "Gesprek opslaan"
DOWNLOAD_NAME = "gesprek-wegwijzer.md"

STARTING = "De wegwijzer start op."
INDEXING = "De wegwijzer leest de teksten in. Dat gebeurt alleen de eerste keer en duurt een paar minuten."
LOADING = "De wegwijzer laadt het zoekmodel. Dat duurt ongeveer tien seconden."
WAITING = "Deze pagina gaat vanzelf verder."
SEARCHING = "Ik zoek de passages die je vraag beantwoorden."

START_FAILED = "De wegwijzer kan niet starten. De beheerder vindt de reden in het logboek."
CORPUS_FAILED = (
    "De wegwijzer kan niet starten, want een van de teksten kan niet worden gelezen. "
    "De beheerder vindt in het logboek welke dat is."
)
SETTING_FAILED = "De wegwijzer kan niet starten door een verkeerde instelling. De reden staat in het logboek."
START_ERRORS: Mapping[type[errors.WegwijzerError], str] = {
    errors.DocumentError: CORPUS_FAILED,
    errors.NoDocumentsError: CORPUS_FAILED,
    errors.PracticesError: CORPUS_FAILED,
    errors.TrainingDataError: CORPUS_FAILED,
    errors.InvalidSettingError: SETTING_FAILED,
}

# The names of what the component shows; the keys are those of component/*.js.
WORDS: Mapping[str, str] = {
    "good_to_know": "Goed om te weten",
    "you": "Jouw vraag",
    "answer": "Antwoord",
    "advice": "Advies",
    "why": "Waarom",
    "second": "Tweede mogelijkheid",
    "change": "Is jullie situatie anders?",
    "others": "Alle typen op een rij",
    "sources": "Bronnen bij dit antwoord",
    "source": "Bron",
    "open_source": "Bron {n}: {title}",
    "quoted": "Het citaat is gemarkeerd.",
    "back": "Terug naar het antwoord",
    "back_short": "Terug",
    "background": "Waar deze passage op steunt",
    "page": "Bladzijde {page}",
    "open_document": "Open het document",
    "sure": "{percent}% – {sure}",
    "percent": "{percent}%",
    "choose": "Kies wat het meest op jullie lijkt:",
    "chosen": "Jouw keuze",
    "try": "Probeer bijvoorbeeld:",
    "suggestions": "Begin bijvoorbeeld met een van deze vragen",
    "copy": "Kopieer antwoord",
    "copied": "Gekopieerd",
    "copy_failed": "Kopiëren lukt niet in deze browser",
    "announce_start": "Ik zoek een antwoord.",
    "announce_done": "Het antwoord staat klaar. {lead}",
}


def explain_start(error: errors.WegwijzerError) -> str:
    """Return what the page shows when this error keeps the assistant from starting."""
    for kind, text in (*START_ERRORS.items(), *ERRORS.items()):
        if isinstance(error, kind):
            return text
    return START_FAILED


def mode_line(mode: str) -> str:
    """Return who wrote the answers."""
    if mode == MODE_EXTRACTIVE:
        return MODE_WORD_FOR_WORD
    return MODE_MODEL.format(model=mode.removeprefix("llm:"))


def privacy_line(mode: str) -> str:
    """Return where questions go."""
    return PRIVACY if mode == MODE_EXTRACTIVE else PRIVACY_MODEL
