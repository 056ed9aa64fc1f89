"""What is refused about signing keys."""

from collections.abc import Mapping

CUSTODY: Mapping[str, tuple[str, str]] = {
    "key.move": (
        "署名鍵（{kid}）の現在の状態では、この操作はできません。何も変更していません。鍵の一覧を確認してください。",
        (
            "This cannot be done with the signing key {kid} in its present state. Nothing was changed. Please see the "
            "list of keys."
        ),
    ),
    "key.changed": (
        "署名鍵は、ほかの操作によって既に更新されています。何も変更していません。鍵の一覧を確認してください。",
        "The signing key has just been changed by somebody else. Nothing was changed. Please see the list of keys.",
    ),
    "key.unknown": (
        "この番号の署名鍵はありません。何も変更していません。鍵の一覧を確認してください。",
        "There is no signing key of this id. Nothing was changed. Please see the list of keys.",
    ),
    "key.still_in_place": (
        (
            "{owner} の署名鍵 {kid} はもう使用できないものとして記録しました。ただし、保管場所（{place}）が応答しないた"
            "め、秘密鍵がそこに残っています。応答するようになったら、同じ操作をもう一度行ってください。"
        ),
        (
            "The signing key {kid} of {owner} is given up, on record, and nothing signs with it any more. But its "
            "private part is still where it lived ({place}), which does not answer. When it does, please do the same "
            "once more."
        ),
    ),
    "key.not_compromised": (
        "この番号の、危殆化した署名鍵はありません。何も変更していません。鍵の一覧を確認してください。",
        "There is no compromised signing key of this id. Nothing was changed. Please see the list of keys.",
    ),
    "key.none_of_kind": (
        "この種類（{algorithm}）の署名鍵はありません。何も変更していません。鍵の一覧を確認してください。",
        "There is no signing key of this kind ({algorithm}). Nothing was changed. Please see the list of keys.",
    ),
    "key.kind_unused": (
        "公開ログの署名に、この種類（{algorithm}）の鍵は使いません。何も変更していません。Ed25519 を指定してください。",
        "The public log is not signed with keys of this kind ({algorithm}). Nothing was done. Please choose Ed25519.",
    ),
    "key.not_yet_known": (
        (
            "署名鍵 {kid} は公開したばかりで、まだ届いていない検証者がいます。何も変更していません。{moment} 以降に、"
            "もう一度実行してください。"
        ),
        (
            "The signing key {kid} was published a moment ago, and not every verifier can know it yet. Nothing was "
            "changed. Please try again from {moment} on."
        ),
    ),
    "key.since_form": (
        (
            "日時として読み取れません。何も変更していません。時差を付けて「2026-11-20T09:00:00+09:00」の形で指定してくだ"
            "さい。"
        ),
        (
            "The time cannot be read. Nothing was changed. Please write it with an offset, as "
            '"2026-11-20T09:00:00+09:00".'
        ),
    ),
    "key.since_future": (
        "危殆化の日時が未来です。何も変更していません。日時を確認してください。",
        "The key cannot have been compromised in the future. Nothing was changed. Please check the time.",
    ),
    "key.since_early": (
        "署名鍵 {kid} の作成（{moment}）より前の日時です。何も変更していません。作成の日時以降を指定してください。",
        ("The signing key {kid} was made only on {moment}. Nothing was changed. Please give that time or a later one."),
    ),
    "key.since_later": (
        "署名鍵 {kid} は、既に {moment} から危殆化したものとして記録されています。後の日時に変更することはできません。",
        "The signing key {kid} is on record as compromised since {moment}. That cannot be made a later time.",
    ),
    "key.exists": (
        "この鍵は既に登録されています。何も取り込んでいません。一つの鍵を二度登録することはできません。",
        "This key is here already. Nothing was taken in. No key is registered twice.",
    ),
    "key.pinned": (
        (
            "この鍵は、発行機関自身のDID（{did}）の鍵として登録されています。何も取り込んでいません。同じ発行機関の鍵を移す"
            "場合は、先に「jmc-vc issuers end-did」でDIDの登録を終了してください。"
        ),
        (
            "This key is registered as one of an issuer's own DID ({did}). Nothing was taken in. If the same issuer "
            'moves it here, please end the DID first with "jmc-vc issuers end-did".'
        ),
    ),
    "key.other_key": (
        "ファイルの鍵が、確認したときの鍵と異なります。何も取り込んでいません。ファイルを確認してください。",
        "The file holds another key than it did when it was looked at. Nothing was taken in. Please check the file.",
    ),
    "key.file_mode": (
        (
            "秘密鍵又はパスフレーズのファイル（{file}）を所有者以外が読めます（モード {mode}）。使用していません。モー"
            "ドを 0600 にしてください。既に読まれたおそれがある鍵は使わないでください。"
        ),
        (
            "The file {file}, which holds a private key or its passphrase, is open to others than its owner (mode "
            "{mode}). It was not used. Please make its mode 0600, and do not use a key that others may have read."
        ),
    ),
    "key.file_form": (
        ("秘密鍵を読み取れません。何も取り込んでいません。PKCS #8 の PEM 又は JWK の秘密鍵を一つ指定してください。"),
        (
            "No private key can be read from the file. Nothing was taken in. Please give one private key, as PKCS #8 "
            "in PEM or as a JWK."
        ),
    ),
    "key.file_several": (
        "ファイルに複数の鍵があります。何も取り込んでいません。鍵を一つだけ入れたファイルを指定してください。",
        "There is more than one key in the file. Nothing was taken in. Please give a file with one key.",
    ),
    "key.passphrase_missing": (
        (
            "秘密鍵は暗号化されています。何も取り込んでいません。パスフレーズのファイルを --passphrase-file で指定して"
            "ください。"
        ),
        (
            "The private key is encrypted. Nothing was taken in. Please name a file with its passphrase "
            "(--passphrase-file)."
        ),
    ),
    "key.passphrase_wrong": (
        "このパスフレーズでは秘密鍵を読み取れません。何も取り込んでいません。パスフレーズを確認してください。",
        "The passphrase does not open the private key. Nothing was taken in. Please check the passphrase.",
    ),
}
