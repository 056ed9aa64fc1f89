"""The issuance cycle. It takes many requests at once, and answers each with a credential or with the refusal.

1. One transaction: idempotency keys, the issuer registered and not suspended, the program version effective on the
   award date, the award within its rules, no duplicate, status places allotted, rows reserved.               COMMIT
2. Assemble from the approved version.
3. Lint.
4. Sign.
5. Verify with the public key; see that the status list which the credential names is published.
6. One transaction: nothing was suspended meanwhile and the key is still active; bytes and digest stored, rows issued,
   audit and public log.                                                                                      COMMIT
Nothing leaves before the second commit, and between the two nothing holds a lock, so a slow signer does no harm. When 2
to 5 fail, the row is abandoned with its reason and its place in the list is never used again; after a crash `recover`
does the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jmc_vc.domain.credential import Representation
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.status_list import ListForm
from jmc_vc.errors import Error, Unavailable
from jmc_vc.event_log import events, where_it_broke
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.issuing.assemble import Place, assemble
from jmc_vc.issuing.command import Command, Outcome
from jmc_vc.issuing.lint import lint
from jmc_vc.issuing.lints.facts import Facts
from jmc_vc.issuing.record import KeyRotated, Made, record
from jmc_vc.issuing.reserve import Reserve, Reserved
from jmc_vc.issuing.secure import Signing, key_of, secure
from jmc_vc.issuing.templates import Templates
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction

_SALT_BYTES = 16


class NotCompleted(Unavailable):
    """The credential could not be made. Its row was abandoned and nothing left the service."""

    code = "issue.not_completed"


@dataclass(frozen=True, kw_only=True)
class Issue:
    """Issue credentials for many awards. `publish_status_list` makes sure that a list can be fetched in a
    form. `require_anchored` raises while nothing may be issued, because what is published could be lost unnoticed."""

    database: Database
    reserve: Reserve
    keyring: Keyring
    contexts: Contexts
    templates: Templates
    site: Site
    publish_status_list: Callable[[int, ListForm, datetime], None]
    random: Callable[[int], bytes]
    require_anchored: Callable[[datetime], None]

    def __call__(self, commands: Sequence[Command], *, now: datetime) -> list[Outcome]:
        """One outcome for each command, in their order. Raises only what concerns them all, such as a busy database."""
        self.require_anchored(now)
        outcomes = self._cycle(commands, now)
        # An administrator rotated the key in the middle: these awards were given up, and go round once more.
        again = [position for position, outcome in enumerate(outcomes) if isinstance(outcome, KeyRotated)]
        if again:
            for position, outcome in zip(again, self._cycle([commands[i] for i in again], now), strict=True):
                outcomes[position] = outcome
        return outcomes

    def _cycle(self, commands: Sequence[Command], now: datetime) -> list[Outcome]:
        entries = self.database.write(lambda tx: self.reserve(tx, commands, now=now))  # 1
        reserved = {entry.credential.uuid: entry for entry in entries if isinstance(entry, Reserved)}
        made = [self._try(each, now) for each in reserved.values()]  # 2 to 5
        outcomes = self.database.write(lambda tx: self._record(tx, made, now)) if made else {}  # 6
        return [outcomes[entry.credential.uuid] if isinstance(entry, Reserved) else entry for entry in entries]

    def _record(
        self, tx: Transaction, made: Sequence[Made | tuple[Reserved, Error]], now: datetime
    ) -> dict[UUID, Outcome]:
        return record(tx, made, site=self.site, random=self.random, now=now)

    def _try(self, reserved: Reserved, now: datetime) -> Made | tuple[Reserved, Error]:
        try:
            return Made(reserved=reserved, representations=self._make(reserved, now))
        except Error as refusal:
            return reserved, refusal
        except Exception as err:  # noqa: BLE001 - whatever it was, the row must not stay reserved
            events.error(
                "credential-not-made",
                error=type(err).__name__,
                where=where_it_broke(err),
                issuer=reserved.issuer.slug,
                program=reserved.version.number,
            )
            return reserved, NotCompleted()

    def _make(self, reserved: Reserved, now: datetime) -> tuple[Representation, ...]:
        credential, award = reserved.credential, reserved.command.request.award
        place = Place(
            uuid=credential.uuid,
            subject_id=reserved.subject_id,
            list_number=credential.list_number,
            status_index=credential.status_index,
            status_form=credential.status_form,
        )
        document = assemble(  # 2
            award,
            reserved.version,
            reserved.issuer,
            place,
            site=self.site,
            salt=base64url.encode(self.random(_SALT_BYTES)),
            signed_at=now,
        )
        facts = Facts(
            site=self.site,
            issuer=reserved.issuer,
            version=reserved.version,
            uuid=credential.uuid,
            subject_id=reserved.subject_id,
            status_index=credential.status_index,
            list_number=credential.list_number,
            status_form=credential.status_form,
            awarded_at=award.awarded_at,
            signed_at=now,
        )
        linted = lint(document, facts)  # 3
        signing = Signing(
            linted=linted,
            created=now,
            list_number=credential.list_number,
            status_index=credential.status_index,
            site=self.site,
            contexts=self.contexts,
            templates=self.templates,
            random=self.random,
        )
        keys = {
            algorithm: key_of(key, keyring=self.keyring, site=self.site) for algorithm, key in reserved.keys.items()
        }
        made = secure(signing, reserved.settings.securings, keys)  # 4 and 5
        for form in reserved.settings.signed_lists:
            self.publish_status_list(credential.list_number, form, now)
        return made
