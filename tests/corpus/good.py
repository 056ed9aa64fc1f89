"""Good credentials in every securing and form: what a verifier has to accept."""

from collections.abc import Callable, Mapping
from typing import Any

from jmc_vc.formats.data_model.enveloped import ENVELOPED_CREDENTIAL, Token, TokenMediaType, write_envelope
from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import sd_jwt, vc_sd_jwt
from tests.builders.disclosed import P256Key, issued, shown
from tests.builders.jose_keys import salts
from tests.builders.pictures import NAMESPACE as BAKED
from tests.builders.pictures import SVG_NAMESPACE
from tests.corpus.case import ACCREDITED, AS_TOKEN, Case, Findings, passed
from tests.corpus.documents import INTEGRITY, LEARNER, OLD_SUITE, at, older, pottery, registered, status_list
from tests.corpus.issuers import (
    POTTERY,
    REGISTERED,
    Issuer,
    Json,
    did_jwk,
    did_key,
    signed,
    signed_the_old_way,
)
from tests.corpus.keys import ED25519, P256, P384, RSA, CorpusKey, key

CLEAR: Findings = {"status": passed("status.clear")}
LIST = f"{POTTERY.base}/status/1"
OWN_LIST = f"{REGISTERED.base}/status/1"
SUITES = {
    "eddsa-rdfc-2022": ED25519, "eddsa-jcs-2022": ED25519, "ecdsa-rdfc-2019": P256, "ecdsa-jcs-2019": P256,
}  # fmt: skip


def of_key(by: CorpusKey, *, suite: str | None = None, made: Callable[..., Json] = pottery, **changes: Any) -> Json:
    """A badge of whoever has the key, under its did:key."""
    did, method = did_key(by)
    document = made(did=did, **changes)
    return signed(document, by, method, suite=suite)


def of_jwk(by: CorpusKey) -> Json:
    did, method = did_jwk(by)
    return signed(pottery(did=did), by, method)


def listed(issuer: Issuer = POTTERY, url: str = LIST, **options: Any) -> Mapping[str, Any]:
    """The list of an issuer at its address."""
    return {url: issuer.sign(status_list(url, issuer=issuer, **options))}


def disclosed() -> Json:
    """Derived from a badge under ecdsa-sd-2023, with its mandatory part alone and the result."""
    by = P256Key(9)
    document = pottery(did=by.method.partition("#")[0])
    del document["credentialSubject"]["identifier"]
    base = issued(document, ["/issuer", "/validFrom", "/credentialSubject/achievement", "/name"], key=by, seed=9)
    return shown(base, "/credentialSubject/result")


def vc_sd(*, withheld: tuple[tuple[str | int, ...], ...] = ()) -> str:
    """A `vc+sd-jwt`, of which the learner's name may be withheld."""
    signing = POTTERY.key(P256)
    token = vc_sd_jwt.sign_credential(
        pottery(), kid=POTTERY.method_id(P256), algorithm="ES256", sign=signing.sign,
        selectively_disclosable=[("credentialSubject", "identifier")], salts=salts(),
    )  # fmt: skip
    return sd_jwt.withhold(sd_jwt.read(token), withheld) if withheld else token


def in_envelope(token: str, media_type: TokenMediaType = TokenMediaType.VC_JWT) -> Json:
    return write_envelope(ENVELOPED_CREDENTIAL, Token(media_type, token))


def baked_svg(inside: str) -> bytes:
    root = f'<svg xmlns="{SVG_NAMESPACE}" xmlns:openbadges="{BAKED}" viewBox="0 0 9 9">'
    return f'{root}<openbadges:credential>{inside}</openbadges:credential><circle r="4" fill="#fff"/></svg>\n'.encode()


def two_proofs() -> Json:
    first = POTTERY.sign(pottery())
    return POTTERY.sign(first, P256)


def a_chain() -> Json:
    first = POTTERY.sign(pottery(), id="urn:uuid:00000000-0000-4000-8000-000000000001")
    return POTTERY.sign(first, P256, previousProof="urn:uuid:00000000-0000-4000-8000-000000000001")


def _suite(suite: str, kind: KeyAlgorithm, which: str, issuer: Issuer, made: Callable[[], Json]) -> Case:
    return Case(
        name=f"{which}{suite}",
        what=f"a badge {'of an accredited program ' if which else ''}under {suite}",
        ids=("VJ-77",) if not which and suite == "eddsa-rdfc-2022" else (),
        body=lambda: issuer.sign(made(), kind, suite=suite),
        found=ACCREDITED if which else {},
    )


def _p384(suite: str) -> Case:
    return Case(
        name=f"{suite}-p384",
        what=f"a badge under {suite} with P-384 and SHA-384",
        body=lambda: POTTERY.sign(pottery(), P384, suite=suite),
    )


