"""What is found about a receipt of a verification: code → (Japanese, English)."""

from collections.abc import Mapping

RECEIPTS: Mapping[str, tuple[str, str]] = {
    "receipt.genuine": (
        "この控えは、本サービスが署名した本物です。記載の日時の検証結果を示します。",
        "This receipt is genuine: this service signed it. It says what was found at the time that it names.",
    ),
    "receipt.signature": (
        "この控えは信頼できません。署名が内容と一致しません（改ざん又は偽造のおそれ）。",
        "This receipt cannot be trusted. The signature does not fit its content (possible alteration or forgery).",
    ),
    "receipt.issuer": (
        "この控えは、本サービスが発行したものではありません。発行したサービスで確認してください。",
        "This receipt does not come from this service. Please check it with the service that made it.",
    ),
    "receipt.key": (
        "この控えは信頼できません。記載の鍵は、本サービスの鍵ではありません。",
        "This receipt cannot be trusted. The key that it names is none of this service.",
    ),
    "receipt.time": (
        "この控えは信頼できません。記載の日時に、その鍵は使われていません。",
        "This receipt cannot be trusted. Its key was not in use at the time that it names.",
    ),
    "receipt.key_compromised": (
        (
            "この控えが本物かどうかは分かりません。署名に使われた鍵は、後に漏えいのおそれが生じて失効しました。証明を"
            "もう一度検証してください。"
        ),
        (
            "Whether this receipt is genuine cannot be told. Its key was revoked later, because others may have had "
            "it. Please verify the credential again."
        ),
    ),
    "receipt.content": (
        "署名は本サービスのものですが、控えの内容を読み取れません。証明をもう一度検証してください。",
        "The signature is of this service, but the content cannot be read. Please verify the credential again.",
    ),
    "receipt.verdict.valid": ("検証の結果は「有効」でした。", "The verdict was: valid."),
    "receipt.verdict.invalid": ("検証の結果は「有効ではない」でした。", "The verdict was: not valid."),
    "receipt.verdict.indeterminate": ("検証の結果は「確認できない」でした。", "The verdict was: could not be checked."),
    "receipt.about_newer": (
        "検証の結果は、このファイルではなく、発行機関から取得した新しい版についてのものです。",
        "The result is not about this file, but about the newer version that the issuer gave.",
    ),
    "receipt.about_newer_presented": (
        "検証の結果は、提示された証明ではなく、発行機関から取得した新しい版についてのものです。",
        "The result is not about what was presented, but about the newer version that the issuer gave.",
    ),
    "receipt.digest_same": (
        "提出されたファイルは、検証したファイルと同じです。",
        "The file is the one that was verified.",
    ),
    "receipt.digest_differs": (
        "提出されたファイルは、検証したファイルと異なります。控えはこのファイルについてのものではありません。",
        "The file is not the one that was verified. The receipt is not about this file.",
    ),
}
