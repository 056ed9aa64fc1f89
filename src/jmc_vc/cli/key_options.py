"""What the commands on signing keys share: how a key is named, written and counted."""

from datetime import datetime
from typing import Annotated, Any, TypeAlias

import typer

from jmc_vc.bootstrap import Service
from jmc_vc.cli.opening import registered
from jmc_vc.custody.change_keys import named
from jmc_vc.domain.signing_key import JMC, LOG, SigningKey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.signing.file_signer import FILE_SIGNERS
from jmc_vc.signing.keyring import SIGNERS

Owner: TypeAlias = Annotated[
    str, typer.Argument(metavar="SLUG", help="The issuer's slug; jmc for JMC's own keys, log for the public log's.")
]
Kid: TypeAlias = Annotated[str, typer.Argument(metavar="KID", help="The key's id, as key-2.")]
Now: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--now",
        help="Do not wait until everybody can know the new key. Verifiers that hold the keys without it refuse what it"
        " signs for up to a minute. Needs a second person, and a reason.",
    ),
]


def _kind(algorithm: KeyAlgorithm) -> KeyAlgorithm:
    if algorithm not in FILE_SIGNERS:
        raise typer.BadParameter("must be one of " + ", ".join(FILE_SIGNERS))
    return algorithm


def _place(place: str) -> str:
    if place not in SIGNERS:
        raise typer.BadParameter("must be one of " + ", ".join(SIGNERS))
    return place


Kind: TypeAlias = Annotated[
    KeyAlgorithm,
    typer.Option("--algorithm", metavar="NAME", callback=_kind, help="Kind of key: " + ", ".join(FILE_SIGNERS) + "."),
]
Place: TypeAlias = Annotated[
    str,
    typer.Option(
        "--place",
        metavar="NAME",
        callback=_place,
        help="Where it lives: file (sealed, in the database) or pkcs11 (on the token of the settings).",
    ),
]


def number_of(service: Service, owner: str) -> str:
    """What is typed to confirm: the issuer's number, or the name of an owner that has none. Raises IssuerNotFound."""
    return owner if owner in (JMC, LOG) else registered(service, owner).number


def found(service: Service, owner: str, kid: str) -> tuple[SigningKey, int]:
    """The key, and how many credentials were signed with it. Raises UnknownKey."""
    with service.database.read() as snapshot:
        key = named(snapshot.signing_keys.of_owner(owner), kid)
        return key, snapshot.credentials.signed_with(owner, kid)


def key_id(service: Service, key: SigningKey) -> str:
    """Its DID URL."""
    return f"{service.site.owner_did(key.owner)}#{key.kid}"


def row(service: Service, key: SigningKey) -> dict[str, Any]:
    """The key as JSON, with the date of each of its moves."""
    return {
        "owner": key.owner,
        "kid": key.kid,
        "id": key_id(service, key),
        "algorithm": key.algorithm,
        "publicKey": key.public_key,
        "place": key.signer_uri.partition(":")[0],
        "state": key.state.value,
        "createdAt": _written(key.created_at),
        "publishedAt": _written(key.published_at),
        "activeFrom": _written(key.active_from),
        "retiredAt": _written(key.retired_at),
        "compromisedSince": _written(key.compromised_since),
        "compromisedAt": _written(key.compromised_at),
        "destroyedAt": _written(key.destroyed_at),
    }


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
