"""Sentences about the Verifiable Credentials Data Model: code → (Japanese, English)."""

from collections.abc import Mapping

DATA_MODEL: Mapping[str, tuple[str, str]] = {
    "vc.context": (
        "コンテキスト（@context）の先頭が W3C の基本のものでないか、書き方が正しくありません。受け付けていません。",
        "The @context does not begin with the base context of W3C, or is not written correctly. It was not accepted.",
    ),
    "vc.id": (
        "識別子（id）が一つの URL になっていないか、必要な識別子がありません。受け付けていません。",
        "An identifier (id) is not one URL, or is missing where it is needed. It was not accepted.",
    ),
    "vc.type": (
        "種類（type）の記載がないか、この場所に必要な種類ではありません。受け付けていません。",
        "A type is missing or is not the one needed in this place. It was not accepted.",
    ),
    "vc.member": (
        "オブジェクト（一つ又は一つ以上の一覧）で書くべき項目が、別の形で書かれています。受け付けていません。",
        "A member that has to be an object, or a list of at least one, has another form. It was not accepted.",
    ),
    "vc.text": (
        "名称又は説明は、文字列か、@value・@language・@direction だけの形で書いてください。受け付けていません。",
        "A name or description must be a text, or hold only @value, @language and @direction. It was not accepted.",
    ),
    "vc.issuer": (
        "発行者（issuer）が、URL でも、URL の識別子を持つオブジェクトでもありません。受け付けていません。",
        "The issuer is neither a URL nor an object with a URL as its id. It was not accepted.",
    ),
    "vc.subject": (
        "証明の対象（credentialSubject）がないか、内容が空です。受け付けていません。",
        "The credentialSubject is missing or says nothing. It was not accepted.",
    ),
    "vc.related_resource": (
        "関連資料（relatedResource）の書き方が正しくありません。識別子の重複や、確認できる要約値の有無を見てください。",
        "A relatedResource is not written correctly: each needs an id of its own and a digest that can be checked.",
    ),
    "vc.related_digest": (
        "関連資料（relatedResource）の内容が、発行者の示した要約値と一致しません。発行後に変わったおそれがあります。",
        "A relatedResource does not have the digest that the issuer stated. It may have changed since the issue.",
    ),
    "vc.related_not_compared": (
        "関連資料（relatedResource）は外部にあり、取得していないため、要約値を確認していません。",
        "A relatedResource lies elsewhere and was not fetched, so its digest was not compared.",
    ),
    "vp.holder": (
        "提示者（holder）が、URL でも、URL の識別子を持つオブジェクトでもありません。提示は確認していません。",
        "The holder is neither a URL nor an object with a URL as its id. The presentation was not checked.",
    ),
    "vp.credential": (
        "提示の中の証明がオブジェクトではありません。トークンは EnvelopedVerifiableCredential に入れてください。",
        "A credential in the presentation is not an object. Please put a token into an EnvelopedVerifiableCredential.",
    ),
    "vp.nested": (
        "提示の中に別の提示が入っています。証明だけを入れて、もう一度提示してください。",
        "The presentation holds another presentation. Please present again with credentials only.",
    ),
    "vp.unsecured": (
        "提示の中に、署名のない証明が入っています。誰が作ったか確認できないため、受け付けていません。",
        "The presentation holds a credential that nothing secures: anybody may have written it. It was not accepted.",
    ),
    "vp.holder_key": (
        "提示の署名が、提示者（holder）の鍵によるものではありません。提示者本人か確認できません。",
        "The presentation was not signed with a key of its holder. It is not shown who presents it.",
    ),
    "vp.proof_missing": (
        "提示に、提示者の署名（proof）がありません。提示者に、署名を付けてもう一度提示するよう依頼してください。",
        "The presentation is not signed by its holder (proof). Please ask the presenter to sign it and present again.",
    ),
    "vp.not_yet": (
        "提示の署名日時（{start}）が現在より後です。提示を信頼できません。",
        "The presentation is dated in the future ({start}) and cannot be trusted.",
    ),
    "vp.expired": (
        "提示の有効期限（{end}）を過ぎています。改めて提示を受けてください。",
        "The presentation expired on {end}. Please ask for a new one.",
    ),
    "vp.not_bound": (
        (
            "検証の依頼に宛先（domain）又はチャレンジ（challenge）の指定がないため、提示と照合していません。以前の提示や別の"
            "相手への提示の使い回しではないと確かめるには、提示を求めたときの値を指定してください。"
        ),
        (
            "The request names no domain or no challenge, so the presentation was not compared with it. To be sure "
            "that it was made for you and now, and is not shown again by somebody, please give what you had asked for."
        ),
    ),
    "vp.empty": (
        "提示の中に証明がありません。証明については何も確認していません。",
        "The presentation holds no credential, so no credential was checked.",
    ),
    "vp.limit": (
        "一度に提示できる証明は{limit}件までです。確認は行っていません。分けて提示してください。",
        "A presentation may hold at most {limit} credentials. None was checked. Please present them in parts.",
    ),
    "envelope.member": (
        "トークンを入れたオブジェクトに、署名の対象にならない項目があります。受け付けていません。",
        "The object around the token has members that no signature covers. It was not accepted.",
    ),
    "envelope.data_url": (
        "識別子（id）が、トークンを入れた data: URL として読み取れません。受け付けていません。",
        "The id cannot be read as a data: URL with a token in it. It was not accepted.",
    ),
    "envelope.media_type": (
        "data: URL の種類（メディアタイプ）は、ここでは受け付けていないか、トークン自身の種類と異なります。",
        "The media type of the data: URL is not one that is accepted here, or the token itself says another.",
    ),
}
