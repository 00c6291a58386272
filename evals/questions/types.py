"""The format of a reference question, the same for whoever wrote it."""

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from ingest.types import Verdict

Kind = Literal[
    "advice_situation",
    "advice_short",
    "advice_ambiguous",
    "knowledge",
    "definition",
    "goal",
    "steps",
    "principles",
    "when",
    "comparison",
    "who",
    "duration",
    "measuring",
    "conditions",
    "pitfalls",
    "examples",
    "literature",
    "umbrella",
    "terms",
    "personal",
    "followup",
    "premise",
    "noisy",
    "far",
    "near",
    "hostile",
]
Form = Literal[
    "definition",
    "list",
    "steps",
    "step",
    "yes_no",
    "number",
    "who",
    "example",
    "source",
    "comparison",
    "why",
    "when",
    "other",
]
Task = Literal["advice", "ambiguous", "knowledge", "refusal"]
Split = Literal["dev", "test"]

KINDS: tuple[Kind, ...] = get_args(Kind)
ADVICE_KINDS: tuple[Kind, ...] = ("advice_situation", "advice_short")
_REFUSAL_KINDS = frozenset({"far", "near"})
_OTHER_KINDS = frozenset(
    {*ADVICE_KINDS, *_REFUSAL_KINDS, "advice_ambiguous", "followup", "premise", "noisy", "hostile"}
)
KNOWLEDGE_KINDS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind not in _OTHER_KINDS)


def _compiles(pattern: str) -> str:
    """Return a pattern; raise ValueError when it is empty or no regular expression."""
    if not pattern:
        raise ValueError("an expression is empty")
    try:
        re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"'{pattern}' is no regular expression: {error}") from error
    return pattern


Expression = Annotated[str, AfterValidator(_compiles)]


class ReferenceQuestion(BaseModel):
    """One question with what counts as right.

    An answer is right when it holds one alternative of every group of `facts` (words) and of `expect`
    (regular expressions), and none of `forbid`. `sections` are id prefixes, any of which answers; `practices`
    are what the question is about or the advice to give, `acceptable` other advice that will do. `nearest`
    matches the nearest thing that is known, for a question that the text does not answer. `list` marks a
    question for a complete list, with a group for each item.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, serialize_by_alias=True)

    id: str
    kind: Kind
    question: str
    split: Split = "test"
    history: tuple[str, ...] = ()
    form: Form | None = None
    negated: bool = False
    practices: tuple[str, ...] = ()
    acceptable: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    expect: tuple[tuple[Expression, ...], ...] = ()
    forbid: tuple[Expression, ...] = ()
    nearest: tuple[Expression, ...] = ()
    verdict: Verdict | None = None
    asks_list: bool = Field(default=False, alias="list")
    answerable: bool = True
    clean: str | None = None
    subject: str | None = None
    why: str = ""

    @property
    def task(self) -> Task:
        """Return what a good answer does, whatever the kind: advise, weigh types, inform or refuse."""
        if not self.answerable:
            return "refusal"
        if self.kind in ADVICE_KINDS:
            return "advice"
        if self.kind == "advice_ambiguous":
            return "ambiguous"
        if self.sections or self.facts or self.expect:
            return "knowledge"
        return "advice" if len(self.practices) == 1 else "ambiguous"

    @model_validator(mode="after")
    def _can_be_judged(self) -> "ReferenceQuestion":
        if not self.question.strip():
            raise ValueError("the question is empty")
        if self.answerable and not (self.practices or self.sections or self.facts or self.expect):
            raise ValueError("an answerable question needs practices, sections, facts or expect")
        if self.kind in KNOWLEDGE_KINDS and not (self.sections or self.facts or self.expect):
            raise ValueError(f"a question of kind '{self.kind}' needs sections, facts or expect")
        if self.kind in _REFUSAL_KINDS and self.answerable:
            raise ValueError(f"a question of kind '{self.kind}' is not answerable")
        if self.nearest and self.answerable:
            raise ValueError("only a question that is not answerable has a nearest fact")
        if self.asks_list and not (self.facts or self.expect):
            raise ValueError("a question for a list needs a group for each item")
        return self
