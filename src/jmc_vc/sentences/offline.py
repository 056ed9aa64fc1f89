"""Sentences about bundles: code → (Japanese, English). Those of the page that opens them are in `viewer`."""

from collections.abc import Mapping

OFFLINE: Mapping[str, tuple[str, str]] = {
    "bundle.syntax": (
        "検証用ファイルではないか、一部が欠けています。発行元から取得し直してください。",
        "This is no bundle of a credential, or a part of it is missing. Please get it again from where it came from.",
    ),
    "bundle.version": (
        "この検証用ファイルは新しい形式のため、読み取れません。新しい版のプログラムを使ってください。",
        "This bundle is of a later format and cannot be read. Please use a newer version of the program.",
    ),
    "bundle.forged": (
        (
            "この検証用ファイルは、信頼する機構が作成したものでないか、作成後に変更されています。証明そのものの判断はしていません。"
            "証明のページから取得し直してください。"
        ),
        (
            "The bundle was not made by the organization that you trust, or was changed since. Nothing was decided "
            "about the credential itself. Please get the bundle again from the page of the credential."
        ),
    ),
    "bundle.untrusted": (
        "検証用ファイルの署名の鍵が、信頼する機構の鍵の一覧にないため、確認できませんでした。偽造であることを意味するものではありません。",
        (
            "The key that signed the bundle is not among those of the organization that you trust, so it could not be "
            "checked. This does not mean that anything is forged."
        ),
    ),
    "bundle.contexts": (
        "検証用ファイルの語彙の定義が、このプログラムのものと異なるため、確認できませんでした。",
        "The bundle was made under other definitions of terms than this program has, so it could not be checked.",
    ),
    "bundle.other_credential": (
        (
            "この検証用ファイルは、別の証明のものです。証明は確認していません。この証明の検証用ファイルを使うか、ネットワークにつ"
            "ながる場所で検証してください。"
        ),
        (
            "This bundle is that of another credential, so this one was not checked. Please use its own bundle, or "
            "verify it where there is a network."
        ),
    ),
    "bundle.a_credential": (
        (
            "これは証明であり、検証用ファイル（bundle.json）ではありません。証明は、ネットワークにつながる場所で、証明を検証する"
            "ページ（/verify）に提出してください。"
        ),
        (
            "This is a credential and no bundle (bundle.json). Please submit it to the page that verifies credentials "
            "(/verify), where there is a network."
        ),
    ),
    "bundle.no_trust": (
        "信頼する機構の鍵が分からないため、確認できませんでした。機構の DID 文書を --trust で指定してください。",
        (
            "It is not known whose bundles to believe, so nothing was checked. Please name the organization's DID "
            "document (did.json) with --trust."
        ),
    ),
    "bundle.no_key": (
        "署名に使える本機構の鍵がないため、検証用ファイルを作成できませんでした。",
        "This organization has no active key to sign with, so no bundle was made.",
    ),
    "bundle.incomplete": (
        "登録簿に必要な記録がないため、検証用ファイルを作成できませんでした。",
        "The register lacks a record that belongs into the bundle, so none was made.",
    ),
    "bundle.not_logged_yet": (
        "この証明は発行された直後で、公開ログへの記録が終わっていないため、検証用ファイルを作成できませんでした。数秒待ってから、もう一度お試しください。",
        (
            "The credential was issued this very second and has no place in the public log yet, so no bundle was made. "
            "Please try again in a few seconds."
        ),
    ),
    "bundle.as_of": (
        "{time}に作成された検証用ファイルによる、その時点の結果です。",
        "By a bundle that was made on {time}; the result is as of then.",
    ),
    "bundle.old": (
        "失効情報の有効期限（{time}）を過ぎています。その後に失効したかどうかは、このファイルでは分かりません。ネットワークにつながる場所でもう一度検証してください。",
        (
            "The status information counted until {time}. Whether the credential was revoked after that cannot be told "
            "from this file. Please verify it again where there is a network."
        ),
    ),
}
