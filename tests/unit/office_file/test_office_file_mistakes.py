"""What is wrong with an office file is said with its line, in both languages, and all at once."""

from pathlib import Path
from textwrap import dedent

import pytest

from queue_server.office_file.load import check_office, load_office
from queue_server.office_file.problems import ERROR, WARNING, OfficeFileError, Problem, lines

SOUND = dedent("""\
    [office]
    id = "thu"
    name = { vi = "Cơ quan thử", en = "Test office" }
    [hours]
    week.t2-t6 = ["07:30-11:30", "13:00-17:00"]
    [[service]]
    id = "mot"
    letter = "A"
    name = { vi = "Một", en = "One" }
    [[service]]
    id = "hai"
    letter = "B"
    name = { vi = "Hai", en = "Two" }
    [[counter]]
    id = "q1"
    number = 1
    name = { vi = "Quầy một", en = "Counter one" }
    services = ["mot", "hai"]
    [[printer]]
    id = "p1"
    name = "Máy in"
    url = "simulated:"
    [[kiosk]]
    id = "k1"
    name = { vi = "Kiosk", en = "Kiosk" }
    printer = "p1"
    """)


def problems_of(text: str, folder: Path | None = None) -> list[Problem]:
    return check_office(text, "thu.toml", folder)[1]


def changed(old: str, new: str) -> str:
    assert SOUND.count(old) >= 1, old
    return SOUND.replace(old, new, 1)


def test_a_sound_file_has_no_problem() -> None:
    config, problems = check_office(SOUND, "thu.toml")
    assert config is not None and problems == []


