"""Sentences about the public log, its proofs and its signed texts: code → (Japanese, English)."""

from collections.abc import Mapping

TRANSPARENCY: Mapping[str, tuple[str, str]] = {
    # the tree and its tiles
    "log.outside": (
        "公開ログに、その番号の記録又はその時点の大きさはありません。番号を確認してください。",
        "The public log has no entry of that number, or never had that size. Please check the number.",
    ),
    "log.inclusion": (
        "この記録が公開ログに含まれることを、添えられた証明では確認できません。証明を取得し直してください。",
        "The proof does not show that this entry is in the public log. Please obtain the proof again.",
    ),
    "log.consistency": (
        (
            "公開ログが、以前の内容をそのまま引き継いでいることを確認できません。ログが書き換えられたおそれがあります。両方の"
            "チェックポイントを保存し、ログの運営者に連絡してください。"
        ),
        (
            "The public log cannot be shown to continue what it said before. It may have been rewritten. Please keep "
            "both checkpoints and tell the operator of the log."
        ),
    ),
    "log.tile_path": (
        "公開ログに、この名前のタイルはありません。名前の書き方を確認してください。",
        "The public log has no tile of this name. Please check how the name is written.",
    ),
    "log.tile": (
        "公開ログのタイルが短すぎ、必要なハッシュ値が足りません。計算していません。タイルを取得し直してください。",
        "A tile of the public log is too short to hold the hashes needed. Nothing was computed. Please fetch it again.",
    ),
    "log.bundle": (
        "公開ログの記録の束が、定められた件数と長さになっていません。読み取っていません。束を取得し直してください。",
        "A bundle of log entries has not the number or lengths it must have. It was not read. Please fetch it again.",
    ),
    "log.entry_size": (
        "公開ログの記録が大きすぎます（上限{limit}バイト）。書き込んでいません。",
        "An entry is too large for the public log (limit {limit} bytes). It was not written.",
    ),
    # the log of this service
    "log.not_cosigned": (
        "立会人の署名があるチェックポイントは、まだありません。",
        "No checkpoint was signed by a witness yet.",
    ),
    "log.empty": (
        "公開ログには、まだ署名されたチェックポイントがありません。数秒後に取得し直してください。",
        "The public log has no signed checkpoint yet. Please fetch it again in a few seconds.",
    ),
    "log.range": (
        "公開ログの大きさ（from、to）は、0以上の整数で、from が to を超えないように指定してください。",
        "The sizes of the public log (from, to) must be whole numbers from 0 on, and from not larger than to.",
    ),
    "log.form": (
        "公開ログの記録は、この形式では提供していません。format を付けないか、format=tlog-proof としてください。",
        "Log entries are not offered in this form. Please ask with format=tlog-proof, or without format.",
    ),
    "log.no_key": (
        (
            "公開ログの署名鍵のうち、使えるものがありません。チェックポイントに署名していません。記録は失われません。"
            "ログの鍵を有効にしてください（jmc-vc keys activate）。"
        ),
        (
            "The public log has no active key. No checkpoint was signed; no entry is lost. "
            "Please activate a key of the log (jmc-vc keys activate)."
        ),
    ),
    "log.damaged": (
        (
            "公開ログが、最後に署名したチェックポイントと一致しません。データベースが書き換えられたか、壊れています。"
            "チェックポイントに署名していません。バックアップと照合してください。"
        ),
        (
            "The public log does not match its last signed checkpoint: the database was changed or is damaged. "
            "No checkpoint was signed. Please compare it with a backup."
        ),
    ),
    # signed notes and their keys
    "log.note": (
        "署名付きノートの書き方が正しくありません。読み取っていません。元のファイルを取得し直してください。",
        "This is not a well-formed signed note. It was not read. Please obtain the original again.",
    ),
    "log.note_size": (
        "署名付きノートが大きすぎるか、署名が多すぎます（上限 {limit}、署名{signatures}件）。読み取っていません。",
        "The signed note is too large (at most {limit}) or has more than {signatures} signatures. It was not read.",
    ),
    "log.key": (
        "ログの検証鍵が正しくないか、この用途の鍵ではありません。「名前+ID+鍵」の形の文字列を、鍵の持ち主に確認してください。",
        "The verifier key is malformed or not for this use. Please ask the key's owner for the text “name+id+key”.",
    ),
    "log.signature": (
        "公開ログの署名が正しくありません。内容が書き換えられたおそれがあるため、使用していません。",
        "The signature of the public log is not genuine. The text may have been changed and was not used.",
    ),
    "log.unsigned": (
        "信頼する鍵による署名がありません。内容は使用していません。検証鍵の設定を確認してください。",
        "None of the trusted keys has signed this. It was not used. Please check which verifier keys are set.",
    ),
    # checkpoints, witnesses, proofs
    "log.checkpoint": (
        "公開ログのチェックポイントの書き方が正しくありません。読み取っていません。取得し直してください。",
        "The checkpoint of the public log is not well-formed. It was not read. Please fetch it again.",
    ),
    "log.origin": (
        "別のログのチェックポイントです。使用していません。ログの名前（origin）を確認してください。",
        "The checkpoint is one of another log. It was not used. Please check the log's name (origin).",
    ),
    "log.cosignature": (
        "立会人（witness）の署名が正しくありません。チェックポイントは使用していません。立会人の運営者に連絡してください。",
        "The cosignature of a witness is not genuine. The checkpoint was not used. Please tell the witness's operator.",
    ),
    "log.proof": (
        "公開ログの証明の書き方が正しくありません。読み取っていません。証明を取得し直してください。",
        "The proof of the public log is not well-formed. It was not read. Please obtain the proof again.",
    ),
    # what is written into it
    "log.entry": (
        "公開ログの記録の項目に、不足か余分があるか、値が決められた形ではありません。この記録は扱っていません。",
        "An entry of the public log lacks a member, has one too many, or a value is not of its form. It was not taken.",
    ),
    "log.entry_syntax": (
        "公開ログの記録として決められた種類と書き方（RFC 8785）になっていません。読み取っていません。",
        "This is no entry of the public log: its type or canonical form (RFC 8785) is not right. It was not read.",
    ),
}
