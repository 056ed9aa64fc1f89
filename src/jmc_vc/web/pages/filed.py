"""What names a result in somebody's files: when, of which bytes, how they came, and by which policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from starlette.requests import Request

from jmc_vc.bootstrap import Service
from jmc_vc.verifying.input import Form, Source
from jmc_vc.verifying.presentation_report import AnyReport
from jmc_vc.verifying.take_in import HandedIn
from jmc_vc.web.pages.language import language_of, same_page

_BY_ADDRESS: Final = frozenset({Source.LINK, Source.URL})
FORM_NAMES: Final[Mapping[Form, str]] = {
    Form.JSON: "JSON-LD",
    Form.VC_JWT: "VC-JWT (Open Badges)",
    Form.VC_JOSE: "VC-JWT (VC-JOSE-COSE)",
    Form.SD_JWT_VC: "SD-JWT VC",
    Form.ENVELOPED: "EnvelopedVerifiableCredential",
    Form.PRESENTATION: "VerifiablePresentation",
    Form.OPEN_BADGES_2: "Open Badges 2.0",
}
"""What the standards call them, in every language."""


@dataclass(frozen=True)
class Filed:
    """`address` is that of the page, None if only what was submitted leads to it. `digest` (SHA-256, hexadecimal) is of
    the bytes as they were handed in, and where that was only an address, of what lay there: the same as on a receipt.
    `form` is None for what cannot be told."""

    address: str | None
    checked_at: datetime
    form: str | None
    source: str
    digest: str
    policy: str


def filed(request: Request, handed_in: HandedIn, report: AnyReport) -> Filed:
    """The facts of `report`, which is about `handed_in`."""
    service: Service = request.app.state.service
    received = report.input
    own_bytes = isinstance(handed_in, bytes) and received.source not in _BY_ADDRESS
    return Filed(
        address=service.site.base_url + same_page(request, language_of(request)) if request.method == "GET" else None,
        checked_at=report.checked_at,
        form=None if received.form is None else FORM_NAMES[received.form],
        source=received.source.value,
        digest=sha256(handed_in if isinstance(handed_in, bytes) and own_bytes else received.data).hexdigest(),
        policy=report.policy.name,
    )
