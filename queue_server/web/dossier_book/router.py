"""The officers' pages of the book, in the order in which their paths are looked at."""

from collections.abc import Callable

from fastapi import APIRouter

from queue_server.dossiers.book import DossierBook
from queue_server.web.app import RouterFactory
from queue_server.web.dossier_book import correcting, entering, finding, moving
from queue_server.web.dossier_book.desk import Desk
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes


def book_router(book: DossierBook, new_id: Callable[[], str]) -> RouterFactory:
    """The router factory of a book; `new_id` makes one id a form."""

    def router(deps: WebDeps) -> APIRouter:
        desk = Desk(deps, book, new_id)
        router = Routes(tags=["dossier book"])
        for routes in (entering.routes, finding.routes, moving.routes, correcting.routes):
            router.take(routes(desk))
        return router

    return router
