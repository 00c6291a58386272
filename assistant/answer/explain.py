"""The claims of an advice: what the visitor wrote, what that points to, and the passage that says so."""

from collections.abc import Iterator, Mapping

from assistant import texts
from assistant.advice.grounds import Grounded
from assistant.advice.judgement import Judgement
from assistant.question.yes_no import asks_whether_fits
from assistant.types import Claim
from ingest.index.open import Index
from ingest.types import Practice


def explain(index: Index, judgement: Judgement, question: str) -> list[Claim]:
    """Return the claims of an advice, or of a question back with what speaks for the first two.

    An advice opens with ja or nee where the question is whether the one practice that it names fits.
    """
    practices = {practice.id: practice for practice in index.practices}
    if judgement.none_fits:
        return list(_none_fits(judgement.none_fits, _changed(judgement)))
    if judgement.close:
        return list(_close(judgement, practices))
    sure = judgement.ranking[0][1] >= texts.LIKELY
    settles = sure and len(judgement.named) == 1 and asks_whether_fits(question, index.practices)
    return list(_advice(judgement, practices, settles=settles))


def _none_fits(found: Grounded, changed: str) -> Iterator[Claim]:
    if found.sign:
        yield Claim(f"{changed}{found.sign.criterion.none_fits}")
        yield Claim(_wrote(found), opens_line=True)
    yield Claim(found.sentence.text, found.sentence)


def _close(judgement: Judgement, practices: Mapping[str, Practice]) -> Iterator[Claim]:
    first, second = practices[judgement.first], practices[judgement.second]
    passed = judgement.passed
    if passed and passed[1] not in (first.id, second.id):
        yield Claim(_not_best(practices[passed[1]]))
    if judgement.term:
        yield Claim(_term(judgement))
    else:
        yield Claim(texts.ADVICE_CLOSE.format(first=first.in_text, second=second.in_text))
    shown = ""
    for practice in (first, second):
        for found in judgement.reasons[practice.id][:1]:
            again = bool(found.sign) and _words(found) == shown
            yield from _reason(found, practice, opens_line=True, again=again)
            shown = _words(found)
    if passed and passed[0].sign and passed[1] not in (first.id, second.id):
        yield from _passed(*passed, practices)


def _advice(judgement: Judgement, practices: Mapping[str, Practice], *, settles: bool) -> Iterator[Claim]:
    first, second = practices[judgement.first], practices[judgement.second]
    fits = f"{texts.VERDICTS['ja' if first.id in judgement.named else 'nee']} " if settles else ""
    yield Claim(f"{_changed(judgement)}{fits}{_verdict(judgement, practices)}")
    reasons = judgement.reasons[first.id]
    if judgement.term and not any(found.sign for found in reasons):
        yield Claim(_term(judgement))
    for number, found in enumerate(reasons):
        yield from _also(found) if number else _reason(found, first)
    if (passed := _passed_over(judgement)) is not None:
        yield from _passed(*passed, practices)
    if judgement.counter and judgement.counter not in reasons:
        yield Claim(texts.ADVICE_AGAINST.format(words=_words(judgement.counter)), opens_line=True)
        yield Claim(judgement.counter.sentence.text, judgement.counter.sentence)
    for found in judgement.reasons[second.id]:
        told = (*reasons, judgement.counter) if judgement.counter else reasons
        if all(found.sign != reason.sign for reason in told):
            line = texts.ADVICE_RUNNER_UP.format(label=second.in_text, words=_words(found))
            yield Claim(line, opens_line=True)
            yield Claim(found.sentence.text, found.sentence)
    if judgement.change and len(reasons) + bool(judgement.counter) <= 2:
        condition, other = judgement.change
        line = texts.ADVICE_CHANGE.format(label=practices[other].in_text, condition=condition)
        yield Claim(line, opens_line=True)


def _changed(judgement: Judgement) -> str:
    """Return the words that tell whether the advice is another one than before, where that was asked."""
    if judgement.changed is None:
        return ""
    return f"{texts.ADVICE_CHANGES if judgement.changed else texts.ADVICE_STAYS} "


def _verdict(judgement: Judgement, practices: Mapping[str, Practice]) -> str:
    """Return the line that names the practice that fits, or what becomes of one that was named."""
    first = practices[judgement.first].in_text
    named = [practice for practice in judgement.named if practice in practices]
    line = texts.advice_line(first, judgement.ranking[0][1])
    if not named or judgement.first in named:
        return line
    shares = dict(judgement.ranking)
    other = max(named, key=lambda practice: shares[practice])
    if shares[other] < texts.LEAST_SECOND or len(named) == 1:
        return f"{_not_best(practices[other])} {line}"
    return line


def _not_best(practice: Practice) -> str:
    return texts.ADVICE_NOT.format(label=texts.capitalised(practice.in_text))


def _passed_over(judgement: Judgement) -> tuple[Grounded, str] | None:
    """Return why a named practice is passed over, where that says more than what is told of it anyway."""
    if judgement.passed is None:
        return None
    found, practice = judgement.passed
    told = practice == judgement.second and bool(judgement.reasons[practice])
    changes = judgement.change is not None and judgement.change[1] == practice
    return None if told or (changes and found.sign is None) else judgement.passed


def _passed(found: Grounded, practice: str, practices: Mapping[str, Practice]) -> Iterator[Claim]:
    """Yield why a practice that was named is not the first: what the visitor wrote, or when it would fit."""
    if found.sign is None:
        yield from _reason(found, practices[practice], opens_line=True)
        return
    line = texts.ADVICE_PASSED.format(label=practices[practice].in_text, words=_words(found))
    yield Claim(line, opens_line=True)
    yield Claim(found.sentence.text, found.sentence)


def _reason(
    found: Grounded, practice: Practice, *, opens_line: bool = False, again: bool = False
) -> Iterator[Claim]:
    """Yield what the visitor wrote, `again` where that was said just before, and the passage it points to."""
    if found.sign is None:
        line = texts.ADVICE_FITS_WHEN.format(label=texts.capitalised(practice.in_text))
    elif again:
        line = texts.ADVICE_POINTS_TOO.format(label=practice.in_text)
    else:
        points = texts.ADVICE_POINTS.format(label=practice.in_text)
        line = f"{_wrote(found)} {points}"
    yield Claim(line, opens_line=opens_line)
    yield Claim(found.sentence.text, found.sentence)


def _also(found: Grounded) -> Iterator[Claim]:
    """Yield a further reason."""
    yield Claim(texts.ADVICE_ALSO.format(words=_words(found)))
    yield Claim(found.sentence.text, found.sentence)


def _term(judgement: Judgement) -> str:
    term = judgement.term
    return texts.TERM.format(word=term.words[0], says=term.says) if term else ""


def _wrote(found: Grounded) -> str:
    chosen = found.sign is not None and found.sign.chosen
    line = texts.ADVICE_CHOSE if chosen else texts.ADVICE_WROTE
    return line.format(words=_words(found))


def _words(found: Grounded) -> str:
    return found.sign.evidence.rstrip(".") if found.sign else ""
