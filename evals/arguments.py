"""What `python -m evals` can be told."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from evals.questions import QUESTIONS_FOLDER
from evals.speed.run import STAGES, USUAL
from settings import PROJECT

OUT = PROJECT / "build" / "evals"


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options of a call; exit with 2 when they do not go together."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if bool(options.files) != (options.part == "readers"):
        parser.error("files of grades are given to readers, and to readers alone")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m evals", description="Measure the quality of the answers.")
    parser.add_argument(
        "part",
        nargs="?",
        choices=["advice", "documents", "exam", "fit", "readers", "reading", "speed", "support"],
        help="do only this (default: measure the answers)",
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="readers: a file of grades each")
    parser.add_argument(
        "--questions",
        type=Path,
        default=QUESTIONS_FOLDER,
        help="reference questions, JSON lines; or a folder of such files",
    )
    parser.add_argument(
        "--split", choices=["dev", "test"], default="test", help="which of them (default: test)"
    )
    parser.add_argument("--brief", action="store_true", help="leave out the baselines, to be done sooner")
    parser.add_argument("--llm", metavar="PROVIDER:MODEL", help="let this model write, or sit the exam")
    parser.add_argument("--index", type=Path, help="folder of the index (default: index/)")
    parser.add_argument("--out", type=Path, default=OUT, help="folder for the report (default: build/evals)")
    parser.add_argument(
        "--only", type=_stages, default=USUAL, help=f"speed: stages with commas between ({', '.join(STAGES)})"
    )
    parser.add_argument("--minutes", type=float, default=60.0, help="speed: how long the stage soak takes")
    parser.add_argument("--check", action="store_true", help="fail when a bar of bars.toml is missed")
    return parser


def _stages(text: str) -> Sequence[str]:
    names = text.split(",")
    unknown = set(names) - set(STAGES)
    if unknown:
        raise argparse.ArgumentTypeError(
            f"no stage {', '.join(sorted(unknown))}; there are {', '.join(STAGES)}"
        )
    return names
