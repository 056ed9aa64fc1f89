"""What cannot be read, or is not what a standard says."""

from collections.abc import Mapping

READING: Mapping[str, tuple[str, str]] = {
    "parse.size": (
        "データが大きすぎます（上限 {limit}）。読み取っていません。",
        "The data is too large (at most {limit}). It was not read.",
    ),
    "parse.encoding": (
        "文字コードが BOM なしの UTF-8 ではないため、読み取っていません。UTF-8 で送信してください。",
        "The text is not UTF-8, or begins with a byte-order mark. It was not read. Please send UTF-8 without one.",
    ),
    "parse.syntax": (
        "JSON として読み取れません（{position}文字目）。元のファイルをそのまま提出してください。",
        "This is not JSON (character {position}). Please submit the original file unchanged.",
    ),
    "parse.syntax.nothing": (
        "JSON ではありません。証明ではないものが送信されています。証明の元のファイルをそのまま提出してください。",
        "This is not JSON, and so no credential as JSON. Please submit the original file of the credential unchanged.",
    ),
    "parse.duplicate_key": (
        "同じ項目「{member}」が二度書かれているため、どちらが正しいか判断できません。読み取っていません。",
        'The member "{member}" appears twice, so it is not clear which one counts. Nothing was read.',
    ),
    "parse.number": (
        "扱えない数値（大きすぎる数、NaN など）が含まれています。読み取っていません。",
        "A number cannot be represented (too large, or NaN). Nothing was read.",
    ),
    "parse.unicode": (
        "文字として扱えないもの（片方だけのサロゲート、NUL）が含まれています。読み取っていません。",
        "The text holds something that is no character (a lone surrogate or NUL). Nothing was read.",
    ),
    "parse.depth": (
        "入れ子が深すぎます（上限{limit}段）。読み取っていません。",
        "The data is nested too deeply (limit {limit}). It was not read.",
    ),
    "parse.limit": (
        "値の数が多すぎます（上限{limit}個）。読み取っていません。",
        "The data holds too many values (limit {limit}). It was not read.",
    ),
    "parse.not_an_object": (
        "JSON オブジェクト（{{ … }}）ではありません。証明のファイルか確認してください。",
        "This is not a JSON object. Please check that it is the file of a credential.",
    ),
    "encoding.base64url": (
        "base64url の文字列が正しくありません。読み取っていません。",
        "A base64url text is not written correctly. It was not read.",
    ),
    "encoding.multibase": (
        "multibase の文字列が正しくないか、長すぎます。読み取っていません。",
        "A multibase text is not written correctly or is too long. It was not read.",
    ),
    "canon.value": (
        "一つの表し方に定まらない値（大きすぎる数など）が含まれるため、要約値を計算していません。",
        "A value has no canonical form (a number too large, for example), so no digest was computed.",
    ),
    "vendored.changed": (
        "同梱ファイル {file} が配布時の内容と一致しません。処理は行っていません。再インストールしてください。",
        "The bundled file {file} is not the one that was shipped. Nothing was done. Please install again.",
    ),
    "vendored.unknown": (
        "同梱されていないファイルが指定されました。処理は行っていません。",
        "The file asked for is not among the bundled ones. Nothing was done.",
    ),
    "namespace.unsafe": (
        "JMC_VC_NAMESPACE は https:// で始まり、末尾に / のない URL にしてください。起動していません。",
        "JMC_VC_NAMESPACE must be a plain https URL with a path and no closing slash. The service did not start.",
    ),
}
