"""What the kernel says of the clock."""

from datetime import timedelta

import pytest

from queue_server import clock
from queue_server.clock import KernelClock
from queue_server.commands.doctor import LOOKS


def test_the_kernel_is_asked_and_its_bound_is_a_time() -> None:
    found = clock.kernel_clock()
    assert found is not None
    assert timedelta(0) <= found.off_by_at_most <= timedelta(seconds=60)


@pytest.mark.parametrize(
    ("state", "ok", "said"),
    [
        (KernelClock(True, timedelta(milliseconds=12)), True, "off by 0.012 s at most"),
        (KernelClock(False, timedelta(seconds=16)), None, "no time service says so"),
        (None, True, "UTC"),
    ],
)
def test_doctor_says_who_keeps_the_clock(
    monkeypatch: pytest.MonkeyPatch, state: KernelClock | None, ok: bool | None, said: str
) -> None:
    monkeypatch.setattr(clock, "kernel_clock", lambda: state)
    monkeypatch.setattr(clock.SystemClock, "synchronised", lambda _self: True)
    look = next(look for look in LOOKS if look.__name__ == "_clock")
    (finding,) = look(None)  # type: ignore[arg-type]
    assert finding.ok is ok and said in finding.said
