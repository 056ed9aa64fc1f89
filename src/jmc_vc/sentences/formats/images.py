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
        "この画像には証明が二つ以上埋め込まれており、どれを確認すべきか決められません。読み取っていません。",
        "There is more than one credential in this picture, so it is not clear which one counts. Nothing was read.",
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
        "証明を埋め込める画像は PNG と SVG です。このファイルの形式（{format}）は読み取っていません。",
        "Credentials are baked into PNG and SVG pictures only. This file ({format}) was not read.",
    ),
}
