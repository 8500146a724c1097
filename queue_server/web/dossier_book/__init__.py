"""Dossiers entered at the counter: the officers' pages."""
