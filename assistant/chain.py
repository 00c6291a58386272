"""MAIN PATH: question → answer.

1. condense  a follow-up becomes a standalone question
2. retrieve  passages for it, with the evidence for each
3. advise    which practice fits, when that is asked
4. cover     what the text does not answer is refused
5. split     a question that asks two things is sought as two
6. write     claims, each with the sentence it rests on
7. verify    only claims whose quote is in the stored section are shown
"""

import re
import time
from dataclasses import replace

from langchain_core.runnables import Runnable, RunnableConfig

from assistant import texts
from assistant.advice.grounds import Grounds, grounds_of
from assistant.advice.intent import situation, to_assistant
from assistant.advice.judgement import changes, judge
from assistant.advice.reading import sides
from assistant.answer.citations import cite, verified
from assistant.answer.nearest import lacks_near
from assistant.answer.quotes import Found, items_of
from assistant.answer.refusal import denying, nearest_fact, refusal
from assistant.answer.render import advice_of, friendly, text_of
from assistant.answer.suggestions import suggestions
from assistant.answer.verdict import denial
from assistant.conversation.condense import condense, starts_anew
from assistant.conversation.corrections import without_retracted
from assistant.conversation.followup_words import is_fragment, points_firmly, stands_alone, without_opening
from assistant.conversation.parts import parts_of
from assistant.conversation.smalltalk import about_itself, small_talk
from assistant.conversation.subject import Listener, listener
from assistant.progress import Progress
from assistant.protocols import ModelWriter, Rephrase, Writer
from assistant.question.distress import in_distress
from assistant.question.missing import missing_names
from assistant.question.premise import premise
from assistant.question.reading import read
from assistant.repeats import Repeats
from assistant.retrieval.coverage import covers, is_far
from assistant.retrieval.query import Query
from assistant.retrieval.retriever import HybridRetriever, one_a_section
from assistant.steps import State, Step, timed
from assistant.types import Answer, Question, Written
from errors import EmptyQuestionError, QuestionTooLongError
from ingest.index.open import Index, open_index
from ingest.learning.classifier import forget_texts
from settings import Settings


