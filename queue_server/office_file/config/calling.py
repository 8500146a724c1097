"""PURE: the calling policy and the rules of tickets as the rules read them."""

from datetime import timedelta

from queue_server.domain.office_calling import (
    Calling,
    ComeBackPlace,
    Overnight,
    PolicyName,
    Rules,
    StrandedRule,
)
from queue_server.office_file.config.parts import words
from queue_server.office_file.sections.calling import CallingSection, RulesSection


def build_calling(calling: CallingSection) -> Calling:
    return Calling(
        PolicyName(calling.policy),
        calling.ordinary_rate,
        calling.appointment_rate,
        calling.priority_rate,
        calling.one_priority_per,
        timedelta(minutes=calling.rescue_after_minutes),
    )


def build_rules(rules: RulesSection) -> Rules:
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
