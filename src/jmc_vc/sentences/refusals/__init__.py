"""Sentences of errors: code → (Japanese, English). They say what happened, what was not done, and what to do."""

from collections.abc import Mapping

from jmc_vc.sentences.refusals.accrediting import ACCREDITING
from jmc_vc.sentences.refusals.asking import ASKING
from jmc_vc.sentences.refusals.batches import BATCHES
from jmc_vc.sentences.refusals.custody import CUSTODY
from jmc_vc.sentences.refusals.fetching import FETCHING
from jmc_vc.sentences.refusals.issuing import ISSUING
from jmc_vc.sentences.refusals.reading import READING
from jmc_vc.sentences.refusals.running import RUNNING

REFUSALS: Mapping[str, tuple[str, str]] = {
    **READING, **RUNNING, **ACCREDITING, **ASKING, **CUSTODY, **ISSUING, **FETCHING, **BATCHES,
}  # fmt: skip
