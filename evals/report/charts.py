"""Charts as inline SVG; each carries a title and a description for who does not see it."""

import math
from collections.abc import Mapping, Sequence

from evals.report.markup import Markup, element, joined
from evals.types import Bin

WIDTH = 760
_LABEL, _ROW, _RIGHT = 340, 26, 70
_PLOT = WIDTH - _LABEL - _RIGHT


def bars(title: str, values: Mapping[str, float], counts: Mapping[str, int]) -> Markup:
    """Return a horizontal bar for each share, with its number of questions."""
    rows = [
        joined(
            _text(_LABEL - 10, _middle(row), f"{label} ({counts[label]})", anchor="end"),
            _rectangle("track", _LABEL, _middle(row) - 7, _PLOT, 14),
            _rectangle("fill", _LABEL, _middle(row) - 7, max(1.0, share * _PLOT), 14),
            _text(WIDTH - _RIGHT + 8, _middle(row), f"{100 * share:.0f}%"),
        )
        for row, (label, share) in enumerate(values.items())
    ]
    spoken = ", ".join(f"{label} {100 * share:.0f}%" for label, share in values.items())
    return _chart(title, spoken, _middle(len(values)), *rows)


def amounts(title: str, values: Mapping[str, float], unit: str) -> Markup:
    """Return a horizontal bar for each amount, the longest across the whole width."""
    most = max(values.values(), default=0.0) or 1.0
    rows = [
        joined(
            _text(_LABEL - 10, _middle(row), label, anchor="end"),
            _rectangle("fill", _LABEL, _middle(row) - 7, max(1.0, value / most * (_PLOT - 40)), 14),
            _text(_LABEL + value / most * (_PLOT - 40) + 8, _middle(row), f"{value:,.1f} {unit}"),
        )
        for row, (label, value) in enumerate(values.items())
    ]
    spoken = ", ".join(f"{label} {value:.1f} {unit}" for label, value in values.items())
    return _chart(title, spoken, _middle(len(values)), *rows)


def intervals(title: str, rows: Sequence[tuple[str, float, float, float, float | None]]) -> Markup:
    """Return a dot with its 95% interval for each (label, value, low, high, bar); the bar is a tick."""
    drawn = [_interval(row, *values) for row, values in enumerate(rows)]
    grid = [
        _line("grid", _x(share), 8, _x(share), _middle(len(rows)) - 12) for share in (0, 0.25, 0.5, 0.75, 1)
    ]
    axis = [
        _text(_x(share), _middle(len(rows)), f"{100 * share:.0f}%", anchor="middle")
        for share in (0, 0.25, 0.5, 0.75, 1)
    ]
    spoken = "; ".join(
        f"{label} {value:.3f}, from {low:.3f} to {high:.3f}" for label, value, low, high, _ in rows
    )
    return _chart(title, spoken, _middle(len(rows)) + 14, *grid, *drawn, *axis)


def calibration(title: str, bins: Sequence[Bin]) -> Markup:
    """Return mean confidence against share right; a larger dot is more advices, the line is perfect."""
    side, left, top = 300, 60, 14

    def x(share: float) -> float:
        return left + share * side

    def y(share: float) -> float:
        return top + (1 - share) * side

    most = max((bin_.n for bin_ in bins), default=1)
    ticks = [
        joined(
            _line("grid", x(share), y(0), x(share), y(1)),
            _line("grid", x(0), y(share), x(1), y(share)),
            _text(x(share), y(0) + 18, f"{share:.1f}", anchor="middle"),
            _text(left - 8, y(share), f"{share:.1f}", anchor="end"),
        )
        for share in (0, 0.2, 0.4, 0.6, 0.8, 1.0)
    ]
    dots = [
        _dot("fill", x(bin_.confidence), y(bin_.right), 4 + 10 * (bin_.n / most) ** 0.5, f"{bin_.n} advices")
        for bin_ in bins
    ]
    axes = [
        _text(x(0.5), y(0) + 38, "how sure the advice says it is", anchor="middle"),
    ]
    spoken = "; ".join(f"{bin_.n} at {bin_.confidence:.2f}, right {bin_.right:.2f}" for bin_ in bins)
    return _chart(
        title, spoken, top + side + 48, *ticks, _line("diagonal", x(0), y(0), x(1), y(1)), *dots, *axes
    )


