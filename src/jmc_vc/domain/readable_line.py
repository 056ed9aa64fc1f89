"""A line of text for people, such as a reason: all of it can be seen, so nothing hides in it, or pushes aside what
stands around it."""

LONGEST = 500
"""Characters: what is read before one signs below it is read to its end."""


def is_readable_line(text: str) -> bool:
    """Whether `text` is one line with something in it, without line breaks and other signs that steer a display."""
    return len(text) <= LONGEST and text.isprintable() and bool(text.strip())
