"""Ask the pipeline for a page: in the threads that verification has to itself, with the verdict told to the log."""

from typing import TypeVar

from starlette.requests import Request

from jmc_vc.bootstrap import Service
from jmc_vc.verifying.presentation_report import AnyReport
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.take_in import HandedIn
from jmc_vc.verifying.wanted import NOTHING_MORE, Wanted
from jmc_vc.web.guessing import verify_for
from jmc_vc.web.verify_api.gate import finished_through_gate

R = TypeVar("R", bound=AnyReport)


async def verified(request: Request, handed_in: HandedIn, wanted: Wanted = NOTHING_MORE) -> AnyReport:
    """The report on whatever was handed in. Raises what verification raises, and TooManyFromOne and Crowded."""
    service: Service = request.app.state.service
    steps = verify_for(request).steps(handed_in, now=service.clock(), wanted=wanted)
    return _told(request, await finished_through_gate(request, steps))


async def verified_credential(request: Request, data: bytes) -> Report:
    """The report on one credential, as on one that this service keeps. Raises as `verified` does."""
    service: Service = request.app.state.service
    return _told(request, await finished_through_gate(request, service.verify.steps(data, now=service.clock())))


def _told(request: Request, report: R) -> R:
    request.scope["jmc_vc.told"]["verdict"] = report.verdict.value
    return report
