"""A request for a ticket may name the dossier it is about; the code goes no further than the command."""

import pytest
from fakes.dossiers import CODE
from pydantic import ValidationError

from queue_server.contract.requests import Issue
from queue_server.domain.commands import IssueTicket
from queue_server.mqtt.inbound import Client, Fresh, command_of

CARD = "001199012345||Nguyễn Thị Hương Giang|01011999|Nữ|Xã Thanh Bình|01012021"


def command(**fields: object) -> IssueTicket:
    request = Issue.model_validate({"id": "r-1", "services": ["nhan-ket-qua"], **fields})
    made = command_of(request, Client("kiosk-1", "kiosk"), Fresh("t-1", "j-1", lambda _service: None))
    assert isinstance(made, IssueTicket)
    return made


def test_the_code_comes_to_the_command_and_is_shown_by_neither() -> None:
    made = command(dossier=CODE)
    assert made.dossier == CODE and CODE not in repr(made)
    assert CODE not in repr(Issue(id="r-1", services=("nhan-ket-qua",), dossier=CODE))


def test_a_ticket_is_about_no_dossier_unless_it_says_so() -> None:
    assert command().dossier == ""


@pytest.mark.parametrize("text", [CARD, "hồ sơ của tôi", "X" * 81])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        command(dossier=text)
