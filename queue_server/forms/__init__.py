"""The printed forms of a dossier: what they say as pure values, their print pages, signed QR codes."""
