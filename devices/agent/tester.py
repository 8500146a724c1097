"""A person wants to see or hear that a device works: a test slip, the test pattern, a few words."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from devices.agent.conditions import Conditions
from devices.agent.service import PrintService
from devices.display.wishes import Wishes
from devices.ports import Monotonic, Now, Outcome
from devices.speaker.runner import Announcements, Sound
from queue_server.contract.states import OfficeState, PrintJob
from queue_server.contract.values import Bilingual, Slip
from queue_server.speech.announce import announcement_in
from queue_server.speech.phrases import LANGUAGES, Language

LIFE = timedelta(seconds=60)
_ZONE = "Asia/Ho_Chi_Minh"
_SAID = ("A012", 3)
"""What a speaker says in its test: "Mời số A không một hai đến quầy ba"."""


class Tester:
    """`test` returns at once; the result is told once, and kept in the device's health."""

    def __init__(
        self,
        service: PrintService,
        units: Conditions,
        wishes: Wishes,
        announcements: dict[str, Announcements],
        office: Callable[[], OfficeState | None],
        now: Now,
        monotonic: Monotonic,
    ) -> None:
        self._service, self._units, self._wishes = service, units, wishes
        self._announcements, self._office = announcements, office
        self._now, self._monotonic = now, monotonic

    def test(self, device: str, id_: str, done: Callable[[str], None] = lambda result: None) -> None:
        """Results: `ok`, `printed`, `unconfirmed`, `failed: paper_out` and so on."""

        def end(result: str) -> None:
            self._units.tested(device, id_, result)
            done(result)

        kind = self._units.kinds.get(device, "printer" if device in self._service.devices else "")
        health = self._units.health().get(device)
        if kind == "printer":
            job = test_job(device, id_, self._office(), self._now())
            self._service.submit(job, False, lambda _, outcome: end(_words(outcome)))
        elif kind == "":
            done("unknown device")
        elif health is not None and not health.reachable:
            end("failed: lost")
        elif kind == "display":
            self._wishes.test(device)
            end("ok")
        elif kind == "speaker":
            clips = announcement_in(*_SAID, self._languages())
            until = self._monotonic() + LIFE.total_seconds()
            self._announcements[device].say(
                Sound("test", clips, until, lambda why: end(f"failed: {why}" if why else "ok"))
            )
        else:
            end("ok")

    def _languages(self) -> tuple[Language, ...]:
        office = self._office()
        wanted = office.call_languages if office else ("vi",)
        return tuple(one for one in LANGUAGES if one in wanted) or ("vi",)


def test_job(printer: str, id_: str, office: OfficeState | None, now: datetime) -> PrintJob:
    """A slip that nobody can take for a ticket."""
    zone = office.zone if office else _ZONE
    local = now.astimezone(ZoneInfo(zone))
    return PrintJob(
        id=f"test-{id_}"[:64],
        ticket=f"test-{id_}"[:64],
        printer=printer,
        expires_at=now + LIFE,
        slip=Slip(
            office_name=office.name if office else Bilingual(vi="motcua"),
            number="TEST",
            service=Bilingual(vi="Phiếu in thử, không có giá trị", en="Test print, not a ticket"),
            issued_at=now,
            local_date=f"{local:%d/%m/%Y}",
            local_time=f"{local:%H:%M}",
            kiosk_name=Bilingual(vi=printer),
            zone=zone,
        ),
    )


def _words(outcome: Outcome) -> str:
    said = outcome.result if outcome.result != "failed" else f"failed: {outcome.reason}"
    return f"{said} ({outcome.printer})" if outcome.printer else said
