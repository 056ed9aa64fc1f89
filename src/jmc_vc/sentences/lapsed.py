"""What stands over the content of a credential that is not valid: code → (Japanese, English)."""

from collections.abc import Mapping

LAPSED: Mapping[str, tuple[str, str]] = {
    "lapsed.revoked": (
        "この証明は{date}に失効しました（理由：{reason}）。次は失効前の記載です。",
        "This credential was revoked on {date} (reason: {reason}). What follows is what it said before.",
    ),
    "lapsed.replaced": (
        "この証明は{date}に新しい証明に置き換えられました。次は置き換え前の記載です。新しい証明を確認してください。",
        (
            "This credential was replaced by a new one on {date}. What follows is what the old one said. Please check "
            "the new one."
        ),
    ),
    "lapsed.suspended": (
        "この証明は一時停止中です。次は停止前の記載です。",
        "This credential is suspended. What follows is what it said before.",
    ),
    "lapsed.suspended_since": (
        "この証明は{date}から一時停止中です。次は停止前の記載です。",
        "This credential has been suspended since {date}. What follows is what it said before.",
    ),
    "lapsed.expired": (
        "この証明の有効期限（{date}）は過ぎています。次は期限前の記載です。",
        "This credential expired on {date}. What follows is what it said before.",
    ),
    "lapsed.issuer_not_registered": (
        "この証明は有効ではなく、発行機関も登録されていません。次の記載を証明として扱わないでください。",
        (
            "This credential is not valid, and its issuer is not registered. Please do not take what follows for a "
            "credential."
        ),
    ),
    "lapsed.impersonation_suspected": (
        "この証明は有効ではなく、なりすましのおそれもあります。次の記載を証明として扱わないでください。",
        (
            "This credential is not valid, and it may be an impersonation. Please do not take what follows for a "
            "credential."
        ),
    ),
    "lapsed.not_trustworthy": (
        "この証明は信頼できません。次の記載を証明として扱わないでください。",
        "This credential cannot be trusted. Please do not take what follows for a credential.",
    ),
    "lapsed.indeterminate": (
        "この証明が有効かどうかは確認できていません。確認できるまで、次の記載を証明として扱わないでください。",
        (
            "Whether this credential is valid could not be checked. Until it is, please do not take what follows for a "
            "credential."
        ),
    ),
}
