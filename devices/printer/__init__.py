"""Slip printers: one encoding, many lines to a printer, and a simulated twin of the same shape."""
