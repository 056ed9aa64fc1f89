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
    "viewer.test_data": ("テスト用データ", "Test data"),
    # the result
    "viewer.as_of": (
        "{time}時点の結果です（検証用ファイルの作成日時）。",
        "Result as of {time}, when the bundle was made.",
    ),
    "viewer.was_valid": (
        "この証明は、検証用ファイルの作成日時点で有効でした。",
        "This credential was valid when the bundle was made.",
    ),
    "viewer.holder": ("取得者", "Holder"),
    "viewer.no_name": ("証明に、読める氏名はありません。", "The credential does not contain a name that can be read."),
    "viewer.credential": ("証明の名称", "Credential"),
    "viewer.program": ("プログラム番号 {number}　第{version}版", "Program number {number}, version {version}"),
    "viewer.own_words": (
        "発行機関の記載のまま表示しています（登録簿とは一致しません）",
        "As written by the issuer; it does not agree with the register",
    ),
    "viewer.awarding_body": ("発行機関", "Awarding body"),
    "viewer.register_number": ("登録番号 {number}", "Register number {number}"),
    "viewer.award_date": ("授与日", "Award date"),
    "viewer.three": ("認証と有効性", "Accreditation and validity"),
    "viewer.separate": (
        "証明の有効性とプログラムの認証は別のものです。",
        "The validity of a credential and the accreditation of its program are separate matters.",
    ),
    "viewer.signature": ("署名と内容", "Signature and content"),
    "viewer.accredited_title": ("作成日時点の認証", "Accredited when the bundle was made"),
    "viewer.accredited": ("この時点で認証されていました", "It was accredited at that time"),
    "viewer.identity": ("本人確認", "Identity check"),
    "viewer.content": ("証明の内容", "Content"),
    "viewer.nothing_shown": (
        "発行機関が作成したものと確認できなかったため、内容を表示していません。",
        "The content is not shown, because it could not be confirmed that the issuer wrote it.",
    ),
    "viewer.says": ("証明の内容", "What the credential says"),
    "viewer.level": ("レベル（目安）", "Level (indicative)"),
    "viewer.level_comparable": (
        "{scheme} レベル{value} 相当（審査で確認）",
        "Comparable to {scheme} level {value} (confirmed in review)",
    ),
    "viewer.level_declared": (
        "{scheme} レベル{value}（目安・発行機関の申告）",
        "{scheme} level {value} (indicative, declared by the issuer)",
    ),
    "viewer.hours": ("学習時間（目安）", "Notional learning hours"),
    "viewer.hours_value": ("{hours}時間", "{hours} hours"),
    "viewer.description": ("発行機関による説明", "Description by the issuer"),
    "viewer.assessment": ("評価の結果", "Assessment"),
    "viewer.points": ("{value}点", "{value} points"),
    "viewer.passed": ("合格", "Passed"),
    "viewer.not_passed": ("不合格", "Not passed"),
    "viewer.expiry": ("有効期限", "Expiry"),
    "viewer.none": ("なし", "None"),
    "viewer.not_proven": ("この結果が証明しないこと", "What this result does not prove"),
    "viewer.not_since": (
        "検証用ファイルの作成後に失効や一時停止があったかどうかは分かりません。最新の状態は、ネットワークにつながる場所で検証してください。",
        (
            "It cannot tell whether the credential was revoked or suspended after the bundle was made. Please verify "
            "it where there is a network for its state now."
        ),
    ),
    "viewer.details": ("確認の内訳", "Details of the checks"),
    "viewer.details_note": ("すべてこの端末の中で確認しました。", "Everything was checked on this device."),
    "viewer.pass": ("確認済み", "Passed"),
    "viewer.fail": ("不適合", "Not passed"),
    "viewer.unknown": ("確認できませんでした", "Could not be checked"),
    "viewer.check.bundle": ("検証用ファイル", "Bundle"),
    "viewer.check.proof": ("署名", "Signature"),
    "viewer.check.key": ("鍵と公開ログ", "Key and public log"),
    "viewer.check.validity": ("有効期間", "Period of validity"),
    "viewer.check.status": ("失効情報", "Status"),
    "viewer.check.issuer": ("発行機関の登録", "Registration of the issuer"),
    "viewer.check.program": ("プログラムの認証", "Accreditation of the program"),
    # findings that only this page has
    "viewer.bundle_right": (
        "本機構の署名は正しく、作成後に変更されていません。",
        "The signature of this organization is right, and nothing was changed since.",
    ),
    "viewer.file_changed": ("ファイルが作成後に変更されています", "The file was changed after it had been made"),
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
