"""The citizen's phone, a dossier: `/h/<code>?k=<signature>`, what the kiosk says to the code alone."""
