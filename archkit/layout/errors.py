"""What layout raises."""


class LayoutError(Exception):
    """A figure could not be laid out; the message says why, and what to do."""
