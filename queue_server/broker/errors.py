"""Why a broker does not run; each message is the sentence for the operator."""

from pathlib import Path


class BrokerTrouble(Exception):
    """The broker cannot do what was asked."""

    code = "broker_trouble"


class BrokerMissing(BrokerTrouble):
    """The embedded broker is not installed."""

    code = "broker_missing"

    def __init__(self) -> None:
        super().__init__("The embedded broker is not installed: install motcua[server], or set broker.url.")


class PortInUse(BrokerTrouble):
    """Something else listens there."""

    code = "port_in_use"

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Port {port} on {host} is already in use: stop the program that holds it, "
            f"or choose another with --mqtt {host}:PORT."
        )
        self.host, self.port = host, port


class BrokerWontStart(BrokerTrouble):
    """It ended, or did not answer in time."""

    code = "broker_wont_start"

    def __init__(self, why: str, log: Path) -> None:
        super().__init__(f"The broker does not start: {why}. Its log is {log}.")


class BrokerWontReload(BrokerTrouble):
    """It did not take the new accounts; the old ones stay in force."""

    code = "broker_wont_reload"

    def __init__(self, why: str, log: Path) -> None:
        super().__init__(f"The broker did not take the new accounts: {why}. Its log is {log}.")
