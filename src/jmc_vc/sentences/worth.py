"""Sentences about what a signature is worth, by its key and the issuer's registration: code → (Japanese, English)."""

from collections.abc import Mapping

WORTH: Mapping[str, tuple[str, str]] = {
    "key.bound": (
        "署名の鍵として示された鍵は、証明に記された発行機関の識別子に属するものです。",
        "The key that the signature names belongs to the identifier of the issuer in the credential.",
    ),
    "key.retired": (
        "署名の鍵として示された鍵は、この発行機関の鍵です。現在は新しい鍵に替わっていますが、以前の署名の確認に使えます。",
        "The key that the signature names belongs to this issuer. It is now used for older signatures only.",
    ),
    "key.time_unknown": (
        (
            "署名の鍵は使用の期限を過ぎています。期限内の署名かどうかを示すものは署名自身に書かれた日時だけのため、確認でき"
            "ませんでした。"
        ),
        (
            "The key of the signature has expired. Nothing but the signature's own word says that it was made in time, "
            "so this could not be checked."
        ),
    ),
    "key.revoked": (
        (
            "署名の鍵は、{since}以降に第三者が使えたおそれがあるため失効しています。それより前に発行された記録がないため、"
            "この署名は信頼できません。"
        ),
        (
            "The key was revoked: others may have had it since {since}. There is no record of an issue before that, so "
            "the signature cannot be trusted."
        ),
    ),
    "key.revoked_logged_before": (
        (
            "署名の鍵は、{since}以降に第三者が使えたおそれがあるため失効していますが、この証明はそれより前に発行された記"
            "録があります。保存用には、新しい鍵で再発行された証明を受け取ってください。"
        ),
        (
            "The key was revoked, as others may have had it since {since}; this credential is on record as issued "
            "before that. Please ask for the re-issued copy, which carries a new signature."
        ),
    ),
    "key.revoked_issued_before": (
        (
            "この写しの署名の鍵は、{since}以降に第三者が使えたおそれがあるため失効していますが、証明そのものは、第三者が使え"
            "なかった鍵で先に発行された記録があります。保存用には、新しい鍵で再発行された証明を受け取ってください。"
        ),
        (
            "The key that signed this copy was revoked, as others may have had it since {since}; the credential itself "
            "is on record as issued earlier, by a key that nobody else had then. Please ask for the re-issued copy, "
            "which carries a new signature."
        ),
    ),
    "key.revoked_by_issuer": (
        (
            "発行機関は、この署名の鍵を{since}に失効させています。署名に書かれた日時は鍵を持つ人なら誰でも書けるため、それ"
            "より前の署名かどうかは確認できず、この署名は信頼できません。"
        ),
        (
            "The issuer revoked the key of this signature at {since}. Whoever has the key can write any date, so the "
            "signature cannot be trusted, whatever date it bears."
        ),
    ),
    "key.ended": (
        "この鍵は、持ち主の DID 文書で失効又は期限切れとされています。この鍵による署名は受け付けられません。",
        "The DID document of whoever has this key says that it is revoked or has expired. It was not accepted.",
    ),
    "key.unlogged": (
        "この発行機関の鍵による署名ですが、発行の記録がありません。この証明は信頼できません。",
        "The signature is by this issuer's key, but there is no record of the issue. The credential cannot be trusted.",
    ),
    "key.log_unavailable": (
        (
            "この証明の発行の記録を読み取れないため、署名が信頼できるか確認できませんでした。偽造であることを意味するもの"
            "ではありません。"
        ),
        (
            "The record of the issue could not be read, so it is not known whether the signature can be trusted. This "
            "does not mean that the credential is forged."
        ),
    ),
    "issuer.ended_since": (
        (
            "発行機関は、授与日に本機構に登録されていました。登録は{date}に終了しています。それより前に発行された証明には影響し"
            "ません。"
        ),
        (
            "The issuer was registered with this organization on the award date. The registration ended on {date}, "
            "which changes nothing for credentials from before."
        ),
    ),
    "issuer.suspended_now": (
        (
            "発行機関は、授与日に本機構に登録されていました。現在は登録が停止されており、新しい証明は発行できません。既に発行"
            "された証明には影響しません。"
        ),
        (
            "The issuer was registered with this organization on the award date. The registration is suspended now: "
            "nothing new is issued, and nothing changes for credentials that exist."
        ),
    ),
    "issuer.signed_after_end": (
        "この証明の署名は、発行機関の登録が終了した日（{date}）より後のものです。本機構は確認できません。",
        "The signature is of a day after the issuer's registration ended ({date}). It is not vouched for.",
    ),
    "issuer.logged_after_end": (
        (
            "この証明は、公開ログができる前に発行されたものとして、発行機関の登録が終了した日（{date}）より後に公開ログに記録"
            "されました。登録期間中に署名されたものかは確認できません。発行機関に確認してください。"
        ),
        (
            "The credential is said to be older than the public log, and was entered there after the issuer's "
            "registration had ended ({date}). Whether it was signed before cannot be told. Please ask the issuer."
        ),
    ),
}
