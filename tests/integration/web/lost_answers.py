"""A line that loses one answer, for a browser's page."""

from playwright.sync_api import Page, Route


def lose_the_first(page: Page, pattern: str) -> list[str]:
    """The first request to such an address fails, later ones go on; what was lost, as it happens."""
    lost: list[str] = []

    def meet(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.request.url)
            route.abort()

    page.route(pattern, meet)
    return lost
