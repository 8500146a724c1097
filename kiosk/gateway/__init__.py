"""The kiosk's doors to the office: the queue server over the link."""
