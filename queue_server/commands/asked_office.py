"""The office that a command plays days of: an office file, or the reference office where none is named."""

from pathlib import Path
from typing import TYPE_CHECKING

from queue_server.commands.shared import fail

if TYPE_CHECKING:
    from queue_server.simulate.place import Place
    from queue_server.simulate.setting import Setting


def asked_office(office: Path | None) -> "tuple[Setting, Place]":
    """Its setting and its place; ends the command where the file has mistakes."""
    from queue_server.office_file.load import load_office
    from queue_server.office_file.problems import OfficeFileError
    from queue_server.simulate.place import place_of
    from queue_server.simulate.reference import reference
    from queue_server.simulate.setting import setting_of

    if office is None:
        return reference()
    try:
        config = load_office(office)
    except OfficeFileError as problem:
        fail(str(problem), 2)
    return setting_of(config), place_of(config)
