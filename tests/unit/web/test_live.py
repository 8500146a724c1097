"""Live channels: state first, one computation for all, changes folded, no hang at the end."""

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import pytest

from queue_server.domain import commands as c
from queue_server.domain.words import Words
from queue_server.web import live
from queue_server.web.live import Channel, Channels, Streams
from queue_server.web.wire import EXTENSION
from tests.integration.web.public.sample_office import SampleOffice

DEADLINE = 5.0


class Page:
    """One subscriber, read message by message."""

    def __init__(self, channel: Channel, streams: Streams, alive: Any = lambda: True) -> None:
        request = SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(streams=streams)))
        self._messages: Any = channel.response(request, alive).body_iterator  # type: ignore[arg-type]

    async def next(self, kind: str = "state") -> dict[str, Any]:
        while True:
            text = (await asyncio.wait_for(anext(self._messages), DEADLINE)).decode()
            lines = dict(line.split(": ", 1) for line in text.strip().splitlines())
            if lines["event"] == kind:
                message: dict[str, Any] = json.loads(lines["data"])
                return message | {"id": lines.get("id")}

    async def ended(self) -> None:
        with pytest.raises(StopAsyncIteration):
            while True:
                await asyncio.wait_for(anext(self._messages), DEADLINE)

    async def leave(self) -> None:
        await self._messages.aclose()


@pytest.fixture
def office(tmp_path: Any) -> SampleOffice:
    return SampleOffice(str(tmp_path))


def noted(made: list[int], o: Any) -> str:
    made.append(o.seq)
    return ""


def notice(office: SampleOffice, text: str) -> None:
    office.engine.do(c.PostNotice, words=Words(text))


def test_a_page_gets_the_full_state_first_with_the_journals_position(office: SampleOffice) -> None:
    async def story() -> None:
        page = Page(Channel(office.deps, lambda o: {"notice": o.notice.vi}), Streams())
        first = await page.next()
        assert first["state"] == {"notice": ""}
        assert first["id"] == str(office.engine.office.seq) == str(first["seq"])
        assert first["boot"] == "boot"
        notice(office, "mới")
        assert (await page.next())["state"] == {"notice": "mới"}
        await page.leave()

    asyncio.run(story())


def test_many_pages_share_one_computation(office: SampleOffice) -> None:
    made: list[int] = []

    def state(o: Any) -> dict[str, object]:
        made.append(o.seq)
        return {"notice": o.notice.vi}

    async def story() -> None:
        channel, streams = Channel(office.deps, state), Streams()
        pages = [Page(channel, streams) for _ in range(50)]
        await asyncio.gather(*(p.next() for p in pages))
        assert len(made) == 1 and streams.open == 50
        notice(office, "một")
        assert {p["state"]["notice"] for p in await asyncio.gather(*(p.next() for p in pages))} == {"một"}
        assert len(made) == 2
        for page in pages:
            await page.leave()
        assert streams.open == 0

    asyncio.run(story())


def test_changes_within_thirty_milliseconds_are_folded_into_one_message(office: SampleOffice) -> None:
    made: list[int] = []

    async def story() -> None:
        page = Page(Channel(office.deps, lambda o: {"n": noted(made, o) + o.notice.vi}), Streams())
        await page.next()
        for n in range(40):
            notice(office, str(n))
        last = await page.next()
        while last["state"]["n"] != "39":
            last = await page.next()
        assert len(made) <= 4
        await page.leave()

    asyncio.run(story())


def test_an_irrelevant_change_sends_nothing(office: SampleOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "BEAT_EVERY", 0.05)
    made: list[int] = []

    async def story() -> None:
        channel = Channel(
            office.deps, lambda o: {"n": noted(made, o)}, lambda o, recorded: o.notice.vi == "có"
        )
        page = Page(channel, Streams())
        await page.next()
        notice(office, "không")
        await page.next("beat")
        assert len(made) == 1
        await page.leave()

    asyncio.run(story())


