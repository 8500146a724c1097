"""Routers whose routes FastAPI analyses when they are first asked for, so that a server starts sooner."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import compile_path, get_name


class LateRoute(APIRoute):
    """Knows its path, its methods and its place in the document; all else when somebody wants it."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        self.path, self.endpoint = path, endpoint
        self.path_regex, self.path_format, self.param_convertors = compile_path(path)
        self.name = options.get("name") or get_name(endpoint)
        self.methods = {method.upper() for method in options.get("methods") or ("GET",)}
        self.include_in_schema = options.get("include_in_schema", True)
        self.tags = list(options.get("tags") or ())
        self._options = options

    def __getattr__(self, name: str) -> Any:
        """Reached only for what was not set yet."""
        options = self.__dict__.pop("_options", None)
        if options is None:
            raise AttributeError(name)
        names = ("name", "methods", "tags", "include_in_schema")
        super().__init__(self.path, self.endpoint, **options | {name: getattr(self, name) for name in names})
        return getattr(self, name)


class Routes(APIRouter):
    """A router of late routes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(route_class=LateRoute, **options)

    def take(self, other: APIRouter) -> None:
        """The other's routes become this one's, under its tags too; FastAPI would analyse each once more."""
        for route in other.routes:
            if isinstance(route, APIRoute):
                route.tags = [*self.tags, *route.tags]
            self.routes.append(route)
