"""Verifying in an installation: the pipeline over its database, and over what other hosts say. Without either it is put
together in `verify_offline`."""

from collections.abc import Callable, Iterable
from datetime import datetime

from jmc_vc.domain.identifiers import Site
from jmc_vc.fetching.gateway import Gateway
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Snapshot
from jmc_vc.verifying.borrowed import BorrowedNames
from jmc_vc.verifying.endorsements import Endorsements
from jmc_vc.verifying.fetch_outside import FetchOutside
from jmc_vc.verifying.foreign_lists import ForeignLists
from jmc_vc.verifying.gather import Gather
from jmc_vc.verifying.keys import FindKey
from jmc_vc.verifying.links import OwnKind
from jmc_vc.verifying.open_link import OpenLink
from jmc_vc.verifying.own_lists import OwnLists
from jmc_vc.verifying.signature_log import SignatureLog
from jmc_vc.verifying.signatures import Signatures
from jmc_vc.verifying.stored_documents import StoredDocuments
from jmc_vc.verifying.take_in import TakeIn
from jmc_vc.verifying.verify import Verify
from jmc_vc.verifying.verify_handed_in import VerifyHandedIn
from jmc_vc.verifying.verify_presentation import VerifyPresentation


def verifying(
    database: Database,
    site: Site,
    *,
    contexts: Contexts,
    kek: KeyEncryptionKey,
    own_did_document: Callable[[Snapshot, str | None], JsonObject],
    own_credential: Callable[[str, datetime], bytes],
    gateway: Gateway,
    organization: Iterable[str],
) -> VerifyHandedIn:
    """Everything that verifies; `own_credential` gives the bytes to which a link of ours leads, and `organization` is
    what we are called."""
    documents = StoredDocuments(database=database, own=own_did_document)
    find_key = FindKey(site=site, is_pinned=documents.is_pinned)
    signatures = Signatures(site=site, contexts=contexts, find_key=find_key)
    verify = Verify(
        take_in=TakeIn(site=site, open_link=OpenLink({OwnKind.CREDENTIAL: own_credential})),
        gather=Gather(
            database=database,
            site=site,
            contexts=contexts,
            signatures=signatures,
            documents=documents,
            signature_log=SignatureLog(database=database, site=site, kek=kek),
            own_lists=OwnLists(site=site),
            foreign_lists=ForeignLists(site=site, signatures=signatures),
            endorsements=Endorsements(site=site, signatures=signatures),
            borrowed_names=BorrowedNames(site, organization),
        ),
        fetch_outside=FetchOutside(gateway, own_address=site.base_url, keeps=gateway),
    )
    verify_presentation = VerifyPresentation(verify=verify, find_key=find_key, documents=documents, contexts=contexts)
    return VerifyHandedIn(verify=verify, verify_presentation=verify_presentation)
