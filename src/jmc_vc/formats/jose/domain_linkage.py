"""Domain linkage credentials: a DID says that it belongs to a web origin, at a well-known place of that origin.

https://identity.foundation/.well-known/resources/did-configuration/ (DIF, v1), in its JSON Web Token form: the header
has `alg` and `kid` and nothing else; the claims are `iss`, `sub`, `nbf`, `exp` and, under `vc`, the credential, which
that specification writes in version 1.1 of the data model.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from jmc_vc.formats.jose.numeric_date import write_numeric_date
from jmc_vc.formats.openbadges.date_time import write_date_time_stamp
from jmc_vc.formats.strict_json import JsonObject

CONTEXT = "https://identity.foundation/.well-known/did-configuration/v1"


def domain_linkage_claims(did: str, *, origin: str, valid_from: datetime, valid_for: timedelta) -> JsonObject:
    """The claims by which `did` links itself to `origin`, a scheme, host and port as browsers write it."""
    valid_until = valid_from + valid_for
    return {
        "iss": did,
        "sub": did,
        "nbf": write_numeric_date(valid_from, pointer="/nbf"),
        "exp": write_numeric_date(valid_until, pointer="/exp"),
        "vc": {
            "@context": ["https://www.w3.org/2018/credentials/v1", CONTEXT],
            "type": ["VerifiableCredential", "DomainLinkageCredential"],
            "issuer": did,
            "issuanceDate": write_date_time_stamp(valid_from.astimezone(UTC)),
            "expirationDate": write_date_time_stamp(valid_until.astimezone(UTC)),
            "credentialSubject": {"id": did, "origin": origin},
        },
    }


def did_configuration(tokens: Sequence[str]) -> JsonObject:
    """The resource at `/.well-known/did-configuration.json`."""
    return {"@context": CONTEXT, "linked_dids": [*tokens]}
