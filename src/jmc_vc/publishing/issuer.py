"""One issuer and its programs."""

from dataclasses import dataclass
from datetime import date

from jmc_vc.domain.issuer import Issuer
from jmc_vc.publishing.register import RegisterEntry, entries_of
from jmc_vc.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class IssuerEntry:
    """`programs` are the public versions of all its programs, by number, newest first."""

    issuer: Issuer
    programs: tuple[RegisterEntry, ...]


@dataclass(frozen=True, kw_only=True)
class FindIssuer:
    """Find an issuer by its slug or its number in the register."""

    database: Database

    def __call__(self, name: str, *, today: date) -> IssuerEntry:
        """The issuer, also when it is suspended. Raises IssuerNotFound."""
        with self.database.read() as snapshot:
            by_number = next((each.slug for each in snapshot.issuers.all() if each.number == name), name)
            issuer = snapshot.issuers.registered(by_number)
            programs = entries_of(snapshot, snapshot.programs.of_issuer(issuer.slug), today=today)
        return IssuerEntry(issuer=issuer, programs=programs)
