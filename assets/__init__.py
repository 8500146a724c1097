"""Fonts, sounds, icons, words, themes and sample offices, packaged with the code."""
