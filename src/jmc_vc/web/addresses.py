"""What an address may be made of. Our identifiers are printable, so a path with a control character names nothing.

Asked before any route: a database takes no NUL, and would answer for an id what is meant for a text (HT-09)."""

from starlette.requests import Request

from jmc_vc.web.problems import NoSuchPage


async def require_printable_path(request: Request) -> None:
    """Raises NoSuchPage for a path with NUL, a line break or another character that no reader could see."""
    if not request.scope["path"].isprintable():  # request.url has lost its line breaks already
        raise NoSuchPage
