"""Dutch words by what they do: count, deny, give a cause, strengthen, oppose, or mean the same."""

from collections.abc import Iterable, Mapping

from assistant.llm.grammar.synonyms import GROUPS
from ingest.text.tokens import words

_COUNTS = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien twintig"
).split()
_ORDINALS = (
    "nulde eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde"
).split()
_MORE_COUNTS = (
    "dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend miljoen miljard".split()
)
_MONTHS = ("januari februari maart april mei juni juli augustus september oktober november december").split()
# A number in words, an ordinal or a month → one spelling; 'een' is an article far more often than a number.
NUMBERS: Mapping[str, str] = {
    **{word: str(value) for value, word in enumerate(_COUNTS) if word != "een"},
    **{word: str(value) for value, word in enumerate(_ORDINALS) if word != "eerste"},
    **{word: word for word in (*_MORE_COUNTS, *_MONTHS)},
    **dict.fromkeys(("half", "halve", "helft"), "1/2"),
    **dict.fromkeys(("anderhalf", "anderhalve"), "3/2"),
    **dict.fromkeys(("dubbel", "dubbele", "tweemaal"), "2x"),
    **dict.fromkeys(("kwart",), "1/4"),
    "driekwart": "3/4",
    "tientallen": "10+",
    "honderden": "100+",
}
NEGATIONS = frozenset(
    "niet geen nooit niemand nergens niets niks zonder noch ontbreekt ontbreken ontbrak onmogelijk zelden "
    "nauwelijks amper evenmin geenszins".split()
)
# 'minder' before one of these denies, else it compares.
LESS_THAN = frozenset("goed geschikt passend".split())
FOLLOWED = frozenset("geen niemand zonder niets nergens minder".split())  # These deny only what comes after.
CONTRASTS = frozenset("ander andere anders onbekend verschilt verschillen behalve nieuw".split())
# What several words say together, as one word that says the same.
PHRASES: Mapping[str, str] = {
    "in plaats van": "niet",
    "niet alleen": "naast",
    "niet langer": "niet",
    "niet meer dan": "slechts",
    "geen sprake van": "geen",
    "niet makkelijk": "lastig",
    "niet gemakkelijk": "lastig",
    "niet eenvoudig": "lastig",
    "valt niet mee": "lastig",
    "onder meer": "waaronder",
    "meer weten": "weten",
    "meer lezen": "lezen",
    "op zichzelf": "los",
    "hand in hand": "samen",
    "met elkaar": "samen",
    "in de buurt": "dichtbij",
    "even zwaar": "gelijk",
}
CAUSES = frozenset(
    "omdat doordat want daardoor waardoor dankzij zodat daarom waarom vanwege wegens aangezien hierdoor "
    "dus gevolg leidt leidde leidden leiden oorzaak veroorzaakt veroorzaken "
    "reden zorgt zorgde zorgen".split()
)
# A colon, a semicolon or 'om' in the passage says as much as these.
WEAK_CAUSES = frozenset("dus daarom zodat".split())
# A word of a class may be written only where the passage has one of that class too.
STRENGTHS: Mapping[str, str] = {
    **dict.fromkeys("altijd steeds immer telkens".split(), "always"),
    **dict.fromkeys("nooit".split(), "never"),
    **dict.fromkeys("alle alles iedereen allemaal ieder iedere elk elke".split(), "all"),
    **dict.fromkeys("alleen uitsluitend enkel slechts enige louter".split(), "only"),
    **dict.fromkeys(
        "volledig helemaal geheel totaal compleet absoluut gegarandeerd bewezen".split(), "fully"
    ),
    **dict.fromkeys("vaak meestal doorgaans gewoonlijk veelal meeste gemiddeld normaal".split(), "mostly"),
    **dict.fromkeys("minstens minimaal minste hoogstens maximaal hooguit tenminste".split(), "bound"),
    **dict.fromkeys("moet moeten moest moesten hoeft hoeven noodzakelijk nodig".split(), "must"),
    **dict.fromkeys("ruim meer langer vaker sneller beter hoger groter".split(), "more"),
    **dict.fromkeys("minder korter lager kleiner goedkoper trager slechter".split(), "less"),
    **dict.fromkeys("beste belangrijkste grootste snelste hoogste zwaarst".split(), "most"),
    **dict.fromkeys("juist daadwerkelijk zeker duidelijk".split(), "stress"),
}
# A class that a passage may have instead: who says 'nodig' may be told as 'moet', 'alle drie' as 'elk'.
INSTEAD: Mapping[str, frozenset[str]] = {
    "must": frozenset({"nodig", "vraagt", "vragen", "voorwaarde", "eis", "zorgen", "begin", "laat", "leg"}),
    "always": frozenset({"elke", "elk", "iedere", "ieder", "alle"}),
    "all": frozenset({"altijd", "steeds"}),
    "mostly": frozenset({"altijd", "vooral"}),
    "more": frozenset({"verder", "verbeteren", "verbetert", "verbetering", "uitgebreid", "goed"}),
    "only": frozenset(),
}
# Words of doubt, or that limit how often or how much; left out, a sentence says more than its passage.
HEDGES = frozenset(
    "soms weleens vaak meestal veelal doorgaans vooral vermoedelijk waarschijnlijk mogelijk misschien circa "
    "ongeveer bijna deels grotendeels lijkt lijken sommige meeste kan".split()
)
CHANCES = frozenset(
    "kunnen kunt kun mag mogen enkele veel rond weinig valkuil risico kans wil willen wilt".split()
)
SURE = frozenset({"always", "never", "all", "must", "fully"})
_OPPOSITES = (
    "groot klein", "grote kleine", "snel langzaam", "snel traag", "kort lang", "hoog laag", "veel weinig",
    "meer minder", "begin einde", "begin slot", "voor na", "vooraf achteraf", "binnen buiten", "open dicht",
    "open gesloten", "bekend onbekend", "sterk zwak", "eerst laatst", "eerst daarna", "intern extern",
    "makkelijk moeilijk", "eenvoudig ingewikkeld", "zelden vaak", "zelden meestal", "formeel informeel",
    "vrijwillig verplicht", "gelijk ongelijk", "zekerheid onzekerheid", "duidelijk onduidelijk",
    "stijgen dalen", "uitbreiden terugbrengen", "uitgebreid teruggebracht", "stoppen beginnen",
    "dichtst verst", "deelnemer begeleider", "verhalen cijfers", "regelmatig zelden", "tijdelijk blijvend",
    "nieuw bestaand", "nieuwe bestaande", "geschikt ongeschikt", "samen apart", "samen alleen",
    "zelf ander", "verschillen even", "verschillen gelijk", "verschillen hetzelfde", "verschillen dezelfde",
    "samenwerken concurreren", "delen achterhouden", "toenemen afnemen", "versterken verzwakken",
    "verbeteren verslechteren", "slagen mislukken", "winst verlies", "voordeel nadeel", "duur goedkoop",
    "zwaar licht", "breed smal", "vroeg laat", "boven onder", "actief passief", "centraal lokaal",
    "vast los", "vaste losse", "openbaar besloten", "verplichten vrijwillig", "theorie praktijk",
    "dezelfde andere", "beperkt groot",
)  # fmt: skip
# Words that add no fact of their own.
LIGHT = frozenset(
    (
        "jullie je jou u uw wij we ons onze manier manieren soort dingen iets hier daar waar hierbij "
        "daarbij waarbij namelijk bovendien verder vervolgens ook wel dan nog toch zowel via per rond "
        "rondom onder meer afweging wil willen wilt gaat gaan staat staan komt komen kwam kwamen werd "
        "wordt worden was waren doet doen deed deden heeft hebben had hadden zijn is kun kunt kunnen "
        "kan zou mag laat laten krijgen krijgt zo zoals eigen zelf elkaar bij eind begin vorm horen "
        "hoort vind vindt vinden zie zien zit zitten valt bestaat bestaan gaf geeft geven maak maakt "
        "maken helpt helpen betekent betekenen houdt heet dat betreft bijvoorbeeld voorbeeld "
        "voorbeelden andere waaronder aantal tussen volgens daarna daarom dus dit keer hele past "
        "passen passend denk kies kiezen gebruik gebruikt gebruiken wie wat hoe welke bedoeld "
        "tegelijk samen soms weleens mogelijk mogelijkheid mensen mens iemand mee meestal centraal "
        "leggen legt legde gelegd nemen neemt nam genomen zetten zet zette gezet stellen stelt stelde "
        "gesteld kreeg kregen bieden biedt gedaan spelen speelt speelde maakte maakten gemaakt anders "
        "ander plek plaats zaak punt eerst later nu al wanneer terwijl omgaan ging gingen blijven "
        "blijft bleef begint begon beginnen raken raakt pas telt tellen telde moet moeten moest "
        "werken werkt werkten "
        "heb hebt lees lezen leest las kijk kijkt kijken weet weten noem noemen noemt genoemd lig ligt "
        "liggen lag zag gezien kent kennen vormt vormen blijkt blijken terecht degelijk erbij daarin "
        "hierin waarin waarmee daarmee hiermee ermee erin ernaar daarover hierover waarover erover ervan "
        "daarvan hiervan erop daarop waarop eraan daaraan waaraan eruit zichzelf sprake stuk titel titels "
        "ziet draait draaien heten bedoel bedoelen bedoelt ergens waarvan waarbinnen vermeld vermeldt "
        "gebeurt gebeuren sommige dergelijke zulke zoiets immers echter tevens eveneens daarnaast kort "
        "gezegd samengevat overigens trouwens uiteraard vindt treft hoeveel waaruit ene vormde"
    ).split()
)
# First parts of verbs that are apart in a main clause: 'oppakken', 'pakken … op'.
SEPARABLE = frozenset("aan af bij door in mee na om op over samen terug toe uit vast voor weg".split())
# Judged on their own, or adding nothing: these need no like in the passage.
HANDLED = LIGHT | NEGATIONS | CAUSES | frozenset(STRENGTHS)
FIRST_PERSON = frozenset({"ik", "mij", "mijn", "mezelf"})
# Who may act: when a passage has two of them, what is said of the one must not be told of the other.
ACTORS = frozenset(
    "gemeente bewoner inwoner onderzoeker lid leden begeleider professional deelnemer team directie bestuur "
    "opdrachtgever student organisatie client werkgever aanbieder docent leidinggevende vrijwilliger".split()
)


def _stemmed(word: str) -> str:
    return next(iter(words(word)), word)


def _forms(word: str) -> set[str]:
    """Return a word as it is and the stems of its other forms: lastig and lastige, draaien and draait."""
    root = _stemmed(word)
    verbal = {f"{root}t", f"{root}te", f"{root}de", f"ge{root}d", f"ge{root}t"} if word.endswith("en") else ()
    return {word, root, _stemmed(f"{word}e"), *verbal}


def _pairs(lines: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return for each word, in all its forms, every form of the words that are in a line with it."""
    found: dict[str, set[str]] = {}
    for line in lines:
        forms = [_forms(word) for word in line.split()]
        group = set().union(*forms)
        for word in group:
            found.setdefault(word, set()).update(group - {word})
    return {word: frozenset(others) for word, others in found.items()}


def _against(lines: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return for each word, in all its forms, every form of the words that say the opposite."""
    found: dict[str, set[str]] = {}
    for line in lines:
        one, other = (_forms(word) for word in line.split())
        for mine, others in ((one, other), (other, one)):
            for word in mine:
                found.setdefault(word, set()).update(others)
    return {word: frozenset(others) for word, others in found.items()}


SAME = _pairs(GROUPS)
OPPOSITES = _against(_OPPOSITES)
