"""Does an issuer that is not registered go by the name, a number or an address of one that is, or of the accreditor?

Anybody can sign a badge with a key of their own and write a university's name into it: everything technical is right
then. Nobody can tell whether it is the university, so it is called a suspicion and changes no verdict. What is compared
is the register's own: names, the numbers of issuers and programs, addresses. Names are the same when they differ only
in what readers pass over: width, case, spaces, brackets and what stands in them, punctuation, the legal form.

Asked only about issuers that are not registered, by a table of the register that is kept and a handful of rows.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import Issuer
from jmc_vc.domain.person_name import search_key
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.storage.transaction import Snapshot
from jmc_vc.verifying.evidence import Borrowed
from jmc_vc.verifying.presented import Presented

LONGEST_NAME: Final = 400
"""Characters of a name that are compared; no organization's has half as many."""
MOST_NUMBERS: Final = 8
"""Of the programs that one badge names by number: each costs a row."""

_BRACKETED = re.compile(r"[(\[【〔「『《][^()\[\]【】〔〕「」『』《》]*[)\]】〕」』》]")
_SMALL: Final = str.maketrans("ヶヵ", "ケカ")
_LEGAL_FORMS: Final = (
    "特定非営利活動法人", "国立大学法人", "公立大学法人", "独立行政法人", "国立研究開発法人", "一般社団法人",
    "一般財団法人", "公益社団法人", "公益財団法人", "社会福祉法人", "医療法人", "学校法人", "株式会社", "有限会社",
    "合同会社", "npo法人",
    "incorporated", "corporation", "limited", "coltd", "corp", "inc", "ltd", "llc", "the",
)  # fmt: skip


@dataclass(frozen=True)
class _Register:
    """What issuers go by → their slugs, as of so many issuers: none is ever renamed or removed."""

    issuers: int = 0
    by_name: Mapping[str, str] = field(default_factory=dict)
    by_number: Mapping[str, str] = field(default_factory=dict)
    by_address: Mapping[str, str] = field(default_factory=dict)


class BorrowedNames:
    """Finds whose they are; `organization` is what the accreditor calls itself."""

    def __init__(self, site: Site, organization: Iterable[str]) -> None:
        self._site = site
        self._own_address = _address(site.base_url)
        self._own_names = frozenset(key for name in organization for key in name_keys(name))
        self._kept = _Register()

    def __call__(self, tx: Snapshot, presented: Presented) -> Borrowed | None:
        """Whose identity a credential borrows whose issuer is not registered; None if nobody's, or if the credential
        cannot be read."""
        credential = presented.credential
        if not isinstance(credential, OpenBadgeCredential):
            return None
        slug = self._by_issuer(tx, credential) or self._by_program(tx, credential)
        if slug is None and (path := self._own_path(credential.id or "")) is not None:
            number = _CREDENTIAL.fullmatch(path)
            row = None if number is None else tx.credentials.get(UUID(number[1]))
            slug = None if row is None else row.issuer
            if slug is None and number is not None:
                return Borrowed(None)
        if slug is not None:
            issuer = tx.issuers.get(slug)
            return Borrowed(issuer, at_its_address=issuer is not None and _is_at(presented.issuer_id, issuer.url))
        return Borrowed(None, accreditor=True) if self._is_the_accreditors(credential) else None

    def _is_the_accreditors(self, credential: OpenBadgeCredential) -> bool:
        """Whether it has our own name or an address below ours. What is signed in our own DID, our keys decide."""
        issuer = credential.issuer
        if issuer.id == self._site.did:
            return False
        addresses = (issuer.id, issuer.url or "", credential.id or "")
        return not self._own_names.isdisjoint(name_keys(issuer.name or "")) or any(
            self._own_path(each) is not None for each in addresses
        )

    def _own_path(self, written: str) -> str | None:
        """What stands behind our address, however oddly that is written; None for another address."""
        address = _address(written)
        within = address == self._own_address or address.startswith(f"{self._own_address}/")
        return address.removeprefix(self._own_address) if within else None

    def _by_issuer(self, tx: Snapshot, credential: OpenBadgeCredential) -> str | None:
        register, issuer = self._register(tx), credential.issuer
        names = name_keys(issuer.name or "")
        numbers = (_plain(value) for _, value in issuer.identifiers)
        addresses = (_address(each) for each in (issuer.url, issuer.id) if each)
        return (
            _first(register.by_name, names)
            or _first(register.by_number, numbers)
            or _first(register.by_address, addresses)
        )

    def _by_program(self, tx: Snapshot, credential: OpenBadgeCredential) -> str | None:
        for number in tuple(dict.fromkeys(self._program_numbers(credential)))[:MOST_NUMBERS]:
            versions = tx.programs.versions(number)
            if versions:
                return versions[0].issuer
        return None

    def _program_numbers(self, credential: OpenBadgeCredential) -> Iterator[str]:
        achievement, reference = credential.subject.achievement, credential.program_version
        if reference is not None:
            yield reference.program_number
        for written in (achievement.id, "" if reference is None else reference.id):
            if found := _PROGRAM.match(self._own_path(written) or ""):
                yield found[1].upper()
        yield from (value.strip().upper() for _, value in achievement.identifiers if len(value) <= LONGEST_NAME)

    def _register(self, tx: Snapshot) -> _Register:
        issuers = tx.issuers.count()
        if issuers != self._kept.issuers:
            self._kept = _read(tx.issuers.all(), self._site)
        return self._kept


