"""POST /vc-api/credentials/derive: what a holder shows of a credential with ecdsa-sd-2023."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.proof import (
    NotAProof,
    ProofChain,
    ProofEncoding,
    ProofMissing,
    SuiteUnsupported,
    TooManyProofs,
)
from jmc_vc.formats.data_integrity.selective.derive import NoBaseProof, NothingSelected, derive
from jmc_vc.formats.data_integrity.selective.labelled import NotSelectable
from jmc_vc.formats.data_integrity.selective.pointers import PointerRefused, TooManyPointers
from jmc_vc.formats.data_integrity.selective.proof_value import TooManyStatements
from jmc_vc.formats.jsonld import ContextNotAllowed
from jmc_vc.formats.jsonld.canonicalize import CanonicalizationLimit
from jmc_vc.formats.jsonld.loss import DataLoss, KeywordRefused
from jmc_vc.formats.jsonld.processor import ContextConflict, UnknownContext
from jmc_vc.formats.openbadges.date_time import NotADateTimeStamp
from jmc_vc.formats.signature import BadSignature
from jmc_vc.web.authentication import Reading
from jmc_vc.web.openapi import SECURED, answers, body_of
from jmc_vc.web.rooms import Crowded, TooManyFromOne
from jmc_vc.web.service import Served
from jmc_vc.web.vc_api.body import BODY, CALLER, answer, member, read_body
from jmc_vc.web.vc_api.messages import DeriveCredentialMessage, VerifiableCredentialAnswer
from jmc_vc.web.vc_api.route import VcApiRoute
from jmc_vc.web.verify_api.gate import through_gate

router = APIRouter(prefix="/vc-api", tags=["VC API"], route_class=VcApiRoute)


@router.post(
    "/credentials/derive",
    operation_id="vcApiDerive",
    summary="Derive a credential that shows a part",
    status_code=201,
    responses=answers(
        {201: VerifiableCredentialAnswer}, *CALLER, *BODY, BadSignature, CanonicalizationLimit, ContextConflict,
        ContextNotAllowed, Crowded, DataLoss, KeywordRefused, NoBaseProof, NotADateTimeStamp, NotAProof, NotSelectable,
        NothingSelected, PointerRefused, ProofChain, ProofEncoding, ProofMissing, SuiteUnsupported, TooManyFromOne,
        TooManyPointers, TooManyProofs, TooManyStatements, UnknownContext,
    ),
    openapi_extra={**body_of("application/json", model=DeriveCredentialMessage), **SECURED},
)  # fmt: skip
async def derive_credential(request: Request, service: Served, actor: Reading) -> Response:
    """Takes out of a credential what `selectivePointers` name and what must always be shown, under a proof of its own.
    Nothing is stored. The base proof is taken at its word: verify what comes out."""
    document, message = await read_body(request, DeriveCredentialMessage)
    try:
        derived = await through_gate(
            request,
            derive,
            member(document, "verifiableCredential"),
            selective_pointers=message.options.selective_pointers,
            contexts=service.contexts,
        )
    except Error as error:
        if error.pointer is not None:
            error.pointer = f"/verifiableCredential{error.pointer}"
        raise
    return answer({"verifiableCredential": derived}, 201)
