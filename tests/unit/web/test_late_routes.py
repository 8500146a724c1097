"""Routes are analysed when they are first asked for, and answer as those analysed at once."""

from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Query
from fastapi.testclient import TestClient

from queue_server.web.routes import LateRoute, Routes


def routes(kind: type[APIRouter]) -> APIRouter:
    router = kind(tags=["desk"])

    @router.get("/double/{number}")
    def double(number: int, add: Annotated[int, Query(le=9)] = 0) -> dict[str, int]:
        """Twice the number."""
        return {"is": 2 * number + add}

    @router.post("/name", include_in_schema=False, status_code=201)
    def name(name: Annotated[str, Form()]) -> str:
        return name

    return router


def app(kind: type[APIRouter]) -> FastAPI:
    return FastAPI(routes=routes(kind).routes)


def analysed(router: APIRouter) -> list[str]:
    return [r.path for r in router.routes if isinstance(r, LateRoute) and "dependant" in vars(r)]


def test_only_what_was_asked_for_is_analysed() -> None:
    late = FastAPI(routes=routes(Routes).routes)
    assert analysed(late.router) == []
    assert TestClient(late).get("/double/4?add=1").json() == {"is": 9}
    assert analysed(late.router) == ["/double/{number}"]


def test_a_late_route_answers_and_refuses_as_an_early_one() -> None:
    late, early = TestClient(app(Routes)), TestClient(app(APIRouter))
    for method, path, data in (
        ("GET", "/double/4?add=1", None),
        ("GET", "/double/four", None),
        ("GET", "/double/4?add=10", None),
        ("POST", "/double/4", None),
        ("POST", "/name", {"name": "Lan"}),
        ("POST", "/name", {}),
        ("GET", "/nothing", None),
    ):
        one, other = (client.request(method, path, data=data) for client in (late, early))
        assert (one.status_code, one.text) == (other.status_code, other.text), path


def test_the_document_is_the_same() -> None:
    assert app(Routes).openapi() == app(APIRouter).openapi()


def test_what_was_changed_before_the_analysis_stays_changed() -> None:
    late = app(Routes)
    for route in late.routes:
        if isinstance(route, LateRoute):
            route.include_in_schema = not route.include_in_schema
    assert list(late.openapi()["paths"]) == ["/name"]


def test_routes_taken_from_another_router_stand_under_the_tags_of_both() -> None:
    whole = Routes(tags=["office"])
    whole.take(routes(Routes))
    assert analysed(whole) == []
    document = FastAPI(routes=whole.routes).openapi()
    assert document["paths"]["/double/{number}"]["get"]["tags"] == ["office", "desk"]
