"""Sentences about badges baked into pictures: code → (Japanese, English)."""

from collections.abc import Mapping

IMAGES: Mapping[str, tuple[str, str]] = {
    "image.not_baked": (
        (
            "この画像には証明が埋め込まれていません。画像を加工したり、SNS やアプリから保存したりすると、埋め込みが失わ"
            "れることがあります。発行時の画像か、証明の URL を使用してください。"
        ),
        (
            "There is no credential in this picture. Editing a picture, or saving it from an app, may remove it. "
            "Please use the original picture or the address of the credential."
        ),
    ),
    "image.ambiguous": (
        (
            "この画像には証明又は異なる QR コードが二つ以上含まれており、どれを確認すべきか決められません。検証は行って"
            "いません。一つだけを含む画像を提出してください。"
        ),
        (
            "There is more than one credential, or more than one QR code, in this picture, so it is not clear which "
            "one counts. Nothing was verified. Please submit a picture with only one."
        ),
    ),
    "image.open_badges_2": (
        (
            "この画像に埋め込まれているのは、Open Badges 2.0 以前の古い形式のバッジです。ここでは検証できません。発行機"
            "関に確認してください。"
        ),
        (
            "The badge in this picture is of an older form, Open Badges 2.0 or earlier, which cannot be verified here. "
            "Please ask the issuer."
        ),
    ),
    "image.damaged": (
        "画像のファイルが壊れているか、途中で切れています。読み取っていません。元のファイルをもう一度入手してください。",
        "The picture is damaged or cut off. It was not read. Please obtain the original file again.",
    ),
    "image.encoding": (
        "画像の中の文字コードが UTF-8 ではないため、読み取っていません。UTF-8 で保存し直してください。",
        "The text in the picture is not UTF-8. It was not read. Please save the picture again as UTF-8.",
    ),
    "image.content": (
        "画像に埋め込まれる内容が、証明（JSON か署名付きのトークン）の形になっていません。発行機関に確認してください。",
        "What a picture carries must be a credential: JSON or a signed token. This is neither. Please ask the issuer.",
    ),
    "image.compression": (
        "画像の中の証明が、PNG の定めにない方法で圧縮されているため、読み取っていません。",
        "The credential in the picture is compressed in a way that PNG does not have. It was not read.",
    ),
    "image.limit": (
        "画像か、その中の証明が大きすぎます（上限 {limit}）。読み取っていません。",
        "The picture, or the credential in it, is too large (at most {limit}). It was not read.",
    ),
    "image.complex": (
        "画像を構成する部品が多すぎるか、入れ子が深すぎます。読み取っていません。簡単な画像を使用してください。",
        "The picture has too many parts, or they are nested too deeply. It was not read. Please use a simpler one.",
    ),
    "image.dtd_forbidden": (
        (
            "SVG に文書型の宣言（DTD）やエンティティが含まれています。安全のため読み取っていません。これらを含めずに保"
            "存し直してください。"
        ),
        (
            "The SVG declares a document type of its own, or uses its entities. For safety it was not read. Please "
            "save it without them."
        ),
    ),
    "image.no_svg": (
        "XML のファイルですが、SVG の画像ではありません。読み取っていません。PNG か SVG のファイルを使用してください。",
        "This is XML, but not an SVG picture. It was not read. Please use a PNG or SVG file.",
    ),
    "image.characters": (
        "証明に SVG では表せない文字が含まれるため、埋め込んでいません。PNG の画像を使用してください。",
        "The credential has a character that SVG cannot hold. Nothing was baked. Please use a PNG picture.",
    ),
    "image.unsupported": (
        (
            "このファイルの形式（{format}）は読み取れません。証明を埋め込める画像は PNG と SVG です。QR コードの写った"
            "画像は、JPEG、PNG、WebP 又は PDF で提出してください。"
        ),
        (
            "This kind of file ({format}) cannot be read. Credentials are baked into PNG and SVG pictures; please "
            "submit a picture of a QR code as JPEG, PNG, WebP or PDF."
        ),
    ),
    "image.no_code": (
        (
            "この画像又は PDF から QR コードを読み取れませんでした。検証は行っていません。QR コードの全体が明るく、はっ"
            "きり写るように撮影し直すか、証明のファイル又はリンクを提出してください。"
        ),
        (
            "No QR code could be read in this picture or PDF. Nothing was verified. Please take the picture again, so "
            "that the whole code is bright and sharp, or submit the file or the link of the credential."
        ),
    ),
    "image.other_code": (
        (
            "この QR コードは、証明でも証明のリンクでもありません。何も開いていません。証明書にある QR コードを使用して"
            "ください。"
        ),
        (
            "This QR code holds neither a credential nor the link of one. Nothing was opened. Please use the code of "
            "the certificate."
        ),
    ),
    "image.pixels": (
        (
            "画像の縦横の画素数が大きすぎるため、QR コードを読み取っていません。QR コードの部分だけを切り取るか、小さく"
            "してから提出してください。"
        ),
        (
            "The picture has too many pixels, so no QR code was looked for. Please submit only the part with the code, "
            "or a smaller picture."
        ),
    ),
    "image.pages": (
        "PDF のページが多すぎるため、読み取っていません。QR コードのあるページだけを提出してください。",
        "The PDF has too many pages. It was not read. Please submit only the page with the QR code.",
    ),
    "image.locked": (
        "PDF を開くのにパスワードが必要なため、読み取っていません。パスワードのないものを提出してください。",
        "The PDF opens with a password only. It was not read. Please submit one without a password.",
    ),
    "image.work": (
        (
            "このファイルは、一つのファイルに認められる時間とメモリーの中で読み取れませんでした。検証は行っていません。"
            "QR コードの部分だけの画像を提出してください。"
        ),
        (
            "This file could not be read within the time and memory that one file may take. Nothing was verified. "
            "Please submit a picture of the QR code alone."
        ),
    ),
    "isolation.occupied": (
        "画像と PDF の読み取りが混み合っています。検証は行っていません。しばらくしてからもう一度提出してください。",
        "Too many pictures and PDFs are being read. Nothing was verified. Please submit it again in a moment.",
    ),
    "isolation.lost": (
        "画像と PDF の読み取りが途中で止まりました。検証は行っていません。もう一度提出してください。",
        "Reading pictures and PDFs was interrupted. Nothing was verified. Please submit it again.",
    ),
}
