"""All that is done for the test suites, as one part of the service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jmc_vc.conforming.issue import IssueAnything
from jmc_vc.conforming.issuers import SuiteIssuers
from jmc_vc.conforming.status_list import SuiteStatusList
from jmc_vc.conforming.verify import VerifyAnyCredential, VerifyAnyPresentation
from jmc_vc.conforming.words import Words
from jmc_vc.sealing import KeyEncryptionKey


@dataclass(frozen=True, kw_only=True)
class Conformance:
    """The use cases of this package."""

    issuers: SuiteIssuers
    issue: IssueAnything
    verify_credential: VerifyAnyCredential
    verify_presentation: VerifyAnyPresentation
    status_list: SuiteStatusList


def conformance(
    *, base_url: str, kek: KeyEncryptionKey, contexts: Mapping[str, bytes], random: Callable[[int], bytes]
) -> Conformance:
    """The use cases of an installation under `base_url`; `contexts` are the bytes of those that it ships, by URL."""
    issuers, words = SuiteIssuers(kek), Words(contexts)
    status_list = SuiteStatusList(base_url=base_url, issuers=issuers, words=words, random=random)
    verify_credential = VerifyAnyCredential(words=words, status_list=status_list)
    return Conformance(
        issuers=issuers,
        issue=IssueAnything(issuers=issuers, words=words, status_list=status_list, random=random),
        verify_credential=verify_credential,
        verify_presentation=VerifyAnyPresentation(words=words, verify_credential=verify_credential),
        status_list=status_list,
    )
