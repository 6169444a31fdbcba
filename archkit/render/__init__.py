"""Drawings → files: one module a format."""
