"""The terminal that tables and progress bars are drawn on."""

from rich.console import Console

console = Console()
