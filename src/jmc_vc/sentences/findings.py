"""Sentences of findings: code → (Japanese, English)."""

from collections.abc import Mapping

_NOT_JUDGED = (
    "発行機関による証明と確認できないため、判断していません。",
    "Not judged, because it could not be confirmed that the credential is its issuer's.",
)

FINDINGS: Mapping[str, tuple[str, str]] = {
    # formats.openbadges: the shape of a credential
    "schema.violation": (
        "証明の内容が Open Badges 3.0 の形式に合っていません。発行機関に確認してください。",
        "The content of the credential does not follow the form of Open Badges 3.0. Please ask the issuer.",
    ),
    "schema.id": (
        "証明の中の識別子（id）がないか、絶対 URI ではありません。発行機関に確認してください。",
        "An identifier (id) in the credential is missing or is not an absolute URI. Please ask the issuer.",
    ),
    "schema.type": (
        "証明の種類（type）が必要なものと異なります。Open Badges 3.0 の証明か確認してください。",
        "A type in the credential is not the one required. Please check that it is an Open Badges 3.0 credential.",
    ),
    "schema.datetime": (
        "証明の中の日時を読み取れません。時差を付けた日時（例 2026-10-01T00:00:00+09:00）が必要です。",
        "A date and time in the credential cannot be read. It needs an offset, such as 2026-10-01T00:00:00+09:00.",
    ),
    "schema.result": (
        "証明の中の評価結果が、プログラムの評価方法と対応していません。発行機関に確認してください。",
        "A result in the credential does not fit the assessments of its program. Please ask the issuer.",
    ),
    # tokens, as the checks see them
    "context.not_read": (
        "JWT を読み取れないため、用語の定義（コンテキスト）は確認していません。",
        "The token could not be read, so the definitions of its terms (contexts) were not checked.",
    ),
    "schema.not_read": (
        "JWT を読み取れないため、証明の形式は確認していません。",
        "The token could not be read, so the form of the credential was not checked.",
    ),
    "status.not_read": (
        "JWT を読み取れないため、失効の有無は確認していません。",
        "The token could not be read, so the status was not checked.",
    ),
    "claims.none": (
        "JWT ではないため、この確認は該当しません。",
        "This is no token (JWT), so this check does not apply.",
    ),
    "claims.agree": (
        "JWT の項目は、証明の内容と一致しています。",
        "The claims of the token agree with the credential.",
    ),
    "claims.missing": (
        "JWT の項目は証明の内容と矛盾していません。規格が求める項目の一部がありません。",
        "The claims of the token do not contradict the credential. Some that the standard asks for are missing.",
    ),
    "claims.not_read": (
        "JWT を読み取れないため、その項目と証明の内容との一致は確認していません。",
        "The token could not be read, so its claims were not compared with the credential.",
    ),
    # formats.status: status entries and lists
    "status.unsupported": (
        "本サービスが対応していない方式の失効情報です。失効の有無は確認できませんでした。",
        "The credential states its status in a way that this service does not support. It could not be checked.",
    ),
    "status.index": (
        "失効情報の番号の書き方が正しくありません。失効の有無は確認できませんでした。",
        "The status list index is not written correctly. The status could not be checked.",
    ),
    "status.format": (
        "失効情報の形式が正しくありません。失効の有無は確認できませんでした。",
        "The status information is not in the right form. The status could not be checked.",
    ),
    "status.encoding": (
        "失効情報の一覧を読み取れません。失効の有無は確認できませんでした。",
        "The status list cannot be decoded. The status could not be checked.",
    ),
    "status.limit": (
        "失効情報の一覧が大きすぎるため、読み取りを中止しました。失効の有無は確認できませんでした。",
        "The status list is too large and was not read. The status could not be checked.",
    ),
    "status.length": (
        "失効情報の一覧が、規格の定める最小の件数（{minimum}件）に足りません。失効の有無は確認できませんでした。",
        "The status list has fewer entries than the standard asks for ({minimum}). The status could not be checked.",
    ),
    "status.range": (
        "失効情報の番号が一覧の範囲の外にあります。失効の有無は確認できませんでした。",
        "The status list index lies outside the list. The status could not be checked.",
    ),
    "status.purpose": (
        "失効情報の一覧の目的が、証明の示す目的と異なります。失効の有無は確認できませんでした。",
        "The status list is for another purpose than the credential names. The status could not be checked.",
    ),
    "status.verification": (
        "失効情報の一覧が正しいものと確認できません。失効の有無は確認できませんでした。",
        "The status list could not be verified. The status could not be checked.",
    ),
    # formats.did: issuers' identifiers and keys
    "did.syntax": (
        "識別子（DID）の書き方が正しくありません。接続は行っていません。",
        "The identifier (DID) is not written correctly. No connection was made.",
    ),
    "did.forbidden": (
        "識別子（DID）が、接続を認めていない宛先を指しています。接続は行っていません。",
        "The identifier (DID) points to a destination that is not allowed. No connection was made.",
    ),
    "did.unsupported": (
        "本サービスが対応していない種類の識別子（DID）です。鍵は確認できませんでした。",
        "The identifier (DID) is of a kind that this service does not support. The key could not be checked.",
    ),
    "did.mismatch": (
        "取得した DID 文書は、別の識別子（DID）のものです。鍵は使用していません。",
        "The DID document belongs to another identifier (DID). Its keys were not used.",
    ),
    "did.format": (
        "DID 文書の形式が正しくありません。鍵は使用していません。",
        "The DID document is not in the right form. Its keys were not used.",
    ),
    "key.unknown": (
        "署名に使われた鍵が、発行機関の DID 文書にありません。",
        "The key of the signature is not in the issuer's DID document.",
    ),
    "key.binding": (
        "署名に使われた鍵は、この発行機関が証明に使う鍵として示しているものではありません。",
        "The key of the signature is not one that this issuer names for signing credentials.",
    ),
    "key.exposed": (
        "秘密鍵が公開されているため、誰でも署名できる状態です。この鍵による署名は信用できません。",
        "The private key has been published, so anyone could have signed. Signatures of this key cannot be trusted.",
    ),
    # formats.jsonld, formats.data_integrity, formats.encoding: what a proof covers, and whether it holds
    "context.unknown": (
        "本サービスが知らないコンテキスト（@context）を使っているため、内容の意味を確認できませんでした。",
        "The credential uses a context that this service does not know, so its meaning could not be checked.",
    ),
    "context.not_allowed": (
        "コンテキスト（@context）の書き方が認められないものです。URL の一覧だけを使えます。",
        "The context is written in a way that is not accepted. Only a list of URLs is.",
    ),
    "context.conflict": (
        "コンテキスト（@context）どうしの定義が矛盾しているため、内容の意味が定まりません。",
        "The contexts contradict each other, so the meaning of the content is not settled.",
    ),
    "context.keyword": (
        "内容を別の場所に移す書き方（@graph など）が使われています。この書き方は受け付けません。",
        "The credential uses a keyword that moves statements elsewhere (such as @graph). That is not accepted.",
    ),
    "canon.limit": (
        "内容の構造が複雑すぎるため、署名の確認を中止しました。",
        "The structure of the content is too complex. The check of the signature was given up.",
    ),
    "proof.coverage": (
        "署名の対象にならない部分が含まれています。その部分は誰でも書き換えられるため、受け付けません。",
        "Part of the content is not covered by the signature. Anyone could have changed it, so it is not accepted.",
    ),
    "proof.missing": (
        "署名（proof）がありません。発行機関から受け取った元のファイルを提出してください。",
        "There is no proof. Please submit the original file received from the issuer.",
    ),
    "proof.encoding": (
        "署名（proof）の書き方が正しくありません。ファイルが途中で変わっていないか確認してください。",
        "The proof is not written correctly. Please check that the file was not changed on its way.",
    ),
    "proof.limit": (
        "署名（proof）の数が多すぎます。確認は行っていません。",
        "There are too many proofs. They were not checked.",
    ),
    "proof.suite_unsupported": (
        (
            "本サービスが対応していない署名方式のため、署名を確認できませんでした。偽造であることを意味するものではあ"
            "りません。"
        ),
        "This service does not support this kind of proof and could not check it. That does not mean a forgery.",
    ),
    "proof.purpose": (
        "署名（proof）の目的が、証明の発行ではありません。",
        "The proof was not made for the purpose of issuing a credential.",
    ),
    "proof.chain": (
        "前の署名（previousProof）として示された署名がないか、一つに決まりません。順にたどれないため、受け付けません。",
        "The proof names an earlier one (previousProof) that is not there or not just one. It is not accepted.",
    ),
    "proof.suite": (
        "署名方式と鍵の種類が一致しません。",
        "The key is not of the type that the proof's cryptosuite uses.",
    ),
    "proof.crypto": (
        "署名が内容と一致しません。改ざん又は偽造のおそれがあります。",
        "The signature does not fit the content. The credential may have been altered or forged.",
    ),
    "key.invalid": (
        "公開鍵の形式が正しくありません。この鍵は使用していません。",
        "The public key is not in the right form. It was not used.",
    ),
    "key.weak": (
        "この鍵は短すぎるか弱いため、所有者以外でも署名を作れるおそれがあります。この鍵による署名は信用できません。",
        "The key is too short or weak: others than its owner may be able to sign with it. It cannot be trusted.",
    ),
    "key.unsupported": (
        "本サービスが対応していない種類の鍵のため、署名を確認できませんでした。",
        "The key is of a type that this service does not support. The signature could not be checked.",
    ),
    # verifying: what the checks find
    "parse.parts_hidden": (
        (
            "証明を読み取りました。示されていない項目があり、その内容は分かりません（有効期限や失効情報のこともあります）。"
        ),
        (
            "The credential was read. Parts of it were not shown, and what they say, even of its end or its status, is "
            "not known."
        ),
    ),
    "parse.read": ("証明を読み取りました。", "The credential was read."),
    "context.known": (
        "証明で使われている語彙（コンテキスト）は、すべて確認済みのものです。",
        "All contexts of the credential are known.",
    ),
    "context.order": (
        "証明の語彙（コンテキスト）の並びが Open Badges 3.0 の定めと異なります。",
        "The contexts of the credential are not in the order that Open Badges 3.0 prescribes.",
    ),
    "schema.conforms": (
        "Open Badges 3.0 の形式に合っています。",
        "The credential follows the form of Open Badges 3.0.",
    ),
    "coverage.complete": (
        "記載されているすべての項目が署名の対象です。",
        "Every member of the credential is covered by the signature.",
    ),
    "coverage.not_checked": (
        "すべての項目が署名の対象であるかは確認できませんでした。",
        "Whether every member is covered by the signature could not be checked.",
    ),
    "proof.verified": (
        "署名は正しく、内容は変わっていません。",
        "The signature is correct and the content is unchanged.",
    ),
    "proof.not_checked": (
        "JWT を読み取れないため、署名は確認していません。",
        "The token could not be read, so its signature was not checked.",
    ),
    "proof.key_missing": (
        "署名した鍵を取得できなかったため、署名は確認できませんでした。",
        "The key could not be obtained, so the signature could not be checked.",
    ),
    "proof.created": (
        "署名日時（{created}）が現在より後です。署名を信頼できません。",
        "The signature is dated in the future ({created}) and cannot be trusted.",
    ),
    "proof.expired": ("署名の有効期限（{end}）を過ぎています。", "The signature expired on {end}."),
    "key.no_proof": (
        "署名がないか、読み取れないため、鍵は確認できませんでした。",
        "There is no signature, or none that can be read, so no key could be checked.",
    ),
    "validity.current": ("有効期間内です。", "The credential is within its period of validity."),
    "validity.not_yet": (
        "有効期間は{start}に始まります。まだ有効ではありません。",
        "The credential is valid only from {start}.",
    ),
    "validity.expired": ("有効期限（{end}）を過ぎています。", "The credential expired on {end}."),
    "validity.reversed": (
        "有効期間の終わりが始まりより前になっています。発行機関に確認してください。",
        "The period of validity ends before it begins. Please ask the issuer.",
    ),
    "validity.not_read": ("有効期間を読み取れませんでした。", "The period of validity could not be read."),
    "status.clear": ("失効していません（{time}時点）。", "Not revoked (as of {time})."),
    "status.none": ("この証明には失効情報がありません。", "The credential carries no status information."),
    "status.revoked": ("{date}に失効しました。理由：{reason}", "Revoked on {date}. Reason: {reason}"),
    "status.replaced": (
        "{date}に再発行されました。",
        "Replaced on {date}.",
    ),
    "status.suspended": (
        "一時停止が解除されるまで、有効な証明として扱えません。",
        "Not to be taken as valid until the suspension is lifted.",
    ),
    "status.issuer": (
        "失効情報の一覧が、この証明の発行機関のものではありません。失効の有無は確認できませんでした。",
        "The status list is not this issuer's. The status could not be checked.",
    ),
    "issuer.registered": ("発行機関は本機構に登録されています。", "The issuer is registered with this organization."),
    "issuer.name_differs": (
        "発行機関は登録されていますが、証明に書かれた名称は登録簿の名称と異なります。登録簿の名称を表示しています。",
        (
            "The issuer is registered, but the name in the credential differs from the register. The register's name "
            "is shown."
        ),
    ),
    "issuer.not_registered": (
        "この発行機関は本機構に登録されていないため、どのような機関かを本機構は確認していません。",
        "The issuer is not registered with this organization, which therefore cannot vouch for it.",
    ),
    "issuer.impersonation_suspected": (
        (
            "登録簿にある「{name}」と同じ名称・番号等を用いていますが、登録された発行機関ではありません。なりすましのおそれがあ"
            "ります。"
        ),
        (
            "It uses the name, a number or an address of “{name}” in the register, and is not that registered issuer. "
            "This may be an impersonation."
        ),
    ),
    "issuer.address_borrowed": (
        (
            "本サービスの証明の番号を用いていますが、登録された発行機関の証明ではなく、本サービスにその記録はありません。なり"
            "すましのおそれがあります。"
        ),
        (
            "It bears the address of a credential of this service, which has no record of it, and no registered issuer "
            "signed it. This may be an impersonation."
        ),
    ),
    "issuer.accreditor_borrowed": (
        (
            "本機構と同じ名称又はアドレスを用いていますが、本機構が発行した証明ではありません。なりすましのおそれがあ"
            "ります。"
        ),
        ("It uses the name or an address of this organization, which did not issue it. This may be an impersonation."),
    ),
    "issuer.identifier_not_registered": (
        (
            "署名した者の識別子は、登録簿にある「{name}」のウェブサイトと同じアドレスのものですが、その識別子は登録"
            "されていません。その機関が発行したものかは、登録簿では確認できません。"
        ),
        (
            "The signer's identifier is at the same address as the web site of “{name}” in the register, but is not "
            "registered itself. The register cannot tell whether that organization issued this."
        ),
    ),
    "issuer.not_registered_then": (
        "授与日（{awardedDate}）に、発行機関は登録されていませんでした。",
        "The issuer was not registered on the award date ({awardedDate}).",
    ),
    "issuer.not_read": (
        "証明の内容を読み取れないため、登録の有無は確認できませんでした。",
        "The credential could not be read, so the registration could not be checked.",
    ),
    "program.accredited_then": (
        "授与日（{awardedDate}）にプログラムは認証されており、内容は認証された版と一致します。",
        "The program was accredited on the award date ({awardedDate}), and the content is the accredited one.",
    ),
    "program.match": (
        "証明の内容が、認証されたプログラムの版と一致しません。",
        "The content does not match a program version accredited for this issuer.",
    ),
    "program.not_accredited_then": (
        "授与日（{awardedDate}）に有効な認証はありません。",
        "There was no accreditation in force on the award date ({awardedDate}).",
    ),
    "program.not_read": (
        "証明の内容を読み取れないため、認証は確認できませんでした。",
        "The credential could not be read, so the accreditation could not be checked.",
    ),
    "program.issuer_unknown": (
        "発行機関が本機構に登録されていないため、プログラムの認証は確認の対象ではありません。",
        "The issuer is not registered, so there is no accreditation to check.",
    ),
    "program.no_award_date": (
        "授与日の記載がないため、授与日に認証されていたと確認できません。",
        "There is no award date, so it cannot be shown that the program was accredited then.",
    ),
    # verifying: what is not told of a credential that may be anybody's
    "validity.not_judged": _NOT_JUDGED,
    "status.not_judged": _NOT_JUDGED,
    "issuer.not_judged": _NOT_JUDGED,
    "program.not_judged": _NOT_JUDGED,
    "mark.not_judged": _NOT_JUDGED,
    "endorsement.not_judged": _NOT_JUDGED,
    "recipient.not_judged": _NOT_JUDGED,
    "holder.not_judged": _NOT_JUDGED,
}
