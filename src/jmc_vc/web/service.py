"""From a request to the service that answers it."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from jmc_vc.bootstrap import Service


def service_of(request: Request) -> Service:
    """The service that the application was created with."""
    service: Service = request.app.state.service
    return service


Served = Annotated[Service, Depends(service_of)]
