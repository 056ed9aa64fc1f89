"""Sentences about tokens: JWS, VC-JWT, SD-JWT: code → (Japanese, English)."""

from collections.abc import Mapping

TOKENS: Mapping[str, tuple[str, str]] = {
    "token.syntax": (
        "署名付きトークン（JWT）として読み取れません。一部が欠けていないか、元のファイルを確認してください。",
        "This is no signed token (JWT) that can be read. Please check that the original was copied whole.",
    ),
    "token.size": (
        "署名付きトークンが大きすぎます（上限 {limit}）。読み取っていません。",
        "The signed token is too large (at most {limit}). It was not read.",
    ),
    "token.algorithm": (
        "署名の方式が指定されていないか、鍵の種類と合いません。この証明は信頼できません。",
        "The signature algorithm is missing, not one that is accepted, or not the one of the key. Do not rely on this.",
    ),
    "token.algorithm_unsupported": (
        "本サービスが対応していない署名の方式のため、署名を確認できませんでした。偽造であることを意味するものではありません。",
        "This service does not support this signature algorithm and could not check it. That does not mean a forgery.",
    ),
    "token.critical": (
        "本サービスが対応していない拡張を必須とするトークンです。内容は確認していません。",
        "The token demands an extension that this service does not support. Its content was not checked.",
    ),
    "token.type": (
        "トークンの種類（typ）が、証明や提示のものではありません。内容は確認していません。",
        "The type (typ) of the token is not one of a credential or presentation. Its content was not checked.",
    ),
    "token.key": (
        "署名に使われた鍵が、トークンのヘッダー（kid 又は jwk）に示されていません。署名を確認できません。",
        "The header of the token names no key (kid or jwk). The signature cannot be confirmed.",
    ),
    "token.period": (
        "署名付きトークンの有効期間の前か、期間を過ぎています。この提示は有効ではありません。",
        "The signed token is not yet valid, or not any more. It does not count now.",
    ),
    "token.binding": (
        "提示者の鍵との結び付け（キーバインディング又は cnf）は、ここでは確認できません。受け付けていません。",
        "The token is bound to a key of its holder (key binding or cnf). That is not verified here, so it was refused.",
    ),
    "token.subject": (
        "取得者の識別子（id）がないため、この形式（VC-JWT）では発行できません。",
        "The learner has no identifier (id), which this form (VC-JWT) needs. It was not issued.",
    ),
    "claims.mismatch": (
        "トークンの項目（iss、sub、jti、nbf、exp）が、証明に書かれた内容と一致しません。発行機関に確認してください。",
        "A claim of the token (iss, sub, jti, nbf, exp) contradicts the credential in it. Please ask the issuer.",
    ),
    "claims.ambiguous": (
        "トークンに、内容の異なる二つの証明が入っています。どちらを指すか定まらないため、受け付けません。",
        "The token holds two credentials that differ. It is not settled which one is meant, so it is not accepted.",
    ),
    "claims.not_allowed": (
        "この形式のトークンで使えない項目、又は使えない形の項目があります。",
        "The token has a claim that this form does not allow, or not in this shape.",
    ),
    "claims.vct": (
        "証明の種類（vct）が書かれていないか、書き方が正しくありません。",
        "The type of the credential (vct) is missing or not written correctly.",
    ),
    "schema.numeric_date": (
        "トークンの日時（nbf、exp、iat）を読み取れません。1970年からの秒数が必要です。",
        "A time of the token (nbf, exp, iat) cannot be read. It has to be the number of seconds since 1970.",
    ),
    "disclosure.syntax": (
        "開示された項目の一つを読み取れません。提示し直してもらってください。",
        "A disclosed item cannot be read. Please ask for another presentation.",
    ),
    "disclosure.repeated": (
        "同じ項目が二度示されているか、二つの項目が同じ名前です。内容が定まらないため、受け付けません。",
        "An item is shown twice, or two items have one name. The content is not settled, so it is not accepted.",
    ),
    "disclosure.unreferenced": (
        "発行機関の署名の対象でない項目が加えられています。誰でも書けるものなので、受け付けません。",
        "An item was added that the issuer did not sign. Anybody could have written it, so it is not accepted.",
    ),
    "disclosure.digests": (
        "選択的開示のための項目（_sd など）の書き方が正しくありません。発行機関に確認してください。",
        "The members for selective disclosure (such as _sd) are not written correctly. Please ask the issuer.",
    ),
    "disclosure.hash": (
        "本サービスが対応していないハッシュ関数を使った選択的開示です。内容は確認していません。",
        "The selective disclosure uses a hash function that this service does not support. It was not checked.",
    ),
    "disclosure.limit": (
        "開示された項目が多すぎます（上限 {limit} 件）。読み取っていません。",
        "There are too many disclosed items (at most {limit}). They were not read.",
    ),
    "disclosure.path": (
        "選択的に開示する項目として指定されたものが、証明にありません。発行していません。",
        "An item that was to be selectively disclosable is not in the credential. Nothing was issued.",
    ),
    "disclosure.not_allowed": (
        (
            "有効性の判断に必要な項目が、本人の選択で隠せるようになっているため、確認できません。偽造であることを意味するものでは"
            "ありません。"
        ),
        (
            "An item that decides about the validity can be withheld by the holder, so the credential is not judged. "
            "This does not mean that it is forged."
        ),
    ),
    "holder.no_binding": (
        "提示した人が証明の本人であること（鍵の保持）が示されていません。",
        "The presentation does not show that it was made by the holder of the credential's key.",
    ),
    "holder.binding_hash": (
        "本人の署名が、示された内容と異なるものに付けられています。提示し直してもらってください。",
        "The holder signed something else than what was shown. Please ask for another presentation.",
    ),
    "holder.binding_audience": (
        "本人の署名が、別の相手又は別の依頼に宛てたものです。他所で提示されたものの写しのおそれがあります。",
        "The holder signed for another verifier or request. It may be a copy of what was shown elsewhere.",
    ),
    "holder.binding_age": (
        "本人の署名の日時が、受け付ける範囲の外です。提示し直してもらってください。",
        "The holder's signature is too old, or of a time to come. Please ask for another presentation.",
    ),
}
