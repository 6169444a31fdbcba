"""Themes as files: the language that they are written in, and how one becomes a theme."""
