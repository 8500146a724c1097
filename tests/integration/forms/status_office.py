"""An office whose phones may open status pages: the real desk and look-up over sources in memory."""

from dataclasses import replace
from itertools import count

from fakes.dossiers import CODE, KEY, NOW, FakeSource, FakeTries, dossier
from fakes.form_samples import KEYS
from fastapi import FastAPI
from fastapi.testclient import TestClient

from queue_server.domain.office_dossiers import DossierRules, OtherOffice
from queue_server.domain.words import Words
from queue_server.dossiers.guard import Guard
from queue_server.dossiers.lookup import Lookup
from queue_server.dossiers.sources import Sources
from queue_server.forms.signed_link import signed_link
from queue_server.mqtt.dossier_desk import LookupDesk
from queue_server.web.app import make_app
from queue_server.web.status.router import status_router
from tests.integration.web.public.sample_config import sample_config
from tests.integration.web.public.sample_office import SampleOffice

PUBLIC = "https://motcua.example"
SLASHED = "03706/2026/07906"
RULES = DossierRules(
    sources=("register",),
    patterns=(r"H\d\d\.\d\d-\d{6}-\d{4}", r"\d{5}/\d{4}/\d{5}"),
    other_offices=(OtherOffice("H99.17", Words("Một cửa xã Hoà An", "Hoà An One-Stop Office")),),
    contact="quầy Hướng dẫn",
)


class StatusOffice:
    """`source` holds the dossiers; `client` asks as a phone would."""

    def __init__(self, folder: str, *dossiers: object, rules: DossierRules = RULES) -> None:
        known = dossiers or (dossier(), dossier(code=SLASHED, procedure="Bảo hiểm xã hội một lần"))
        self.source = FakeSource(*known)  # type: ignore[arg-type]
        config = sample_config(dossiers=rules, public_url=PUBLIC)
        self.office = SampleOffice(folder, config=config)
        self.office.clock.at = NOW
        self.guessed: list[str] = []
        lookup = Lookup(Sources({"register": self.source}), FakeTries(), Guard(), KEY, self.guessed.append)
        self.desk = LookupDesk(lookup, lambda: self.office.engine.office, self.office.clock)
        self.desk.start()
        ids = count()
        self.app: FastAPI = make_app(
            self.office.deps, (status_router(self.desk, KEYS, lambda: f"r{next(ids)}"),)
        )

    def phone(self, address: str = "192.168.1.20") -> TestClient:
        return TestClient(self.app, client=(address, 50000), follow_redirects=False)

    def link(self, code: str = CODE) -> str:
        """The path of a receipt's QR."""
        return signed_link(PUBLIC, self.office.engine.office.config.id, code, KEYS).removeprefix(PUBLIC)  # type: ignore[union-attr]

    def close(self) -> None:
        self.desk.stop()


def rules(**changes: object) -> DossierRules:
    return replace(RULES, **changes)  # type: ignore[arg-type]
