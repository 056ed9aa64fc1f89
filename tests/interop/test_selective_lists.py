"""`allowedValue`, the one ordered list of Open Badges, under a selective cryptosuite: we sign it and derive from it;
both peers verify that, and neither can do the same."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from openvc.errors import OpenvcError

from jmc_vc.formats.data_integrity.selective.base_proof import add_base_proof
from tests.interop.formats import FORMATS, P256
from tests.interop.keys import key
from tests.interop.matrix import THERE, row
from tests.interop.parties.party import MANDATORY, OURS, Party, badge
from tests.interop.served import Served

pytestmark = [pytest.mark.interop, pytest.mark.loopback]

FORMAT = FORMATS["openbadge-ecdsa-sd-2023"]


@row("openbadge-ecdsa-sd-2023", "digitalbazaar-vc", THERE)
@row("openbadge-ecdsa-sd-2023", "openvc-core", THERE)
def test_both_verify_a_badge_with_a_list_and_neither_derives_it(served: Served, sides: Mapping[str, Party]) -> None:
    signing = key(P256)
    base = add_base_proof(
        badge(signing.did_key),
        verification_method=signing.did_key_method,
        created=datetime.now(UTC),
        sign=signing.sign,
        contexts=served.service.installation.service.contexts,
        mandatory_pointers=MANDATORY,
        random=os.urandom,
    )
    ours, digitalbazaar, openvc = sides[OURS], sides["digitalbazaar-vc"], sides["openvc-core"]
    shown = ours.show(FORMAT, base)
    assert "allowedValue" in str(shown)
    for verifier in (ours, digitalbazaar, openvc):
        assert verifier.accept(FORMAT, [shown]) == [True]
    with pytest.raises(AssertionError, match='"@set" or "@list"'):
        digitalbazaar.show(FORMAT, base)
    with pytest.raises(OpenvcError, match="could not canonicalize"):
        openvc.show(FORMAT, base)
