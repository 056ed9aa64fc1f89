"""The credential bundle: one credential with all that its verification needs, in one file, as of one moment.

What it holds is told by its JSON Schema (schemas/json-schema/credential-bundle-1.0.json) and docs/reference/bundle.md.
Documents of others in it, the credential above all, are texts and no JSON: whoever reads the bundle gets their bytes
back as they were signed or served, and nothing is written anew on the way.
"""

from typing import Final

from jmc_vc.errors import Malformed, Unacceptable
from jmc_vc.formats.openbadges.schema import Schema, violations
from jmc_vc.formats.strict_json import JsonObject, Limits, parse_object

MEDIA_TYPE: Final = "application/vnd.jmc.credential-bundle+json"
FILE_ENDING: Final = "bundle.json"
TYPE: Final = "CredentialBundle"
VERSION: Final = "1.0"
CRYPTOSUITE: Final = "eddsa-jcs-2022"
"""Of the statement around everything. It signs JSON as it is: a reader needs no JSON-LD, and every member is covered,
whatever it means."""
LIMITS: Final = Limits(bytes=8 << 20, depth=32, values=20_000)
"""Two status lists of a million places have 350 KB, the history of fifty rotations of keys has 400 KB as a text that is
one value, and the content of a program version has some hundred values."""


class NotABundle(Malformed):
    """JSON, but not that of a bundle; `pointer` tells the first member at fault."""

    code = "bundle.syntax"


class ACredential(Unacceptable):
    """A credential or a presentation by itself, where its bundle is wanted."""

    code = "bundle.a_credential"


class OtherVersion(Unacceptable):
    """A bundle of a later version than this reader knows."""

    code = "bundle.version"


def read_bundle(data: bytes) -> JsonObject:
    """The bundle that `data` is, of the form that its schema describes. Nothing is verified. Raises bundle.syntax,
    bundle.a_credential, bundle.version, and what `strict_json.parse_object` raises."""
    bundle = parse_object(data, LIMITS)
    if "@context" in bundle:  # a bundle is no linked data
        raise ACredential
    if bundle.get("type") != TYPE:
        raise NotABundle(pointer="/type")
    if bundle.get("version") != VERSION:
        raise OtherVersion(pointer="/version")
    found = violations(bundle, Schema.CREDENTIAL_BUNDLE)
    if found:
        raise NotABundle(pointer=found[0].pointer)
    return bundle
