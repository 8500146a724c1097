"""The kiosk's command line: what it reads, and one sentence for every mistake."""

from pathlib import Path

import pytest

from kiosk.config import BadConfig, read_arguments

LEAST = ["--broker", "127.0.0.1:1883", "--office", "thanh-binh", "--kiosk", "k1"]


def test_the_least_and_everything(tmp_path: Path) -> None:
    least = read_arguments(LEAST)
    assert (least.broker.host, least.broker.port, least.client, least.size) == (
        "127.0.0.1",
        1883,
        "k1",
        (1080, 1920),
    )
    password = tmp_path / "password"
    password.write_text("hidden\n")
    more = read_arguments(
        [
            *LEAST,
            *("--user", "kiosk-1", "--password-file", str(password)),
            *("--size", "1920x1080", "--offscreen", "--frames-socket", "frames"),
            *("--agent-socket", "agent", "--state-dir", "state"),
        ]
    )
    assert more.client == "kiosk-1"
    assert more.credentials is not None
    assert more.credentials.password == "hidden"
    assert "hidden" not in repr(more)
    assert (more.size, more.offscreen, more.agent_socket) == ((1920, 1080), True, Path("agent"))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--broker", "here"], "write HOST:PORT"),
        (["--broker", "here:70000"], "write HOST:PORT"),
        (["--office", "xã Thanh Bình"], "--office"),
        (["--kiosk", "k/1"], "--kiosk"),
        (["--user", "k1"], "--user needs --password-file"),
        (["--password-file", "x"], "--password-file needs --user"),
        (["--user", "k1", "--password-file", "/nowhere/at/all"], "No such file"),
        (["--size", "huge"], "write WIDTHxHEIGHT"),
        (["--size", "10x10"], "write WIDTHxHEIGHT"),
        (["--tls-ca", "/nowhere/at/all"], "there is no such file"),
    ],
)
def test_a_mistake_is_one_sentence(more: list[str], says: str) -> None:
    with pytest.raises(BadConfig) as wrong:
        read_arguments([*LEAST, *more])
    assert says in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_an_empty_password_is_said(tmp_path: Path) -> None:
    (tmp_path / "password").touch()
    with pytest.raises(BadConfig, match="empty"):
        read_arguments([*LEAST, "--user", "k1", "--password-file", str(tmp_path / "password")])
