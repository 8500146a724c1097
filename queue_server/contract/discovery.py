"""What Home Assistant is told by MQTT discovery: sensors that read the retained figures. Nobody is named."""

import json

from queue_server.contract.topics import Topics

_HALL = "{{ value_json.hall.median if value_json.hall else None }}"
SENSORS: tuple[tuple[str, str, str, str, str], ...] = (
    ("waiting", "Đang chờ", "{{ value_json.waiting }}", "", "mdi:account-group"),
    ("mean", "Chờ trung bình hôm nay", "{{ value_json.mean_s }}", "s", "mdi:timer-outline"),
    ("p90", "9 trong 10 chờ không quá", "{{ value_json.p90_s }}", "s", "mdi:timer-sand"),
    ("hall", "Dự báo cho người ở sảnh", _HALL, "min", "mdi:crystal-ball"),
    ("served", "Lượt đã phục vụ", "{{ value_json.n }}", "", "mdi:check"),
    ("abandoned", "Bỏ về", "{{ value_json.abandoned }}", "", "mdi:exit-run"),
)
"""Id, name, template over `figures/state`, unit, icon. What is null is unknown there, never 0."""


def filter_of(topics: Topics) -> str:
    """The topics below which an office's sensors are announced."""
    return f"homeassistant/sensor/motcua-{topics.office}/#"


def announcements(topics: Topics, name: str, version: str = "") -> list[tuple[str, bytes]]:
    """(topic, retained payload) of each sensor; an empty payload in its place takes the sensor away."""
    device = {"identifiers": [f"motcua-{topics.office}"], "name": name, "manufacturer": "motcua"}
    found = []
    for key, title, template, unit, icon in SENSORS:
        payload = {
            "name": title,
            "unique_id": f"motcua-{topics.office}-{key}",
            "state_topic": topics.figures_state,
            "value_template": template,
            "state_class": "measurement",
            "icon": icon,
            "availability": [
                {
                    "topic": topics.server_state,
                    "value_template": "{{ 'online' if value_json.state == 'ready' else 'offline' }}",
                }
            ],
            "device": {**device, **({"sw_version": version} if version else {})},
        }
        if unit:
            payload |= {"unit_of_measurement": unit, "device_class": "duration"}
        topic = f"homeassistant/sensor/motcua-{topics.office}/{key}/config"
        found.append((topic, json.dumps(payload, ensure_ascii=False).encode()))
    return found
