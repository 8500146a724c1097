"""What officers are called on the staff's pages: their account's name; in a demo also those that it plays."""

from queue_server.domain.ids import OfficerId
from queue_server.web.ports import WebDeps


def officer_names(deps: WebDeps, language: str) -> dict[OfficerId, str]:
    """Officer → name. For readers who may see names only."""
    config = deps.engine.office.config
    names: dict[OfficerId, str] = {}
    if deps.played_officers is not None and config is not None:
        played = deps.played_officers(config)
        names |= {OfficerId(id_): words.in_(language) for id_, words in played.items()}
    return names | {account.id: account.name for account in deps.accounts.all()}
