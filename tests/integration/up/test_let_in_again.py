"""A device that was shut out when the server started may be let in again without starting it anew."""

from pathlib import Path

import pytest

from assets.files import office_path
from queue_server.clock import secret
from queue_server.main import Options, Server
from queue_server.office_dir import OfficeDir
from queue_server.office_file.load import load_office
from queue_server.web.own_pages import base_url


def test_the_server_knows_a_device_that_is_allowed_again_later(tmp_path: Path) -> None:
    config, office = load_office(office_path("commune")), OfficeDir(tmp_path)
    office.prepare()
    office.device_accounts(config, secret)
    office.revoke("kiosk-1", secret)
    options = Options(tmp_path, office_path("commune"), ("127.0.0.1", 8080), ("127.0.0.1", 1))
    server = Server(options, config)
    try:
        assert server.devices["kiosk-1"].kind == "kiosk"
        assert server.devices["server"].password
    finally:
        server.database.close()


@pytest.mark.parametrize(
    ("host", "said"),
    [("0.0.0.0", "http://127.0.0.1:80"), ("::", "http://[::1]:80"), ("::1", "http://[::1]:80")],
)
def test_the_pages_have_an_address_that_a_browser_opens(host: str, said: str) -> None:
    assert base_url((host, 80), "") == said
