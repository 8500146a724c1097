"""The program that owns the devices of one machine."""
