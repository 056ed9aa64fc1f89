"""The permanent identifiers: where everything that a credential names can be found.

All of them start from the base URL, which is identity: it is fixed when the database is made and never changes after.
Terms of the national specification live under the namespace instead, which is the same on every installation.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from jmc_vc.domain.signing_key import JMC, LOG
from jmc_vc.errors import Unacceptable

EXAMPLE_HOST = "mc.example.jp"
"""The placeholder host of the example data; `Site.rebase` writes this installation's identity in its place."""


class WrongNumber(Unacceptable):
    """A number of JMC's that is not of its form."""

    code = "identifier.number"


@dataclass(frozen=True, kw_only=True)
class Site:
    """This installation's identity: base URL without trailing slash, the did:web of that URL, and the namespace."""

    base_url: str
    did: str
    namespace: str

    @property
    def context_url(self) -> str:
        return f"{self.namespace}/context.json"

    @property
    def log_origin(self) -> str:
        """What the public log calls itself in its checkpoints: its address without the scheme."""
        return f"{self.base_url.partition('://')[2]}/log"

    def log_entry(self, index: int) -> str:
        """The address of the entry of the public log at that place."""
        return f"{self.base_url}/log/entries/{index}"

    def issuer_did(self, slug: str) -> str:
        return f"{self.did}:issuers:{slug}"

    def owner_did(self, owner: str) -> str:
        """The DID of who has the keys of `owner`: an issuer's slug, `jmc`, or `log`, whose name stands in the public
        log and has no document."""
        own = {JMC: self.did, LOG: f"{self.did}:log"}
        return own.get(owner) or self.issuer_did(owner)

    def did_history(self, owner: str) -> str:
        """The address of the history of an owner's DID document."""
        place = ".well-known" if owner == JMC else f"issuers/{owner}"
        return f"{self.base_url}/{place}/did-history.json"

    def issuer_profile(self, slug: str) -> str:
        return f"{self.base_url}/issuers/{slug}"

    def program_version(self, number: str, version: str) -> str:
        return f"{self.base_url}/programs/{number}/v/{version}"

    def outcome(self, number: str, version: str, code: str) -> str:
        return f"{self.base_url}/ims/case/v1p0/CFItems/{self.outcome_uuid(number, version, code)}"

    def outcome_uuid(self, number: str, version: str, code: str) -> UUID:
        """UUIDv5 of the version's URL + `#LO1`: anyone can compute it again."""
        return uuid5(NAMESPACE_URL, f"{self.program_version(number, version)}#{code}")

    def decision(self, number: str) -> str:
        return f"{self.base_url}/decisions/{number}"

    def pathway(self, pathway_id: str) -> str:
        return f"{self.base_url}/pathways/{pathway_id}"

    def credential(self, uuid: UUID) -> str:
        return f"{self.base_url}/credentials/{uuid}"

    def status_list(self, number: int, purpose: str) -> str:
        return f"{self.base_url}/status/{number}/{purpose}"

    def revocation_list(self, number: int) -> str:
        return f"{self.base_url}/status/{number}/revoked"

    def token_status_list(self, number: int) -> str:
        return f"{self.base_url}/status/{number}/token"

    def issuer_key(self, slug: str, kid: str) -> str:
        return f"{self.base_url}/issuers/{slug}/keys/{kid}"

    def rebase(self, value: Any) -> Any:
        """The JSON value with the example data's placeholder host replaced by this installation, at every depth."""
        if isinstance(value, str):
            replaced = value.replace(f"https://{EXAMPLE_HOST}", self.base_url)
            return replaced.replace(f"did:web:{EXAMPLE_HOST}", self.did)
        if isinstance(value, Mapping):
            return {name: self.rebase(member) for name, member in value.items()}
        if isinstance(value, Sequence):
            return [self.rebase(item) for item in value]
        return value


def check_issuer_number(number: str) -> None:
    """Raises WrongNumber unless it is `JMC-I-nnnnn`."""
    if not re.fullmatch(r"JMC-I-[0-9]{5}", number):
        raise WrongNumber(form="JMC-I-nnnnn")


def check_decision_number(number: str) -> None:
    """Raises WrongNumber unless it is `JMC-D-yyyy-nnnn`, or `JMC-D-9000nn` of the test data."""
    if not re.fullmatch(r"JMC-D-(?:[0-9]{4}-[0-9]{4}|9000[0-9]{2})", number):
        raise WrongNumber(form="JMC-D-yyyy-nnnn")
