"""The staff side of the web, as the router factories that `make_app` takes."""

from queue_server.web import acts
from queue_server.web.admin import router as admin
from queue_server.web.advice import router as advice
from queue_server.web.app import RouterFactory
from queue_server.web.auth import router as auth
from queue_server.web.counter import router as counter
from queue_server.web.greeter import router as greeter

STAFF_ROUTERS: tuple[RouterFactory, ...] = (
    auth.router,
    acts.router,
    advice.router,
    counter.router,
    greeter.router,
    admin.router,
)
