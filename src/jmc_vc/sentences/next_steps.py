"""What the reader of a verdict should do next, by its summary: code → (Japanese, English).

What is valid asks for nothing. Whoever wants to ask an issuer should not do so by an address that stands in the
credential: a forger wrote that too.
"""

from collections.abc import Mapping

_OWN_SEARCH = (
    "証明に書かれた連絡先ではなく、登録簿や公式サイトで調べた連絡先を使ってください。",
    "Please do not use the contact in the credential, but one that you find in the register or on the official site.",
)

NEXT_STEPS: Mapping[str, tuple[str, str]] = {
    "next.revoked": (
        "有効な証明がほかにないか、本人に確認してください。失効の事情は発行機関に問い合わせてください。",
        "Please ask the holder for another credential that is valid. The issuer can tell why this one was revoked.",
    ),
    "next.replaced": (
        "本人に、再発行された証明のファイル又はリンクの提示を依頼してください。",
        "Please ask the holder for the file or link of the new credential.",
    ),
    "next.suspended": (
        "後日もう一度検証してください。停止の事情は、本人又は発行機関に問い合わせてください。",
        "Please verify it again later. The holder or the issuer can tell why it is suspended.",
    ),
    "next.expired": (
        "更新された証明がないか、本人に確認してください。",
        "Please ask the holder for a renewed credential.",
    ),
    "next.indeterminate": (
        "時間をおいて、もう一度検証してください。それでも確認できないときは、発行機関に問い合わせてください。"
        + _OWN_SEARCH[0],
        "Please verify it again later. If it still cannot be checked, please ask the issuer. " + _OWN_SEARCH[1],
    ),
    "next.indeterminate_for_good": (
        "もう一度検証しても、結果は変わらない見込みです。発行機関に問い合わせてください。" + _OWN_SEARCH[0],
        "Verifying it again will hardly help. Please ask the issuer. " + _OWN_SEARCH[1],
    ),
    "next.not_trustworthy": (
        "本人に、発行機関から受け取った元のファイル又はリンクの提示を依頼してください。発行機関に問い合わせるときは、"
        + _OWN_SEARCH[0],
        "Please ask the holder for the original file or link from the issuer. You can also ask the issuer. "
        + _OWN_SEARCH[1],
    ),
    "next.issuer_not_registered": (
        "名乗っている機関に、この証明を発行したか問い合わせてください。" + _OWN_SEARCH[0],
        "Please ask the organization whether it issued this credential. " + _OWN_SEARCH[1],
    ),
    "next.impersonation_suspected": (
        "この証明だけで判断せず、名乗っている機関に、この証明を発行したか問い合わせてください。" + _OWN_SEARCH[0],
        "Please do not rely on it, and ask the organization whether it issued this credential. " + _OWN_SEARCH[1],
    ),
    "next.not_theirs": (
        "氏名の表記を本人に確認し、身分証明書と照合してください。",
        "Please ask the holder how the name is written, and compare it with an identity document.",
    ),
    "next.not_theirs_by_identifier": (
        ("照合に使った情報に誤りがないか、証明を受け取ったときのメールアドレス等と同じかを、本人に確認してください。"),
        (
            "Please ask the holder whether what you compared is right, and is the e-mail address or other information "
            "under which the credential was received."
        ),
    ),
    "next.presentation_invalid": (
        "証明ごとの結果を確認してください。提示そのものに問題があるときは、もう一度提示を依頼してください。",
        "Please look at the result of each credential. If the presentation itself is at fault, ask for a new one.",
    ),
    "next.presentation_indeterminate": (
        "証明ごとの結果を確認してください。",
        "Please look at the result of each credential.",
    ),
    "next.presentation_empty": (
        "証明を含めて、もう一度提示するよう依頼してください。",
        "Please ask for a presentation that holds the credential.",
    ),
}
