"""Long trials of the index and the chat: `python -m tests.trials KIND`, KIND as in TRIALS."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.trials.ask import ask_trial
from tests.trials.disk import disk_trials
from tests.trials.enter import enter_trials
from tests.trials.kill import kill_trials, server_kill_trials
from tests.trials.line import line_trials
from tests.trials.restart import restart_trials

TRIALS: dict[str, int] = {
    "kill": 200,
    "kill-server": 200,
    "disk": 20,
    "ask": 1,
    "restart": 20,
    "enter": 20,
    "line": 1,
}
MINUTES = {
    "kill": 60.0,
    "kill-server": 60.0,
    "disk": 60.0,
    "ask": 10.0,
    "restart": 60.0,
    "enter": 60.0,
    "line": 10.0,
}


def main() -> int:
    """Run one kind of trial and print what happened; return 1 when anything went wrong."""
    parser = argparse.ArgumentParser(
        "python -m tests.trials", description="Try to break the index and the chat."
    )
    parser.add_argument("kind", choices=TRIALS)
    parser.add_argument(
        "--trials", type=int, help="how many (default: kill 200, the others 20, ask and line 1)"
    )
    parser.add_argument("--minutes", type=float, help="how long at most (default: ask 10, others an hour)")
    parser.add_argument("--seed", type=int, default=1, help="another one gives other moments")
    options = parser.parse_args()
    trials, seed = options.trials or TRIALS[options.kind], options.seed
    minutes = options.minutes or MINUTES[options.kind]
    end = time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "trial"
        work.mkdir()
        kinds: dict[str, Callable[[], dict[str, int]]] = {
            "kill": lambda: kill_trials(work, trials, seed, end),
            "kill-server": lambda: server_kill_trials(work, trials, seed, end),
            "disk": lambda: disk_trials(work, trials, seed, end),
            "ask": lambda: ask_trial(work, minutes),
            "restart": lambda: restart_trials(work, trials, seed, end),
            "enter": lambda: enter_trials(work, trials, seed, end),
            "line": lambda: line_trials(work),
        }
        happened = kinds[options.kind]()
    for what, count in sorted(happened.items()):
        print(f"{count:>8}  {what}")
    return int(any(what.startswith("WRONG") for what in happened))


if __name__ == "__main__":
    sys.exit(main())
