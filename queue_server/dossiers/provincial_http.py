"""The one question to a provincial system over HTTP, within its time, trusting nothing that comes back.

Only the address of the office file is asked; redirects are not followed, TLS is verified, no proxy of the
environment is used, an answer may be of the size and kind that is expected and no other. The whole question
has one deadline, so that a server which drips a byte a second is given up like one that is silent. What is
raised never holds a code, a token or a word of the answer.
"""

import asyncio
import json
import logging
import ssl
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from queue_server.domain.office_dossiers import ProvincialRules
from queue_server.dossiers.provincial_transport import Unanswered

MOST_BYTES = 512 * 1024
"""A dossier with a long way is some 20 kB."""
CODE_MARK = "{code}"
_SLACK_S = 0.5


class HttpTransport:
    """For several threads; the requests run on a loop of its own. `secrets` is where a token file may lie."""

    def __init__(self, rules: ProvincialRules, root: Path) -> None:
        self._rules, self._root = rules, root
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log addresses, which may hold codes
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="provincial", daemon=True)
        self._thread.start()
        self._client: httpx.AsyncClient | None = None

    def ask(self, code: str) -> Any | None:
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", **self._token()}
        future: Future[Any] = asyncio.run_coroutine_threadsafe(self._within(code, headers), self._loop)
        try:
            return future.result(self._rules.answer_within.total_seconds() + _SLACK_S)
        except TimeoutError:
            future.cancel()
            raise Unanswered("slow") from None

    def close(self) -> None:
        """Ends what is under way."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._close(), self._loop)
            self._thread.join(2)

    async def _close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
        self._loop.stop()

    async def _within(self, code: str, headers: dict[str, str]) -> Any | None:
        try:
            async with asyncio.timeout(self._rules.answer_within.total_seconds()):
                return await self._question(code, headers)
        except TimeoutError:
            raise Unanswered("slow") from None
        except (httpx.ConnectError, httpx.ConnectTimeout):
            raise Unanswered("no_connection") from None
        except httpx.TimeoutException:
            raise Unanswered("slow") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError):
            raise Unanswered("broken_off") from None
        except OSError:  # the authority's file cannot be read, or holds no certificate
            raise Unanswered("no_authority") from None

    async def _question(self, code: str, headers: dict[str, str]) -> Any | None:
        rules = self._rules
        client = self._client = self._client or self._make()
        if rules.method == "get":
            url = rules.url.replace(CODE_MARK, quote(code, safe=""))
            asked = client.stream("GET", url, headers=headers)
        else:
            body = {**dict(rules.send), rules.code_field: code}
            asked = client.stream("POST", rules.url, headers=headers, json=body)
        async with asked as answer:
            if answer.status_code == 404:
                return None
            if answer.is_redirect or 300 <= answer.status_code < 400:
                raise Unanswered("redirected")
            if answer.status_code in (401, 403):
                raise Unanswered("not_let_in")
            if answer.status_code == 204:
                return None
            if answer.status_code != 200:
                raise Unanswered("error_status")
            return _parsed(await _body(answer))

    def _make(self) -> httpx.AsyncClient:
        rules = self._rules
        authority = self._at(rules.authority) if rules.authority else None
        connect = rules.connect_within.total_seconds()
        return httpx.AsyncClient(
            verify=ssl.create_default_context(cafile=str(authority)) if authority else True,
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(rules.answer_within.total_seconds(), connect=connect),
            limits=httpx.Limits(max_connections=8, max_keepalive_connections=4),
        )

    def _token(self) -> dict[str, str]:
        """The header with the token, read anew each time, so that a changed one holds at once."""
        if not self._rules.token_file:
            return {}
        try:
            token = self._at(self._rules.token_file).read_text(encoding="ascii").strip()
        except (OSError, UnicodeError):
            raise Unanswered("no_token") from None
        if not token or not token.isprintable() or "\n" in token:
            raise Unanswered("no_token")
        return {self._rules.token_header: f"{self._rules.token_prefix}{token}"}

    def _at(self, named: str) -> Path:
        return Path(named) if Path(named).is_absolute() else self._root / named


async def _body(answer: httpx.Response) -> bytes:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind not in ("application/json", "text/json") and not kind.endswith("+json"):
        raise Unanswered("other_kind")
    if answer.headers.get("content-encoding", "identity").casefold() != "identity":
        raise Unanswered("other_kind")
    parts: list[bytes] = []
    size = 0
    async for part in answer.aiter_raw():
        size += len(part)
        if size > MOST_BYTES:
            raise Unanswered("too_large")
        parts.append(part)
    return b"".join(parts)


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise Unanswered("no_json") from None
