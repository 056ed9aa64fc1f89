"""What the drill of the keys says, and why an installation could not be copied for it."""

from collections.abc import Mapping

DRILL: Mapping[str, tuple[str, str]] = {
    "drill.copy": (
        "データベースの写しを作りました（{count} 件）。",
        "Databases copied: {count}.",
    ),
    "drill.prepare": (
        "写しの上に、訓練用の架空の発行機関とプログラムを登録しました。",
        "On the copy, an invented issuer and its program were registered for the drill.",
    ),
    "drill.sample": (
        "これまでの鍵ごとに、検証する証明 {count} 件を選びました。",
        "Samples of what each key has signed so far were chosen and verified: {count}.",
    ),
    "drill.award": (
        "訓練用の証明 {count} 件を発行しました。",
        "Credentials issued for the drill: {count}.",
    ),
    "drill.rotate": (
        "使用中の署名鍵 {count} 本をすべて更新しました。",
        "Signing keys rotated, all that are in use: {count}.",
    ),
    "drill.verify_real": (
        "これまでの鍵による証明 {count} 件の検証結果は、更新の後も変わりません。",
        "Samples of the installation that verify as they did before the rotations: {count}.",
    ),
    "drill.verify_eras": (
        "更新の前後に発行した訓練用の証明 {count} 件は、いずれも有効と判定されました。",
        "Samples of every era of the drill that are valid: {count}.",
    ),
    "drill.compromise": (
        "使用中の鍵 {count} 本を、危殆化したものとして記録しました。",
        "Keys in use that were reported as compromised: {count}.",
    ),
    "drill.nothing_signed": (
        "その鍵による発行 {count} 件は、すべて断られました。",
        "Attempts to issue with that key, all refused: {count}.",
    ),
    "drill.document": (
        "その鍵は、発行機関の DID 文書で証明用の鍵として示されなくなりました（{count} 本）。",
        "Keys that the issuer's DID document no longer names for credentials: {count}.",
    ),
    "drill.verify_stolen": (
        "危殆化より前に記録された証明 {count} 件は、注記付きで有効と判定されました。",
        "Samples of what was logged before that are valid, with a note: {count}.",
    ),
    "drill.successor": (
        "後継の鍵 {count} 本を使い始めました。",
        "Keys that took its place, and sign: {count}.",
    ),
    "drill.reissue": (
        "危殆化した鍵による証明 {count} 件に、後継の鍵で署名し直しました。",
        "Credentials of the compromised key that were signed anew: {count}.",
    ),
    "drill.verify_reissued": (
        "署名し直した証明 {count} 件は、注記なしで有効と判定されました。",
        "Samples of these that are valid without a note: {count}.",
    ),
    "drill.log": (
        "公開ログに {count} 件を加え、ログの新しい鍵で署名しました。",
        "Entries that got their places in the public log, under the log's new key: {count}.",
    ),
    "drill.log_verify": (
        "公開ログの {count} 件を計算し直し、すべての記録と照らし合わせました。",
        "Entries of the public log that were computed anew and held against all rows: {count}.",
    ),
    "drill.step_wrong": (
        "そうならなかったもの：{count} 件",
        "Not so: {count}.",
    ),
    "drill.step_refused": (
        "途中で断られたため、訓練はここで終わりました：{refusal}",
        "It was refused on the way, and the drill ended here: {refusal}",
    ),
    "drill.right": (
        "すべて手順どおりに進みました（{seconds} 秒）。元のデータには触れていません。写しは削除しました。",
        "Everything went as it should ({seconds} s). The installation itself was not touched; the copy is deleted.",
    ),
    "drill.wrong": (
        (
            "手順どおりに進まなかったところがあります（{seconds} 秒）。元のデータには触れていません。写しは削除しまし"
            "た。✗ の付いた行を確かめてください。"
        ),
        (
            "Something went otherwise than it should ({seconds} s). The installation itself was not touched; the copy "
            "is deleted. Please look at the lines with ✗."
        ),
    ),
    "copy.programs": (
        (
            "データベースの写しを作れませんでした。PostgreSQL の {program} がこのコンピュータにありません。PostgreSQL "
            "のクライアント（pg_dump と pg_restore）を導入してから、もう一度実行してください。"
        ),
        (
            "The database was not copied: PostgreSQL's {program} is not on this machine. Please install PostgreSQL's "
            "client programs (pg_dump and pg_restore) and run the command again."
        ),
    ),
    "copy.refused": (
        (
            "写しのためのデータベースを作れませんでした。データベースを作成できる（CREATEDB）利用者の接続先を --server "
            "で指定してください。"
        ),
        (
            "No database could be created for the copy. Please name a server and a role that may create databases "
            "(CREATEDB) with --server."
        ),
    ),
    "copy.failed": (
        (
            "データベースの写しを作れませんでした。PostgreSQL の {program} が終了コード {status} で終わりました。"
            "PostgreSQL のサーバーより古いものでないか、空き容量があるかを確かめてください。"
        ),
        (
            "The database was not copied: PostgreSQL's {program} ended with code {status}. Please check that it is not "
            "older than the server, and that there is room for the copy."
        ),
    ),
}
