"""Every screen of the kiosk, each as a visit that led there."""

from collections.abc import Callable
from datetime import timedelta

from fakes.kiosk_dossiers import (
    ASKED,
    AWAY,
    CACHED,
    ELSEWHERE,
    FACTOR,
    FEE,
    LATE,
    LONG,
    NOBODYS,
    READY,
    RUNNING,
    STRANGE,
)
from fakes.kiosk_office import NOW, closed, office, standing
from fakes.kiosk_steps import (
    a_scanner_is_there,
    crashes,
    happens,
    printer_says,
    scans,
    server_is_silent,
    server_refuses,
    the_late_reply_comes,
    three_seconds_without_reply,
    touch,
    types,
    wait,
)
from fakes.kiosk_visits import Step, Visitor, an_office, journey

from kiosk.session.guide_tracking import TOLD
from kiosk.session.heard import GrantTold, PrintersTold, ServerChanged
from kiosk.session.refusals import REFUSALS
from queue_server.contract.replies import Standing
from queue_server.contract.states import BestTime
from queue_server.contract.values import Bilingual

GET_A_TICKET = (touch("Lấy số thứ tự"), touch("Chứng thực"), touch("Không, lấy số thường"))


AWAY_WITH_NUMBERS = (happens(GrantTold(frozenset("ABCDEGH"))), happens(ServerChanged("lost")))
"""Numbers of every series but K's are left."""


QUIET = (
    BestTime(date="2026-11-20", start="10:30", end="11:00", wait=6),
    BestTime(date="2026-11-20", start="14:00", end="15:00", wait=5),
)
QUIET_MONDAY = (BestTime(date="2026-11-23", start="09:30", end="10:30", wait=6),)
NOTICE = Bilingual(vi="Chiều nay nghỉ họp đến 14:00.", en="Open from 14:00 today.")


def later_in_the_day(visitor: Visitor, hours: float) -> Visitor:
    """The same screen at another hour: late notes stand on their cards."""
    visitor.now += timedelta(hours=hours)
    return visitor


TRACK = touch("Tra cứu hồ sơ")


def dossiers(*steps: Step) -> Visitor:
    """A kiosk with a scanner, where somebody asks for a dossier."""
    return journey(an_office(), a_scanner_is_there(), TRACK, *steps)


def guided(guidance: str, slip: str) -> Visitor:
    """A ticket to hand in what is missing, whose guidance slip has this outcome."""
    visitor = dossiers(
        scans(ASKED),
        touch("Xem giấy tờ cần bổ sung"),
        types(FACTOR),
        touch("Mở nội dung"),
        printer_says(slip),
    )
    visitor.guided = guidance
    return journey(visitor, touch("Lấy số nộp bổ sung"))


MY_SLIP = "MOTCUA:thanh-binh:t1"


def own_ticket(told: Standing | None) -> Visitor:
    """Somebody holds a slip before the scanner of the first screen."""
    visitor = journey(an_office(), a_scanner_is_there())
    visitor.stands = told
    return journey(visitor, scans(MY_SLIP))


PAPER_OUT = PrintersTold((("in-1", "paper_out"),))
PRINTER_WELL = PrintersTold((("in-1", ""),))