CASES: dict[str, tuple[str, str, str]] = {
    "an unknown key": (changed('letter = "A"', 'leter = "A"'), "service[1].leter", 'Có phải "letter"?'),
    "a missing key": (changed('letter = "A"\n', ""), "service[1].letter", "Thêm dòng letter"),
    "an unknown section": (SOUND + "[[sevice]]\n", "sevice", 'Có phải "service"?'),
    "a reader nobody understands": (
        changed('printer = "p1"\n', 'printer = "p1"\nreaders = ["serial:ttyUSB0"]\n'),
        "kiosk[1].readers[1]",
        "serial:///dev/serial/by-id/TEN",
    ),
    "a missing section": (
        changed("[hours]", "[rules]").replace("week.t2-t6", "#"),
        "hours",
        "Thêm mục [hours]",
    ),
    "a text where a number belongs": (changed("number = 1", 'number = "1"'), "counter[1].number", ""),
    "a number out of bounds": (changed("number = 1", "number = 0"), "counter[1].number", ""),
    "an empty name": (changed('name = "Máy in"', 'name = ""'), "printer[1].name.vi", ""),
    "an unknown policy": (SOUND + '[calling]\npolicy = "fifa"\n', "calling.policy", 'Có phải "fifo"?'),
    "an unknown service at a counter": (
        changed('["mot", "hai"]', '["mot", "hai", "hay"]'),
        "counter[1].services[3]",
        'Có phải "hai"?',
    ),
    "a service named twice at a counter": (
        changed('["mot", "hai"]', '["mot", "hai", "hai"]'),
        "counter[1].services[3]",
        "Xoá",
    ),
    "a service that nobody takes": (changed('["mot", "hai"]', '["mot"]'), "service[2].id", "[[counter]]"),
    "a letter that is taken": (
        changed('letter = "B"', 'letter = "A"\nnumber = { prefix = "B" }'),
        "service[2].letter",
        "Chữ còn trống",
    ),
    "a letter that is none": (changed('letter = "B"', 'letter = "b"'), "service[2].letter", "Dùng một trong"),
    "an id that is taken": (changed('id = "hai"', 'id = "mot"'), "service[2].id", "Đặt id khác"),
    "an id shared by two devices": (changed('id = "k1"', 'id = "p1"'), "printer[1].id", "Đặt id khác"),
    "an id with a space": (changed('id = "q1"', 'id = "quầy 1"'), "counter[1].id", "không dấu"),
    "an office id that is no topic level": (changed('id = "thu"', 'id = "thử/1"'), "office.id", "không dấu"),
    "a series of another width": (
        changed('letter = "B"', 'letter = "B"\nnumber = { prefix = "A", digits = 2 }'),
        "service[2].number",
        "digits",
    ),
    "series whose numbers meet": (
        changed('letter = "A"', 'letter = "A"\nnumber = { prefix = "1", digits = 3 }').replace(
            'letter = "B"', 'letter = "B"\nnumber = { prefix = "10", digits = 2 }'
        ),
        "service[2].number",
        "prefix",
    ),
    "a prefix that is too long": (
        changed('letter = "B"', 'letter = "B"\nnumber = { prefix = "ABC" }'),
        "service[2].number.prefix",
        "hai chữ",
    ),
    "a series beyond its digits": (
        changed('letter = "B"', 'letter = "B"\nnumber = { digits = 2, last = 900 }'),
        "service[2].number.last",
        "99",
    ),
    "a quota above the series": (
        changed('letter = "B"', 'letter = "B"\nquota = 901'),
        "service[2].quota",
        "quota",
    ),
    "a counter number that is taken": (
        SOUND + '[[counter]]\nid = "q2"\nnumber = 1\nname = {vi = "x", en = "y"}\nservices = ["mot"]\n',
        "counter[2].number",
        "một số",
    ),
    "an unknown group": (changed('letter = "A"', 'letter = "A"\ngroup = "x"'), "service[1].group", ""),
    "no group where groups are declared": (
        SOUND + '[[group]]\nid = "g"\nname = "G"\n',
        "service[1].group",
        "g",
    ),
    "an unknown agency": (changed('letter = "A"', 'letter = "A"\nagency = "x"'), "service[1].agency", ""),
    "an unknown pictogram": (
        changed('letter = "A"', 'letter = "A"\npictogram = "stam"'),
        "service[1].pictogram",
        '"stamp"',
    ),
    "a bad procedure code": (
        changed('letter = "A"', 'letter = "A"\nprocedures = [{ code = "1193", name = "x" }]'),
        "service[1].procedures[1].code",
        "1.001193",
    ),
    "a procedure that is there twice": (
        changed(
            'letter = "A"',
            'letter = "A"\nprocedures = [{ code = "1.001193", name = "x" }, '
            '{ code = "1.001193", name = "x" }]',
        ),
        "service[1].procedures[2].code",
        "Xoá",
    ),
    "an unknown zone": (changed("number = 1", 'number = 1\nzone = "x"'), "counter[1].zone", ""),
    "no zone where there are several": (
        SOUND + '[[zone]]\nid = "a"\nname = "A"\n[[zone]]\nid = "b"\nname = "B"\n',
        "counter[1].zone",
        "a, b",
    ),
    "an unknown printer": (changed('printer = "p1"', 'printer = "p2"'), "kiosk[1].printer", 'Có phải "p1"?'),
    "an unknown service at a kiosk": (
        changed('printer = "p1"', 'services = ["ba"]'),
        "kiosk[1].services[1]",
        "",
    ),
    "a counter display without a counter": (
        SOUND + '[[display]]\nid = "d"\nkind = "counter"\n',
        "display[1].counter",
        "q1",
    ),
    "a display at an unknown counter": (
        SOUND + '[[display]]\nid = "d"\nkind = "counter"\ncounter = "q9"\n',
        "display[1].counter",
        '"q1"',
    ),
    "a hall display with a counter": (
        SOUND + '[[display]]\nid = "d"\nkind = "hall"\ncounter = "q1"\n',
        "display[1].counter",
        "Xoá",
    ),
    "a printer's odd address": (changed('"simulated:"', '"192.168.1.5"'), "printer[1].url", "tcp://"),
    "a printer's port that cannot be": (
        changed('"simulated:"', '"tcp://10.0.0.5:70000"'),
        "printer[1].url",
        "tcp://",
    ),
    "a printer that is declared twice": (
        changed('"simulated:"', '"cups://x"') + '[[printer]]\nid = "p2"\nname = "B"\nurl = "cups://x"\n',
        "printer[2].url",
        "Dùng chung",
    ),
    "a session that ends before it starts": (
        changed("13:00-17:00", "17:00-13:00"),
        "hours.week.t2-t6[2]",
        "Đổi chỗ",
    ),
    "a session that is none": (changed("13:00-17:00", "13h-17h"), "hours.week.t2-t6[2]", "07:30-11:30"),
    "sessions that overlap": (changed("13:00-17:00", "11:00-17:00"), "hours.week.t2-t6[2]", "nối tiếp"),
    "a weekday that is none": (changed("week.t2-t6", "week.t8"), "hours.week.t8", "t2-t6"),
    "a weekday that is given twice": (
        changed("[hours]", '[hours]\nweek.wed = ["08:00-09:00"]'),
        "hours.week.t2-t6",
        "một lần",
    ),
    "no hours at all": (
        changed('week.t2-t6 = ["07:30-11:30", "13:00-17:00"]', "holidays = []"),
        "hours.week",
        "Thêm week",
    ),
    "a zone of time that is none": (
        changed('id = "thu"', 'id = "thu"\ntimezone = "Asia/HoChiMinh"'),
        "office.timezone",
        '"Asia/Ho_Chi_Minh"',
    ),
    "a holiday that is no date": (
        changed("[hours]", '[hours]\nholidays = ["31/04/2026"]'),
        "hours.holidays[1]",
        "30/04/2026",
    ),
    "holidays backwards": (
        changed("[hours]", '[hours]\nholidays = ["05/02/2027 - 01/02/2027"]'),
        "hours.holidays[1]",
        "Ngày đầu",
    ),
    "a make-up day that is a holiday": (
        changed(
            "[hours]",
            '[hours]\nholidays = [2026-08-22]\nmake_up_days = [{ day = "22/08/2026", follows = "t2" }]',
        ),
        "hours.make_up_days[1].day",
        "một trong hai",
    ),
    "a make-up day that is listed twice": (
        changed(
            "[hours]",
            '[hours]\nmake_up_days = [{ day = 2026-08-22, follows = "t2" }, '
            '{ day = 2026-08-22, follows = "t3" }]',
        ),
        "hours.make_up_days[2].day",
        "Xoá",
    ),
    "a make-up day that follows a closed day": (
        changed("[hours]", '[hours]\nmake_up_days = [{ day = 2026-08-22, follows = "t7" }]'),
        "hours.make_up_days[1].follows",
        "t2",
    ),
    "seasons that leave a gap": (
        changed("week.t2-t6", '[[hours.season]]\nname = "hè"\nfrom = "16/04"\nto = "15/10"\nweek.t2-t6'),
        "hours.season",
        "liền",
    ),
    "seasons that overlap": (
        changed(
            'week.t2-t6 = ["07:30-11:30", "13:00-17:00"]',
            '[[hours.season]]\nname = "hè"\nfrom = "16/04"\nto = "15/10"\nweek.t2 = ["07:00-11:00"]\n'
            '[[hours.season]]\nname = "đông"\nfrom = "15/10"\nto = "15/04"\nweek.t2 = ["07:30-11:30"]',
        ),
        "hours.season[2]",
        "chồng",
    ),
    "a season that begins on no day": (
        changed("week.t2-t6", '[[hours.season]]\nname = "hè"\nfrom = "31/04"\nto = "15/10"\nweek.t2-t6'),
        "hours.season[1].from",
        "16/04",
    ),
    "a notice at no time": (
        changed('letter = "A"', 'letter = "A"\nnote_after = { time = "15h", text = "x" }'),
        "service[1].note_after.time",
        "15:00",
    ),
    "own hours of a service that overlap": (
        changed('letter = "A"', 'letter = "A"\nhours.week.t2 = ["08:00-10:00", "09:00-11:00"]'),
        "service[1].hours.week.t2[2]",
        "nối tiếp",
    ),
    "a target that ends before it begins": (
        SOUND + '[[target]]\nminutes = 20\nname = "x"\nvalid_from = "01/01/2027"\nvalid_to = 2026-01-01\n',
        "target[1].valid_to",
        "Đổi chỗ",
    ),
    "no Vietnamese": (SOUND + '[languages]\nshown = ["en"]\nspoken = ["en"]\n', "languages.shown", '"vi"'),
    "a language nobody speaks here": (
        SOUND + '[languages]\nshown = ["vi", "fr"]\n',
        "languages.shown[2]",
        "vi, en",
    ),
    "a language that is spoken but not shown": (
        SOUND + '[languages]\nshown = ["vi"]\nspoken = ["vi", "en"]\n',
        "languages.spoken[2]",
        "shown",
    ),
    "a listening address that is none": (
        SOUND + '[listening]\nhttp = "8080"\n',
        "listening.http",
        "127.0.0.1:8080",
    ),
    "listening to others without TLS": (
        SOUND + '[listening]\nmqtt = "0.0.0.0:8883"\n',
        "listening.mqtt",
        "tls_certificate",
    ),
    "listening to others with half of TLS": (
        SOUND + '[listening]\nhttp = "192.168.1.2:443"\ntls_certificate = "a.pem"\n',
        "listening.http",
        "tls_key",
    ),
    "a certificate without its key": (
        SOUND + '[listening]\ntls_certificate = "a.pem"\n',
        "listening.tls_key",
        "tls_key",
    ),
    "one port for two": (SOUND + '[listening]\nhttp = "127.0.0.1:1883"\n', "listening.mqtt", "1883"),
    "a public address that is none": (
        changed('id = "thu"', 'id = "thu"\npublic_url = "motcua.gov.vn"'),
        "office.public_url",
        "https://",
    ),
    "a broker's odd address": (
        SOUND + '[server]\nbroker_url = "http://x:1883"\n',
        "server.broker_url",
        "mqtt://",
    ),
    "a broker's password in the file": (
        SOUND + '[server]\nbroker_url = "mqtt://u:p@x:1883"\n',
        "server.broker_url",
        "mật khẩu",
    ),
    "a database of another kind": (
        SOUND + '[server]\ndatabase_url = "mysql://x/y"\n',
        "server.database_url",
        "postgresql",
    ),
    "a database's password in the file": (
        SOUND + '[server]\ndatabase_url = "postgresql://u:p@x/y"\n',
        "server.database_url",
        "PGPASSFILE",
    ),
    "a theme that is not there": (SOUND + '[brand]\ntheme = "khong-co.toml"\n', "brand.theme", "để trống"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_mistake_is_found_at_its_key_with_a_suggestion(case: str, tmp_path: Path) -> None:
    text, key, hint = CASES[case]
    found = [p for p in problems_of(text, tmp_path) if p.key == key and p.severity == ERROR]
    assert found, [(p.key, p.vi) for p in problems_of(text, tmp_path)]
    problem = found[0]
    assert hint in problem.vi + problem.suggestion_vi
    assert problem.vi.endswith((".", "?")) and problem.en.endswith((".", "?"))
    assert check_office(text, "thu.toml", tmp_path)[0] is None


@pytest.mark.parametrize("case", CASES)
def test_the_line_of_a_mistake_is_where_a_person_looks(case: str, tmp_path: Path) -> None:
    text, key, _ = CASES[case]
    problem = next(p for p in problems_of(text, tmp_path) if p.key == key)
    line = text.splitlines()[problem.line - 1]
    last = key.removesuffix(".vi").split(".")[-1].split("[")[0]
    if key == "hours.season[2]":
        assert line == "[[hours.season]]"
    else:
        assert last in line or f"[{key.split('.')[0].split('[')[0]}" in line or last not in text, line


def test_every_mistake_is_reported_at_once_in_the_order_of_the_file() -> None:
    text = changed('letter = "A"', 'letter = "?"').replace('printer = "p1"', 'printer = "p9"')
    text = text.replace("number = 1", 'number = "1"').replace("13:00-17:00", "10:00-17:00")
    assert [p.key for p in problems_of(text)] == [
        "hours.week.t2-t6[2]",
        "service[1].letter",
        "counter[1].number",
        "kiosk[1].printer",
    ]


def test_a_broken_item_does_not_make_its_references_unknown() -> None:
    keys = {p.key for p in problems_of(changed('letter = "A"', "letter = 1"))}
    assert keys == {"service[1].letter"}


def test_a_letter_that_is_easily_misread_is_a_warning_and_the_office_starts() -> None:
    config, problems = check_office(changed('letter = "B"', 'letter = "O"'), "thu.toml")
    assert config is not None
    assert [(p.key, p.severity) for p in problems] == [("service[2].letter", WARNING)]


def test_a_series_without_numbers_for_an_outage_is_a_warning() -> None:
    config, problems = check_office(
        changed('letter = "B"', 'letter = "B"\nnumber = { last = 999 }'), "thu.toml"
    )
    assert config is not None and [p.key for p in problems] == ["service[2].number.last"]


def test_a_name_without_english_is_a_warning() -> None:
    config, problems = check_office(changed('{ vi = "Một", en = "One" }', '"Một"'), "thu.toml")
    assert config is not None and [p.key for p in problems] == ["service[1].name"]


def test_a_group_without_services_is_a_warning() -> None:
    groups = '[[group]]\nid = "g"\nname = "G"\n[[group]]\nid = "h"\nname = "H"\n'
    text = (SOUND + groups).replace('letter = "A"', 'letter = "A"\ngroup = "g"')
    config, problems = check_office(text.replace('letter = "B"', 'letter = "B"\ngroup = "g"'), "thu.toml")
    assert config is not None and [(p.key, p.severity) for p in problems] == [("group[2].id", WARNING)]


def test_listening_to_others_with_a_certificate_and_a_key_is_allowed() -> None:
    text = SOUND + '[listening]\nhttp = "0.0.0.0:443"\ntls_certificate = "a.pem"\ntls_key = "a.key"\n'
    assert problems_of(text) == []


@pytest.mark.parametrize("address", ["localhost:80", "127.9.9.9:80", "[::1]:80"])
def test_loopback_needs_no_certificate(address: str) -> None:
    assert problems_of(SOUND + f'[listening]\nhttp = "{address}"\n') == []


ADDRESSES = [
    "tcp://192.0.2.20:9100",
    "tcp://may-in.local",
    "usb://04b8:0e15",
    "usb://04b8:0e15/SERIAL-NUMBER",
    "serial:///dev/serial/by-id/NAME?baud=115200",
    "file:///dev/usb/lp0",
    "file:///var/spool/slips.bin?append=1",
    "cups://may-in",
    "simulated:",
    "simulated:may-in-1",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_printers_address_may_have_each_of_the_forms(address: str) -> None:
    assert problems_of(changed('"simulated:"', f'"{address}"')) == []


SYNTAX = {
    'name = "abc': (1, "ngoặc kép"),
    "[office]\nid thu": (2, "dấu ="),
    "[office]\n[office]": (2, "đã có"),
    "a = 1\na = 2": (2, "đã có"),
    "a = [1, 2": (1, "]"),
    "a = mot": (1, "ngoặc kép"),
    "a = { b = 1,\n c = 2 }": (1, "một dòng"),
    "a = 2026-02-30": (1, "Ngày"),
}


@pytest.mark.parametrize("text", SYNTAX)
def test_a_text_that_is_no_toml_is_told_by_line_and_column(text: str) -> None:
    line, hint = SYNTAX[text]
    (problem,) = problems_of(text)
    assert problem.line == line and hint in problem.vi and "(cột " in problem.vi and "(column " in problem.en


def test_the_theme_is_checked_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "xanh.toml").write_text('[colour]\nink = "#EEEEEE"\n', encoding="utf-8")
    found = problems_of(SOUND + '[brand]\ntheme = "xanh.toml"\n', tmp_path)
    assert found and all(p.key == "brand.theme" and p.line == 28 for p in found)


def test_loading_raises_every_problem_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "thu.toml"
    path.write_text(
        changed('letter = "A"', 'letter = "?"').replace('printer = "p1"', 'printer = "x"'), encoding="utf-8"
    )
    with pytest.raises(OfficeFileError) as caught:
        load_office(path)
    assert [p.key for p in caught.value.problems] == ["service[1].letter", "kiosk[1].printer"]
    assert {p.file for p in caught.value.problems} == {"thu.toml"}


def test_a_file_that_is_not_there_is_a_problem_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(OfficeFileError) as caught:
        load_office(tmp_path / "none.toml")
    assert "Không đọc được" in caught.value.problems[0].vi


def test_a_file_that_is_not_utf8_says_which_line(tmp_path: Path) -> None:
    path = tmp_path / "thu.toml"
    path.write_bytes(b"[office]\nid = 'x'\nname = '\xd0\xfa'\n")
    with pytest.raises(OfficeFileError) as caught:
        load_office(path)
    assert caught.value.problems[0].line == 3


def test_a_file_saved_by_a_windows_editor_loads(tmp_path: Path) -> None:
    path = tmp_path / "thu.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    assert load_office(path).id == "thu"


def test_a_problem_reads_as_one_line_in_each_language() -> None:
    problems = problems_of(changed('printer = "p1"', 'printer = "p2"'))
    assert lines(problems, "vi") == [
        'thu.toml:26: kiosk[1].printer: Không có máy in nào có id "p2". → Có phải "p1"?'
    ]
    assert lines(problems, "en") == [
        'thu.toml:26: kiosk[1].printer: There is no printer with the id "p2". → Did you mean "p1"?'
    ]
