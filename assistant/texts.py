"""Every Dutch sentence of the assistant that a visitor reads: frames, refusals, errors."""

from collections.abc import Mapping, Sequence

from errors import WegwijzerError
from ingest.types import About, Verdict

APP_NAME = "Wegwijzer"
MODE_EXTRACTIVE = "extractive"

GREETING = "Hallo! Stel een vraag over {subject}. Ik zoek er de passende tekst bij."
GREETING_ADVICE = (
    "Hallo! Vertel in je eigen woorden waar je voor staat, of stel een vraag over {subject}. "
    "Ik zoek er de passende tekst bij."
)
THANKS = "Graag gedaan. Heb je nog een vraag over {subject}, stel die gerust."
FAREWELL = "Tot ziens, en veel succes."
HELP = "Ik beantwoord vragen over {subject}. Bij elk antwoord staan de passages waarop het rust."
HELP_ADVICE = (
    "Ik denk mee {choice} bij je vraagstuk past en beantwoord vragen over {subject}. "
    "Bij elk antwoord staan de passages waarop het rust."
)
CHOICE = "wat"  # What advice is about where the documents do not name it.

ASSISTANT = "Ik ben een computerprogramma, geen mens."

REFUSAL = "Daar weet ik niets van. Ik beantwoord vragen over {subject}."
EXAMPLE = "Bijvoorbeeld: {question}"
MISSING = "Over {names} heb ik niets."
NOT_THERE = "Dat staat niet in de tekst."
NEAREST = "Wel dit:"
DENIED = "Dat klopt niet helemaal."
PERSONAL_DATA = "Laat je naam, adres en andere persoonlijke gegevens hier liever weg."
TRY_INSTEAD = "Probeer bijvoorbeeld:"

VERDICTS: Mapping[Verdict, str] = {"ja": "Ja.", "nee": "Nee.", "hangt": "Dat hangt ervan af."}

ADVICE_SURE = "{label} past hier het best."
ADVICE_LIKELY = "{label} lijkt hier het best te passen."
ADVICE_UNSURE = "{label} ligt het meest voor de hand, maar zeker is dat niet."
ADVICE_NOT = "{label} past hier niet het best."
ADVICE_STAYS = "Het advies blijft hetzelfde."
ADVICE_CHANGES = "Dan verandert het advies."
ADVICE_WROTE = 'Je schrijft "{words}".'
ADVICE_CHOSE = 'Je antwoord was: "{words}".'
ADVICE_POINTS = "Dat wijst op {label}, want:"
ADVICE_POINTS_TOO = "Het wijst ook op {label}, want:"
ADVICE_ALSO = 'Ook "{words}" wijst daarop:'
ADVICE_FITS_WHEN = "{label} past als je dit herkent:"
ADVICE_AGAINST = 'Daartegen spreekt "{words}":'
ADVICE_PASSED = 'Tegen {label} spreekt "{words}":'
ADVICE_RUNNER_UP = 'Ook mogelijk: {label}, want je schrijft "{words}".'
ADVICE_CLOSE = "Twee vormen kunnen hier passen: {first} en {second}."
ADVICE_CHANGE = "Het wordt eerder {label} als {condition}."
ALMOST_CERTAIN = "meer dan 95%"
HARDLY = "minder dan 5%"
TERM = "Het woord '{word}' {says}"
ABOUT = "Wat is {label} en wanneer past het?"
ITEM = "{items}: wat houdt dat in?"

MODE_MODEL = "llm:{name}"
LIMIT_REACHED = (
    "Het taalmodel heeft voor vandaag genoeg geschreven. Tot morgen bestaan de antwoorden uit zinnen die "
    "letterlijk uit de tekst komen."
)
MODEL_SILENT = "Dit antwoord bestaat uit zinnen die letterlijk uit de tekst komen, zonder taalmodel."

SOURCES = "Bronnen:"
TERMINAL_WELCOME = "Stel je vraag over {subject}. Een lege regel sluit af."
TERMINAL_PROMPT = "Vraag: "

NO_THUMBS = "Er zijn nog geen beoordelingen."
THUMBS = "Beoordelingen: {up} keer nuttig, {down} keer niet nuttig."
CRITICISED = "Passages in antwoorden die niet nuttig waren:"
REASONS = "Laatste toelichtingen:"
THUMB_UP = "nuttig"
THUMB_DOWN = "niet nuttig"
THUMBS_UNREADABLE = "{path} is niet te lezen als bestand met beoordelingen. Zie WEGWIJZER_FEEDBACK."

ALMOST_SURE = 0.95  # No advice is shown as surer than this.
LEAST_SECOND = 0.05  # A practice below this probability is not named as a second.
SURE, LIKELY = 0.75, 0.5  # From these probabilities on, the advice is called sure, or likely.

UNKNOWN_ERROR = "Er ging iets mis. Probeer het opnieuw; blijft het misgaan, meld het dan aan de beheerder."


def explain(error: WegwijzerError) -> str:
    """Return what a visitor reads when this error stops an answer."""
    return error.said_to("visitor") or UNKNOWN_ERROR


def told(line: str, about: About) -> str:
    """Return a line with the subject of the documents, and what advice is about."""
    return line.format(subject=about.subject, choice=about.choice or CHOICE)


def capitalised(text: str) -> str:
    """Return a text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def share(probability: float) -> str:
    """Return a probability as a share of a hundred; the highest and the lowest are not told apart."""
    if probability < LEAST_SECOND:
        return HARDLY
    return ALMOST_CERTAIN if probability > ALMOST_SURE else f"{round(probability * 100)}%"


def filled(probability: float) -> int:
    """Return how much of a bar a probability fills, in per cent: never all of it, as nothing is that sure."""
    return round(min(probability, ALMOST_SURE) * 100)


def listed(names: Sequence[str]) -> str:
    """Return names as Dutch lists them, a word that is no name in quotes: `Almelo, Goes en ‘keurmerk’`."""
    names = [f"‘{name}’" if name.islower() else name for name in names]
    return f"{', '.join(names[:-1])} en {names[-1]}" if len(names) > 1 else "".join(names)


def how_sure(probability: float) -> str:
    """Return the probability in words."""
    if probability >= SURE:
        return "vrij zeker"
    return "waarschijnlijk" if probability >= LIKELY else "onzeker"


def advice_line(label: str, probability: float) -> str:
    """Return the sentence that names the practice that fits best, as sure as it is."""
    if probability >= SURE:
        return ADVICE_SURE.format(label=capitalised(label))
    line = ADVICE_LIKELY if probability >= LIKELY else ADVICE_UNSURE
    return line.format(label=capitalised(label))
