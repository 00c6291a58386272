"""Where sentences begin and end in Dutch text."""

import re
from collections.abc import Iterator

from ingest.types import Span

_ABBREVIATIONS = frozenset(
    "aant afd art bijv blz bv ca cf dhr dr drs e.a e.d e.v enz etc evt fig ing i.p.v i.v.m jr jl "
    "max m.b.t mevr min mln mr m.u.v n.a.v nl nr o.a o.b.v o.l.v p pag par prof red resp sr t.a.v "
    "t.b.v tel t.o.v vgl vol vs z.j z.o.z".split()
)
_REFERRING = frozenset(
    "hij zij ze hun zo ook dit dat die deze zulke daar daarin daarmee daardoor daarbij daarvan daarvoor "
    "daarna daarom daarnaast hierdoor hiermee hierbij hierin".split()
)
_PART_OF = frozenset("daarvan hiervan ervan hen daarvoor zulke".split())
OPENING_WORDS = 3  # What is among the first so many words of a sentence opens it: `In veel daarvan …`.
# An opening whose subject comes after the verb: `In 1991 gebruikten zij het`, `Samen pakten ze …`.
_INVERTED = re.compile(
    r"(in \d+|samen|later|eerst|toen|ook|soms|juist|nu|vroeger|vaak|zelf) \w+ (hij|zij|ze|hen|die|daar)\b"
    r"|het (is|was|gaat|ging|hoort|hoorde|heet|heette|telt|telde|heeft|had|duurt|duurde|werd|wordt|bestaat"
    r"|kost|won)\b"
)
ITEM_WORDS = 45  # A longer item of a list is quoted by the sentence.
NAME_WORDS = 4  # A name that opens a paragraph has at most so many words.
_MARKER = re.compile(r"\A(?:[-•*]|\d+[.)])\s")
_BOUNDARY = re.compile(r"[.!?…]+['’”\")\]]*(?=\s+\S)")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_LAST_WORD = re.compile(r"([^\s(\[]+)$")


def blocks(text: str) -> list[Span]:
    """Return the spans of the blocks: a paragraph, or a list with the line that leads to it."""
    found: list[Span] = []
    start = 0
    for gap in re.finditer(r"\n\s*\n|\Z", text):
        found += _trimmed(text, start, gap.start())
        start = gap.end()
    return found


def sentences(text: str) -> list[Span]:
    """Return the spans of what can be quoted by itself, without the white space between them.

    That is a sentence, or an item of a list as a whole: `- **Tijd.** Plan die ruim.` A blank line ends one. A
    name that opens a paragraph belongs to the sentence after it: `Meppel. Hier doen studenten mee.`
    """
    return [span for start, end in _paragraphs(text) for span in _whole(text, start, end)]


def is_item(text: str) -> bool:
    """Return whether a line is an item of a list, by its marker."""
    return bool(_MARKER.match(text))


def leads_list(text: str, end: int) -> bool:
    """Return whether the items of a list follow the sentence that ends here: `Nodig zijn:` + `- tijd`."""
    return text[end : end + 1] == "\n" and is_item(text[end + 1 :])


def name_of(item: str) -> str:
    """Return an item without its marker up to its explanation: `Tijd. Plan die ruim.` → `Tijd`."""
    return re.split(r"[:.?!](?:\s|$)", item, maxsplit=1)[0]


def without_marker(text: str) -> str:
    """Return an item of a list without its marker: `- Tijd.` → `Tijd.`."""
    return _MARKER.sub("", text, count=1)


def opens_with_name(text: str) -> bool:
    """Return whether a paragraph opens with a bare name that all of it is about: `Meppel. Hier doen …`."""
    first = next(iter(_split_paragraph(text, 0, len(text))), None)
    return first is not None and first.end < len(text.rstrip()) and _is_name(text[first.start : first.end])


def refers_back(sentence: str) -> bool:
    """Return whether a sentence opens with a word for what was said before: `Daarin verschilt …`."""
    told = [word.lower() for word in re.findall(r"[\w’']+", sentence)]
    opens = told[:1] != [] and (told[0] in _REFERRING or not _PART_OF.isdisjoint(told[:OPENING_WORDS]))
    return opens or _INVERTED.match(" ".join(told)) is not None


def _is_name(sentence: str) -> bool:
    """Return whether a sentence is a bare name: `Meppel.`, `Nederlands Jeugdinstituut (NJi).`."""
    tokens = sentence.rstrip(".").split()
    capitals = all(token.lstrip("('‘").lower() != token.lstrip("('‘") for token in tokens)
    return sentence.endswith(".") and len(tokens) <= NAME_WORDS and capitals


def _whole(text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of a paragraph, its opening name joined to what follows, or a list item whole."""
    found = list(_split_paragraph(text, start, end))
    most = ITEM_WORDS if is_item(text[start:end]) else 0
    if most and len(text[start:end].split()) <= most:
        return [Span(found[0].start, found[-1].end)] if found else []
    if len(found) > 1 and _is_name(text[found[0].start : found[0].end]):
        return [Span(found[0].start, found[1].end), *found[2:]]
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in re.finditer(r"\n\s*\n|\n(?=[-•*] |\d+[.)] )", text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _split_paragraph(text: str, start: int, end: int) -> Iterator[Span]:
    for boundary in _BOUNDARY.finditer(text, start, end):
        if _ends_sentence(text, start, boundary, end):
            yield from _trimmed(text, start, boundary.end())
            start = boundary.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    stripped = text[start:end].strip()
    if stripped:
        offset = start + text[start:end].index(stripped)
        yield Span(offset, offset + len(stripped))


def _ends_sentence(text: str, start: int, boundary: re.Match[str], end: int) -> bool:
    following = text[boundary.end() : end].lstrip()
    if not following or following[0].islower() or following[0] in "(–-":
        return False
    if boundary.group()[0] != "." or len(boundary.group()) > 1:
        return True
    word = _LAST_WORD.search(text, start, boundary.start())
    if word is None:
        return False
    before = word.group(1).strip("'’\"(").lower()
    initial = _INITIALS.fullmatch(word.group(1).strip("'’\"(")) is not None
    numbering = before.isdigit() and not text[start : word.start()].strip()
    others = text[start : boundary.start()].endswith("et al")  # And others; 'al' by itself ends a sentence.
    return not (initial or numbering or others or before in _ABBREVIATIONS)
