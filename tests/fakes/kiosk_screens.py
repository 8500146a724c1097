"""Every screen of the kiosk, each as a visit that led there."""

from collections.abc import Callable

from fakes.kiosk_office import NOW, closed, office
from fakes.kiosk_visits import (
    Visitor,
    an_office,
    crashes,
    happens,
    journey,
    printer_says,
    server_is_silent,
    server_refuses,
    the_late_reply_comes,
    three_seconds_without_reply,
    touch,
    wait,
)

from kiosk.session.actions import ServerChanged
from kiosk.session.refusals import REFUSALS

GET_A_TICKET = (touch("Lấy số thứ tự"), touch("Chứng thực"), touch("Không, lấy số thường"))

SCREENS: dict[str, Callable[[], Visitor]] = {
    "starting": Visitor,
    "home": lambda: an_office(),
    "out_of_hours": lambda: an_office(
        services=tuple(closed(n, "out_of_hours", reopens_at=NOW) for n in range(8))
    ),
    "services": lambda: journey(an_office(office(services=9)), touch("Lấy số thứ tự")),
    "priority": lambda: journey(an_office(), touch("Lấy số thứ tự"), touch("Chứng thực")),
    "issuing": lambda: journey(an_office(), server_is_silent(), *GET_A_TICKET),
    "issuing_late": lambda: journey(
        an_office(), server_is_silent(), *GET_A_TICKET, three_seconds_without_reply()
    ),
    "ticket": lambda: journey(an_office(), *GET_A_TICKET),
    "unconfirmed": lambda: journey(an_office(), printer_says("unconfirmed"), *GET_A_TICKET),
    "printer_failed": lambda: journey(an_office(), printer_says("offline"), *GET_A_TICKET),
    "without_paper": lambda: journey(
        an_office(), printer_says("offline"), *GET_A_TICKET, touch("Tiếp tục không cần phiếu")
    ),
    "server_lost": lambda: journey(an_office(), happens(ServerChanged("unlinked"))),
    "safe": lambda: journey(an_office(), crashes()),
    "safe_with_ticket": lambda: journey(an_office(), *GET_A_TICKET, crashes()),
    "still_there": lambda: journey(an_office(), touch("Lấy số thứ tự"), wait(45)),
    "help": lambda: journey(an_office(), touch("Tôi cần giúp")),
    "late_ticket": lambda: journey(
        an_office(), server_is_silent(), *GET_A_TICKET, three_seconds_without_reply(), the_late_reply_comes()
    ),
    **{
        f"refused_{code}": (lambda code=code: journey(an_office(), server_refuses(code), *GET_A_TICKET))  # type: ignore[misc]
        for code in REFUSALS
    },
}
