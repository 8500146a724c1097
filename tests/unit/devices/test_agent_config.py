"""The agent's file."""

import json
from pathlib import Path

import pytest

from devices.agent.config import BadConfig, load_config

GOOD = """
agent = "agent-1"
office = "thanh-binh"
state_dir = "state"

[[printers]]
id = "printer-1"
address = "tcp://192.0.2.20:9100"
dots = 512

[broker]
port = 1883
user = "agent-1"
password = "a-very-secret-word"
"""


def written(folder: Path, text: str, name: str = "agent.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_read_and_folders_lie_beside_it(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, GOOD))
    assert config.state_dir == tmp_path / "state"
    assert config.socket_path == tmp_path / "state" / "agent.sock"
    assert (config.printers[0].id, config.printers[0].dots) == ("printer-1", 512)
    assert config.broker is not None and config.broker.address.port == 1883


def test_every_path_without_a_root_is_of_the_files_folder(tmp_path: Path) -> None:
    named = 'state_dir = "state"\nsounds = "tieng"\nsocket = "a.sock"\ntheme = "mau.toml"'
    text = GOOD.replace('state_dir = "state"', named) + 'tls = "ca.pem"\n'
    config = load_config(written(tmp_path, text))
    assert (config.sounds, config.theme) == (tmp_path / "tieng", tmp_path / "mau.toml")
    assert config.socket_path == tmp_path / "a.sock"
    assert config.broker is not None and config.broker.address.tls == tmp_path / "ca.pem"


def test_json_is_read_too(tmp_path: Path) -> None:
    table = {
        "agent": "a",
        "office": "o",
        "state_dir": str(tmp_path / "s"),
        "socket": str(tmp_path / "x.sock"),
    }
    config = load_config(written(tmp_path, json.dumps(table), "agent.json"))
    assert (config.broker, config.printers, config.socket_path) == (None, (), tmp_path / "x.sock")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('agent = "agent-1"', "", "agent"),
        ("dots = 512", "dots = 500", "printers.0"),
        ("tcp://", "lpt://", "tcp://192"),
        ('id = "printer-1"', 'id = "agent-1"', "different ids"),
        ("port = 1883", "port = 0", "broker.port"),
        ("[broker]", "[brokre]", "brokre"),
        ("agent =", "agent ==", "TOML"),
    ],
)
def test_a_mistake_is_named_and_no_password_is_shown(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(BadConfig) as refused:
        load_config(written(tmp_path, GOOD.replace(old, new, 1)))
    assert told in str(refused.value)
    assert "very-secret" not in str(refused.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match=r"office.*broker\.port"):
        load_config(written(tmp_path, GOOD.replace('office = "thanh-binh"', "").replace("1883", "0")))


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="No such file"):
        load_config(tmp_path / "no.toml")


def test_the_password_is_in_no_repr(tmp_path: Path) -> None:
    assert "very-secret" not in repr(load_config(written(tmp_path, GOOD)))
