"""Evidence from a bundle, for a machine that has no installation: what `gather` reads from storage stands in it.

The bundle vouches for the register, for our own keys and for the log. Status lists are judged as those of strangers
are, by the issuer's signature: the same pipeline, of which nothing is taken on trust.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import Issuer
from jmc_vc.domain.status_list import StatusPurpose
from jmc_vc.errors import Error, Unavailable
from jmc_vc.fetching.document_kind import DocumentKind
from jmc_vc.fetching.gateway import Fetched
from jmc_vc.fetching.unavailable import Unreachable
from jmc_vc.formats.status.entry import BitstringStatusListEntry
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.verifying.approved_content import says_what_was_approved
from jmc_vc.verifying.bundled import OpenedBundle
from jmc_vc.verifying.endorsements import Endorsements
from jmc_vc.verifying.evidence import Borrowed, Evidence, NoRecord, Refreshed, StatusEvidence
from jmc_vc.verifying.foreign_lists import ForeignLists
from jmc_vc.verifying.keys import Documents, FindKey, own_slug
from jmc_vc.verifying.outside import Need, Needs, Outside
from jmc_vc.verifying.presented import Presented, Stated
from jmc_vc.verifying.signature_log import CredentialLog
from jmc_vc.verifying.signatures import Grounds, Signatures
from jmc_vc.verifying.terms import Terms

_NOWHERE = Site(base_url="https://nowhere.invalid", did="did:web:nowhere.invalid", namespace="")
"""A site that nothing belongs to: what is judged under it is a stranger's."""


class NotInBundle(Unavailable):
    """The bundle has no such DID document."""

    code = "did.unavailable"


@dataclass(frozen=True)
class NoNetwork:
    """In the place of the gateway: nothing is to be had."""

    def get(self, address: str, kind: DocumentKind, *, deadline: float) -> Fetched:  # noqa: ARG002 - as the gateway's
        """Raises Unreachable."""
        raise Unreachable


@dataclass(frozen=True)
class GatherFromBundle:
    """Evidence for the credential of the bundle, or for what bears its id: the same, altered or forged."""

    bundle: OpenedBundle

    @cached_property
    def signatures(self) -> Signatures:
        """Of credentials: by our own keys, as the register has them."""
        return self._signatures(self.bundle.site)

    @cached_property
    def lists(self) -> ForeignLists:
        """Of lists: by what the issuer's DID document says."""
        return ForeignLists(site=_NOWHERE, signatures=self._signatures(_NOWHERE))

    @cached_property
    def endorsements(self) -> Endorsements:
        """What others say in it, as far as their keys are at hand."""
        return Endorsements(site=self.bundle.site, signatures=self.signatures)

    def needs(self, presented: Presented) -> Needs:  # noqa: ARG002 - as of an installation
        """Nothing: there is nobody to ask."""
        return Needs(())

    def __call__(
        self, presented: Presented, outside: Outside, terms: Terms, refreshed: Refreshed | None = None
    ) -> Evidence:
        """Everything that the checks need, as far as the bundle has it."""
        bundle, register = self.bundle, self.bundle.register
        documents = Documents(own=self._own_document, pinned=bundle.documents.get, outside=outside | self._served)
        grounds = Grounds(keys=register, documents=documents, log=self._log(presented), work=terms.work)
        signatures = self.signatures(presented, grounds)
        context, coverage = self.signatures.read_as_linked_data(presented, signatures)
        by_issuer = presented.issuer_id == register.issuer_did
        program = register.program
        approved = by_issuer and says_what_was_approved(presented, program, bundle.site, bundle.contexts)
        return Evidence(
            context=context,
            coverage=coverage,
            proofs=signatures,
            statuses=tuple(self._statuses(presented, grounds, terms)),
            issuer=register.issuer if by_issuer else None,
            outside_did=None,
            program=program if by_issuer else None,
            siblings=register.siblings if by_issuer else (),
            is_ours=own_slug(bundle.site, presented.issuer_id) is not None,
            own_row=None,
            says_what_was_approved=approved,
            refreshed=refreshed,
            endorsements=self.endorsements(
                presented,
                grounds,
                lambda each, theirs: (self._issuer(each), self._statuses(each, theirs, terms)),
                approved=approved if by_issuer else None,
            ),
            borrowed=None if by_issuer else Borrowed(register.issuer),
        )

    @cached_property
    def _served(self) -> Outside:
        """The lists, under the addresses where they were served."""
        kinds = (DocumentKind.STATUS_LIST, DocumentKind.REVOCATION_LIST)
        return Outside(
            {
                Need(url, kind): Fetched(body=body, media_type="", fetched_at=self.bundle.made_at)
                for url, body in self.bundle.lists.items()
                for kind in kinds
            }
        )

    def _issuer(self, stated: Stated) -> Issuer | None:
        register = self.bundle.register
        return register.issuer if stated.issuer_id == register.issuer_did else None

    def _log(self, presented: Presented) -> CredentialLog:
        # Of other credentials than its own a bundle says nothing.
        own = presented.document.get("id") == self.bundle.credential_id and bool(self.bundle.entries)
        otherwise = NoRecord.NOT_LOGGED if own else NoRecord.NOT_READABLE
        return CredentialLog(site=self.bundle.site, entries=self.bundle.entries if own else (), otherwise=otherwise)

    def _statuses(self, stated: Stated, grounds: Grounds, terms: Terms) -> Iterator[StatusEvidence]:
        on_record = self.bundle.on_record if self._is_own(stated) else None
        for entry in (*stated.statuses, *self._siblings(stated)):
            if isinstance(entry, Error):
                yield StatusEvidence(entry)
                continue
            try:
                yield StatusEvidence(self.lists(entry, stated, grounds, terms.now), on_record=on_record)
            except Error as err:
                yield StatusEvidence(err)

    def _siblings(self, stated: Stated) -> Iterator[BitstringStatusListEntry]:
        """The places of the credential on the lists that it does not name. The bundle's own credential has both,
        whatever stands in it or was left out; another one has the same place on the sibling of its list."""
        site, named = self.bundle.site, {each.list_url for each in stated.statuses if not isinstance(each, Error)}
        places = {(self.bundle.list_number, self.bundle.index)} if self._is_own(stated) else set()
        number_of = re.compile(re.escape(f"{site.base_url}/status/") + r"([1-9][0-9]{0,9})/[a-z]+")
        for entry in stated.statuses:
            found = number_of.fullmatch(entry.list_url) if isinstance(entry, BitstringStatusListEntry) else None
            if found is not None and isinstance(entry, BitstringStatusListEntry):
                places.add((int(found[1]), entry.index))
        for number, index in sorted(places):
            for purpose in StatusPurpose:
                url = site.status_list(number, purpose)
                if url not in named:
                    yield BitstringStatusListEntry(
                        purpose=purpose.value, index=index, list_url=url, size=1, messages=(), references=()
                    )

    def _is_own(self, stated: Stated) -> bool:
        bundle = self.bundle
        return (stated.document.get("id"), stated.issuer_id) == (bundle.credential_id, bundle.register.issuer_did)

    def _signatures(self, site: Site) -> Signatures:
        find_key = FindKey(site=self.bundle.site, is_pinned=self.bundle.documents.__contains__)
        return Signatures(site=site, contexts=self.bundle.contexts, find_key=find_key)

    def _own_document(self, slug: str | None) -> JsonObject:
        site = self.bundle.site
        document = self.bundle.documents.get(site.did if slug is None else site.issuer_did(slug))
        if document is None:
            raise NotInBundle
        return document
