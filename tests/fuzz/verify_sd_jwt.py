"""Texts that are nearly SD-JWT VCs, asked about over HTTP. Each has an answer that is no fault of ours; and one is
valid only if its issuer's part is the one that was issued, with some of the disclosures that go with it."""

from random import Random
from time import process_time

from hypothesis import strategies as st

from tests.fuzz import sd_jwt
from tests.fuzz.world import world

SECONDS = 1.0


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(_made) | sd_jwt.inputs()


def _made(seed: int) -> bytes:
    chance = Random(seed)
    token, *disclosures, _ = world().sd_jwt.decode().split("~")
    shown = [each for each in disclosures if chance.random() < 0.8]
    for _ in range(chance.choice((0, 0, 1, 2))):
        match chance.randint(0, 5):
            case 0 if shown:
                shown.append(chance.choice(shown))
            case 1:
                chance.shuffle(shown)
            case 2:
                shown.insert(chance.randint(0, len(shown)), chance.choice(("", "WyJhYmMiLCJuYW1lIiwiWCJd", "A", "e30")))
            case 3:
                place = chance.randrange(len(token))
                token = token[:place] + chance.choice(("", "A", "-", ".", "=")) + token[place + chance.randint(0, 1) :]
            case 4 if shown:
                place = chance.randrange(len(shown))
                shown[place] = shown[place][:-1] + chance.choice(("", "A", "g"))
            case _:
                shown.append(token)
    return "~".join((token, *shown, "")).encode()


def check(data: bytes) -> None:
    """Raises AssertionError."""
    started = process_time()
    answer = world().client.post("/v1/verify", content=data, headers={"content-type": "text/plain"})
    assert answer.status_code < 500
    assert process_time() - started < SECONDS
    if answer.status_code != 200:
        assert answer.json()["code"]
        return
    report = answer.json()
    if report["verdict"] != "valid":
        assert report["verdict"] == "indeterminate" or report["credential"] is None or _is_told(report)
        return
    issued, *disclosures, _ = world().sd_jwt.decode().split("~")
    token, *shown, last = "".join(data.decode().split()).split("~")
    assert (token, last) == (issued, "")
    assert set(shown) <= set(disclosures)


def _is_told(report: dict[str, object]) -> bool:
    """What is invalid and shown all the same is genuine: it was revoked, or its time is over."""
    return report["summary"] != "not_trustworthy"
