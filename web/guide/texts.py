"""Every Dutch text of the guided conversation and of its note."""

from collections.abc import Mapping

OPEN = "Help me kiezen"
CLOSE = "Sluit de keuzehulp"
LEAD = (
    "Beantwoord een paar vragen, hoogstens {most}. Weet je iets niet, sla het dan over. Je kunt elk antwoord "
    "later veranderen."
)
UNKNOWN = "Weet ik niet"
NUMBER = "Vraag {number} van hoogstens {most}"
ASKED_AGAIN = "Verander je antwoord"
UNDECIDED = (
    "Met deze antwoorden valt nog niet te kiezen. Verander een antwoord, of vertel in de chat wat er speelt."
)
TIED = (
    "{first} en {second} liggen met deze antwoorden vrijwel gelijk. Verander een antwoord, of vertel in de "
    "chat wat er speelt."
)
NONE_FITS_WHEN = "Geen van de typen past als {condition}."
NONE = "Deze wegwijzer heeft geen keuzehulp."
UNREADABLE = (
    'Deze antwoorden zijn niet te lezen. Stuur {"answers": {"…": "yes"}}, met "yes", "no" of "unknown".'
)
UNKNOWN_CRITERIA = "Deze criteria zijn hier niet bekend: {names}."
IN_ADDRESS = "Op deze pagina staan je antwoorden in het adres. Je browser bewaart dat in je geschiedenis."
TO_GUIDE = "Liever stap voor stap? Dan stellen wij de vragen."
TO_QUESTIONS = "Liever zelf vertellen wat er speelt?"

NOTE = "Adviesnotitie: {choice} past?"
NOTE_NAME = "adviesnotitie.docx"
NOTE_MADE = "Gemaakt op {date} met ‘{name}’. Deze antwoorden staan op {address}"
NOTE_DISCLOSURE = "Dit advies is gemaakt door een computerprogramma. Het kan zich vergissen: lees de bron na."
NOTE_SECOND = "Tweede mogelijkheid: {label} ({share})"
NOTE_TYPES = "Kans dat een type past: {types}."
NOTE_OTHERS = "de andere typen elk {share}"
QUOTED = "“{quote}”"
FITS = "Dat past bij {label}."
FITS_TOO = 'Ook "{words}" past daarbij.'
NONE_BECAUSE = "In de tekst staat:"
NONE_FITS_LIST = "Geen van de typen past als …"

# The names of what the component shows; the keys are those of component/guide.js.
WORDS: Mapping[str, str] = {
    "guide": OPEN,
    "given": "Jullie antwoorden",
    "change": "Wijzig",
    "change_long": "Wijzig het antwoord op: {question}",
    "standing": "Zo staan de typen ervoor",
    "again": "Begin de vragen opnieuw",
    "advice": "Advies",
    "second": "Tweede mogelijkheid",
    "steps": "Zo pak je het aan",
    "checks": "Klopt dit ook?",
    "check": "Dat is bij ons zo",
    "note": "Neem dit mee",
    "note_lead": "Een notitie van één bladzijde, met de antwoorden, de redenen en hun bronnen.",
    "situation": "Jullie situatie in een paar zinnen (mag leeg blijven)",
    "in_address": "Wat je hier typt, komt in het adres van de notitie te staan.",
    "word": "Opslaan voor Word",
    "print": "Bekijken en afdrukken",
    "announce": "{label} staat nu voorop: {share}.",
    "announce_even": "Nog geen type staat voorop.",
}
SOURCES = "Bronnen"
SITUATION = "De situatie"
ANSWERS = "De antwoorden"
