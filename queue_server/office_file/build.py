"""PURE: the checked sections as the OfficeConfig that the rules read."""

from datetime import date, timedelta

from queue_server.codes.patterns import DEFAULT_PATTERNS
from queue_server.domain import ids
from queue_server.domain.hours import Hours, Season, Session
from queue_server.domain.office_calling import (
    Calling,
    ComeBackPlace,
    Overnight,
    PolicyName,
    Rules,
    StrandedRule,
)
from queue_server.domain.office_config import (
    Listening,
    MailRules,
    OfficeConfig,
    ReportRules,
    StaffRules,
    Target,
)
from queue_server.domain.office_devices import (
    DeviceRules,
    Display,
    Keypad,
    Kiosk,
    Led,
    Printer,
    Speaker,
    Zone,
)
from queue_server.domain.office_dossiers import (
    BookRules,
    DossierRules,
    FormRules,
    OtherOffice,
    PrintedForm,
    ProvincialRules,
)
from queue_server.domain.office_services import (
    Agency,
    Counter,
    NumberShape,
    PriorityGroup,
    Procedure,
    Service,
)
from queue_server.domain.words import Words
from queue_server.office_file import model as m
from queue_server.office_file.parse import weekdays

EVERYBODY = ids.GroupId("chung")
"""The one group of an office that declares none."""
ONLY_ZONE = m.ZoneItem(id="sanh", name=m.TextTable(vi="Sảnh chờ", en="Waiting hall"))
"""The one zone of an office that declares none."""
ALL_YEAR = ((1, 1), (12, 31))


def words(text: m.TextTable | None) -> Words:
    return Words(text.vi, text.en) if text else Words("", "")


def zones(file: m.OfficeFile) -> list[m.ZoneItem]:
    return file.zone or [ONLY_ZONE]


def zone_of(file: m.OfficeFile, named: str | None) -> ids.ZoneId:
    return ids.ZoneId(named or zones(file)[0].id)


def shape(service: m.ServiceItem) -> NumberShape:
    """The number shape of a service: its letter and three digits unless it says otherwise."""
    number = service.number
    last = number.last if number.last is not None else 9 * 10**number.digits // 10
    prefix = service.letter if number.prefix is None else number.prefix
    return NumberShape(prefix, number.digits, number.first, last)


def seasons(hours: m.HoursSection | m.ServiceHours) -> tuple[Season, ...]:
    if hours.season:
        return tuple(Season(s.name, s.from_, s.to, week(s.week)) for s in hours.season)
    return (Season("", *ALL_YEAR, week(hours.week)),)


def week(given: m.Week) -> tuple[tuple[Session, ...], ...]:
    days: list[tuple[Session, ...]] = [()] * 7
    for key, sessions in given.items():
        for day in weekdays(key) or ():
            days[day] = tuple(sorted(sessions, key=lambda s: s.start))
    return tuple(days)


def holidays(hours: m.HoursSection) -> frozenset[date]:
    return frozenset(
        first + timedelta(days=n) for first, last in hours.holidays for n in range((last - first).days + 1)
    )


