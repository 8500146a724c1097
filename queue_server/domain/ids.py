"""The names of things: opaque ids, one NewType each, so that a counter is never taken for a ticket."""

from typing import NewType

OfficeId = NewType("OfficeId", str)
AgencyId = NewType("AgencyId", str)
ServiceId = NewType("ServiceId", str)
GroupId = NewType("GroupId", str)
"""A group of services that counters may share when nobody else takes them."""
PriorityGroupId = NewType("PriorityGroupId", str)
CounterId = NewType("CounterId", str)
ZoneId = NewType("ZoneId", str)
KioskId = NewType("KioskId", str)
DeviceId = NewType("DeviceId", str)
OfficerId = NewType("OfficerId", str)
"""Opaque id of an account; names live outside the journal."""
TicketId = NewType("TicketId", str)
"""One ticket is one visit; the id never shows on paper."""
CommandId = NewType("CommandId", str)
"""The id of a request; the same id gets the same answer, for ever."""
JobId = NewType("JobId", str)
