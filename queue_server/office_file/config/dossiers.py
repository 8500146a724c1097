"""PURE: where dossiers are asked, the printed forms and the book."""

from datetime import timedelta

from queue_server.codes.patterns import DEFAULT_PATTERNS
from queue_server.domain import ids
from queue_server.domain.office_dossiers import (
    BookRules,
    DossierRules,
    FormRules,
    OtherOffice,
    PrintedForm,
    ProvincialRules,
)
from queue_server.office_file.config.parts import words
from queue_server.office_file.sections.dossiers import (
    BookSection,
    DossiersSection,
    FormsSection,
    FormTable,
    ProvincialSection,
)


def build_dossiers(section: DossiersSection) -> DossierRules:
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


def _provincial(section: ProvincialSection) -> ProvincialRules:
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


def build_book(section: BookSection) -> BookRules:
    return BookRules(
        code=section.code.strip(),
        late_after=section.late_after,
        units=tuple(unit.strip() for unit in section.units if unit.strip()),
        lines_per_book=section.lines_per_book,
        receipt=section.receipt,
        guidance=section.guidance,
        control=section.control,
    )


def build_forms(section: FormsSection) -> FormRules:
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


def _form(table: FormTable, usual: PrintedForm) -> PrintedForm:
    title = words(table.title) if table.title else usual.title
    return PrintedForm(title, table.form, table.paper or usual.paper)
