"""A quick and small start: libraries that are optional to others are left out, garbage is not looked for."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def begin() -> None:
    """First thing in the server's process, before its wiring is imported; `memory.settle` is the end of it.

    What imports make lives as long as the program: looking for garbage among it took a fifth of a start.
    Left out are pictures of tracebacks (structlog's, where the log is JSON), starting again when a source
    file changes (uvicorn's) and Pydantic 1; FastAPI's models of OpenAPI wait for who asks for that page.
    """
    gc.disable()
    with _not_installed("rich", "greenlet"):
        import structlog  # noqa: F401
    with _not_installed("watchfiles"):
        import uvicorn  # noqa: F401
    sys.modules.update({"pydantic.v1": None})  # type: ignore[dict-item]
    """FastAPI asks each route whether it uses models of Pydantic 1; none can."""
    with _built_when_used():
        import fastapi  # noqa: F401


@contextmanager
def _not_installed(*names: str) -> Iterator[None]:
    """Imports inside go on as they do where these libraries are missing; later ones find them."""
    away = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(away))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in away:
            del sys.modules[name]


@contextmanager
def _built_when_used() -> Iterator[None]:
    """Models of Pydantic that are declared inside are compiled at their first use."""
    from pydantic import BaseModel

    before = BaseModel.model_config
    BaseModel.model_config = {**before, "defer_build": True}
    try:
        yield
    finally:
        BaseModel.model_config = before
