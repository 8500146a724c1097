"""Announcements in a real Chromium: in turn, never one over another, each once, shown with its chime."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from queue_server.domain import commands as c
from tests.integration.web.public.conftest import Serve, Served
from tests.integration.web.public.sample_office import SampleOffice

pytestmark = pytest.mark.slow

QUEUE = """
async ({ states, shownMs }) => {
  const { AnnouncementQueue } = await import("/static/hall/announce.js");
  const log = [];
  let now = 0, finish = null, seen = [];
  const pauses = [];
  const queue = new AnnouncementQueue({
    play: (call, onStart) => new Promise((resolve) => {
      log.push(`start ${call.id}`);
      onStart();
      finish = () => { log.push(`end ${call.id}`); finish = null; resolve(); };
    }),
    show: (call) => log.push(`show ${call?.id ?? "-"}`),
    pause: (ms) => new Promise((resolve) => pauses.push({ ms, resolve })),
    remember: (ids) => { seen = ids; },
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  for (const step of states) {
    if (step.calls) queue.take(step.calls, step.now);
    if (step.finish) finish?.();
    if (step.shown) { const pause = pauses.shift(); log.push(`shown ${pause.ms}`); pause.resolve(); }
    await settle();
  }
  return { log, seen, held: [...queue.held], known: queue.seen.size };
}
"""

RECORD_AUDIO = """
window.played = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (at) {
  window.played.push({ at, until: at + this.buffer.duration });
  return start.call(this, at);
};
"""


def call(id_: str, at_ms: int = 0, still: bool = True) -> dict[str, Any]:
    return {"id": id_, "number": id_.upper(), "counter": "1", "at_ms": at_ms, "still": still, "clips": []}


@pytest.fixture
def tv(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1920, "height": 1080})
    yield page
    page.close()


@pytest.fixture(scope="module")
def queue(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page with the announcer's own script; each run makes a queue of its own in it."""
    server = Served(SampleOffice(str(tmp_path_factory.mktemp("office"))))
    page = chromium.new_page()
    page.goto(f"{server.url}/display/sound-check")
    yield page
    page.close()
    server.stop()


def run(queue: Page, *states: dict[str, Any]) -> dict[str, Any]:
    answer = queue.evaluate(QUEUE, {"states": list(states), "shownMs": 6000})
    assert isinstance(answer, dict)
    return answer


def test_the_second_call_waits_for_the_first_and_its_six_seconds(queue: Page) -> None:
    ran = run(
        queue,
        {"calls": [call("b"), call("a")], "now": 0},
        {"finish": True},
        {"shown": True},
        {"finish": True},
        {"shown": True},
    )
    assert ran["log"] == [
        "start a",
        "show a",
        "end a",
        "shown 6000",
        "start b",
        "show b",
        "end b",
        "shown 6000",
        "show -",
    ]


def test_a_long_announcement_is_never_cut(queue: Page) -> None:
    ran = run(queue, {"calls": [call("b"), call("a")], "now": 0}, {"shown": True})
    assert ran["log"] == ["start a", "show a", "shown 6000"]
    assert ran["held"] == ["b"]


def test_a_call_is_announced_once_however_often_its_state_comes(queue: Page) -> None:
    same = {"calls": [call("a")], "now": 0}
    ran = run(queue, same, same, {"finish": True}, {"shown": True}, same)
    assert ran["log"].count("start a") == 1
    assert ran["seen"] == ["a"]


def test_a_year_of_calls_is_not_kept_in_mind(queue: Page) -> None:
    days = [{"calls": [call(f"c{n}")], "now": 10**9} for n in range(300)]
    ran = run(queue, *days)
    assert ran["known"] == len(ran["seen"]) == 100


def test_calls_older_than_half_a_minute_are_shown_not_spoken(queue: Page) -> None:
    ran = run(queue, {"calls": [call("b", 70_000), call("a", 60_000)], "now": 95_000})
    assert ran["log"] == ["start b", "show b"]


def test_who_has_come_meanwhile_is_not_called_any_more(queue: Page) -> None:
    ran = run(
        queue,
        {"calls": [call("b"), call("a")], "now": 0},
        {"calls": [call("b", still=False), call("a")], "now": 0},
        {"finish": True},
        {"shown": True},
    )
    assert "start b" not in ran["log"]


def test_two_real_calls_sound_one_after_the_other(
    tv: Page, serve: Serve, office: SampleOffice, recordings: None
) -> None:
    office.engine.open(2, 3)
    office.engine.issue()
    office.engine.issue()
    tv.add_init_script(RECORD_AUDIO)
    tv.goto(f"{serve(office).url}/display/hall/sanh")
    tv.wait_for_function(
        "() => document.querySelector('[data-at=calling]').textContent === 'Chưa gọi số nào'"
    )
    office.engine.call(2)
    office.engine.call(3)
    shown = "document.querySelector('[data-at=number]').textContent"
    tv.wait_for_function(f"() => {shown} === 'A001'")
    first = tv.evaluate("window.played.length")
    assert tv.inner_text("[data-at=recent]") == "", "the second call is not on the board before its chime"
    tv.wait_for_function(f"() => {shown} === 'A002'", timeout=60_000)
    tv.wait_for_function(f"() => window.played.length === {2 * first}")
    played = tv.evaluate("window.played")
    assert first >= 13
    for one, other in pairwise(played):
        assert other["at"] >= one["until"] - 0.001, "a clip begins after the one before has ended"
    said = first // 2 + 1
    assert played[said]["at"] - played[said - 1]["until"] == pytest.approx(1.5, abs=0.05)
    assert "A001" in tv.inner_text("[data-at=recent]")


def test_a_reload_says_nothing_again(tv: Page, serve: Serve, office: SampleOffice, recordings: None) -> None:
    office.engine.open(2)
    office.engine.issue()
    tv.add_init_script(RECORD_AUDIO)
    tv.goto(f"{serve(office).url}/display/hall/sanh")
    office.engine.call(2)
    tv.wait_for_function("() => window.played.length > 0")
    tv.reload()
    tv.wait_for_function("() => document.querySelector('[data-at=number]').textContent === 'A001'")
    office.engine.issue()
    tv.wait_for_function(
        "() => document.querySelector('[data-at=services]').textContent.includes('1 người chờ')"
    )
    assert tv.evaluate("window.played.length") == 0


@pytest.mark.parametrize(
    "storage",
    [
        "localStorage.setItem('calls-announced-sanh', '{torn');"
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };",
        "Object.defineProperty(window, 'localStorage',"
        " { get() { throw new DOMException('', 'SecurityError'); } });",
    ],
)
def test_a_browser_whose_memory_is_torn_full_or_forbidden_still_calls(
    storage: str, tv: Page, serve: Serve, office: SampleOffice, recordings: None
) -> None:
    office.engine.open(2)
    office.engine.issue()
    tv.add_init_script(RECORD_AUDIO + storage)
    tv.goto(f"{serve(office).url}/display/hall/sanh")
    office.engine.call(2)
    tv.wait_for_function("() => document.querySelector('[data-at=number]').textContent === 'A001'")
    tv.wait_for_function("() => window.played.length > 0")


def test_a_recall_is_spoken_again(tv: Page, serve: Serve, office: SampleOffice, recordings: None) -> None:
    office.engine.open(2)
    office.engine.issue()
    tv.goto(f"{serve(office).url}/display/hall/sanh")
    office.engine.call(2)
    tv.wait_for_function("() => document.querySelector('[data-at=number]').textContent === 'A001'")
    office.clock.pass_(seconds=5)
    with tv.expect_request("**/vi/call.again.wav", timeout=60_000):
        office.engine.at_counter(c.Recall, 2)


def test_a_silenced_browser_says_so_and_still_shows_calls(
    serve: Serve, office: SampleOffice, chromium: Browser
) -> None:
    page = chromium.new_page()
    page.add_init_script(
        "const Own = AudioContext; window.AudioContext = class extends Own {"
        " get state() { return 'suspended'; } };"
    )
    office.engine.open(2)
    office.engine.issue()
    page.goto(f"{serve(office).url}/display/hall/sanh")
    office.engine.call(2)
    page.wait_for_function("() => document.querySelector('[data-at=number]').textContent === 'A001'")
    assert "chạm để bật loa" in page.inner_text("[data-at=muted]")
    page.close()
