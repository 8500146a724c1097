"""The printed forms of a dossier: what they say as pure values, how they look as print pages, signed QR codes."""
