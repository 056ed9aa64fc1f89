"""Endpoints of the VC API: their errors are problems of the types that W3C has named, where it has named one."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from jmc_vc.errors import Error
from jmc_vc.formats.data_model.problem_details import problem_type
from jmc_vc.web.problems import problem
from jmc_vc.web.service import service_of


class VcApiRoute(APIRoute):
    """For `APIRouter(route_class=VcApiRoute)`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The endpoint, with its refusals in the shape of the protocol."""
        answer = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                return await answer(request)
            except Error as error:
                base_url = service_of(request).site.base_url
                return problem(error, request.scope, base_url=base_url, type_=problem_type(error.code))

        return answered
