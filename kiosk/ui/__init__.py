"""The only Kivy code: what the kiosk shows and what a finger does to it."""
