"""The configuration of the embedded NATS server, as text.

NATS carries an MQTT topic as a subject: `/` becomes `.`, `+` becomes `*`, `#` becomes `>`, and a `.` inside a
level (the event types) becomes `//`. A client that subscribes to `a/#` also subscribes to `a`, so reading
`a/#` needs both subjects. A subscription wider than what may be read is refused whole. Server-internal
subjects (`$MQTT`, `$JS`) need no permission of ours, and MQTT clients cannot reach them.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from queue_server.broker.accounts import BrokerAccount, access
from queue_server.broker.listen import Listen

MAX_PAYLOAD_BYTES = 1_000_000
_NOTHING = {"deny": [">"]}


def subjects(filter: str) -> list[str]:
    """The NATS subjects an MQTT filter stands for."""
    levels = ["*" if level == "+" else level.replace(".", "//") for level in filter.split("/")]
    if levels[-1] == "#":
        parent = ".".join(levels[:-1])
        return [parent, f"{parent}.>"] if parent else [">"]
    return [".".join(levels)]


def nats_config(directory: Path, listen: Listen, office: str, accounts: Iterable[BrokerAccount]) -> str:
    """JSON, which NATS reads. Holds the passwords: write it with mode 0600."""
    accounts = list(accounts)
    rights = access(office, accounts)
    users = [
        {
            "user": account.user,
            "password": account.password,
            "allowed_connection_types": ["MQTT"],
            "permissions": {
                "publish": _allowed(rights[account.user].publish),
                "subscribe": _allowed(rights[account.user].read),
            },
        }
        for account in accounts
    ]
    mqtt: dict[str, object] = {"host": listen.host, "port": listen.port, "max_ack_pending": 5000}
    if listen.tls is not None:
        mqtt["tls"] = {"cert_file": str(listen.tls.certificate), "key_file": str(listen.tls.key)}
    config = {
        "server_name": f"motcua-{office}",
        "listen": "127.0.0.1:-1",
        "max_payload": MAX_PAYLOAD_BYTES,
        "log_file": str(directory / "nats.log"),
        "log_size_limit": 10_000_000,
        "jetstream": {
            "store_dir": str(directory / "store"),
            "max_memory_store": 64_000_000,
            "max_file_store": 512_000_000,
        },
        "mqtt": mqtt,
        "authorization": {"users": users},
    }
    return json.dumps(config, indent=1, ensure_ascii=False) + "\n"


def _allowed(filters: tuple[str, ...]) -> dict[str, list[str]]:
    if not filters:
        return _NOTHING
    return {"allow": [subject for filter in filters for subject in subjects(filter)]}
