"""PURE: the heading, times and receivers of reports."""

from queue_server.domain.office_config import MailRules, ReportRules
from queue_server.office_file.sections.reports import ReportsSection


def build_reports(section: ReportsSection) -> ReportRules:
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
