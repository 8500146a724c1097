"""Screen 3: the office's priority groups, and "no" as the one primary."""

from kiosk.presenters.speech import Voice
from kiosk.presenters.view_parts import Press
from kiosk.presenters.view_visit import PriorityView
from kiosk.session.actions import ChoosePriority
from kiosk.session.availability import service_info
from kiosk.session.state import Priority


def priority(voice: Voice, place: Priority) -> PriorityView:
    office = voice.session.world.office
    info = service_info(office, place.service)
    service = (voice.text(info.name), voice.text(info.example)) if info else ()
    return PriorityView(
        name="priority",
        above=" · ".join(words for words in service if words),
        title=voice.say("priority.title"),
        intro=voice.helper("priority.intro"),
        second=voice.english("priority.title"),
        groups=tuple(
            Press(
                key=f"priority.{group.id}",
                label=voice.text(group.name),
                action=ChoosePriority(group.id),
                second="" if voice.brief else voice.text(group.hint),
                icon=group.pictogram,
                kind="card",
            )
            for group in (office.priority_groups if office else ())
        ),
        ordinary=Press(
            key="priority.none",
            label=voice.say("priority.none"),
            action=ChoosePriority(None),
            second=voice.second("priority.none"),
            icon="arrow-right",
            kind="primary",
        ),
    )
