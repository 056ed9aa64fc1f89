"""What the checks and the policies of a verification are called on pages: code → (Japanese, English)."""

from collections.abc import Mapping

CHECK_NAMES: Mapping[str, tuple[str, str]] = {
    "check.bundle": ("検証用ファイル", "Bundle"),
    "check.parse": ("読み取り", "Reading"),
    "check.context": ("語彙の定義", "Contexts"),
    "check.schema": ("形式", "Form"),
    "check.coverage": ("署名の及ぶ範囲", "What the signature covers"),
    "check.proof": ("署名", "Signature"),
    "check.key": ("鍵と公開ログ", "Key and public log"),
    "check.claims": ("記載どうしの一致", "Agreement of the claims"),
    "check.validity": ("有効期間", "Period of validity"),
    "check.status": ("失効情報", "Status"),
    "check.refresh": ("新しい版の有無", "Newer version"),
    "check.issuer": ("発行機関の登録", "Registration of the issuer"),
    "check.program": ("プログラムの認証", "Accreditation of the program"),
    "check.mark": ("認証マーク", "Accreditation mark"),
    "check.endorsement": ("推薦", "Endorsements"),
    "check.credentials": ("提示された証明", "Credentials presented"),
    "check.recipient": ("取得者との照合", "Comparison with the holder"),
    "check.holder": ("提示者", "Presenter"),
    "policy.default.title": ("標準", "Default"),
    "policy.strict.title": ("厳格", "Strict"),
    "policy.technical.title": ("署名等のみ", "Technical"),
    # where a receipt has a summary of another release
    "receipt.title.valid": ("有効", "Valid"),
    "receipt.title.invalid": ("有効ではない", "Not valid"),
    "receipt.title.indeterminate": ("検証不可", "Could not be checked"),
}