class Assistant:
    """An opened index with its models; answers questions one at a time or from several threads at once."""

    def __init__(
        self,
        settings: Settings,
        retriever: HybridRetriever,
        writer: Writer,
        model_writer: ModelWriter | None = None,
        rephrase: Rephrase | None = None,
    ) -> None:
        """Answer with what `writer` quotes, or with what a language model makes of it when there is one."""
        self.settings = settings
        self.retriever = retriever
        self.index: Index = retriever.index
        self._writer = writer
        self._model_writer = model_writer
        self._rephrase = rephrase
        self._grounds: Grounds = grounds_of(self.index, self.retriever.query)
        self._listener: Listener = listener(self.index, retriever.query)
        self._distress = settings.distress.read_text(encoding="utf-8").strip()
        self._chain = self._compose()
        self._repeats = Repeats(settings.kept_answers)

    @property
    def mode(self) -> str:
        """Return who writes the answers."""
        return self._model_writer.mode if self._model_writer else self._writer.mode

    def ask(
        self, question: Question, progress: Progress | None = None, config: RunnableConfig | None = None
    ) -> Answer:
        """Answer one question; raise EmptyQuestionError or QuestionTooLongError when it cannot be read.

        `progress` shows each sentence that a language model has written once it is verified. The callbacks
        and tags of `config` go with every step, also to the language model.
        """
        started = time.perf_counter()
        try:
            answer = self._answered(self._checked(question), progress or Progress(), config)
        finally:
            forget_texts()
        total = (time.perf_counter() - started) * 1000
        return replace(answer, timings_ms={**answer.timings_ms, "total": total})

    def newer(self) -> "Assistant | None":
        """Return an assistant on the build that serves by now, or None when this one answers from it.

        Raise what open_index raises, or ChromaServerError. This one goes on answering until it is closed.
        """
        if self.index.store.pointer() == self.index.pointer:
            return None
        index = open_index(self.index.store, self.index.manifest.model_id)
        retriever = self.retriever.model_copy(update={"index": index})
        return Assistant(self.settings, retriever, self._writer, self._model_writer, self._rephrase)

    def close(self) -> None:
        """Close the index; no question can be asked afterwards."""
        self.index.close()

    def _answered(self, question: Question, progress: Progress, config: RunnableConfig | None) -> Answer:
        index = self.index
        talk = small_talk(question.text, index.about, advises=bool(index.practices))
        line = self._distress if in_distress(question.text) else talk
        if line is not None:
            return friendly(question, line, self._writer.mode, self.index.suggestions)
        known = self._repeats.find(question)
        if known is not None:
            return known
        answer = self._chain.invoke(State(question, progress, self.retriever.queries()), config)
        if answer.mode == self.mode:  # A quoted answer in place of a model's that failed is made anew.
            self._repeats.keep(question, answer)
        return answer

    def _compose(self) -> Runnable[State, Answer]:
        return (
            Step(self._condense)
            | Step(self._embed)
            | Step(self._retrieve)
            | Step(self._advise)
            | Step(self._cover)
            | Step(self._split)
            | Step(self._write)
            | Step(self._verify)
        )

    def _checked(self, question: Question) -> Question:
        text = " ".join(question.text.replace("\0", " ").split())
        if not re.search(r"\w", text):
            raise EmptyQuestionError
        if len(text) > self.settings.max_question_chars:
            raise QuestionTooLongError(len(text), self.settings.max_question_chars)
        history = question.history[-self.settings.max_history :] if self.settings.max_history else ()
        most = self.settings.max_question_chars
        return replace(question, history=tuple(turn.strip()[:most] for turn in history if turn.strip()))

    def _condense(self, state: State) -> State:
        reading = read(self.index, state.question.text)
        asked = reading.text or state.question.text
        if state.question.history:
            state.queries.prepare((*state.question.history, asked))
        condensed = condense(replace(self._listener, ask=state.queries), asked, state.question.history)
        text = condensed.text
        alone = text == asked or stands_alone(self.index, text, asked)
        if self._rephrase and not (alone or condensed.chosen):
            text = self._rephrase(state.question.text, state.question.history, text, state.progress)
        return replace(
            state,
            standalone=text,
            query=condensed.query if text == condensed.text else None,
            chosen=condensed.chosen,
            picked=condensed.picked,
            about_advice=condensed.about_advice,
            brief=condensed.brief,
            personal=reading.personal,
            order=reading.ordered and not reading.text,
        )

    def _embed(self, state: State) -> State:
        with timed("embed", state) as timings:
            query = state.query or state.queries(state.standalone)
        meant = to_assistant(self.index, query) and not (state.chosen or state.picked)
        return replace(state, query=query, to_assistant=meant, timings_ms=timings)

    def _retrieve(self, state: State) -> State:
        with timed("retrieve", state) as timings:
            found = self._found(state.embedded)
        return replace(state, blocks=found.blocks, passages=found.passages, timings_ms=timings)

    def _cover(self, state: State) -> State:
        query = state.embedded
        if state.order:
            return replace(state, status="refused", judgement=None)
        if state.judgement is not None or state.to_assistant or state.picked:
            return state
        names = missing_names(self.index, state.standalone)
        claim = "" if names else premise(state.standalone)
        denied = denial(self.index, query, state.queries(claim)) if claim else None
        if denied:
            return replace(state, denial=denied)
        if not names and covers(self.index, query, state.passages):
            return state
        state = self._apart(state)
        return replace(state, status="refused", missing=names)

    def _apart(self, state: State) -> State:
        """Return a turn without what was said before, when it points to nothing and nothing is near it."""
        asked = without_opening(state.question.text)
        if not state.question.history or points_firmly(asked) or is_fragment(asked):
            return state
        alone = self._found(state.queries(asked))
        far = is_far(self.index, alone.passages) or lacks_near(alone)
        if alone.query.mentions.practices or not far:
            return state
        return replace(
            state, standalone=asked, query=alone.query, blocks=alone.blocks, passages=alone.passages
        )

    def _split(self, state: State) -> State:
        """Seek both parts of a question that asks two things; keep them when the text answers both.

        A question that names two practices is a comparison.
        """
        compares = len(state.embedded.mentions.practices) > 1
        apart = state.judgement or state.to_assistant or state.picked or state.denial
        if compares or apart or state.status == "refused":
            return state
        queries = parts_of(replace(self._listener, ask=state.queries), state.standalone)
        parts = tuple(self._found(query) for query in queries)
        answered = all(covers(self.index, part.query, part.passages) for part in parts)
        return replace(state, parts=parts if answered else ())

    def _found(self, query: Query) -> Found:
        blocks = tuple(self.retriever.search_blocks(query))
        return Found(self.index, query, tuple(one_a_section(blocks, self.retriever.top_k)), None, blocks)

    def _advise(self, state: State) -> State:
        query, asked = state.embedded, state.question
        if state.to_assistant or state.picked:
            return state
        history = () if starts_anew(self.index, asked.text) else asked.history
        turns = situation(
            self.index, state.queries, query, state.passages, asked.text, history, state.about_advice
        )
        turns = turns or (((*history, asked.text)) if state.chosen else ())
        if not turns:
            return state
        turns = without_retracted(turns, sides(self.index))
        told = " ".join(turns)
        whole = query if told == asked.text else state.queries(told)
        named = query.mentions.practices if state.about_advice else whole.mentions.practices
        judgement = judge(self.index, self._grounds, whole, turns, named, asks=not state.chosen)
        if state.about_advice == "supposes" and len(turns) > 1:
            earlier = state.queries(" ".join(turns[:-1]))
            before = judge(self.index, self._grounds, earlier, turns[:-1], earlier.mentions.practices)
            judgement = replace(judgement, asked=None)  # What if: whoever asks that wants no question back.
            judgement = replace(judgement, changed=changes(before, judgement))
        return replace(state, judgement=judgement, status="clarify" if judgement.close else "answered")

    def _write(self, state: State) -> State:
        with timed("write", state) as timings:
            found = Found(
                self.index,
                state.embedded,
                state.passages,
                state.judgement,
                state.blocks,
                state.parts,
                items_of(self.index, state.embedded, state.picked),
                brief=state.brief,
            )
            if state.to_assistant:
                written = Written((), self._writer.mode)
            elif state.denial:
                written = Written(denying(found, state.denial), self._writer.mode)
            elif state.status == "refused":
                written = Written(
                    () if state.order else nearest_fact(found, state.missing), self._writer.mode
                )
            else:
                written = self._written(found, state.progress)
        return replace(state, written=written, timings_ms={**timings, **written.timings_ms})

    def _written(self, found: Found, progress: Progress) -> Written:
        """Return what is quoted, or what the model makes of it.

        A question back, and that no practice fits, stay in our own words.
        """
        quoted = tuple(self._writer.write(found))
        judged = found.judgement
        ours = judged is not None and (judged.close or judged.none_fits is not None)
        if self._model_writer is None or ours:
            return Written(quoted, self._writer.mode)
        return self._model_writer.write(found, quoted, progress)

    def _verify(self, state: State) -> Answer:
        written = state.written or Written((), self._writer.mode)
        if state.to_assistant:
            said = about_itself(self.index.about, advises=bool(self.index.practices))
            line = friendly(state.question, said, written.mode, self.index.suggestions)
            return replace(line, status="refused", timings_ms=state.timings_ms)
        claims = verified(written.claims, self.index.sections)
        citations = cite(claims)
        refused = not citations
        told = not refused or (state.status == "refused" and bool(claims))
        notice = texts.PERSONAL_DATA if state.personal else written.notice
        return Answer(
            id=state.question.id,
            question=state.question.text,
            standalone_question=state.standalone,
            status="refused" if refused else state.status,
            mode=self._writer.mode if refused else written.mode,
            text=text_of(claims, citations, state.judgement) if told else refusal(self.index),
            advice=None
            if refused or not state.judgement
            else advice_of(self.index, state.judgement, citations),
            citations=tuple(citations.values()),
            passages=state.passages,
            suggestions=suggestions(self.index, state.embedded, state.passages)
            if refused or state.status == "refused"
            else (),
            timings_ms=state.timings_ms,
            notice="" if refused and not state.personal else notice,
            draft=written.draft,
        )