def build(file: m.OfficeFile) -> OfficeConfig:
    """The configuration of a file without mistakes."""
    office = file.office
    hours = Hours(
        zone=office.timezone,
        seasons=seasons(file.hours),
        holidays=holidays(file.hours),
        make_up_days=tuple((d.day, d.follows) for d in file.hours.make_up_days),
        always_open=file.hours.always_open,
    )
    name = words(office.name)
    return OfficeConfig(
        id=ids.OfficeId(office.id),
        name=name,
        short_name=words(office.short_name) if office.short_name else name,
        hours=hours,
        services=tuple(_service(file, s, hours) for s in file.service),
        counters=tuple(_counter(file, c) for c in file.counter),
        zones=tuple(Zone(ids.ZoneId(z.id), words(z.name)) for z in zones(file)),
        agencies=tuple(Agency(ids.AgencyId(a.id), words(a.name)) for a in file.agency),
        groups=tuple((ids.GroupId(g.id), words(g.name)) for g in file.group)
        or ((EVERYBODY, Words("Chung", "All")),),
        priority_groups=tuple(
            PriorityGroup(ids.PriorityGroupId(g.id), words(g.name), words(g.hint), g.pictogram)
            for g in file.priority_group
        ),
        calling=_calling(file.calling),
        rules=_rules(file.rules),
        kiosks=tuple(_kiosk(file, k) for k in file.kiosk),
        printers=tuple(
            Printer(
                ids.DeviceId(p.id),
                words(p.name),
                p.url,
                p.dots,
                p.agent,
                ids.DeviceId(p.fallback) if p.fallback else None,
            )
            for p in file.printer
        ),
        displays=tuple(_display(file, d) for d in file.display),
        leds=tuple(
            Led(
                ids.DeviceId(led.id),
                ids.CounterId(led.counter),
                led.url,
                led.address,
                led.brightness,
                led.agent,
            )
            for led in file.led
        ),
        keypads=tuple(
            Keypad(ids.DeviceId(k.id), ids.CounterId(k.counter), k.url, k.address, k.agent)
            for k in file.keypad
        ),
        speakers=tuple(
            Speaker(ids.DeviceId(s.id), words(s.name), zone_of(file, s.zone), s.url, s.agent)
            for s in file.speaker
        ),
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
        dossiers=_dossiers(file.dossiers),
        forms=_forms(file.forms),
        book=_book(file.book),
        reports=_reports(file.reports),
    )


def _service(file: m.OfficeFile, service: m.ServiceItem, hours: Hours) -> Service:
    own = service.hours
    return Service(
        id=ids.ServiceId(service.id),
        letter=service.letter,
        name=words(service.name),
        example=words(service.example),
        pictogram=service.pictogram,
        shape=shape(service),
        group=ids.GroupId(service.group) if service.group else EVERYBODY,
        agency=ids.AgencyId(service.agency) if service.agency else None,
        procedures=tuple(_procedure(p) for p in service.procedures),
        expected_service=timedelta(minutes=service.expected_minutes),
        quota=service.quota,
        last_ticket_before_close=timedelta(minutes=service.last_ticket_minutes),
        hours=Hours(hours.zone, seasons(own), hours.holidays, hours.make_up_days, own.always_open)
        if own
        else None,
        note_after=(service.note_after.time, words(service.note_after.text)) if service.note_after else None,
    )


def _counter(file: m.OfficeFile, counter: m.CounterItem) -> Counter:
    return Counter(
        ids.CounterId(counter.id),
        counter.number,
        words(counter.name),
        tuple(ids.ServiceId(s) for s in counter.services),
        zone_of(file, counter.zone),
    )


def _kiosk(file: m.OfficeFile, kiosk: m.KioskItem) -> Kiosk:
    return Kiosk(
        ids.KioskId(kiosk.id),
        words(kiosk.name),
        zone_of(file, kiosk.zone),
        ids.DeviceId(kiosk.printer) if kiosk.printer else None,
        tuple(ids.ServiceId(s) for s in kiosk.services),
        tuple(kiosk.readers),
    )


def _display(file: m.OfficeFile, display: m.DisplayItem) -> Display:
    at = next((c for c in file.counter if c.id == display.counter), None)
    zone = display.zone or (at.zone if at else None)
    return Display(
        ids.DeviceId(display.id),
        display.kind,
        zone_of(file, zone),
        ids.CounterId(display.counter) if display.counter else None,
    )


def _calling(calling: m.CallingSection) -> Calling:
    return Calling(
        PolicyName(calling.policy),
        calling.ordinary_rate,
        calling.appointment_rate,
        calling.priority_rate,
        calling.one_priority_per,
        timedelta(minutes=calling.rescue_after_minutes),
    )


