"""Slips of dossiers: one outcome each, nothing of them in the journal, nobody's name on the wire."""

import json
from datetime import timedelta

from fakes.fake_clock import FakeClock
from fakes.form_samples import KEYS, LONGEST, NAME, ORDINARY, PHONE, at, link_of, ward
from fakes.mqtt_office import MqttOffice
from fakes.slip_samples import RECEIPT

from queue_server.contract.states import PrintJob
from queue_server.contract.topics import Topics
from queue_server.contract.values import DossierSlip
from queue_server.forms.slips import guidance_slip, receipt_slip
from queue_server.link.loopback import MemoryBroker
from queue_server.mqtt.dossier_slips import KEPT, DossierSlips
from queue_server.mqtt.jobs import AGAIN_AFTER, LIFE


class Desk:
    """Slips over a broker in memory; `jobs` is what arrives at the printer's agent."""

    def __init__(self) -> None:
        broker, topics = MemoryBroker(), Topics("ward")
        self.clock = FakeClock()
        link, agent = broker.link(), broker.link()
        self.jobs: list[PrintJob] = []
        agent.subscribe(
            topics.printer_job("p1"), lambda r: self.jobs.append(PrintJob.model_validate_json(r.payload))
        )
        for one in (agent, link):
            one.start()
        self.slips = DossierSlips(link, topics, self.clock)

    def later(self, time: timedelta) -> None:
        self.clock.advance(time)
        self.slips.look(self.clock.now())


def test_a_slip_is_asked_for_once_however_often_the_button_is_pressed() -> None:
    desk = Desk()
    for _ in range(3):
        desk.slips.ask("j1", "p1", RECEIPT)
    assert [job.id for job in desk.jobs] == ["j1"] and desk.jobs[0].slip == RECEIPT
    assert desk.slips.outcome("j1") == ("waiting", "")


def test_a_slip_without_an_outcome_is_asked_for_again_until_it_expires() -> None:
    desk = Desk()
    desk.slips.ask("j1", "p1", RECEIPT)
    desk.later(AGAIN_AFTER)
    assert [job.id for job in desk.jobs] == ["j1", "j1"]
    desk.later(LIFE)
    assert desk.slips.outcome("j1") == ("failed", "expired")
    seen = len(desk.jobs)
    desk.later(AGAIN_AFTER)
    assert len(desk.jobs) == seen


def test_the_first_outcome_holds_and_a_late_one_beats_the_expiry() -> None:
    desk = Desk()
    desk.slips.ask("j1", "p1", RECEIPT)
    assert desk.slips.heard("j1", "printed", "") and desk.slips.heard("j1", "failed", "paper_out")
    assert desk.slips.outcome("j1") == ("printed", "")
    desk.slips.ask("j2", "p1", RECEIPT)
    desk.later(LIFE + timedelta(seconds=1))
    assert desk.slips.heard("j2", "unconfirmed", "no_proof")
    assert desk.slips.outcome("j2") == ("unconfirmed", "no_proof")


def test_an_outcome_of_nobodys_slip_is_left_to_the_engine_and_old_ones_are_forgotten() -> None:
    desk = Desk()
    assert not desk.slips.heard("t-1-slip", "printed", "")
    desk.slips.ask("j1", "p1", RECEIPT)
    desk.later(KEPT + timedelta(seconds=1))
    assert desk.slips.outcome("j1") is None


def test_the_agents_outcome_is_answered_and_nothing_goes_into_the_journal() -> None:
    office = MqttOffice()
    slips = DossierSlips(office.server_link, office.topics, office.clock)
    office.service._slips = slips
    slips.ask("j1", "p1", RECEIPT)
    office.settle()
    assert [job["id"] for job in office.jobs] == ["j1"]
    before = office.engine.office.seq
    reply = office.ask(
        "agent", "print-outcome", id="po1", job="j1", ticket="j1", outcome="printed", reason=""
    )
    assert reply.ok and slips.outcome("j1") == ("printed", "")
    assert office.engine.office.seq == before
    office.close()


def test_what_goes_over_the_broker_names_nobody() -> None:
    record = LONGEST
    supplement = record.supplements[0]
    named = supplement.items[0] + f" của {record.applicant.name.upper()}, CCCD 001090123456, gọi 0912.345.678"
    asked = type(supplement)(
        **{f: getattr(supplement, f) for f in supplement.__dataclass_fields__} | {"items": (named,)}
    )
    for slip in (
        receipt_slip(record, ward(), link_of(record), at(17, 9, 6), "vi"),
        guidance_slip(record, asked, ward(), link_of(record), at(17, 9, 6), "en"),
    ):
        text = json.dumps(slip.model_dump(mode="json"), ensure_ascii=False).casefold()
        for secret in (record.applicant.name, record.applicant.organisation, "001090123456", "0912.345.678"):
            assert secret.casefold() not in text
        assert record.applicant.email not in text and record.applicant.address.casefold() not in text
        assert slip.contact  # the office's own number stays


def test_a_receipts_slip_says_what_the_form_says() -> None:
    slip = receipt_slip(ORDINARY, ward(), link_of(ORDINARY), at(17, 9, 6), "vi")
    assert isinstance(slip, DossierSlip)
    assert (slip.form, slip.form_number, slip.code) == ("Mẫu số 03", "23/TNHS", ORDINARY.code)
    assert (slip.received, slip.due, slip.legal_days) == ("09:05 17/11/2026", "16:30 18/11/2026", 1)
    assert slip.lines[1] == "Giấy chứng sinh (bản chính: 1, bản sao: 1)"
    assert slip.register_place == "1/23" and slip.qr == link_of(ORDINARY) and slip.qr_is_page
    assert slip.applicant == "N**** T** H***"
    assert NAME not in slip.model_dump_json() and PHONE not in slip.model_dump_json()
    assert KEYS.newest in slip.qr


def test_without_a_public_address_the_slips_code_is_bare() -> None:
    slip = receipt_slip(ORDINARY, ward(), "", at(17, 9, 6), "vi")
    assert (slip.qr, slip.qr_is_page) == (ORDINARY.code, False)
