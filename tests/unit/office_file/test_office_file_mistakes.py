"""Every mistake of an office file is found where a person looks, with a suggestion."""

from pathlib import Path

import pytest
from sound_file import SOUND, changed, problems_of

from queue_server.office_file.load import check_office
from queue_server.office_file.problems import ERROR


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
