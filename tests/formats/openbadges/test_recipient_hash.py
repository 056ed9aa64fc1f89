"""OB-30: hashed identifiers, written as the specification says and compared in every form that it allows."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.openbadges.credential import read_credential
from jmc_vc.formats.openbadges.recipient_hash import WEAK_HASH, Match, identity_hash, matches
from jmc_vc.formats.openbadges.subject import Identifier
from jmc_vc.sentences import SENTENCES
from tests.builders.open_badge import badge
from tests.builders.refusals import refused_code

EMAIL = "learner@example.jp"


def _identifier(value: str, *, hashed: bool = True, salt: str | None = None) -> Identifier:
    return Identifier(kind="emailAddress", hashed=hashed, value=value, salt=salt)


def _digest(algorithm: str, text: str) -> str:
    return hashlib.new(algorithm, text.encode(), usedforsecurity=False).hexdigest()


def test_the_hash_is_that_of_the_specification() -> None:
    assert identity_hash(EMAIL, "k3v9") == f"sha256${_digest('sha256', EMAIL + 'k3v9')}"


def test_another_salt_makes_another_hash() -> None:
    assert identity_hash(EMAIL, "k3v9") != identity_hash(EMAIL, "k3va")


MATCHING: dict[str, tuple[Identifier, str | None]] = {
    "sha256 with salt": (_identifier(f"sha256${_digest('sha256', EMAIL + 'k3v9')}", salt="k3v9"), None),
    "sha256 without salt": (_identifier(f"sha256${_digest('sha256', EMAIL)}"), None),
    "sha256 with an empty salt": (_identifier(f"sha256${_digest('sha256', EMAIL)}", salt=""), None),
    "sha256 in capitals": (_identifier(f"sha256${_digest('sha256', EMAIL).upper()}"), None),
    "md5 with salt": (_identifier(f"md5${_digest('md5', EMAIL + 'k3v9')}", salt="k3v9"), WEAK_HASH),
    "md5 without salt": (_identifier(f"md5${_digest('md5', EMAIL)}"), WEAK_HASH),
    "md5 in capitals": (_identifier(f"md5${_digest('md5', EMAIL).upper()}"), WEAK_HASH),
    "plain": (_identifier(EMAIL, hashed=False), None),
    "plain with a salt that is not used": (_identifier(EMAIL, hashed=False, salt="not-used"), None),
}


@pytest.mark.parametrize(("identifier", "warning"), MATCHING.values(), ids=MATCHING)
def test_an_identifier_matches_its_value_and_no_other(identifier: Identifier, warning: str | None) -> None:
    assert matches(identifier, EMAIL) == Match(True, warning)
    for other in (EMAIL + " ", EMAIL.upper(), "", identifier.value + "x"):
        assert matches(identifier, other) == Match(False, warning)


def test_the_identifier_of_a_badge_matches() -> None:
    _, email = read_credential(badge()).subject.identifiers
    assert matches(email, EMAIL).matched
    assert not matches(email, "other@example.jp").matched


REFUSED = {
    "sha1": f"sha1${_digest('sha1', EMAIL)}",
    "sha512": f"sha512${_digest('sha512', EMAIL)}",
    "the name in capitals": f"SHA256${_digest('sha256', EMAIL)}",
    "no algorithm": _digest("sha256", EMAIL),
    "plain although it says hashed": EMAIL,
    "too short": f"sha256${_digest('md5', EMAIL)}",
    "too long": f"md5${_digest('sha256', EMAIL)}",
    "no hexadecimal digits": "md5$" + "g" * 32,
    "a line feed behind": f"md5${_digest('md5', EMAIL)}\n",
    "empty": "",
}


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
def test_another_algorithm_is_refused_and_not_called_a_mismatch(value: str) -> None:
    with pytest.raises(Error) as refusal:
        matches(_identifier(value), EMAIL)
    assert refusal.value.code == "recipient.hash"
    assert {refusal.value.code, WEAK_HASH} <= SENTENCES.keys()


@given(st.text(), st.text())
def test_what_we_hash_we_match(value: str, salt: str) -> None:
    assert matches(_identifier(identity_hash(value, salt), salt=salt), value) == Match(True)


_ANY = st.text() | st.text(st.characters(categories=["Cs"]), max_size=3)


@given(_ANY, _ANY, st.booleans(), st.none() | _ANY)
def test_whatever_stands_there_is_compared_or_refused_with_a_code(
    value: str, asked: str, hashed: bool, salt: str | None
) -> None:
    code = refused_code(lambda: matches(_identifier(value, hashed=hashed, salt=salt), asked))
    assert code == ("recipient.hash" if hashed else None)
