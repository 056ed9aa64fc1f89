"""The criteria of an achievement in words, as Markdown in one language (domain model §4).

Core fields must be enough for a reader that knows no extension of ours: purpose, pass rule, assessment, hours, form of
participation, prerequisites and legal basis stand here as text. The same content always gives the same text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jmc_vc.domain.exact_number import exact, written
from jmc_vc.domain.vocabulary import Label, label

Content = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class _Wording:
    """Headings and patterns of one language."""

    purpose: str
    pass_rule: str
    assessment: str
    assessment_line: str
    security_line: str
    hours: str
    hours_line: str
    part: str
    separator: str
    participation: str
    place: str
    prerequisites: str
    legal_basis: str


_WORDINGS: Mapping[str, _Wording] = {
    "ja": _Wording(
        purpose="目的",
        pass_rule="修了要件",  # noqa: S106 - a heading, not a password
        assessment="評価方法",
        assessment_line="- {description}（{weight}%）：{criterion}",
        security_line="- 監督・本人確認：{security}",
        hours="学習時間",
        hours_line="{total}時間（{parts}）",
        part="{name}{hours}時間",
        separator="、",
        participation="受講形態",
        place="{mode}（{place}）",
        prerequisites="履修資格",
        legal_basis="法的位置付け",
    ),
    "en": _Wording(
        purpose="Purpose",
        pass_rule="Completion requirements",  # noqa: S106
        assessment="Assessment",
        assessment_line="- {description} ({weight}%): {criterion}",
        security_line="- Supervision and identity verification: {security}",
        hours="Learning hours",
        hours_line="{total} hours ({parts})",
        part="{name} {hours} h",
        separator=", ",
        participation="Form of participation",
        place="{mode} ({place})",
        prerequisites="Prerequisites",
        legal_basis="Legal basis",
    ),
}

_PARTS: Mapping[str, Label] = {
    "taught": Label("授業", "taught"),
    "practical": Label("演習・実習", "practical"),
    "independent": Label("自習", "independent"),
    "assessment": Label("評価", "assessment"),
}

_LEGAL_BASIS: Mapping[str, Label] = {
    "certificate_program_art105": Label(
        "学校教育法第105条に基づく履修証明プログラムです。",
        "This is a certificate program under Article 105 of the School Education Act of Japan.",
    ),
    "credited_student": Label(
        "科目等履修生として履修するプログラムです。",
        "This program is taken as a credited auditor (科目等履修生).",
    ),
    "degree_program_module": Label("学位課程の授業科目です。", "This is a module of a degree program."),
    "vocational_training": Label(
        "公的職業訓練等として実施するプログラムです。", "This program is public vocational training or similar."
    ),
    "none": Label("法令に基づく特別な位置付けはありません。", "It has no special legal status."),
    "other": Label("その他の法令等に基づくプログラムです。", "This program has another legal basis."),
}


def narrative(content: Content, language: str) -> str:
    """The criteria of a program version as Markdown; `language` is "ja" or "en"."""
    wording = _WORDINGS[language]
    sections = (
        (wording.purpose, content["purpose"][language]),
        (wording.pass_rule, content["grading"]["passRule"][language]),
        (wording.assessment, "\n".join(_assessment(content, wording, language))),
        (wording.hours, _hours(content["workload"], wording, language)),
        (wording.participation, _participation(content["participation"], wording, language)),
        (wording.prerequisites, content["prerequisites"]["text"][language]),
        (wording.legal_basis, _LEGAL_BASIS[content["legalBasis"]].in_language(language)),
    )
    return "\n\n".join(f"## {heading}\n{text}" for heading, text in sections)


def _assessment(content: Content, wording: _Wording, language: str) -> Iterator[str]:
    for assessment in content["assessment"]:
        yield wording.assessment_line.format(
            description=assessment["description"][language],
            weight=written(assessment["weight"]),
            criterion=assessment["passCriterion"][language],
        )
    security = label("assessment-security", content["assessmentSecurity"]).in_language(language)
    yield wording.security_line.format(security=security)


def _hours(workload: Content, wording: _Wording, language: str) -> str:
    breakdown = workload["breakdown"]
    parts = (
        wording.part.format(name=name.in_language(language), hours=written(breakdown[part]))
        for part, name in _PARTS.items()
        if exact(breakdown.get(part, 0))
    )
    return wording.hours_line.format(total=written(workload["notionalHours"]), parts=wording.separator.join(parts))


def _participation(participation: Content, wording: _Wording, language: str) -> str:
    mode = label("participation-mode", participation["mode"]).in_language(language)
    if "place" not in participation:
        return mode
    return wording.place.format(mode=mode, place=participation["place"][language])
