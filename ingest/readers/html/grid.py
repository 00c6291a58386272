"""The cells of a table as a grid: a cell over several rows or columns is in each."""

from dataclasses import dataclass, field

from lxml.html import HtmlElement

MOST_SPAN = 100  # Columns or rows of one cell: more is an error, or an attack.
_HEADINGS = ".//h1 | .//h2 | .//h3 | .//h4 | .//h5 | .//h6"


@dataclass(slots=True)
class Cell:
    """A cell while it is read."""

    columns: int
    rows: int
    header: bool
    text: str = ""


@dataclass(slots=True)
class Grid:
    """A table while it is read."""

    lines: list[list[Cell]] = field(default_factory=list)

    def rows(self) -> tuple[list[list[str]], int | None]:
        """Return the rows of cells, and how many of them are a header: None when the markup is silent."""
        rows: list[list[str]] = []
        above: dict[int, tuple[int, str]] = {}
        for line in self.lines:
            row: list[str] = []
            for cell in line:
                _fill(row, above)
                for _ in range(cell.columns):
                    if cell.rows > 1:
                        above[len(row)] = (cell.rows - 1, cell.text)
                    row.append(cell.text)
            _fill(row, above)
            rows.append(row)
        headers = 0
        for line in self.lines:
            if not line or not all(cell.header or not cell.text for cell in line):
                break
            headers += 1
        return rows, headers if headers and headers < len(self.lines) else None


def _fill(row: list[str], above: dict[int, tuple[int, str]]) -> None:
    """Add the cells that reach down from the rows above."""
    while len(row) in above:
        left, text = above.pop(len(row))
        if left > 1:
            above[len(row)] = (left - 1, text)
        row.append(text)


def is_data(table: HtmlElement) -> bool:
    """Return whether a table holds data; others only place their content on a page."""
    return table.find(".//table") is None and not table.xpath(_HEADINGS) and _is_wide(table)


def span(element: HtmlElement, name: str) -> int:
    """Return over how many rows or columns a cell spans."""
    value = element.get(name, "1").strip()
    return max(1, min(int(value), MOST_SPAN)) if value.isdecimal() else 1


def _is_wide(table: HtmlElement) -> bool:
    return any(len(line.xpath("./td | ./th")) > 1 for line in table.iter("tr"))
