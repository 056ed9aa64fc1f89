"""No case of the catalogue of bad inputs is lost: each has a test that asks over HTTP and has the id in its name.

Where the catalogue leaves a choice, or we find something else, decision 0021 says what."""

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest

SIZES = {"VJ": 70, "VW": 23, "PN": 14, "SV": 11, "QR": 9, "DD": 17, "SL": 13, "HT": 9}
"""How many cases the catalogue has of each kind of input that ends in a verdict or a refusal here."""
TESTS: Mapping[str, str] = {
    "hostile.test_verify_json:test_a_bad_credential_is_invalid_for_the_right_reason":
        "VJ-01 VJ-03 VJ-06 VJ-09 VJ-10 VJ-27 VJ-29 VJ-30 VJ-32 VJ-34 VJ-36 VJ-37 VJ-38 VJ-39 VJ-46 VJ-47 VJ-48 "
        "VJ-49 VJ-50 VJ-51 VJ-53 VJ-54 VJ-55 VJ-61 VJ-69 VJ-71 VJ-72",
    "corpus.test_corpus:test_an_entry_is_judged_so_over_http":
        "VJ-04 VJ-35 VJ-40 VJ-42 VJ-43 VJ-56 VJ-57 VJ-58 VJ-60 DD-19",
    "hostile.test_verify_json:test_what_cannot_be_checked_is_never_called_valid_or_forged":
        "VJ-07 VJ-44 VJ-62 VJ-65 DD-01 DD-20 SL-05",
    "hostile.test_verify_json:test_vj_11_a_member_named_twice_is_refused": "VJ-11",
    "hostile.test_verify_json:test_what_is_no_credential_is_refused_with_a_typed_error":
        "VJ-13 VJ-14 VJ-15 VJ-16 VJ-17 VJ-18 VJ-19 VJ-20 VJ-21 VJ-24 VJ-25 VJ-26 VJ-74 VJ-75 VW-27 PN-09",
    "hostile.test_verify_json:test_vj_22_vj_23_a_poison_graph_is_refused_at_once": "VJ-22 VJ-23",
    "hostile.test_verify_json:test_vj_31_two_hundred_proofs_are_not_looked_at": "VJ-31",
    "hostile.test_verify_json:test_vj_52_the_far_end_of_the_calendar_is_no_error": "VJ-52",
    "hostile.test_other_hosts:test_what_other_hosts_say":
        "VJ-63 VJ-77 DD-06 DD-07 DD-08 DD-09 DD-11 DD-12 DD-14 DD-15 DD-16 DD-17 SL-01 SL-02 SL-03 SL-04 SL-07 "
        "SL-08 SL-10 SL-11 SL-12 SL-13 SL-15",
    "hostile.test_verify_json:test_vj_64_a_thousand_status_entries_are_refused": "VJ-64",
    "hostile.test_verify_json:test_vj_67_vj_68_addresses_inside_a_credential_are_never_opened": "VJ-67 VJ-68",
    "hostile.test_verify_json:test_vj_73_of_two_presented_badges_each_has_its_verdict": "VJ-73",
    "hostile.test_endorsements:test_vj_76_an_endorsement_with_a_broken_proof_endorses_nothing": "VJ-76",
    "hostile.test_verify_json:test_vj_79_a_big_picture_does_no_harm": "VJ-79",
    "hostile.test_stolen_keys:test_the_log_decides_what_a_signature_is_worth": "VJ-80 VJ-81",
    "hostile.test_stolen_keys:test_without_the_log_it_is_never_called_valid_nor_forged": "VJ-83",
    "hostile.test_verify_token:test_a_bad_token_is_invalid_for_the_right_reason":
        "VW-01 VW-03 VW-04 VW-05 VW-07 VW-08 VW-09 VW-10 VW-11 VW-12 VW-14 VW-15 VW-16 VW-18 VW-21 VW-22 VW-23 "
        "VW-24 VW-25",
    "hostile.test_verify_token:test_vw_19_a_token_past_its_exp_is_expired_though_the_credential_is_not":
        "VW-19",
    "hostile.test_verify_token:test_what_is_no_credential_is_refused_with_a_typed_error":
        "VW-26 PN-01 PN-10 SV-01 SV-07",
    "hostile.test_verify_token:test_a_good_token_is_valid": "VW-28",
    "hostile.test_pictures:test_a_bad_picture_is_refused":
        "PN-02 PN-04 PN-05 PN-07 PN-08 PN-12 PN-13 PN-14 SV-02 SV-06 SV-09 SV-10 SV-11",
    "web.test_verify_pictures:test_a_picture_that_holds_no_credential_says_why": "PN-06 QR-09",
    "hostile.test_verify_token:test_a_good_badge_in_a_picture_is_valid": "PN-15 SV-13",
    "hostile.test_pictures:test_a_badge_in_an_active_picture_is_verified_and_nothing_of_the_picture_comes_back":
        "PN-16 SV-04 SV-05 SV-12",
    "web.test_verify_pictures:test_a_link_that_is_not_opened_says_why": "QR-01 QR-02 QR-03 QR-05 QR-10",
    "web.test_verify_pictures:test_the_link_of_our_credential_gets_its_verdict": "QR-04",
    "hostile.test_links:test_qr_07_ids_are_random_and_walking_them_finds_nothing": "QR-07",
    "hostile.test_links:test_qr_08_a_forged_host_is_in_no_code_and_no_did": "QR-08",
    "hostile.test_other_hosts:test_a_name_that_leads_inside_is_asked_for_once_and_not_followed":
        "DD-02 DD-04 DD-05",
    "hostile.test_other_hosts:test_dd_21_a_document_that_is_too_old_stands_in_for_nobody": "DD-21",
    "hostile.test_status:test_sl_16_our_own_list_is_read_without_a_call_to_ourselves": "SL-16",
    "web.test_transport:test_ht_01_a_request_has_exactly_one_host_and_it_is_ours": "HT-01",
    "web.test_transport:test_ht_02_ranges_are_ignored": "HT-02",
    "web.test_http_protocol:test_a_head_that_never_ends_is_cut_off_and_nobody_else_waits": "HT-05",
    "web.test_transport:test_ht_04_a_length_is_said_once_and_so_is_every_header_that_counts": "HT-04",
    "web.test_transport:test_a_body_that_cannot_be_read_is_a_plain_refusal_without_an_echo":
        "HT-06 HT-07 HT-10",
    "web.test_authentication:test_ht_08_what_is_no_key_is_unauthenticated": "HT-08",
    "web.test_transport:test_ht_09_line_breaks_in_an_id_reach_no_header": "HT-09",
}  # fmt: skip
"""The test of each case, below `tests`."""
OVER_HTTP = ("over_http", "web_client", "Running", "LimitedHttpProtocol")


def test_every_case_has_a_test() -> None:
    cases = [case for cases in TESTS.values() for case in cases.split()]
    assert len(set(cases)) == len(cases)
    assert {kind: sum(case.startswith(kind) for case in cases) for kind in SIZES} == SIZES


@pytest.mark.parametrize("test", TESTS)
def test_a_test_has_its_cases_in_its_name_and_asks_over_http(test: str) -> None:
    module, _, name = test.partition(":")
    found = import_module(f"tests.{module}")
    said = " ".join(names_of(getattr(found, name)))
    if module == "web.test_http_protocol":
        said += found.__doc__ or ""  # all of its tests are about one case
    assert [case for case in TESTS[test].split() if not re.search(rf"\b{case}\b", said)] == []
    assert set(OVER_HTTP) & set(vars(found))


def names_of(test: Callable[..., Any]) -> Iterator[str]:
    """What the test and its cases are called."""
    yield test.__name__.replace("_", "-").upper()
    yield test.__doc__ or ""
    for mark in getattr(test, "pytestmark", ()):
        if mark.name == "parametrize":
            yield from (str(getattr(each, "id", None) or each) for each in mark.args[1])
            yield from mark.kwargs.get("ids") if isinstance(mark.kwargs.get("ids"), list) else ()