def test_beats_come_while_nothing_happens_and_carry_the_servers_time(
    office: SampleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BEAT_EVERY", 0.02)

    async def story() -> None:
        page = Page(Channel(office.deps, lambda o: {}), Streams())
        await page.next()
        assert (await page.next("beat"))["at"] == office.clock.now().isoformat()
        await page.leave()

    asyncio.run(story())


def test_what_moves_without_events_is_sent_after_some_beats(
    office: SampleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BEAT_EVERY", 0.02)
    told = ["12–18"]

    async def story() -> None:
        page = Page(Channel(office.deps, lambda o: {"told": told[0]}), Streams())
        await page.next()
        told[0] = "9–14"
        assert (await page.next())["state"] == {"told": "9–14"}
        await page.leave()

    asyncio.run(story())


def test_a_state_that_cannot_be_made_stops_the_beats_but_not_the_page(
    office: SampleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BEAT_EVERY", 0.02)

    def state(o: Any) -> dict[str, object]:
        if o.notice.vi == "hỏng":
            raise RuntimeError("broken")
        return {"notice": o.notice.vi}

    async def story() -> None:
        page = Page(Channel(office.deps, state), Streams())
        await page.next()
        notice(office, "hỏng")
        notice(office, "lành")
        assert (await page.next())["state"] == {"notice": "lành"}
        await page.next("beat")
        await page.leave()

    asyncio.run(story())


def test_closing_the_streams_ends_every_page(office: SampleOffice) -> None:
    async def story() -> None:
        streams = Streams()
        page = Page(Channel(office.deps, lambda o: {}), streams)
        await page.next()
        await asyncio.to_thread(streams.close)
        await page.ended()
        assert streams.open == 0

    asyncio.run(story())


def test_a_page_whose_session_has_ended_is_ended_at_the_next_beat(
    office: SampleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BEAT_EVERY", 0.02)

    async def story() -> None:
        page = Page(Channel(office.deps, lambda o: {}), Streams(), alive=lambda: False)
        await page.next()
        await page.ended()

    asyncio.run(story())


def test_a_channel_without_pages_hears_nothing_and_can_be_joined_again(office: SampleOffice) -> None:
    async def story() -> None:
        channel, streams = Channel(office.deps, lambda o: {"notice": o.notice.vi}), Streams()
        page = Page(channel, streams)
        await page.next()
        await page.leave()
        notice(office, "sau")
        again = Page(channel, streams)
        assert (await again.next())["state"] == {"notice": "sau"}
        await again.leave()

    asyncio.run(story())


def test_channels_are_kept_by_key(office: SampleOffice) -> None:
    channels: Channels[str] = Channels(office.deps, lambda o, key: {"key": key}, live.any_change)
    assert channels.of("vi") is channels.of("vi")
    assert channels.of("vi") is not channels.of("en")


def test_a_client_that_takes_nothing_is_dropped(
    office: SampleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "SEND_WITHIN", 0.05)

    async def story() -> None:
        streams = Streams()
        request: Any = SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(streams=streams)))
        response = Channel(office.deps, lambda o: {}).response(request)
        never = asyncio.Event()

        async def send(message: Any) -> None:
            if message["type"] == "http.response.body":
                await never.wait()

        async def receive() -> Any:
            await never.wait()

        scope = {"type": "http", "method": "GET"}
        await asyncio.wait_for(response(scope, receive, send), DEADLINE)
        assert streams.open == 0

    asyncio.run(story())


def test_a_client_that_goes_away_leaves_at_once_and_its_stream_ends(office: SampleOffice) -> None:
    async def story() -> None:
        streams = Streams()
        request: Any = SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(streams=streams)))
        response = Channel(office.deps, lambda o: {}).response(request)
        sent: list[dict[str, Any]] = []
        first, goes = asyncio.Event(), asyncio.Event()

        async def send(message: Any) -> None:
            sent.append(message)
            if message["type"] == "http.response.body":
                first.set()

        async def receive() -> Any:
            await goes.wait()
            return {"type": "http.disconnect"}

        stream = asyncio.ensure_future(response({"type": "http", "method": "GET"}, receive, send))
        await asyncio.wait_for(first.wait(), DEADLINE)
        assert streams.open == 1
        goes.set()
        await asyncio.wait_for(stream, DEADLINE)
        assert streams.open == 0
        assert sent[0]["headers"][0] == (b"cache-control", b"no-store")

    asyncio.run(story())