def name_keys(name: str) -> frozenset[str]:
    """What a name is found by: with and without what stands in brackets, and without the legal form."""
    plain = _plain(name)
    keys = {_letters(plain), _letters(_BRACKETED.sub("", plain))}
    return frozenset(key for each in keys for key in (each, _LEGAL_FORM.sub("", each)) if key)


def _read(issuers: tuple[Issuer, ...], site: Site) -> _Register:
    return _Register(
        issuers=len(issuers),
        by_name={key: each.slug for each in issuers for name in _names(each) for key in name_keys(name)},
        by_number={_plain(each.number): each.slug for each in issuers},
        by_address={
            _address(url): each.slug for each in issuers for url in (each.url, site.issuer_profile(each.slug)) if url
        },
    )


def _names(issuer: Issuer) -> Iterable[str]:
    return filter(None, (issuer.name_ja, issuer.name_en, issuer.name_kana))


def _first(table: Mapping[str, str], keys: Iterable[str]) -> str | None:
    return next((table[key] for key in keys if key in table), None)


def _plain(text: str) -> str:
    return search_key(text[:LONGEST_NAME])


def _letters(plain: str) -> str:
    return "".join(filter(str.isalnum, plain.translate(_SMALL)))


def _address(url: str) -> str:
    """Without what makes no other place: the scheme, `www.`, the port that goes without saying, capitals, and slashes
    too many. Of a did:web, the address at which it has its document."""
    plain = _plain(url)
    if plain.startswith("did:web:"):
        plain = plain.removeprefix("did:web:").replace(":", "/").replace("%3a", ":")
    host, slash, path = re.sub(r"/+", "/", _BEFORE_THE_HOST.sub("", plain)).partition("/")
    return f"{_PORT.sub('', host)}{slash}{path}".rstrip("/")


def _is_at(signer: str | None, url: str | None) -> bool:
    """Whether `signer` has its keys at the address `url`: at its very host, or below it. Somebody else on the same host
    is not there."""
    if signer is None or url is None or not signer.startswith(("did:web:", "https://")):
        return False
    keys, registered = _address(signer), _address(url)
    return keys in (registered, registered.partition("/")[0]) or keys.startswith(f"{registered}/")


_BEFORE_THE_HOST: Final = re.compile(r"^https?:/+(?:www\.)?")
_PORT: Final = re.compile(r":(?:80|443)$")
_CREDENTIAL: Final = re.compile(r"/credentials/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.ASCII)
_PROGRAM: Final = re.compile(r"/programs/([^/?#]{1,40})")
_FORMS: Final = "|".join(_letters(_plain(form)) for form in _LEGAL_FORMS)
_LEGAL_FORM: Final = re.compile(rf"^(?:{_FORMS})|(?:{_FORMS})$")
