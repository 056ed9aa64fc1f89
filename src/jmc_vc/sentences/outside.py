"""Sentences of findings on what other hosts said, or did not: code → (Japanese, English)."""

from collections.abc import Mapping

OUTSIDE: Mapping[str, tuple[str, str]] = {
    "did.tls": (
        "発行機関のサーバーと安全に接続できないため、鍵を取得できませんでした。偽造であることを意味するものではありません。",
        (
            "There is no secure connection to the issuer's server, so its key could not be obtained. This does not "
            "mean that the credential is forged."
        ),
    ),
    "did.redirect": (
        "発行機関のサーバーが別のアドレスへ転送したため、鍵を取得しませんでした。偽造であることを意味するものではありません。",
        (
            "The issuer's server refers to another address, which is not followed, so its key was not obtained. This "
            "does not mean that the credential is forged."
        ),
    ),
    "did.limit": (
        "発行機関の鍵の文書（DID 文書）が大きすぎるため、読み取りを中止しました。鍵は確認できませんでした。",
        "The document with the issuer's keys (DID document) is too large and was not read. No key could be checked.",
    ),
    "did.stale": (
        "発行機関の鍵は{since}に取得した古い写ししかありません。現在も有効な鍵か確認できませんでした。",
        "There is only an old copy of the issuer's key, of {since}. Whether the key still counts could not be checked.",
    ),
    "status.message": (
        "失効していません（{time}時点）。発行機関がこの証明についてのお知らせを出しています。発行機関に確認してください。",
        "Not revoked (as of {time}). The issuer has a message about this credential. Please ask the issuer.",
    ),
    "status.other_purpose": (
        (
            "失効も一時停止もしていません（{time}時点）。発行機関は独自の目的でこの証明に印を付けています。意味は発行機関に確認して"
            "ください。"
        ),
        (
            "Neither revoked nor suspended (as of {time}). The issuer has marked this credential for a purpose of its "
            "own. Please ask the issuer what it means."
        ),
    ),
    "status.refresh": (
        "失効していません（{time}時点）。発行機関は新しい版の証明を案内しています。発行機関に確認してください。",
        "Not revoked (as of {time}). The issuer says that there is a newer version. Please ask the issuer.",
    ),
    "refresh.newer": (
        "発行機関から新しい版を取得し、その内容を表示しています。提示された版は{since}から有効のものです。",
        "A newer version was obtained from the issuer and is shown here. The one presented counted from {since} on.",
    ),
    "refresh.newest": (
        "発行機関に確認したところ、これより新しい版はありません。",
        "The issuer was asked, and has no newer version than this.",
    ),
    "refresh.not_offered": (
        "この証明は、新しい版の取得先を示していません。",
        "The credential names no address for newer versions.",
    ),
    "refresh.not_asked": (
        "署名を確認できないため、新しい版の有無は発行機関に問い合わせていません。",
        "The signature could not be confirmed, so the issuer was not asked for a newer version.",
    ),
    "refresh.unavailable": (
        "新しい版の有無を発行機関に確認できませんでした。提示された版で判断しています。",
        "Whether there is a newer version could not be found out. The presented one was judged.",
    ),
    "refresh.another": (
        "新しい版の取得先から別の証明が届いたため、使用していません。提示された版で判断しています。",
        "Another credential came from the address for newer versions and is not used. The presented one was judged.",
    ),
    "refresh.not_genuine": (
        "新しい版の取得先から届いた証明の署名を確認できないため、使用していません。提示された版で判断しています。",
        (
            "What came from the address for newer versions could not be confirmed and is not used. The presented one "
            "was judged."
        ),
    ),
    "schema_ref.not_held": (
        "証明が従うと述べている形式の定義（スキーマ）を本サービスは持たず、取得もしません。それに合うかは確認できませんでした。",
        (
            "The credential names a definition of its form (schema) that this service neither has nor fetches. Whether "
            "it follows that could not be checked."
        ),
    ),
    "did.unavailable": (
        "発行機関の鍵を取得できませんでした。偽造であることを意味するものではありません。",
        "The issuer's key could not be obtained. This does not mean that the credential is forged.",
    ),
    "status.retrieval": (
        "失効情報を取得できませんでした。偽造であることを意味するものではありません。",
        "The status list could not be obtained. This does not mean that the credential is forged.",
    ),
    "key.issuer_unstated": (
        (
            "署名の鍵は発行機関のサーバーで公開されていますが、どの発行機関の鍵かが記されていないため（JWKのiss）、この発行機関"
            "の鍵かどうかを確認できませんでした。偽造であることを意味するものではありません。"
        ),
        (
            "The key of the signature is published by the issuer's server, which does not say for which issuer (iss of "
            "the JWK), so it is not known whether it is this one's. This does not mean a forgery."
        ),
    ),
    "key.unavailable": (
        "署名の鍵は他のサーバーにあり、そこから取得できませんでした。偽造であることを意味するものではありません。",
        "The key of the signature is on another server and could not be obtained. This does not mean a forgery.",
    ),
}
