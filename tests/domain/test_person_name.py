import json
from unicodedata import normalize

import pytest

from jmc_vc.domain.person_name import (
    KanaRefused,
    LatinRefused,
    NameBothForms,
    NameCharacterRefused,
    NameMissing,
    NamePartEmpty,
    NameParts,
    NameTooLong,
    PersonName,
    UnsupportedCharacter,
    check,
    name_json,
    search_key,
    signed_name,
)
from jmc_vc.errors import Unacceptable
from tests.builders.programs import LEARNERS, name_of

SIGNED = {
    "learner-01": "\U00020bb7野 葛\U000e0100葉",
    "learner-02": "髙\ufa11 凜",
    "learner-03": "\ufa19谷 \ufa1b太",
    "learner-04": "NGUYEN THI HOA",
    "learner-05": "SUKARTO",
    "learner-06": "佐藤 さくら",
    "learner-07a": "Se\u00e1n \u00d3 BRIAIN",
    "learner-07b": "Sea\u0301n O\u0301 BRIAIN",
    "learner-08": "王 小明",
}


@pytest.mark.parametrize("learner", LEARNERS)
def test_inv_33_each_test_learner_is_signed_code_point_by_code_point(learner: str) -> None:
    name = name_of(learner)
    check(name)
    assert signed_name(name) == SIGNED[learner]


@pytest.mark.parametrize("learner", [key for key, record in LEARNERS.items() if record["nfcChanges"]])
def test_inv_33_names_that_normalization_would_change_are_not_normalized(learner: str) -> None:
    signed = signed_name(name_of(learner))
    assert signed != normalize("NFC", signed)
    assert json.loads(json.dumps(name_json(name_of(learner)))) == name_json(name_of(learner))


def test_inv_33_the_structured_copy_has_the_very_code_points_of_the_file() -> None:
    for learner, record in LEARNERS.items():
        made = name_json(name_of(learner))
        for writing, parts in record["codePoints"].items():
            found = {"fullName": made.get("fullName")} if writing == "fullName" else made[writing]
            expected = {"fullName": parts} if writing == "fullName" else parts
            for member, code_points in expected.items():
                assert [f"U+{ord(c):04X}" for c in found[member] or ""] == code_points


def test_the_structured_copy_holds_only_what_was_given() -> None:
    assert name_json(name_of("learner-05")) == {"fullName": "SUKARTO"}
    assert name_json(name_of("learner-02")) == {
        "ja": {"family": "髙\ufa11", "given": "凜"},
        "kana": {"family": "タカサキ", "given": "リン"},
        "order": "family-first",
    }


def test_the_order_is_the_persons_own() -> None:
    latn = NameParts(family="Ó BRIAIN", given="Seán", middle="Pádraig")
    assert signed_name(PersonName(latn=latn, order="given-first")) == "Seán Pádraig Ó BRIAIN"
    assert signed_name(PersonName(latn=latn, order="family-first")) == "Ó BRIAIN Pádraig Seán"


def test_kanji_are_never_required_and_neither_is_the_reading() -> None:
    check(PersonName(ja=NameParts(family="佐藤", given="さくら")))
    check(PersonName(latn=NameParts(given="Kuzuha")))
    check(name_of("learner-04"))


@pytest.mark.parametrize(
    "latn",
    [
        "Ó BRIAIN",
        "O\u0301 Briain",
        "O’Neil",
        "O'Neil",
        "ʻOkina",
        "Wáng",
        "Nguyễn",
        "Smith-Jones",
        "J. R.",
        "L·l",
        "A/L",
        "Þór",
    ],
)
def test_a_name_in_latin_letters_has_the_marks_and_signs_that_it_has(latn: str) -> None:
    check(PersonName(latn=NameParts(family=latn)))


FAMILY_EMOJI = "👩‍👩‍👧‍👦"

