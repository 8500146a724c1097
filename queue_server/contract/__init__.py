"""LEAF: the wire of an office, written once: topics, messages, catalogue, version."""
