"""What the office tells, taken into the session: states are replaced whole."""

from dataclasses import replace
from types import MappingProxyType

from kiosk.session.availability import may_track, offered, offline
from kiosk.session.heard import GrantTold, News, OfficeTold, ReadersChanged, ServerChanged, ServiceTold
from kiosk.session.state import Factor, Home, Keypad, NoAnswer, Priority, Result, Scan, Services, Session


def told(session: Session, news: News) -> Session:
    world = session.world
    match news:
        case OfficeTold(office=office):
            here = {service.id for service in office.services}
            kept = MappingProxyType({id_: state for id_, state in world.services.items() if id_ in here})
            return _standing(replace(session, world=replace(world, office=office, services=kept)))
        case ServiceTold(service=state):
            services = MappingProxyType({**world.services, state.service: state})
            return replace(session, world=replace(world, services=services))
        case ServerChanged(server=server):
            return _standing(replace(session, world=replace(world, server=server)))
        case GrantTold(series=series):
            return _standing(replace(session, world=replace(world, granted=series)))
        case ReadersChanged(readers=readers):
            return _standing(replace(session, world=replace(world, readers=readers)))


def _standing(session: Session) -> Session:
    """A question about what is gone gives way: a service, the look-up of dossiers, the reader."""
    match session.place:
        case Priority(service=service) if all(info.id != service for info in offered(session)):
            return replace(session, place=Services())
        case Scan() | Keypad() | Factor() | Result() | NoAnswer() if not may_track(session):
            return replace(session, place=Home())
        case Scan() | Keypad() | Factor() if offline(session):
            return replace(session, place=Home())
        case Scan() if not session.world.readers:
            return replace(session, place=Keypad(notice="no_reader"))
    return session