SCREENS: dict[str, Callable[[], Visitor]] = {
    "starting": Visitor,
    "home": lambda: an_office(),
    "out_of_hours": lambda: an_office(
        services=tuple(closed(n, "out_of_hours", reopens_at=NOW) for n in range(8))
    ),
    "home_best": lambda: an_office(office(best_time=QUIET)),
    "home_best_notice": lambda: an_office(office(best_time=QUIET, notice=NOTICE)),
    "out_of_hours_best": lambda: an_office(
        office(best_time=QUIET_MONDAY),
        services=tuple(closed(n, "out_of_hours", reopens_at=NOW + timedelta(days=2.9)) for n in range(8)),
    ),
    "out_of_hours_best_notice": lambda: an_office(
        office(best_time=QUIET_MONDAY, notice=NOTICE),
        services=tuple(closed(n, "out_of_hours", reopens_at=NOW + timedelta(days=2.9)) for n in range(8)),
    ),
    "services": lambda: journey(an_office(office(services=9)), touch("Lấy số thứ tự")),
    "services_late": lambda: later_in_the_day(
        journey(an_office(office(services=8)), touch("Lấy số thứ tự")), hours=6
    ),
    "priority": lambda: journey(an_office(), touch("Lấy số thứ tự"), touch("Chứng thực")),
    "issuing": lambda: journey(an_office(), server_is_silent(), *GET_A_TICKET),
    "issuing_late": lambda: journey(
        an_office(), server_is_silent(), *GET_A_TICKET, three_seconds_without_reply()
    ),
    "ticket": lambda: journey(an_office(), *GET_A_TICKET),
    "unconfirmed": lambda: journey(an_office(), printer_says("unconfirmed"), *GET_A_TICKET),
    "printer_failed": lambda: journey(an_office(), printer_says("offline"), *GET_A_TICKET),
    "printed_elsewhere": lambda: journey(an_office(), printer_says("spare"), *GET_A_TICKET),
    "printer_trouble": lambda: journey(an_office(), happens(PAPER_OUT)),
    "printer_mended": lambda: journey(
        an_office(), happens(PAPER_OUT), printer_says("paper_out"), *GET_A_TICKET, happens(PRINTER_WELL)
    ),
    "guidance_failed": lambda: guided("failed", "printed"),
    "guidance_failed_too": lambda: guided("paper_out", "paper_out"),
    "guidance_elsewhere": lambda: guided("spare", "printed"),
    "without_paper": lambda: journey(
        an_office(), printer_says("offline"), *GET_A_TICKET, touch("Tiếp tục không cần phiếu")
    ),
    "server_lost": lambda: journey(an_office(), happens(ServerChanged("unlinked"))),
    "offline": lambda: journey(an_office(), *AWAY_WITH_NUMBERS),
    "offline_services": lambda: journey(an_office(), *AWAY_WITH_NUMBERS, touch("Lấy số thứ tự")),
    "offline_ticket": lambda: journey(an_office(), *AWAY_WITH_NUMBERS, *GET_A_TICKET),
    "offline_printer_failed": lambda: journey(
        an_office(), *AWAY_WITH_NUMBERS, printer_says("offline"), *GET_A_TICKET
    ),
    "safe": lambda: journey(an_office(), crashes()),
    "safe_with_ticket": lambda: journey(an_office(), *GET_A_TICKET, crashes()),
    "still_there": lambda: journey(an_office(), touch("Lấy số thứ tự"), wait(45)),
    "help": lambda: journey(an_office(), touch("Tôi cần giúp")),
    "scan": lambda: dossiers(),
    "scan_camera": lambda: journey(an_office(), a_scanner_is_there("camera"), TRACK),
    "scan_unread": lambda: dossiers(scans("???")),
    "scan_id_card": lambda: dossiers(scans("001090123456")),
    **{
        f"my_ticket_{state}": (lambda state=state: own_ticket(standing(state)))  # type: ignore[misc]
        for state in ("waiting", "called", *sorted(TOLD), "never_heard_of")
    },
    "my_ticket_next": lambda: own_ticket(standing(people_ahead=0, wait=None, promise_at="")),
    "my_ticket_missed_too_long": lambda: own_ticket(standing("no_show", come_back_until="")),
    "no_answer_no_ticket": lambda: own_ticket(None),
    "looking_ticket": lambda: dossiers(server_is_silent(), scans(MY_SLIP), wait(1)),
    "keypad": lambda: journey(an_office(), TRACK, types("H99.16-2611")),
    "keypad_empty": lambda: journey(an_office(), TRACK),
    "keypad_letters": lambda: journey(an_office(), TRACK, types("Q")),
    "keypad_not_found": lambda: journey(an_office(), TRACK, types(NOBODYS), touch("Tìm hồ sơ")),
    "looking": lambda: dossiers(server_is_silent(), scans(READY), wait(1)),
    "result_ready": lambda: dossiers(scans(READY)),
    "result_running": lambda: dossiers(scans(RUNNING)),
    "result_asked": lambda: dossiers(scans(ASKED)),
    "result_opened": lambda: dossiers(
        scans(ASKED), touch("Xem giấy tờ cần bổ sung"), types(FACTOR), touch("Mở nội dung")
    ),
    "result_locked": lambda: dossiers(
        scans(ASKED),
        touch("Xem giấy tờ cần bổ sung"),
        *(step for _ in range(3) for step in (types("0000"), touch("Mở nội dung"))),
    ),
    "result_late": lambda: dossiers(scans(LATE)),
    "result_cached": lambda: dossiers(scans(CACHED)),
    "result_fee": lambda: dossiers(scans(FEE)),
    "result_strange": lambda: dossiers(scans(STRANGE)),
    "result_long": lambda: dossiers(scans(LONG)),
    "result_closed": lambda: journey(
        an_office(services=(closed(7, "service_closed", reopens_at=NOW),)),
        a_scanner_is_there(),
        TRACK,
        scans(READY),
    ),
    "factor": lambda: dossiers(scans(ASKED), touch("Xem giấy tờ cần bổ sung"), types("12")),
    "factor_wrong": lambda: dossiers(
        scans(ASKED), touch("Xem giấy tờ cần bổ sung"), types("0000"), touch("Mở nội dung")
    ),
    "no_answer_not_found": lambda: dossiers(scans(NOBODYS)),
    "no_answer_elsewhere": lambda: dossiers(scans(ELSEWHERE)),
    "no_answer_away": lambda: dossiers(scans(AWAY)),
    "no_answer_slowed": lambda: dossiers(server_refuses("too_often"), scans(READY)),
    "no_answer_refused": lambda: dossiers(server_refuses("forbidden"), scans(READY)),
    "late_ticket": lambda: journey(
        an_office(), server_is_silent(), *GET_A_TICKET, three_seconds_without_reply(), the_late_reply_comes()
    ),
    **{
        f"refused_{code}": (lambda code=code: journey(an_office(), server_refuses(code), *GET_A_TICKET))  # type: ignore[misc]
        for code in REFUSALS
    },
}
