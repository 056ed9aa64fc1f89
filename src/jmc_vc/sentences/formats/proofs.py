"""Sentences about Data Integrity proofs and keys: code → (Japanese, English)."""

from collections.abc import Mapping

PROOFS: Mapping[str, tuple[str, str]] = {
    # what a proof says of itself
    "proof.not_an_object": (
        "署名（proof）の書き方が正しくありません。オブジェクトで書かれている必要があります。",
        "The proof is not written correctly. It must be an object.",
    ),
    "proof.domain": (
        "署名（proof）が、この提出先に向けたものではありません。この提出先のために改めて署名したものを提出してください。",
        "The proof was not made for this place. Please submit one that was made for it.",
    ),
    "proof.challenge": (
        "署名（proof）が、今回の要求に答えたものではありません。改めて署名したものを提出してください。",
        "The proof does not answer the challenge that was set. Please submit one that does.",
    ),
    "proof.several": (
        "署名（proof）が二つ以上あり、どの署名を指すか決められません。署名が一つの文書を指定してください。",
        "There is more than one proof, so it is open which one is meant. Please give a document with one.",
    ),
    # what a public key says of itself
    "key.purpose": (
        "署名に使われた鍵は、署名のための鍵として公開されているものではありません。この署名は信用できません。",
        "The key of the signature was not published for making signatures. The signature cannot be trusted.",
    ),
    "key.relationship": (
        "署名に使われた鍵は、DID 文書でこの用途（発行又は提示）の鍵とされていません。この署名は信用できません。",
        "The DID document does not list the key of the signature for this use. The signature cannot be trusted.",
    ),
    # ecdsa-sd-2023, selective disclosure
    "proof.pointer": (
        "{position}番目の JSON ポインターが正しくないか、指す場所が文書にありません。書き方と場所を確認してください。",
        "JSON pointer no. {position} is malformed or points at nothing in the document. Please check it.",
    ),
    "proof.pointers": (
        "JSON ポインターが多すぎます（上限{limit}個）。処理していません。",
        "There are too many JSON pointers (limit {limit}). Nothing was done.",
    ),
    "proof.selection": (
        (
            "選ばれた部分だけを取り出すと、元と違う内容になります。リストの一部や一つの値の一部は選べません。それを含む項目"
            "全体を選んでください。"
        ),
        (
            "The chosen parts alone would say something else than before. Items of an ordered list or pieces of one "
            "value cannot be chosen. Please choose the whole member that holds them."
        ),
    ),
    "proof.nothing_selected": (
        "提示する項目が選ばれていません。一つ以上選んでください。",
        "Nothing was chosen to be shown. Please choose at least one part.",
    ),
    "proof.statements": (
        "選択開示の署名を付けるには項目が多すぎます（上限{limit}件）。署名していません。",
        "The document says too much for a selective-disclosure proof (limit {limit} statements). It was not signed.",
    ),
    "proof.no_base": (
        (
            "選択開示のもとになる署名（基本証明）が一つに決まりません。発行機関から受け取った元の証明書を提出してください。"
        ),
        (
            "There is not exactly one base proof to derive from. Please submit the original credential as received "
            "from the issuer."
        ),
    ),
    "proof.not_derived": (
        (
            "これは本人が保管する選択開示用の原本で、そのままでは検証に使えません。提示する項目を選び、提示用の証明書を作っ"
            "て提出してください。"
        ),
        (
            "This is the holder's own original for selective disclosure, which is not meant for verification. Please "
            "choose what to show, and submit the credential derived from it."
        ),
    ),
}
