"""Words in the cells of the table of many verifications: code → (Japanese, English)."""

from collections.abc import Mapping

BATCH_TABLE: Mapping[str, tuple[str, str]] = {
    "table.not_verified": ("検証していません", "Not verified"),
    "table.presentation": ("提示（証明{count}件）", "Presentation ({count} credentials)"),
    "table.presentation.valid": ("すべて有効", "All valid"),
    "table.presentation.invalid": ("有効でないものあり", "Not all valid"),
    "table.presentation.indeterminate": ("確認できないものあり", "Could not all be checked"),
    "table.accredited.yes": ("認証あり", "Accredited"),
    "table.accredited.no": ("認証なし", "Not accredited"),
    "table.accredited.unknown": ("確認できません", "Could not be checked"),
    "table.accredited.not_applicable": ("対象外", "Not looked at"),
    "table.test_data": ("テスト用データ", "Test data"),
}
