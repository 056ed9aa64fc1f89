"""Sentences about endorsements, the mark, whose a credential is and who shows it: code → (Japanese, English)."""

from collections.abc import Mapping

SHOWN: Mapping[str, tuple[str, str]] = {
    "endorsement.none": (
        "証明に推薦（endorsement）は含まれていません。",
        "There is no endorsement in the credential.",
    ),
    "endorsement.all_genuine": (
        "証明に含まれる推薦（endorsement）を一つずつ確認しました。いずれも推薦者の署名が正しく、有効です。",
        "Each endorsement in the credential was checked: all are signed by their endorsers, and in force.",
    ),
    "endorsement.genuine": (
        "推薦者の署名が正しく、有効な推薦です。",
        "The endorsement is signed by its endorser, and in force.",
    ),
    "endorsement.not_genuine": (
        "証明に含まれる推薦（endorsement）に、推薦者のものと認められないものがあります。推薦として扱わないでください。",
        "An endorsement in the credential is not shown to be its endorser's. Please do not take it for one.",
    ),
    "endorsement.ended": (
        "証明に含まれる推薦（endorsement）に、期限切れ又は取り消されたものがあります。証明そのものには影響しません。",
        "An endorsement in the credential has expired or was taken back. That does not affect the credential itself.",
    ),
    "endorsement.not_checked": (
        "証明に含まれる推薦（endorsement）に、確認できなかったものがあります。推薦として扱わないでください。",
        "An endorsement in the credential could not be checked. Please do not take it for an endorsement.",
    ),
    "endorsement.too_many": (
        "推薦（endorsement）の数が多すぎるため、この推薦は確認していません。",
        "There are too many endorsements. This one was not checked.",
    ),
    "endorsement.other_subject": (
        "別のものについての推薦が、ここに写されています。この証明の推薦ではありません。",
        "This endorsement is about something else and was copied here. It does not endorse this credential.",
    ),
    "endorsement.other_content": (
        (
            "登録簿にあるプログラムについての推薦ですが、この証明の内容はそのプログラムのものではありません。この"
            "証明の推薦ではありません。"
        ),
        (
            "This endorsement is about a program of the register, and what this credential says is not that program. "
            "It does not endorse this credential."
        ),
    ),
    "mark.none": (
        "証明に認証マークは含まれていません。認証は登録簿で確認します。",
        "There is no accreditation mark in the credential. The accreditation is looked up in the register.",
    ),
    "mark.bound": (
        "認証マークは本機構の署名によるもので、認証した内容と一致しています。",
        "The accreditation mark is signed by this organization and belongs to the very content that was accredited.",
    ),
    "mark.ended_since": (
        "認証マークは本機構によるもので、授与日の認証と一致しています。認証はその後に終了又は停止しました。",
        (
            "The accreditation mark is this organization's and was in force on the award date. It has ended or been "
            "suspended since."
        ),
    ),
    "mark.not_genuine": (
        "認証マークは本機構によるものと認められません。認証を確認できません。",
        "The accreditation mark is not this organization's. It does not show an accreditation.",
    ),
    "mark.not_checked": (
        "認証マークを確認できませんでした。認証は登録簿で確認してください。",
        "The accreditation mark could not be checked. Please look the accreditation up in the register.",
    ),
    "mark.other_content": (
        "認証マークは、この発行機関のこの内容のプログラムに与えられたものではありません。認証を確認できません。",
        "The accreditation mark was not given to this program of this issuer with this content.",
    ),
    "mark.digest": (
        "認証マークは、登録簿にある内容とは異なるものに与えられています。認証を確認できません。",
        "The accreditation mark belongs to other content than the register has of this program version.",
    ),
    "mark.not_then": (
        "授与日には、この認証マークの認証は有効ではありませんでした。",
        "The accreditation of this mark was not in force on the award date.",
    ),
    "recipient.not_asked": (
        "取得者との照合は依頼されていません。",
        "Nobody asked whose credential it is.",
    ),
    "recipient.not_read": (
        "証明を読み取れないため、取得者との照合はしていません。",
        "The credential could not be read, so its holder was not compared.",
    ),
    "recipient.match": (
        "照合した情報は、証明の取得者と一致しています。",
        "What was asked about agrees with the holder named in the credential.",
    ),
    "recipient.match_folded": (
        (
            "氏名は、文字の字体や仮名、大文字と小文字などの違いを除けば、証明の取得者と一致しています。本人かどうかは身分"
            "証明書で確認してください。"
        ),
        (
            "Apart from variants of characters, kana, or capital letters, the name agrees with the holder's. Please "
            "check it against an identity document."
        ),
    ),
    "recipient.match_weak": (
        "照合した情報は一致していますが、安全とは言えない古い方法（MD5）で記録されています。証拠としては弱いものです。",
        "What was asked about agrees, but is recorded with MD5, which is no longer safe. It is only weak evidence.",
    ),
    "recipient.mismatch": (
        "照合した情報（{what}）は、証明の取得者と一致しません。この方の証明ではないか、表記が異なります。",
        "Not in agreement with the holder in the credential: {what}. It is another person's, or written differently.",
    ),
    "recipient.not_comparable": (
        "証明には照合できる情報（{what}）がありません。この方の証明かどうかは確認できませんでした。",
        "The credential has nothing to compare with: {what}. Whether it is this person's could not be checked.",
    ),
    "holder.not_shown": (
        "取得者のウォレットによる提示ではないため、提示者の確認は該当しません。",
        "It was not presented from its holder's wallet, so there is no presenter to check.",
    ),
    "holder.not_for_us": (
        "提示は今回の検証のために作られたものと確認できません。以前の提示の写しかもしれません。",
        "It is not confirmed that it was presented for this verification. It may be a copy of an earlier one.",
    ),
    "holder.by_key": (
        "証明が示す鍵を持つ本人が、今回の検証のために提示しました。",
        "Whoever has the key that the credential names presented it for this verification.",
    ),
    "holder.is_subject": (
        "証明の取得者が、今回の検証のために提示しました。",
        "The holder of the credential presented it for this verification.",
    ),
    "holder.subject_unnamed": (
        "証明に取得者の識別子（DID など）がないため、提示者が取得者本人かどうかは確認できませんでした。",
        "The credential names no identifier (such as a DID) of its holder, so the presenter could not be compared.",
    ),
    "holder.other_subject": (
        "提示者は、証明の取得者とは別の識別子の持ち主です。",
        "The presenter is somebody else than the holder that the credential names.",
    ),
    "holder.not_read": (
        "証明を読み取れないため、提示者との照合はしていません。",
        "The credential could not be read, so the presenter was not compared.",
    ),
    "context.type_known": (
        "証明の種類（vct）は本機構のもので、項目の意味が定まっています。",
        "The type of the credential (vct) is ours, so the meaning of its claims is settled.",
    ),
    "context.type_unknown": (
        "本サービスが知らない種類（vct）の SD-JWT です。項目の意味を確認できないため、内容は表示しません。",
        "An SD-JWT of a type (vct) that this service does not know. What it means is not known, so it is not shown.",
    ),
    "schema.type_unknown": (
        "本サービスが知らない種類の証明のため、形式は確認していません。",
        "The credential is of a type that this service does not know, so its form was not checked.",
    ),
    "vp.proof_verified": (
        "提示の署名は正しいことを確認しました。",
        "The signature of the presentation is correct.",
    ),
    "verify.envelope": (
        "指定された項目の形が正しくありません。検証は行っていません。項目を確認してください。",
        "A member of the request is not of its form. Nothing was verified. Please check the member.",
    ),
    "verdict.not_theirs": (
        "この証明の取得者は、照合した方又は提示した方と一致しません。",
        "The holder of this credential is not the person who was asked about, or who presented it.",
    ),
    "verdict.not_theirs.title": ("本人不一致", "Another person's"),
    "vp.credentials_valid": (
        "提示された証明は、すべて検証の基準を満たしています。",
        "All the credentials that were presented are valid by the policy of the verification.",
    ),
    "vp.credential_invalid": (
        "提示された証明に、有効でないものがあります。",
        "A credential that was presented is not valid.",
    ),
    "vp.credential_open": (
        "提示された証明に、確認できないものがあります。",
        "A credential that was presented could not be checked.",
    ),
    "verdict.presentation_valid": (
        "提示された証明は、すべて有効です。",
        "All the credentials that were presented are valid.",
    ),
    "verdict.presentation_valid_technical": (
        (
            "提示された証明は全て、署名、有効期限及び失効の有無に問題はありません。発行機関とプログラムの認証は確認していま"
            "せん。"
        ),
        (
            "The signatures, dates and statuses of all credentials that were presented are right. Who the issuers are, "
            "and whether the programs are accredited, was not looked at."
        ),
    ),
    "verdict.presentation_invalid": (
        "提示された証明又は提示そのものに、有効でないものがあります。",
        "A credential that was presented, or the presentation itself, is not valid.",
    ),
    "verdict.presentation_indeterminate": (
        "提示された証明に、確認できないものがあります。偽造であることを意味するものではありません。",
        "Something of what was presented could not be checked. This does not mean that it is forged.",
    ),
    "verdict.presentation_empty": (
        "提示の中に証明がありません。証明については何も確認していません。",
        "The presentation holds no credential, so no credential was checked.",
    ),
}
