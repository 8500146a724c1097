"""What officers print of a dossier: forms as PDF, slips on the office's printers."""