def _rules(rules: m.RulesSection) -> Rules:
    reasons = tuple(words(r) for r in rules.pause_reasons or ()) or Rules().pause_reasons
    return Rules(
        come_back=ComeBackPlace(rules.come_back),
        come_back_within=timedelta(minutes=rules.come_back_within_minutes),
        come_back_times=rules.come_back_times,
        overnight=Overnight(rules.overnight),
        stranded=StrandedRule(rules.stranded),
        undo_within=timedelta(seconds=rules.undo_within_seconds),
        citizen_park_longest=timedelta(minutes=rules.citizen_park_longest_minutes),
        citizen_hold=timedelta(minutes=rules.citizen_hold_minutes),
        tickets_before_opening=timedelta(minutes=rules.tickets_before_opening_minutes),
        pause_reasons=reasons,
    )


def _dossiers(section: m.DossiersSection) -> DossierRules:
    def service(named: str | None) -> ids.ServiceId | None:
        return ids.ServiceId(named) if named else None

    return DossierRules(
        sources=tuple(section.sources),
        patterns=tuple(section.patterns) or DEFAULT_PATTERNS,
        example=section.example,
        letters=tuple(section.letters),
        collect_service=service(section.collect_service),
        supplement_service=service(section.supplement_service),
        fee_service=service(section.fee_service),
        ask_service=service(section.ask_service),
        other_offices=tuple(OtherOffice(o.prefix, words(o.name)) for o in section.other_offices),
        contact=section.contact,
        apology=words(section.apology),
        retention_days=section.retention_days,
        provincial=_provincial(section.provincial) if section.provincial else None,
    )


def _provincial(section: m.ProvincialSection) -> ProvincialRules:
    return ProvincialRules(
        url=section.url,
        name=words(section.name),
        method=section.method,
        code_field=section.code_field,
        send=tuple(section.send.items()),
        token_file=section.token_file,
        token_header=section.token_header,
        token_prefix=section.token_prefix,
        authority=section.authority,
        mapping=section.mapping,
        records=section.records,
        fields=tuple(section.fields.items()),
        statuses=tuple(section.statuses.items()),
        connect_within=timedelta(seconds=section.connect_seconds),
        answer_within=timedelta(seconds=section.answer_seconds),
        fresh_for=timedelta(minutes=section.fresh_minutes),
        shown_for=timedelta(hours=section.shown_hours),
    )


def _procedure(item: m.ProcedureItem) -> Procedure:
    return Procedure(
        item.code, words(item.name), item.legal_days, tuple(item.papers), item.fee, item.unit.strip()
    )


def _book(section: m.BookSection) -> BookRules:
    return BookRules(
        code=section.code.strip(),
        late_after=section.late_after,
        units=tuple(unit.strip() for unit in section.units if unit.strip()),
        lines_per_book=section.lines_per_book,
        receipt=section.receipt,
        guidance=section.guidance,
        control=section.control,
    )


def _forms(section: m.FormsSection) -> FormRules:
    usual = FormRules()
    return FormRules(
        agency=section.agency,
        unit=section.unit or usual.unit,
        unit_short=section.unit_short or usual.unit_short,
        place=section.place,
        receipt=_form(section.receipt, usual.receipt),
        guidance=_form(section.guidance, usual.guidance),
        control=_form(section.control, usual.control),
        register=_form(section.register_, usual.register),
    )


def _reports(section: m.ReportsSection) -> ReportRules:
    mail = section.mail
    return ReportRules(
        superior=section.superior,
        agency=section.agency,
        number=section.number,
        place=section.place,
        authority=section.authority,
        post=section.post,
        signer=section.signer,
        recipients=tuple(section.recipients),
        every=tuple(dict.fromkeys(section.every)),
        at=section.at,
        formats=tuple(dict.fromkeys(section.formats)),
        folder=section.folder,
        edition=section.edition,
        language=section.language,
        mail=MailRules(
            tuple(dict.fromkeys(mail.to)),
            mail.sender,
            mail.server,
            mail.security,
            mail.user,
            mail.password_file,
            mail.authority,
        ),
    )


def _form(table: m.FormTable, usual: PrintedForm) -> PrintedForm:
    title = words(table.title) if table.title else usual.title
    return PrintedForm(title, table.form, table.paper or usual.paper)
