"""Open pages and their connections: told together, written to while free, dropped when stuck or gone."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from queue_server.web import live, live_page
from queue_server.web.live import Channel, Streams
from tests.integration.web.public.sample_office import SampleOffice
from tests.unit.web.live_readers import DEADLINE, Page, Wire, notice


@pytest.fixture
def office(tmp_path: Any) -> SampleOffice:
    return SampleOffice(str(tmp_path))


def test_a_client_that_takes_nothing_is_dropped(
    office: SampleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_page, "SEND_WITHIN", 0.05)

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
