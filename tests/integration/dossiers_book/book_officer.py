"""Somebody at the pages of the book, and the sheet that they fill in."""

import re
from html import unescape
from typing import Any

from fakes.dossier_book import NAME, PHONE
from httpx import Response

from queue_server.domain.commands import Role
from queue_server.dossiers.book_movements import fold
from queue_server.dossiers.book_table import Kind, Stage
from tests.integration.dossiers_book.book_office import MARITAL, BookOffice

SHEET = {
    "name": NAME,
    "id_number": "001 090 123 456",
    "phone": PHONE,
    "address": "Thôn 3",
    "paper_name": ["Tờ khai", "", "Căn cước"],
    "paper_originals": ["1", "", ""],
    "paper_copies": ["", "", "2"],
    "sets": "1",
}


class Officer:
    """Somebody at the pages: forms are filled from what the page before them says."""

    def __init__(self, office: BookOffice, role: Role = Role.OFFICER) -> None:
        self.office = office
        self.client, self.account = office.officer(role)
        self.csrf = self.client.headers["x-csrf-token"]
        self.client.headers["x-csrf-token"] = ""
        self.page: Response | None = None

    def get(self, path: str) -> Response:
        self.page = self.client.get(path)
        return self.page

    def field(self, name: str, form: str = "") -> str:
        assert self.page is not None
        text = self.page.text
        if form:
            text = text[text.index(f'value="{form}"') - 400 :]
        found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', text)
        assert found, name
        return unescape(found[1])

    def post(self, path: str, data: dict[str, Any], csrf: str | None = None) -> Response:
        self.page = self.client.post(path, data={"csrf": self.csrf if csrf is None else csrf, **data})
        return self.page

    def enter(self, procedure: str = MARITAL, **fields: Any) -> Response:
        """The form filled, the due day read, and saved."""
        self.get("/dossiers/new")
        data = {**SHEET, "procedure": procedure, "request_id": self.field("request_id"), **fields}
        answer = self.post("/dossiers", data)
        if answer.status_code == 200:
            answer = self.post("/dossiers", {**data, "due_shown": self.field("due_shown")})
        return answer

    def entered(self, procedure: str = MARITAL, **fields: Any) -> str:
        answer = self.enter(procedure, **fields)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"].removeprefix("/dossiers/").partition("?")[0]

    def move(self, id_: str, kind: Kind, **fields: Any) -> Response:
        self.get(f"/dossiers/{id_}")
        expected = re.search(r'name="expected" value="(\d+)"', self.page.text if self.page else "")
        data = {
            "kind": kind.value,
            "expected": expected[1] if expected else "1",
            "request_id": self.office._new_press(),
            **fields,
        }
        return self.post(f"/dossiers/{id_}/move", data)

    def stage(self, id_: str) -> Stage:
        kept = self.office.book.load(id_)
        assert kept is not None
        return fold(kept.movements).stage
