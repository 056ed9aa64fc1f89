"""From a request to the service that answers it."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from jmc_vc.bootstrap import Service


def service_of(request: Request) -> Service:
    """The service that the application was created with."""
    service: Service = request.app.state.service
    return service


async def _served(request: Request) -> Service:
    """Asynchronous, because for a plain function the framework changes threads, which costs more than all it does."""
    return service_of(request)


Served = Annotated[Service, Depends(_served)]
