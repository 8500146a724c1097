"""The guidance slip: what is to be handed in, printed with the ticket of one who has opened that part."""

import re

from queue_server.contract.dossiers import Looked
from queue_server.contract.replies import Issued
from queue_server.contract.values import Bilingual, DossierSlip

TITLE = Bilingual(vi="Phiếu hướng dẫn hoàn thiện hồ sơ", en="What is to be completed")
_NUMBERS = re.compile(r"\d(?:[ .]?\d){8,}")
"""Numbers of cards and telephones that an officer's words may hold: paper lies about."""


def guidance(looked: Looked, issued: Issued) -> DossierSlip | None:
    """None where nothing is asked for, or where the second factor did not open it."""
    dossier, protected = looked.dossier, looked.protected
    if dossier is None or protected is None:
        return None
    lines = [asked.reason for asked in protected.supplements if asked.supplied_on is None]
    if not lines:
        return None
    slip = issued.slip
    return DossierSlip(
        kind="guidance",
        office_name=slip.office_name,
        title=TITLE,
        code=dossier.code[:64],
        procedure=dossier.procedure,
        applicant=dossier.applicant,
        lines=tuple(_NUMBERS.sub("***", line) for line in lines),
        contact=protected.contact,
        qr=dossier.code,
        local_date=slip.local_date,
        local_time=slip.local_time,
        language=slip.language,
    )
