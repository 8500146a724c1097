"""`motcua up`: the programs of one office as supervised children."""
