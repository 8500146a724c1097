"""A report as a workbook: figures as numbers, native charts, every sheet ready to print on A4."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from queue_server.reports.cells import Figure, Table
from queue_server.reports.heading import heading, subject
from queue_server.reports.method import method
from queue_server.reports.report import Report
from queue_server.reports.tables import tables

INK, RED, GOLD, LINE, GROUND = "#14171F", "#A90F1A", "#6B4300", "#C9C5BC", "#F4F2EE"
CHARTED = ("trend", "hours", "distribution")
FIRST_ROW = 5
"""Above it: office, subject, edition, the table's title."""


def xlsx_file(report: Report, language: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": subject(report, language)[1], "author": "", "created": report.at})
    sheets = _Sheets(book, report, language)
    for table in tables(report, language):
        sheets.put(table)
    sheets.put_method()
    book.close()
    return out.getvalue()


class _Sheets:
    def __init__(self, book: Any, report: Report, language: str) -> None:
        self._book, self._report, self._language = book, report, language
        self._formats: dict[tuple[str, ...], Any] = {}
        self._lines = subject(report, language)

    def _format(self, **of: Any) -> Any:
        key = tuple(f"{name}={value}" for name, value in sorted(of.items()))
        if key not in self._formats:
            base = {"font_name": "Arial", "font_size": 10, "font_color": INK, "valign": "vcenter"}
            self._formats[key] = self._book.add_format({**base, **of})
        return self._formats[key]

    def put(self, table: Table) -> None:
        sheet = self._begin(table.title, wide=len(table.columns) > 7)
        sheet.freeze_panes(FIRST_ROW + 1, 1)
        sheet.repeat_rows(FIRST_ROW)
        head = self._format(bold=True, text_wrap=True, bottom=1, bg_color=GROUND, align="right")
        left = self._format(bold=True, text_wrap=True, bottom=1, bg_color=GROUND)
        for place, column in enumerate(table.columns):
            sheet.write_string(FIRST_ROW, place, column.name, head if column.number else left)
            sheet.set_column(place, place, _width(table, place))
        for number, row in enumerate(table.rows):
            for place, cell in enumerate(row):
                self._write(sheet, FIRST_ROW + 1 + number, place, cell)
        last = FIRST_ROW + len(table.rows)
        sheet.autofilter(FIRST_ROW, 0, last, len(table.columns) - 1)
        if table.note:
            sheet.write_string(last + 2, 0, table.note, self._format(italic=True))
        if table.key in CHARTED and table.rows:
            self._chart(sheet, table, last + 4)

    def put_method(self) -> None:
        sheet = self._begin("Cách tính" if self._language != "en" else "Method", wide=False)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 78)
        wrap = self._format(text_wrap=True, valign="top")
        row = FIRST_ROW
        for title, text in method(self._report, self._language):
            sheet.write_string(row, 0, title, self._format(bold=True, valign="top", text_wrap=True))
            sheet.write_string(row, 1, text, wrap)
            sheet.set_row(row, 13.5 * max(1, -(-len(text) // 84)) + 4)
            row += 1
        block = heading(self._report)
        middle = self._format(bold=True, align="center")
        for number, line in enumerate((block.authority, block.post, "", "", "", block.signer)):
            sheet.write_string(row + 1 + number, 1, line, middle)

    def _begin(self, title: str, wide: bool) -> Any:
        sheet = self._book.add_worksheet(_tab(title, [s.get_name() for s in self._book.worksheets()]))
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        if wide:
            sheet.set_landscape()
        sheet.set_margins(left=0.6, right=0.5, top=0.7, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&8{_plain(self._lines[1])}&R&8&P / &N")
        sheet.write_string(0, 0, self._lines[0], self._format(bold=True))
        sheet.write_string(1, 0, self._lines[1], self._format())
        sheet.write_string(2, 0, " ".join(self._lines[2:]), self._format(font_size=9))
        sheet.write_string(3, 0, title, self._format(bold=True, font_size=14))
        return sheet

    def _write(self, sheet: Any, row: int, place: int, cell: str | Figure) -> None:
        if isinstance(cell, str):
            sheet.write_string(row, place, cell, self._format(bottom=4, bottom_color=LINE))
            return
        shown = self._format(num_format=_number(cell), align="right", bottom=4, bottom_color=LINE)
        if cell.value is None:
            sheet.write_blank(row, place, None, shown)
        else:
            sheet.write_number(row, place, cell.value, shown)

    def _chart(self, sheet: Any, table: Table, row: int) -> None:
        """Columns of means (or of visits) over the rows; the targets as lines that reach across."""
        name, first, last = sheet.get_name(), FIRST_ROW + 1, FIRST_ROW + len(table.rows)
        of_waits = table.key != "distribution"
        place = 2 if of_waits else 1
        chart = self._book.add_chart({"type": "column"})
        chart.add_series(
            {
                "name": [name, FIRST_ROW, place],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, place, last, place],
                "fill": {"color": INK},
                "gap": 60,
            }
        )
        if of_waits:
            self._targets(sheet, chart, table, first, last)
        unit = "phút" if self._language != "en" else "min"
        visits = "lượt" if self._language != "en" else "visits"
        chart.set_title({"name": table.title, "name_font": {"size": 12, "bold": True}})
        chart.set_y_axis(
            {
                "name": unit if of_waits else visits,
                "min": 0,
                "major_gridlines": {"visible": True, "line": {"color": LINE}},
            }
        )
        chart.set_x_axis({"num_font": {"size": 9}})
        chart.set_legend({"position": "bottom"} if of_waits else {"none": True})
        chart.set_size({"width": 900, "height": 340})
        sheet.insert_chart(row, 0, chart, {"description": table.title})

    def _targets(self, sheet: Any, chart: Any, table: Table, first: int, last: int) -> None:
        """Target minutes stand in grey columns beside the table, so that the chart can be changed there."""
        lines = self._book.add_chart({"type": "line"})
        beside = len(table.columns) + 1
        grey = self._format(font_color="#808080", num_format="0.#")
        for number, target in enumerate(self._report.targets):
            title = f"{'Mốc' if self._language != 'en' else 'Target'} {target:g}"
            sheet.write_string(FIRST_ROW, beside + number, title, grey)
            for row in range(first, last + 1):
                sheet.write_number(row, beside + number, target, grey)
            lines.add_series(
                {
                    "name": title,
                    "categories": [sheet.get_name(), first, 0, last, 0],
                    "values": [sheet.get_name(), first, beside + number, last, beside + number],
                    "line": {
                        "color": RED if number == 0 else GOLD,
                        "width": 1.75,
                        "dash_type": "solid" if number == 0 else "dash",
                    },
                }
            )
        if self._report.targets:
            chart.combine(lines)
            sheet.print_area(0, 0, last + 24, len(table.columns) - 1)


def _number(cell: Figure) -> str:
    decimals = f".{'0' * cell.digits}" if cell.digits else ""
    shape = f"#,##0{decimals}" + ("%" if cell.share else "")
    return f"+{shape};-{shape};0" if cell.signed else shape


def _width(table: Table, place: int) -> float:
    texts = [row[place] for row in table.rows]
    longest = max((len(text) for text in texts if isinstance(text, str)), default=0)
    return min(max(10.0, longest * 0.95 + 2, 0 if table.columns[place].number else 12), 46)


def _tab(title: str, taken: Sequence[str]) -> str:
    """A sheet's name: at most 31 letters, none that a workbook refuses, once."""
    name = "".join(" " if letter in "[]:*?/\\" else letter for letter in title)[:31].strip()
    return name if name not in taken else f"{name[:28]} {len(taken)}"


def _plain(text: str) -> str:
    return text.replace("&", "&&")[:200]
