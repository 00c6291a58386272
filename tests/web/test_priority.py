"""Pages that show a question was received go before answers, but never for long."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from web.priority import LONGEST_S, Drawing


def test_one_page_is_drawn_at_a_time() -> None:
    drawing, together = Drawing(), []
    here = 0

    def draw(_page: int) -> None:
        nonlocal here
        with drawing.page():
            here += 1
            together.append(here)
            time.sleep(0.01)
            here -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(draw, range(8)))
    assert together == [1] * 8


def test_an_answer_waits_until_every_page_is_drawn() -> None:
    drawing = Drawing()
    with ThreadPoolExecutor(1) as pool:
        with drawing.page():
            answer = pool.submit(drawing.wait)
            with pytest.raises(TimeoutError):
                answer.result(timeout=0.1)
        answer.result(timeout=LONGEST_S)


@pytest.mark.alone
def test_an_answer_does_not_wait_for_pages_that_never_end() -> None:
    drawing = Drawing()
    started = time.monotonic()
    with drawing.page():
        drawing.wait()
        drawing.wait()
    assert LONGEST_S <= time.monotonic() - started < 2 * LONGEST_S


def test_a_page_that_breaks_off_lets_the_next_one_be_drawn() -> None:
    drawing = Drawing()
    with pytest.raises(KeyError), drawing.page():
        raise KeyError
    with drawing.page():
        pass
    drawing.wait()
