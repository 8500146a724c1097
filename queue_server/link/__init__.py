"""The link: the only user of paho; clients, requests over them, and an in-process twin."""