def curves(title: str, series: Mapping[str, Sequence[float]]) -> Markup:
    """Return a line for each series of shares from k = 1 on, with its name at the end."""
    left, top, height, width = 50, 14, 240, 400
    count = max(len(values) for values in series.values())
    lowest = math.floor(10 * min(0.5, *(min(values) for values in series.values()))) / 10

    def point(place: int, share: float) -> tuple[float, float]:
        return left + place * width / max(1, count - 1), top + (1 - share) / (1 - lowest) * height

    steps = [tenth / 10 for tenth in range(round(10 * lowest), 11)]
    grid = [
        joined(
            _line("grid", left, point(0, share)[1], left + width, point(0, share)[1]),
            _text(left - 8, point(0, share)[1], f"{100 * share:.0f}%", anchor="end"),
        )
        for share in steps
    ]
    ticks = [_text(point(k, 0)[0], top + height + 20, str(k + 1), anchor="middle") for k in range(count)]
    drawn = [
        joined(
            _path(number, [point(place, share) for place, share in enumerate(values)]),
            _key(number, name, left + width),
        )
        for number, (name, values) in enumerate(series.items())
    ]
    spoken = "; ".join(
        f"{name}: " + ", ".join(f"{value:.2f}" for value in values) for name, values in series.items()
    )
    axis = _text(left + width / 2, top + height + 40, "k, the number of passages looked at", anchor="middle")
    return _chart(title, spoken, top + height + 52, *grid, *ticks, *drawn, axis)


def _interval(row: int, label: str, value: float, low: float, high: float, bar: float | None) -> Markup:
    y = _middle(row)
    return joined(
        _text(_LABEL - 10, y, label, anchor="end"),
        _line("interval", _x(low), y, _x(high), y),
        None if bar is None else _line("bar", _x(bar), y - 9, _x(bar), y + 9),
        _dot("fill", _x(value), y, 5, f"{label}: {100 * value:.1f}%"),
        _text(WIDTH - _RIGHT + 12, y, f"{100 * value:.1f}%"),
    )


def _key(number: int, name: str, right: float) -> Markup:
    y = 24 + 24 * number
    return joined(_path(number, [(right + 20, y), (right + 44, y)]), _text(right + 52, y, name))


def _x(share: float) -> float:
    return _LABEL + share * _PLOT


def _middle(row: int) -> float:
    return _ROW * row + 20


def _chart(title: str, spoken: str, height: float, *children: Markup) -> Markup:
    return element(
        "svg",
        element("title", title),
        element("desc", spoken),
        *children,
        viewBox=f"0 0 {WIDTH} {height:.0f}",
        role="img",
        class_="chart",
    )


def _text(x: float, y: float, content: str, anchor: str = "start") -> Markup:
    return element("text", content, x=f"{x:.1f}", y=f"{y + 4:.1f}", text_anchor=anchor)


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    return element("line", class_=kind, x1=f"{x1:.1f}", y1=f"{y1:.1f}", x2=f"{x2:.1f}", y2=f"{y2:.1f}")


def _rectangle(kind: str, x: float, y: float, width: float, height: float) -> Markup:
    return element(
        "rect", class_=kind, x=f"{x:.1f}", y=f"{y:.1f}", width=f"{width:.1f}", height=f"{height:.1f}", rx=3
    )


def _dot(kind: str, x: float, y: float, radius: float, title: str) -> Markup:
    return element(
        "circle", element("title", title), class_=kind, cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{radius:.1f}"
    )


def _path(number: int, points: Sequence[tuple[float, float]]) -> Markup:
    return element(
        "polyline", class_=f"curve curve{number}", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    )
