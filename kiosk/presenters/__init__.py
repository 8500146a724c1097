"""PURE: a session as finished strings, one view a screen."""