def test_five_hundred_pages_hear_of_a_change_together(office: SampleOffice) -> None:
    async def story() -> None:
        channel, streams = Channel(office.deps, lambda o: {"notice": o.notice.vi}), Streams()
        pages = [Page(channel, streams) for _ in range(500)]
        await asyncio.gather(*(p.next() for p in pages))
        assert streams.open == 500
        waiting = [asyncio.ensure_future(p.next()) for p in pages]
        notice(office, "mời")
        heard = await asyncio.wait_for(asyncio.gather(*waiting), DEADLINE)
        assert {h["state"]["notice"] for h in heard} == {"mời"}
        for page in pages:
            await page.leave()
        assert streams.open == 0

    asyncio.run(story())


class Wire:
    """An open page on a connection of its own: `sent` by its task, `pushed` past it while `free`."""

    def __init__(self, office: SampleOffice, channel: Channel, streams: Streams, alive: Any = None) -> None:
        request: Any = SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(streams=streams)))
        self.sent: list[bytes] = []
        self.pushed: list[bytes] = []
        self.free = True
        self._changed = asyncio.Event()
        scope = {"type": "http", "method": "GET", "extensions": {EXTENSION: {"push": self._push}}}
        response = channel.response(request, alive or (lambda: True))
        self.stream = asyncio.ensure_future(response(scope, self._receive, self._send))

    def _push(self, chunk: bytes) -> bool:
        if self.free:
            self.pushed.append(chunk)
            self._changed.set()
        return self.free

    async def _send(self, message: Any) -> None:
        self.sent.append(message.get("body", b"head"))
        self._changed.set()

    async def _receive(self) -> Any:
        await asyncio.Event().wait()

    async def has(self, text: bytes, where: str) -> bytes:
        async with asyncio.timeout(DEADLINE):
            while True:
                for message in getattr(self, where):
                    if text in message:
                        return bytes(message)
                self._changed.clear()
                await self._changed.wait()


def test_news_is_written_to_free_connections_past_their_tasks_as_one_chunk(office: SampleOffice) -> None:
    async def story() -> None:
        channel, streams = Channel(office.deps, lambda o: {"notice": o.notice.vi}), Streams()
        pages = [Wire(office, channel, streams) for _ in range(3)]
        for page in pages:
            await page.has(b"event: state", "sent")
        notice(office, "mời")
        chunks = {await page.has("mời".encode(), "pushed") for page in pages}
        size, rest = chunks.pop().split(b"\r\n", 1)
        assert not chunks and len(rest) == int(size, 16) + 2 and rest.endswith(b"\n\n\r\n")
        assert [len(page.sent) for page in pages] == [2, 2, 2], "the head and the first state"
        streams.close()
        await asyncio.wait_for(asyncio.gather(*(page.stream for page in pages)), DEADLINE)
        assert all(page.sent[-1] == b"" for page in pages)

    asyncio.run(story())


def test_a_connection_that_still_sends_gets_the_newest_state_from_its_own_task(office: SampleOffice) -> None:
    async def story() -> None:
        channel, streams = Channel(office.deps, lambda o: {"notice": o.notice.vi}), Streams()
        slow, quick = Wire(office, channel, streams), Wire(office, channel, streams)
        for page in (slow, quick):
            await page.has(b"event: state", "sent")
        slow.free = False
        notice(office, "một")
        await quick.has("một".encode(), "pushed")
        await slow.has("một".encode(), "sent")
        slow.free = True
        notice(office, "hai")
        await slow.has(b"hai", "pushed")
        assert sum(b"event: state" in m for m in (*slow.sent, *slow.pushed)) == 3, "each state once"
        streams.close()
        await asyncio.wait_for(asyncio.gather(slow.stream, quick.stream), DEADLINE)

    asyncio.run(story())


def test_a_page_whose_session_has_ended_is_not_written_to_at_the_next_beat(
    office: SampleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BEAT_EVERY", 0.02)
    signed_in = [True]

    async def story() -> None:
        channel, streams = Channel(office.deps, lambda o: {}), Streams()
        page = Wire(office, channel, streams, alive=lambda: signed_in[0])
        await page.has(b"event: beat", "pushed")
        signed_in[0] = False
        had = len(page.pushed)
        await asyncio.wait_for(page.stream, DEADLINE)
        assert len(page.pushed) == had and streams.open == 0

    asyncio.run(story())
