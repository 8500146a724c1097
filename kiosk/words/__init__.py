"""The words of the kiosk's screens, a file a subject; presenters fill `{…}`, `*…*` is bold."""
