"""Sentences about Open Badges documents and status: code → (Japanese, English)."""

from collections.abc import Mapping

BADGES: Mapping[str, tuple[str, str]] = {
    "recipient.hash": (
        "受領者の識別子が、本サービスの対応していない方法でハッシュ化されています。一致するかどうかは確認できませんでした。",
        "The recipient's identifier is hashed in a way that this service does not support. It could not be compared.",
    ),
    "recipient.weak_hash": (
        "受領者の識別子が、安全とは言えない古い方法（MD5）でハッシュ化されています。一致しても、本人であることの証拠としては弱いものです。",
        "The recipient's identifier is hashed with MD5, which is no longer safe. A match is only weak evidence.",
    ),
    "status.nested": (
        "失効情報の一覧が、さらに別の失効情報を参照しています。参照先はたどっていません。失効の有無は確認できませんでした。",
        "The status list refers to a status of its own. That was not followed. The status could not be checked.",
    ),
    "status.stale": (
        "失効情報の一覧が、有効期間の外にあるか、以前に確認したものより古いため、使用していません。失効の有無は確認できませんでした。",
        "The status list is out of date, or older than one seen before. The status could not be checked.",
    ),
}
