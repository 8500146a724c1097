"""Live channels: state first, one computation for all, changes folded, no hang at the end."""

import asyncio
from typing import Any

import pytest

from queue_server.web import live
from queue_server.web.live import Channel, Channels, Streams
from tests.integration.web.public.sample_office import SampleOffice
from tests.unit.web.live_readers import Page, notice


@pytest.fixture
def office(tmp_path: Any) -> SampleOffice:
    return SampleOffice(str(tmp_path))


def noted(made: list[int], o: Any) -> str:
    made.append(o.seq)
    return ""


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
