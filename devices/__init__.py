"""Printers, scanners, displays and speakers of a machine, behind ports."""
