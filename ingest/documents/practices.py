"""practices.yaml: the practices that advice chooses from, and what decides between them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from errors import PracticesError
from ingest.documents.data_files import read_yaml
from ingest.types import About, Aspect, Criterion, DecidingQuestion, Practice, Section, Term

PRACTICES_FILE = "practices.yaml"


class Practices(BaseModel):
    """The content of practices.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    practices: tuple[Practice, ...]
    aspects: tuple[Aspect, ...] = ()
    choices: tuple[DecidingQuestion, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    terms: tuple[Term, ...] = ()
    suggestions: tuple[str, ...] = ()
    about: About | None = None

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        ids = [practice.id for practice in self.practices]
        doubled = sorted({name for name in ids if ids.count(name) > 1})
        if doubled:
            raise ValueError(f"two practices have the id {', '.join(doubled)}")
        grounds = [ground for criterion in self.criteria for ground in criterion.grounds]
        named = {
            "choices": {name for choice in self.choices for name in choice.options},
            "criteria": {name for criterion in self.criteria for name in criterion.weights}
            | {ground.practice for ground in grounds if ground.practice}
            | {criterion.rules_out for criterion in self.criteria if criterion.rules_out},
            "terms": {name for term in self.terms for name in term.practices},
        }
        for part, names in named.items():
            if unknown := names - set(ids):
                raise ValueError(f"{part} name unknown practices: {', '.join(sorted(unknown))}")
        sides = [side.answer for one in self.criteria for side in (one.present, one.absent)]
        sides += [option.text for term in self.terms for option in term.options]
        sides += [text for choice in self.choices for text in choice.options.values()]
        if twice := {answer for answer in sides if sides.count(answer) > 1}:
            raise ValueError(f"two answers read '{min(twice)}'")
        criteria = {criterion.id for criterion in self.criteria}
        stated = {
            "terms": {option.criterion for term in self.terms for option in term.options},
            "choices": {criterion for choice in self.choices for criterion in choice.criteria.values()},
        }
        for part, names in stated.items():
            if unknown := names - criteria:
                raise ValueError(f"{part} name unknown criteria: {', '.join(sorted(unknown))}")
        return self


def merged_practices(folders: Sequence[Path]) -> Practices:
    """Return the practices of the one folder that gives them; raise PracticesError when two do."""
    files = [folder / PRACTICES_FILE for folder in folders if (folder / PRACTICES_FILE).is_file()]
    if not files:
        return Practices(practices=())
    if len(files) > 1:
        raise PracticesError(files[1], f"{files[0]} gives the practices already. Keep one of the two")
    return read_yaml(files[0], Practices, PracticesError)


def check_grounds(practices: Practices, sections: Iterable[Section], file: Path) -> None:
    """Raise PracticesError when a ground of a criterion is not in its section.

    A section that was not read is passed over: part of a corpus can be indexed too.
    """
    stored = {section.section_id: section.text for section in sections}
    for criterion in practices.criteria:
        for ground in criterion.grounds:
            if ground.quote not in stored.get(ground.section, ground.quote):
                reason = (
                    f"criterion '{criterion.id}': section {ground.section} does not hold '{ground.quote}'"
                )
                raise PracticesError(file, reason)
