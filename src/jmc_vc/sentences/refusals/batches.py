"""What is refused about a batch of credentials, an archive, a table or a receipt."""

from collections.abc import Mapping

BATCHES: Mapping[str, tuple[str, str]] = {
    "batch.not_a_list": (
        "証明の一覧（JSON の配列）として読み取れません。検証は行っていません。最後まで書かれた配列を送ってください。",
        "This is not a complete JSON array. Nothing was verified. Please send the whole list.",
    ),
    "batch.items": (
        "一度に検証できるのは {limit}件までです。検証は行っていません。分けて送ってください。",
        "At most {limit} items can be verified at once. Nothing was verified. Please send them in parts.",
    ),
    "batch.values": (
        "一覧の値の数が多すぎます。検証は行っていません。分けて送ってください。",
        "There are too many values in the list. Nothing was verified. Please send it in parts.",
    ),
    "batch.empty": (
        "検証するものがありません。証明のファイル又はリンクを入れて送ってください。",
        "There is nothing to verify. Please send the files or links of credentials.",
    ),
    "batch.reference": (
        "reference は文字列とし、その後に credential 又は url を書いてください。この行は検証していません。",
        "A reference is a text, followed by a credential or a url. This item was not verified.",
    ),
    "batch.no_link": (
        "この行にはリンクがありません。検証していません。",
        "There is no link in this row. It was not verified.",
    ),
    "batch.time": (
        "一括検証の制限時間を過ぎたため、この行は検証していません。残りを分けて送ってください。",
        "The time for this batch is over, and this item was not verified. Please send the rest by itself.",
    ),
    "archive.syntax": (
        "ZIP ファイルとして読み取れません。検証は行っていません。ZIP ファイルを作り直してください。",
        "This cannot be read as a zip file. Nothing was verified. Please make the zip file anew.",
    ),
    "archive.files": (
        "ZIP ファイルに入れられるのは {limit}件までです。検証は行っていません。分けて送ってください。",
        "A zip file may hold at most {limit} files. Nothing was verified. Please send them in parts.",
    ),
    "archive.size": (
        "展開した大きさが {limit} を超えるため、検証していません。",
        "Unpacked, it would be larger than {limit}. It was not verified.",
    ),
    "archive.encrypted": (
        "パスワードで保護されているため、検証していません。パスワードを付けずに送ってください。",
        "It is protected by a password and was not verified. Please send it without one.",
    ),
    "archive.nested": (
        (
            "ZIP ファイルの中の圧縮ファイル又は Excel・Word のファイルのため、検証していません。展開するか、PDF 又は"
            "元のファイルにして送ってください。"
        ),
        (
            "It is an archive, or a file of Excel or Word, inside the archive and was not verified. Please unpack it "
            "first, or send a PDF or the original file."
        ),
    ),
    "archive.damaged": (
        "ファイルが壊れているか、対応していない方式で圧縮されているため、検証していません。",
        "The file is damaged, or compressed in a way that is not supported. It was not verified.",
    ),
    "csv.encoding": (
        (
            "CSV の文字コードが UTF-8 ではありません。検証は行っていません。UTF-8 で保存するか、Content-Type に "
            "charset=Shift_JIS と指定してください。"
        ),
        (
            "The CSV is not in UTF-8, or not in the encoding that was named. Nothing was verified. Please save it as "
            "UTF-8, or name charset=Shift_JIS in the Content-Type."
        ),
    ),
    "batch.table_encoding": (
        (
            "表（CSV）の文字コードを読み取れません。検証は行っていません。Excel で開き、「CSV UTF-8（コンマ区切り）」の"
            "形式で保存し直してください。"
        ),
        (
            "The encoding of the table (CSV) cannot be read. Nothing was verified. Please open it in Excel and save it "
            "as “CSV UTF-8 (Comma delimited)”."
        ),
    ),
    "csv.syntax": (
        "CSV の {row}行目を読み取れません（閉じていない引用符など）。検証は行っていません。",
        "Row {row} of the CSV cannot be read (a quote that never ends, for instance). Nothing was verified.",
    ),
    "csv.rows": (
        "CSV は {limit}行までです。検証は行っていません。分けて送ってください。",
        "A CSV may have at most {limit} rows. Nothing was verified. Please send it in parts.",
    ),
    "csv.size": (
        "CSV は {limit} までです。検証は行っていません。分けて送ってください。",
        "A CSV may have at most {limit}. Nothing was verified. Please send it in parts.",
    ),
    "receipt.no_key": (
        "署名に使える鍵がないため、検証結果の控えは発行していません。検証結果は有効です。",
        "There is no key to sign with, so no receipt was made. The result of the verification stands.",
    ),
    "receipt.syntax": (
        "検証結果の控えとして読み取れません。控えのファイルの内容をすべて提出してください。",
        "This cannot be read as a receipt of a verification. Please submit the whole content of the receipt's file.",
    ),
    "receipt.a_credential": (
        "これは証明であり、検証結果の控えではありません。証明は、証明を検証するページ（/verify）に提出してください。",
        (
            "This is a credential and no receipt of a verification. Please submit it to the page that verifies "
            "credentials (/verify)."
        ),
    ),
    "receipt.digest": (
        "ダイジェストは sha-256: と16進数64桁で指定してください。控えは確認していません。",
        "The digest has to be sha-256: and 64 hexadecimal digits. The receipt was not checked.",
    ),
    "receipt.nothing_submitted": (
        "控えが提出されていません。控えのファイルを選ぶか、内容を貼り付けてください。",
        "No receipt was submitted. Please choose its file or paste its text.",
    ),
}
