"""Topic → message: the whole contract as one table, from which AsyncAPI and the tests are made."""

from dataclasses import dataclass

from queue_server.contract import states
from queue_server.contract.cloud_events import CloudEvent
from queue_server.contract.replies import Reply
from queue_server.contract.requests import VERBS, Request
from queue_server.contract.topics import VERSION
from queue_server.contract.values import Message

ROOT = f"motcua/{VERSION}/{{office}}"


@dataclass(frozen=True, slots=True)
class Channel:
    """One topic with its parameters in braces, its message, and who publishes it."""

    name: str
    address: str
    message: type[Message]
    by_server: bool
    retained: bool
    what: str


def _request(verb: str, model: type[Request]) -> Channel:
    what = (model.__doc__ or "").strip().split("\n")[0].strip(' "') or f"Asks for {verb}."
    return Channel(f"request-{verb}", f"{ROOT}/request/{{client}}/{verb}", model, False, False, what)


CHANNELS: tuple[Channel, ...] = (
    Channel("server-state", f"{ROOT}/server/state", states.ServerState, True, True,
            "ready, draining or lost (its will), with a heartbeat every three seconds"),
    Channel("office-state", f"{ROOT}/office/state", states.OfficeState, True, True,
            "the public catalogue: services, counters, priority groups, kiosks, languages"),
    Channel("figures-state", f"{ROOT}/figures/state", states.FiguresState, True, True,
            "today's figures so far, and the predicted mean of everyone in the hall"),
    Channel("service-state", f"{ROOT}/service/{{service}}/state", states.ServiceState, True, True,
            "open or why closed, waiting, next number, predicted wait of a newcomer"),
    Channel("counter-state", f"{ROOT}/counter/{{counter}}/state", states.CounterState, True, True,
            "state, ticket called or in service, services it takes"),
    Channel("board-state", f"{ROOT}/board/{{zone}}/state", states.BoardState, True, True,
            "the last calls of a zone in order"),
    Channel("event", f"{ROOT}/event/{{type}}", CloudEvent, True, False,
            "what happened, as CloudEvents 1.0"),
    Channel("reply", f"{ROOT}/reply/{{client}}", Reply, True, False,
            "the one answer to a request id"),
    Channel("printer-job", f"{ROOT}/printer/{{device}}/job", states.PrintJob, True, False,
            "a slip to print, as data; published again until its outcome or its expiry"),
    Channel("device-state", f"{ROOT}/device/{{device}}/state", states.DeviceState, False, True,
            "health of a device; lost is its will"),
    Channel("device-test", f"{ROOT}/test/{{device}}", states.DeviceTest, True, False,
            "prints, shows or plays a test on this device"),
    Channel("grant", f"{ROOT}/grant/{{kiosk}}", states.Grant, True, True,
            "numbers a kiosk may issue by itself while the server is away"),
    *(_request(verb, model) for verb, model in VERBS.items()),
)  # fmt: skip