SECURED: tuple[Case, ...] = (
    *(
        _suite(suite, kind, which, issuer, made)
        for suite, kind in SUITES.items()
        for which, issuer, made in (("", POTTERY, pottery), ("registered-", REGISTERED, registered))
    ),
    *map(_p384, ("ecdsa-rdfc-2019", "ecdsa-jcs-2019")),
    Case(name="did-key-ed25519", what="an issuer that is its Ed25519 key", body=lambda: of_key(key(ED25519, "loose"))),
    Case(name="did-key-p256", what="an issuer that is its P-256 key", body=lambda: of_key(key(P256, "loose"))),
    Case(name="did-key-p384", what="an issuer that is its P-384 key", body=lambda: of_key(key(P384, "loose"))),
    Case(name="did-jwk-p256", what="an issuer that is its key, as a did:jwk", body=lambda: of_jwk(key(P256, "loose"))),
    Case(name="ecdsa-sd-2023-derived", what="a badge of which a part is shown, under ecdsa-sd-2023", body=disclosed),
    Case(name="two-proofs", what="a set of two proofs, which both hold", body=two_proofs),
    Case(name="proof-chain", what="a proof that endorses the one before it", body=a_chain),
    Case(
        name="vcdm-1.1-ed25519signature2020",
        what="a badge of VCDM 1.1 with a proof of before the cryptosuites",
        body=lambda: signed_the_old_way(older(POTTERY, OLD_SUITE), POTTERY.key(), POTTERY.method_id()),
    ),
    Case(
        name="vcdm-1.1-eddsa-2022",
        what="a badge of VCDM 1.1 under eddsa-2022, the name of before",
        body=lambda: signed_the_old_way(older(POTTERY, INTEGRITY), POTTERY.key(), POTTERY.method_id(), eddsa_2022=True),
    ),
    Case(
        name="vcdm-1.1-eddsa-rdfc-2022",
        what="a badge of VCDM 1.1 under the suite of today",
        body=lambda: POTTERY.sign(older(POTTERY, INTEGRITY)),
    ),
)

TOKENS: tuple[Case, ...] = tuple(
    Case(name=name, what=what, ids=ids, body=body, found={**AS_TOKEN, **found}, suffix="jwt")
    for name, what, ids, found, body in (
        ("vc-jwt-es256", "a VC-JWT of Open Badges", ("VW-28",), {}, lambda: POTTERY.token(pottery())),
        ("vc-jwt-rs256", "a VC-JWT with RSA", (), {}, lambda: POTTERY.token(pottery(), RSA, header={"alg": "RS256"})),
        ("registered-vc-jwt-es256", "a VC-JWT of an accredited program", (), ACCREDITED,
         lambda: REGISTERED.token(at(registered(), "credentialSubject/id", LEARNER))),
        ("vc-jwt-no-typ", "a VC-JWT without `typ`", ("VW-28",), {},
         lambda: POTTERY.token(pottery(), header={"typ": None})),
        ("vc-jwt-jwk-of-the-issuer", "a VC-JWT with the key in its header, which the issuer's document has", (), {},
         lambda: POTTERY.token(pottery(), header={"kid": None, "jwk": dict(public_jwk(POTTERY.key(P256).public_key))})),
        ("vc-jwt-around-a-proof", "a VC-JWT around a badge with a proof of its own", (), {},
         lambda: POTTERY.token(POTTERY.sign(pottery()))),
        ("vc-jwt-vcdm-1.1", "a VC-JWT of VCDM 1.1 with its credential in the claim `vc`", (), {},
         lambda: POTTERY.in_claim(older())),
        ("vc+jwt-es256", "a `vc+jwt` of W3C", ("VW-28",), {}, lambda: POTTERY.vc_jose(pottery())),
        ("vc+jwt-es384", "a `vc+jwt` with P-384", (), {}, lambda: POTTERY.vc_jose(pottery(), P384)),
        ("vc+jwt-eddsa", "a `vc+jwt` with Ed25519", (), {}, lambda: POTTERY.vc_jose(pottery(), ED25519)),
        ("vc+sd-jwt-all-shown", "a `vc+sd-jwt` of which everything is shown", (), {}, vc_sd),
        ("vc+sd-jwt-name-withheld", "a `vc+sd-jwt` of which the learner's name is withheld", (), {},
         lambda: vc_sd(withheld=(("credentialSubject", "identifier"),))),
        ("vc-jwt-line-feed", "a VC-JWT with a line feed at its end", (), {},
         lambda: POTTERY.token(pottery()) + "\n"),
    )
)  # fmt: skip
