"""PURE: the checked sections as the OfficeConfig that the rules read."""

from datetime import timedelta

from queue_server.domain import ids
from queue_server.domain.office_config import Listening, OfficeConfig, StaffRules, Target
from queue_server.domain.office_devices import DeviceRules, Zone
from queue_server.domain.office_services import Agency, PriorityGroup
from queue_server.domain.words import Words
from queue_server.office_file.config.calling import build_calling, build_rules
from queue_server.office_file.config.devices import (
    build_display,
    build_keypad,
    build_kiosk,
    build_led,
    build_printer,
    build_speaker,
)
from queue_server.office_file.config.dossiers import build_book, build_dossiers, build_forms
from queue_server.office_file.config.parts import office_hours, words, zones
from queue_server.office_file.config.reports import build_reports
from queue_server.office_file.config.services import build_counter, build_groups, build_service
from queue_server.office_file.sections.whole import OfficeFile


def build(file: OfficeFile) -> OfficeConfig:
    """The configuration of a file without mistakes."""
    office = file.office
    hours = office_hours(file)
    name = words(office.name)
    return OfficeConfig(
        id=ids.OfficeId(office.id),
        name=name,
        short_name=words(office.short_name) if office.short_name else name,
        hours=hours,
        services=tuple(build_service(s, hours) for s in file.service),
        counters=tuple(build_counter(file, c) for c in file.counter),
        zones=tuple(Zone(ids.ZoneId(z.id), words(z.name)) for z in zones(file)),
        agencies=tuple(Agency(ids.AgencyId(a.id), words(a.name)) for a in file.agency),
        groups=build_groups(file),
        priority_groups=tuple(
            PriorityGroup(ids.PriorityGroupId(g.id), words(g.name), words(g.hint), g.pictogram)
            for g in file.priority_group
        ),
        calling=build_calling(file.calling),
        rules=build_rules(file.rules),
        kiosks=tuple(build_kiosk(file, k) for k in file.kiosk),
        printers=tuple(build_printer(p) for p in file.printer),
        displays=tuple(build_display(file, d) for d in file.display),
        leds=tuple(build_led(led) for led in file.led),
        keypads=tuple(build_keypad(k) for k in file.keypad),
        speakers=tuple(build_speaker(file, s) for s in file.speaker),
        devices=DeviceRules(timedelta(minutes=file.devices.alert_after_minutes)),
        staff=StaffRules(frozenset(file.staff.second_factor)),
        targets=tuple(
            Target(t.minutes, words(t.name), t.scope, t.valid_from, t.valid_to) for t in file.target
        ),
        languages=tuple(file.languages.shown),
        call_languages=tuple(file.languages.spoken),
        theme=file.brand.theme,
        feedback=office.feedback,
        help_desk=words(office.help_desk) if office.help_desk else Words("quầy Hướng dẫn", "the help desk"),
        public_url=office.public_url.rstrip("/"),
        broker_url=file.server.broker_url,
        database_url=file.server.database_url,
        retention_days=file.server.retention_days,
        home_assistant=file.server.home_assistant,
        listening=Listening(
            file.listening.http,
            file.listening.mqtt,
            file.listening.tls_certificate,
            file.listening.tls_key,
            file.listening.tls_ca,
        ),
        dossiers=build_dossiers(file.dossiers),
        forms=build_forms(file.forms),
        book=build_book(file.book),
        reports=build_reports(file.reports),
    )