REFUSED: list[tuple[PersonName, type[Unacceptable], str]] = [
    (PersonName(), NameMissing, ""),
    (PersonName(kana=NameParts(family="サトウ")), NameMissing, ""),
    (PersonName(full_name="A", latn=NameParts(family="A")), NameBothForms, ""),
    (PersonName(full_name="A", kana=NameParts(family="ア")), NameBothForms, ""),
    (PersonName(full_name=""), NamePartEmpty, "/fullName"),
    (PersonName(full_name=" \u3000"), NamePartEmpty, "/fullName"),
    (PersonName(full_name="--"), NamePartEmpty, "/fullName"),
    (PersonName(ja=NameParts()), NamePartEmpty, "/ja"),
    (PersonName(ja=NameParts(family="佐藤", given="")), NamePartEmpty, "/ja/given"),
    (PersonName(full_name="a" * 51), NameTooLong, "/fullName"),
    (PersonName(full_name="a" * 100_000), NameTooLong, "/fullName"),  # AP-16
    (PersonName(full_name="a" + "\u0301" * 400), NameTooLong, "/fullName"),
    (PersonName(full_name="A\x00B"), NameCharacterRefused, "/fullName"),  # AP-14
    (PersonName(full_name="A\nB"), NameCharacterRefused, "/fullName"),
    (PersonName(full_name="A\u2028B"), NameCharacterRefused, "/fullName"),
    (PersonName(full_name="A\u202eB"), NameCharacterRefused, "/fullName"),
    (PersonName(full_name="A\u2066B"), NameCharacterRefused, "/fullName"),
    (PersonName(full_name="A\u200bB"), NameCharacterRefused, "/fullName"),
    (PersonName(full_name="A\ufeffB"), NameCharacterRefused, "/fullName"),
    (PersonName(full_name="A\U000e0041B"), NameCharacterRefused, "/fullName"),  # a tag: invisible text
    (PersonName(full_name="A\ud800"), NameCharacterRefused, "/fullName"),  # AP-14
    (PersonName(full_name="A\uffff"), NameCharacterRefused, "/fullName"),
    (PersonName(full_name="A\ufdd0"), NameCharacterRefused, "/fullName"),
    (PersonName(ja=NameParts(family="\ue000藤")), UnsupportedCharacter, "/ja/family"),
    (PersonName(ja=NameParts(family="\U000f0000藤")), UnsupportedCharacter, "/ja/family"),
    *(
        (PersonName(ja=NameParts(family="佐藤"), kana=NameParts(family=kana)), KanaRefused, "/kana/family")
        for kana in ["さとう", "ｻﾄｳ", "Sato", "佐藤", "サトウ1", "サトウ、"]
    ),
    *(
        (PersonName(ja=NameParts(family="佐藤"), latn=NameParts(family=latn)), LatinRefused, "/latn/family")
        for latn in ["佐藤", "Sato 佐藤", "サトー", "さとう", "Ивано́в", "김", "A々", "Αθηνά", "Smith\u0531"]
    ),
]


@pytest.mark.parametrize(("name", "kind", "place"), REFUSED)
def test_a_name_that_cannot_be_kept_as_it_is_is_refused(name: PersonName, kind: type[Unacceptable], place: str) -> None:
    with pytest.raises(kind) as refusal:
        check(name)
    assert refusal.value.pointer == "/recipient/name" + place


@pytest.mark.parametrize(
    "part",
    [
        "葛\U000e0100" * 50,  # three UTF-16 units each, one character each
        "\U00020bb7" * 50,
        "a\u0301" * 50,
        "نیکی\u200cپور",  # a joiner that Persian needs
        "O'Brien-Smith Jr.",
        "Māori Ngāti",
        "กฤษณะ",
        "\U000323af",  # CJK extension H: newer than Python 3.11's tables
        "〇",
    ],
)
def test_names_of_the_world_are_taken(part: str) -> None:
    check(PersonName(full_name=part))


@pytest.mark.parametrize("kana", ["サトウ", "ティ ホア", "ヴァン・ダー", "オーノ", "タケ\u3000ダ", "ㇻㇰ", "ヷヺ"])
def test_readings_with_long_mark_middle_dot_and_small_letters_are_taken(kana: str) -> None:
    check(PersonName(ja=NameParts(family="氏"), kana=NameParts(family=kana)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("渡邉", "渡辺"),
        ("渡邊", "渡辺"),
        ("髙﨑", "高崎"),
        ("\ufa19谷", "神谷"),
        ("葛\U000e0100葉", "葛葉"),
        ("齋藤", "斉藤"),
        ("\U00020bb7野", "吉野"),
        ("ﾖｼﾉ", "ヨシノ"),
        ("よしの", "ヨシノ"),
        ("ＹＯＳＨＩＮＯ", "yoshino"),
        ("佐藤 さくら", "佐藤\u3000サクラ"),
        ("Sea\u0301n", "SEÁN"),
        ("ヴァン・ダー", "ヴァンダー"),
    ],
)
def test_a_search_finds_the_variants_of_a_name(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


def test_a_search_finds_learner_07_in_both_encodings() -> None:
    assert search_key(SIGNED["learner-07a"]) == search_key(SIGNED["learner-07b"])
