"""What `motcua server` imports before the office answers, and what it leaves out."""

import json
import subprocess
import sys

import pytest

from queue_server.contract.values import Message, compile_messages

pytestmark = pytest.mark.slow

LEFT_OUT = {
    "alembic",  # only a database of an older version is migrated
    "greenlet",
    "openpyxl",
    "psycopg",
    "pydantic.v1",
    "pygments",
    "queue_server.commands.doctor",
    "queue_server.predictor.adviser",
    "queue_server.predictor.service",
    "queue_server.simulate.hall",
    "rich",
    "sqlalchemy.dialects.postgresql",
    "watchfiles",
    "weasyprint",
}
"""Each costs a start between 5 and 100 ms, or the idle server megabytes."""

START = """
import gc, json, sys
from queue_server.commands import lean, server
lean.begin()
import queue_server.main
print(json.dumps({"gc": gc.isenabled(), "there": [name for name in sys.modules if sys.modules[name]]}))
"""


def test_the_server_starts_without_what_it_does_not_need() -> None:
    told = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    seen = json.loads(told.stdout)
    assert set(seen["there"]) & LEFT_OUT == set()
    assert {"queue_server.main", "fastapi", "sqlalchemy"} <= set(seen["there"])
    assert not seen["gc"], "garbage is looked for from memory.settle on"


def test_what_was_left_out_of_an_import_can_be_imported_later() -> None:
    program = START + "import rich.table, rich.pretty\nfrom fastapi.openapi.models import OpenAPI, Info\n"
    program += "made = OpenAPI(openapi='3.1.0', info=Info(title='a', version='1'), paths={})\n"
    program += "assert made.model_dump()['info']['title'] == 'a'"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr


def test_messages_that_nobody_used_are_compiled_in_one_go() -> None:
    class NeverUsed(Message):
        text: str

    assert not NeverUsed.__pydantic_complete__
    compile_messages()
    assert NeverUsed.__pydantic_complete__
    assert NeverUsed(text="Mời").model_dump_json() == '{"text":"Mời"}'
