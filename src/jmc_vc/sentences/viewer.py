"""Words of the page that opens bundles without a network: code → (Japanese, English). It has no gettext catalogue."""

from collections.abc import Mapping

VIEWER: Mapping[str, tuple[str, str]] = {
    "viewer.name": ("証明の検証（オフライン）", "Credential check (offline)"),
    "viewer.title": ("検証用ファイルを開く", "Open a credential bundle"),
    "viewer.skip": ("本文へ移動", "Skip to content"),
    "viewer.intro": (
        "ネットワークにつながずに証明を検証します。ファイルはどこにも送信されません。",
        "This page verifies a credential without any network. The file is sent nowhere.",
    ),
    "viewer.drop": (
        "検証用ファイル（bundle.json）を選ぶか、この画面にドロップしてください。",
        "Choose a credential bundle (bundle.json), or drop it onto this page.",
    ),
    "viewer.pick": ("ファイルを選ぶ", "Choose a file"),
    "viewer.another": ("別のファイルを開く", "Open another file"),
    "viewer.trust": ("このページが信頼する鍵", "The keys that this page trusts"),
    "viewer.trust_text": (
        "検証の結果は、次の機構の署名に基づきます。このページを受け取った経路が信頼できることを確認してください。",
        (
            "The results rest on the signature of the following organization. Please make sure that you got this page "
            "from a source that you trust."
        ),
    ),
    "viewer.offline": (
        "このページはネットワークを使いません。結果は、検証用ファイルが作成された時点のものです。",
        "This page uses no network. Its results are as of the time when a bundle was made.",
    ),
    # the result
    "viewer.as_of": (
        "{time}時点の結果です（検証用ファイルの作成日時）。",
        "Result as of {time}, when the bundle was made.",
    ),
    "viewer.was_valid": (
        "この証明は、検証用ファイルの作成日時点で有効でした。",
        "This credential was valid when the bundle was made.",
    ),
    "viewer.accredited_title": ("認証（作成日時点）", "Accredited when the bundle was made"),
    "viewer.accredited": ("この時点で認証されていました", "It was accredited at that time"),
    "viewer.not_since": (
        "検証用ファイルの作成後に失効や一時停止があったかどうかは分かりません。最新の状態は、ネットワークにつながる場所で検証してください。",
        (
            "It cannot tell whether the credential was revoked or suspended after the bundle was made. Please verify "
            "it where there is a network for its state now."
        ),
    ),
    "viewer.details_note": ("すべてこの端末の中で確認しました。", "Everything was checked on this device."),
    # findings that only this page has
    "viewer.bundle_right": (
        "本機構の署名は正しく、作成後に変更されていません。",
        "The signature of this organization is right, and nothing was changed since.",
    ),
    "viewer.file_changed": (
        "信頼する機構が作成したものでないか、作成後に変更されています",
        "It was not made by the organization that this page trusts, or was changed since",
    ),
    "viewer.next_forged_bundle": (
        "本人に、証明のファイル又はリンクの提示を依頼し、ネットワークにつながる場所で検証してください。",
        "Please ask the holder for the file or link of the credential, and verify it where there is a network.",
    ),
    "viewer.not_checked": ("確認できませんでした", "It could not be checked"),
    "viewer.no_webcrypto": (
        "このブラウザーは署名の確認に必要な機能を備えていないため、確認できませんでした。新しい版のブラウザーで開いてください。",
        (
            "This browser lacks what is needed to check the signature, so it could not be checked. Please open the "
            "page in a newer browser."
        ),
    ),
    "viewer.statements": (
        "署名された内容を一通りに読み取れないため、信頼できません。",
        "What was signed cannot be read in one way only, so it cannot be trusted.",
    ),
    "viewer.log": (
        "公開ログの証明が正しくありません。この証明の発行の記録は確認されていません。",
        "The proof from the public log is not right. No record of the issue was confirmed.",
    ),
    "viewer.unreadable": (
        "予期しない形のため読み取れず、確認できませんでした。",
        "It has an unexpected form that could not be read, so it could not be checked.",
    ),
    "viewer.no_reason": ("一覧に記載なし", "not stated"),
}
