"""Sentences about issuers that sign with their own keys, under DIDs of their own: code → (Japanese, English)."""

from collections.abc import Mapping

OWN_KEYS: Mapping[str, tuple[str, str]] = {
    # refusals
    "did.not_web": (
        "登録できるのは did:web のDIDだけです。何も登録していません。発行機関のホストの did:web を指定してください。",
        "Only a did:web can be registered. Nothing was registered. Please name a did:web on the issuer's own host.",
    ),
    "did.own_host": (
        (
            "このDIDは、このサービスのホストを指しています。ここの鍵はサービスが管理するため、登録していません。発行機関"
            "のホストのDIDを指定してください。"
        ),
        (
            "This DID lies on this service's own host, whose keys the service keeps. It was not registered. Please "
            "name a DID on the issuer's host."
        ),
    ),
    "did.taken": (
        "このDIDは別の発行機関のものとして登録されているか、登録されていました。何も登録していません。",
        "This DID is or was registered for another issuer. Nothing was registered.",
    ),
    "did.not_registered": (
        "この発行機関に、登録中のこのDIDはありません。何も変更していません。「jmc-vc issuers dids」を見てください。",
        'This issuer has no such DID registered now. Nothing was changed. Please see "jmc-vc issuers dids".',
    ),
    "did.key_is_ours": (
        (
            "DID文書に、このサービスが管理する鍵（又は管理していた鍵）が含まれています。登録していません。発行機関だけが"
            "持つ鍵を使ってください。"
        ),
        (
            "The DID document holds a key that this service keeps or kept. It was not registered. Please use keys that "
            "the issuer alone has."
        ),
    ),
    "did.possession_claims": (
        (
            "署名された内容が、このDIDについてこのサービスに示すためのものではありません。登録していません。"
            "「jmc-vc issuers did-challenge」が出力した内容に署名してもらってください。"
        ),
        (
            "What was signed was not made for this DID and this service. Nothing was registered. Please have signed "
            'what "jmc-vc issuers did-challenge" prints.'
        ),
    ),
    "did.possession_key": (
        "署名に使われた鍵は、DID文書で期限切れ又は失効とされています。登録していません。有効な鍵で署名してもらってください。",
        (
            "The key that signed has expired or is revoked by the DID document. Nothing was registered. Please have it "
            "signed with a key that is in use."
        ),
    ),
    "did.challenge": (
        (
            "この確認用の値（nonce）は、この発行機関のこのDIDについて作成したものではありません。登録していません。"
            "「jmc-vc issuers did-challenge」で作成し直してください。"
        ),
        (
            "This nonce was not made for this DID of this issuer. Nothing was registered. Please make another one with "
            '"jmc-vc issuers did-challenge".'
        ),
    ),
    "did.challenge_expired": (
        (
            "この確認用の値（nonce）は期限を過ぎています。登録していません。「jmc-vc issuers did-challenge」で作成し直"
            "してください。"
        ),
        'This nonce is too old. Nothing was registered. Please make another one with "jmc-vc issuers did-challenge".',
    ),
    "did.challenge_ahead": (
        (
            "この確認用の値（nonce）の時刻は、まだ来ていません。作成時に時計が進んでいたおそれがあります。登録していません。"
            "「jmc-vc issuers did-challenge」で作成し直してください。"
        ),
        (
            "This nonce bears a time that has not come: the clock was ahead when it was made. Nothing was registered. "
            'Please make another one with "jmc-vc issuers did-challenge".'
        ),
    ),
    "did.key_of_another": (
        (
            "DID文書に、別の発行機関のDIDの鍵が含まれています。登録していません。この発行機関だけが持つ鍵を使ってくださ"
            "い。"
        ),
        (
            "The DID document holds a key of another issuer's DID. It was not registered. Please use keys that this "
            "issuer alone has."
        ),
    ),
    "did.challenge_used": (
        (
            "この確認用の値（nonce）は使用済みか、その後にDIDの登録が変更されています。登録していません。"
            "「jmc-vc issuers did-challenge」で作成し直してください。"
        ),
        (
            "This nonce was used already, or the registration of the DID has changed since. Nothing was registered. "
            'Please make another one with "jmc-vc issuers did-challenge".'
        ),
    ),
    # what verification finds
    "issuer.did_ended": (
        (
            "発行機関が自らの鍵で署名したもので、その鍵の登録は終了しています。終了の前に発行されたかどうかは、本機構には"
            "確認できません。発行機関に問い合わせてください。"
        ),
        (
            "The issuer signed this with a key of its own, whose registration has ended. Whether it was issued before "
            "that cannot be told here. Please ask the issuer."
        ),
    ),
    "issuer.did_ended_before": (
        "発行機関が自らの鍵で署名したもので、その鍵の登録は発行の前に終了していました。",
        "The issuer signed this with a key of its own, whose registration had ended before.",
    ),
    "issuer.own_keys_ended": (
        (
            "発行機関が自らの鍵で署名したもので、発行機関の登録は{date}に終了しています。終了の前に発行されたかどうかは、"
            "本機構には確認できません。発行機関に問い合わせてください。"
        ),
        (
            "The issuer signed this with a key of its own, and its registration ended on {date}. Whether it was issued "
            "before that cannot be told here. Please ask the issuer."
        ),
    ),
    "issuer.own_keys_suspended": (
        (
            "発行機関が自らの鍵で署名したもので、発行機関の登録は現在停止されています。停止の前に発行されたかどうかは、"
            "本機構には確認できません。"
        ),
        (
            "The issuer signed this with a key of its own, and its registration is suspended now. Whether it was "
            "issued before that cannot be told here."
        ),
    ),
    "issuer.signed_while_suspended": (
        (
            "発行機関が自らの鍵で署名したもので、記載の日付によれば、発行機関の登録が停止されていた間（{date}から）の署名"
            "です。本機構はこの証明を認めていません。"
        ),
        (
            "The issuer signed this with a key of its own, by its own dates while its registration was suspended "
            "(since {date}). It is not vouched for."
        ),
    ),
    "program.own_keys_suspended": (
        (
            "発行機関が自らの鍵で署名したもので、プログラムの認証は現在停止されています。停止の前に発行されたかどうかは、"
            "本機構には確認できません。"
        ),
        (
            "The issuer signed this with a key of its own, and the accreditation of the program is suspended now. "
            "Whether it was issued before that cannot be told here."
        ),
    ),
    "program.own_keys_withdrawn": (
        (
            "発行機関が自らの鍵で署名したもので、プログラムの認証は{date}に取り消されています。取消しの前に発行されたか"
            "どうかは、本機構には確認できません。"
        ),
        (
            "The issuer signed this with a key of its own, and the accreditation of the program was withdrawn on "
            "{date}. Whether it was issued before that cannot be told here."
        ),
    ),
    "program.signed_after_withdrawal": (
        (
            "発行機関が自らの鍵で署名したもので、記載の日付によれば、プログラムの認証が取り消された日（{date}）以後の署名"
            "です。本機構はこの証明を認めていません。"
        ),
        (
            "The issuer signed this with a key of its own, by its own dates after the accreditation of the program was "
            "withdrawn on {date}. It is not vouched for."
        ),
    ),
    "program.signed_while_suspended": (
        (
            "発行機関が自らの鍵で署名したもので、記載の日付によれば、プログラムの認証が停止されていた間（{date}から）の"
            "署名です。本機構はこの証明を認めていません。"
        ),
        (
            "The issuer signed this with a key of its own, by its own dates while the accreditation of the program was "
            "suspended (since {date}). It is not vouched for."
        ),
    ),
    # what commands say
    "cli.did": (
        "{did}  発行機関 {slug}  DID文書の登録：{time}",
        "{did}  issuer {slug}  document registered {time}",
    ),
    "cli.did_gone": ("{did}  発行機関 {slug}  終了：{time}", "{did}  issuer {slug}  ended {time}"),
    "cli.did_challenge": (
        "発行機関 {slug} に、次の内容をDIDの鍵で署名してもらってください（期限：{until}）。",
        "Please have {slug} sign this with a key of its DID, until {until}.",
    ),
    "cli.did_add_plan": (
        (
            "発行機関 {slug} が {did} の鍵で署名した証明を、承認されたプログラムについて本機構が認めるようになります。"
            "DID文書（{digest}）は、次に登録し直すまでこのまま使われます。"
        ),
        (
            "Credentials that {slug} signs with the keys of {did} will count for its approved programs. The DID "
            "document ({digest}) is used as it is until a newer one is registered."
        ),
    ),
    "cli.did_added": ("発行機関 {slug} のDIDを登録しました：{did}", "The DID of {slug} was registered: {did}"),
    "cli.did_end_plan": (
        (
            "発行機関 {slug} のDID（{did}）の登録を終了します。その鍵で署名された証明は、以前のものも含めて、有効とは"
            "確認されなくなります。"
        ),
        (
            "The registration of {slug}'s DID ({did}) will end. Credentials that its keys signed, older ones included, "
            "will not be found valid any more."
        ),
    ),
    "cli.did_ended": (
        "発行機関 {slug} のDIDの登録を終了しました：{did}",
        "The registration of {slug}'s DID has ended: {did}",
    ),
}
