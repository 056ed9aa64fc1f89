"""What is refused about a request itself, whatever it asks for."""

from collections.abc import Mapping

ASKING: Mapping[str, tuple[str, str]] = {
    "conformance.feature": (
        "規格適合試験にこの名称の機能はありません。アドレスを確認してください。",
        "The conformance tests know no feature of this name. Please check the address.",
    ),
    "conformance.off": (
        "規格適合試験用の機能は有効になっていません。設定 JMC_VC_CONFORMANCE=1 を付けて実行してください。",
        "The interface for conformance tests is off. Please run this with JMC_VC_CONFORMANCE=1.",
    ),
    "conformance.output": (
        (
            "結果を {file} に書き込めません。リンクや、入力又は鍵のファイルには書き込みません。結果は出力していません。"
            "別のファイルを指定してください。"
        ),
        (
            "The result cannot be written to {file}. It is never written through a link, nor over the input or the "
            "key. Nothing was written. Please name another file."
        ),
    ),
    "conformance.cose": (
        "COSE の形式には対応していません。確認も署名も行っていません。",
        "COSE is not supported. Nothing was checked or signed.",
    ),
    "conformance.property": (
        "W3C の証明にはない項目があります。署名していません。",
        "There is a member that credentials of W3C do not have. It was not signed.",
    ),
    "status_list.full": (
        "失効情報リストに空きがありません（{capacity}件）。",
        "The status list has no place left ({capacity} entries).",
    ),
    "auth.scope": (
        "この API キーには、この操作の権限（{scope}）がありません。",
        "This API key was not given the scope for this ({scope}).",
    ),
    "auth.api_key": (
        "API キーが正しくないか、失効又は期限切れです。",
        "The API key is wrong, revoked or expired.",
    ),
    "api_key.not_found": (
        "その番号の API キーはありません。何も変更していません。",
        "There is no API key with this prefix. Nothing was changed.",
    ),
    "verify.not_a_credential": (
        "提出された内容は、証明として読み取れません。証明のファイルを確認してください。",
        "What was submitted is not a credential. Please check the file.",
    ),
    "verify.a_receipt": (
        "これは検証結果の控えであり、証明ではありません。控えは、控えを確認するページ（/verify/receipt）に提出してください。",
        (
            "This is the receipt of a verification and no credential. Please submit it to the page that checks "
            "receipts (/verify/receipt)."
        ),
    ),
    "verify.a_bundle": (
        (
            "これは、ネットワークにつながらない場所で使う検証用ファイル（bundle.json）です。検証用ファイルを開くページ"
            "（/verify/offline）で開いてください。"
        ),
        (
            "This is a bundle (bundle.json), for verifying without a network. Please open it on the page for bundles "
            "(/verify/offline)."
        ),
    ),
    "verify.an_archive": (
        (
            "複数のファイルをまとめたもの（zip）です。まとめて検証するページ（/verify/batch）に提出するか、中の証明を一つずつ"
            "提出してください。"
        ),
        (
            "This is an archive of files (zip). Please submit it to the page that verifies many at once "
            "(/verify/batch), or the credentials in it one by one."
        ),
    ),
    "verify.an_office_file": (
        (
            "Excel や Word などのファイルは読み取れません。検証は行っていません。リンクの表は「CSV UTF-8」の形式で保存"
            "して一括検証（/verify/batch）に、証明は PDF 又は元のファイルで提出してください。"
        ),
        (
            "Files of Excel, Word and the like cannot be read. Nothing was verified. Please save a table of links as "
            "“CSV UTF-8” for /verify/batch, and submit a credential as a PDF or as the original file."
        ),
    ),
    "verify.other_token": (
        (
            "証明とは別の用途の JWT です（ログインやアクセスのためのものなど）。証明は含まれていません。"
            "検証は行っていません。証明のファイルを提出してください。"
        ),
        (
            "This is a JWT for another use, a login or an access token for example. There is no credential in it. "
            "Nothing was verified. Please submit the file of the credential."
        ),
    ),
    "verify.open_badges_2": (
        (
            "古い形式（Open Badges 2.0）のバッジです。発行機関のサイトに載っていることだけが根拠になる形式のため、内容"
            "の正しさはここでは分かりません。偽造であることを意味するものではありません。記載された先には接続していません。発行"
            "機関に確認するか、Open Badges 3.0 の証明を依頼してください。"
        ),
        (
            "This is a badge of an older form (Open Badges 2.0). It rests on what stands on its issuer's own site, so "
            "nothing about it can be told here. This does not mean that it is forged. Nothing was fetched from the "
            "addresses in it. Please ask the issuer, or ask for an Open Badges 3.0 credential."
        ),
    ),
    "verify.too_many_parts": (
        "失効情報又は署名に使われた鍵の数が多すぎるため、検証していません。",
        "The credential has too many status entries, or proofs by too many keys, and was not verified.",
    ),
    "verify.presentation": (
        "これは証明の提示（プレゼンテーション）です。ここでは証明を一つずつ提出してください。",
        "This is a presentation of credentials. Please submit the credentials in it one by one here.",
    ),
    "verify.unsupported_token": (
        (
            "この種類の JWT（証明の種類が示されていない SD-JWT など）は、ここでは検証できません。証明の JSON ファイル又"
            "は JWT を提出してください。"
        ),
        (
            "This kind of JWT (an SD-JWT that does not say what it is, for instance) cannot be verified here. Please "
            "submit the JSON file or the JWT of the credential."
        ),
    ),
    "verify.unsupported_token.bound": (
        (
            "提示者の鍵との結び付け（キーバインディング又は cnf）がある提示は、ここでは検証できません。内容は確認して"
            "いません。"
        ),
        (
            "A presentation that is bound to a key of its holder (key binding or cnf) cannot be verified here. Its "
            "content was not checked."
        ),
    ),
    "verify.nothing_submitted": (
        "何も提出されていません。ファイルを選ぶか、リンク又は証明の文字列を入力してください。",
        "Nothing was submitted. Please choose a file, or enter the link or the text of the credential.",
    ),
    "verify.form": (
        "提出された内容を最後まで読み取れませんでした。検証は行っていません。もう一度提出してください。",
        "What was submitted did not arrive whole. Nothing was verified. Please submit it again.",
    ),
    "verify.not_recognized": (
        (
            "提出された内容は、証明として読み取れません。検証は行っていません。証明のファイル又は文字列（JSON、JWT）、"
            "証明を埋め込んだ画像（PNG、SVG）、QR コードの写った画像又は PDF、本サービスの証明のリンクのいずれかを提"
            "出してください。"
        ),
        (
            "What was submitted cannot be read as a credential. Nothing was verified. Please submit the file or the "
            "text of a credential (JSON or JWT), a picture with one inside (PNG or SVG), a picture or PDF with its QR "
            "code, or the link of one of this service."
        ),
    ),
    "foreign_link": (
        (
            "このリンクは本サービスのものではないため、開いていません。証明のファイルを提出するか、正しいリンクを取得"
            "者に確認してください。"
        ),
        (
            "The link does not belong to this service, so it was not opened. Please submit the credential file or ask "
            "the holder for the correct link."
        ),
    ),
    "link.scheme": (
        (
            "このリンクはウェブのアドレス（https）ではないため、開いていません。証明のファイルか、本サービスの証明のリン"
            "クを提出してください。"
        ),
        (
            "The link is not a web address (https), so it was not opened. Please submit the credential file, or the "
            "link of a credential of this service."
        ),
    ),
    "link.unreadable": (
        "URL として指定された内容は、リンクではありません。https:// で始まるリンクを指定してください。",
        "What was given as a URL is no link. Please give a link that begins with https://.",
    ),
    "link.forbidden": (
        "このリンク先（内部のネットワークなど）には接続しません。公開されている https のリンクを指定してください。",
        "We do not connect to where this link leads (an internal network, a port). Please give a public https link.",
    ),
    "link.unavailable": (
        (
            "リンク先から証明を取得できませんでした。検証は行っていません。リンクを確認するか、証明のファイルを提出してくだ"
            "さい。"
        ),
        (
            "The credential could not be fetched from the link. Nothing was verified. Please check the link, or submit "
            "the file of the credential."
        ),
    ),
    "link.not_found": (
        "本サービスのリンクですが、証明のリンクではありません。リンクが途中で切れていないか確認してください。",
        "The link belongs to this service, but leads to no credential. Please check that it is complete.",
    ),
    "link.share_not_found": (
        "この共有リンクはないか、既に無効です。新しいリンクを取得者に依頼してください。",
        "There is no such share link, or it is no longer valid. Please ask the holder for a new one.",
    ),
    "link.mark_not_found": (
        "この番号の認証マークはありません。番号を確認してください。",
        "There is no accreditation mark with this number. Please check the number.",
    ),
    "link.too_many_misses": (
        (
            "お使いのネットワークから、存在しない証明へのアクセスが続いています。リンクによる証明の表示と検証を、一時的に受け付けて"
            "いません。リンクが正しいかを確認し、{seconds}秒以上たってから再度お試しください。ファイルの検証は、この間もできます。"
        ),
        (
            "Your network asked for too many credentials that do not exist, so no link was opened. Please check the "
            "links, and try again in {seconds} seconds. Files can be verified meanwhile."
        ),
    ),
    "link.offer": (
        (
            "これは証明を受け取るためのリンクです。検証には使えず、受け取りは行っていません。受け取った後の証明のリンクを"
            "提出してください。"
        ),
        (
            "This is a link for receiving a credential. It cannot be verified, and nothing was received. Please submit "
            "the link of the credential itself."
        ),
    ),
    "verify.policy_unknown": ("指定された検証方針はありません。", "There is no such verification policy."),
    "http.not_found": (
        "このアドレスには何もありません。アドレスを確認してください。",
        "There is nothing at this address. Please check the address.",
    ),
    "http.method": (
        "このアドレスでは、このメソッドを使用できません。処理していません。",
        "This address does not take this method. Nothing was done.",
    ),
    "http.not_acceptable": (
        "このアドレスの内容は、指定された形式では提供していません。Accept ヘッダーを確認してください。",
        "What is at this address is not offered in the form asked for. Please check the Accept header.",
    ),
    "http.unreadable": (
        "リクエストを読み取れません。処理していません。",
        "The request cannot be read. Nothing was done.",
    ),
    "http.head_size": (
        "リクエストのヘッダーが大きすぎます。処理していません。",
        "The header of the request is too large. Nothing was done.",
    ),
    "http.query": (
        "URL のパラメータ「{parameter}」を読み取れません。処理していません。値を確認してください。",
        'The parameter "{parameter}" of the address cannot be read. Nothing was done. Please check its value.',
    ),
    "http.query.twice": (
        "URL のパラメータ「{parameter}」が複数あります。処理していません。一つだけ指定してください。",
        'The parameter "{parameter}" of the address is there twice. Nothing was done. Please give it once.',
    ),
    "http.query.unknown": (
        (
            "URL に、このアドレスにはないパラメータがあります。処理していません。指定できるのは {known} です。綴りを"
            "確認してください。"
        ),
        (
            "The address has a parameter that there is not. Nothing was done. Those that there are: {known}. Please "
            "check the spelling."
        ),
    ),
    "http.query.none": (
        "このアドレスに URL のパラメータは指定できません。処理していません。パラメータを付けずに送信してください。",
        "This address takes no parameters. Nothing was done. Please send the request without any.",
    ),
    "auth.missing": (
        "API キーがありません。処理していません。Authorization ヘッダーに Bearer の形で送信してください。",
        "There is no API key. Nothing was done. Please send it in the Authorization header, as a Bearer token.",
    ),
    "auth.key_in_query": (
        (
            "API キーを URL で送信することはできません。処理していません。URL は記録に残るため、この API キーは失効さ"
            "せ、新しい API キーを Authorization ヘッダーで送信してください。"
        ),
        (
            "An API key cannot be sent in the address. Nothing was done. Addresses end up in logs, so please have "
            "this key revoked and send a new one in the Authorization header."
        ),
    ),
    "request.ambiguous": (
        "リクエストのヘッダーに、長さの指定の重複又は矛盾があります。処理していません。",
        (
            "A header that may be there once is there twice, or the length of the body is given in two ways. Nothing "
            "was done."
        ),
    ),
    "request.host": (
        "リクエストの宛先（Host ヘッダー）が、このサービスのものではありません。処理していません。",
        "The request is addressed (Host header) to another host than this service. Nothing was done.",
    ),
    "request.body_size": (
        "送信された内容が大きすぎます（上限 {limit}）。処理していません。",
        "What was sent is too large (at most {limit}). Nothing was done.",
    ),
    "request.body_time": (
        "送信された内容が時間内に届きませんでした。処理していません。再度お試しください。",
        "The body did not arrive in time. Nothing was done. Please try again.",
    ),
    "request.content_encoding": (
        "圧縮された内容は受け付けられません。処理していません。圧縮せずに送信してください。",
        "Compressed bodies are not accepted. Nothing was done. Please send the body as it is.",
    ),
    "request.content_type": (
        (
            "この形式（Content-Type）の内容は受け付けられません。処理していません。UTF-8 の JSON として送信してくださ"
            "い。"
        ),
        "Bodies of this Content-Type are not accepted. Nothing was done. Please send JSON in UTF-8.",
    ),
    "request.content_type.credential": (
        (
            "この形式（Content-Type）の内容は検証できません。検証は行っていません。JSON、JWT 等の文字列（text/plain）、"
            "画像（PNG、SVG、JPEG、WebP）又は PDF を、その Content-Type を付けて送信してください。"
        ),
        (
            "Bodies of this Content-Type cannot be verified. Nothing was verified. Please send JSON, a token or link "
            "as text/plain, a picture (PNG, SVG, JPEG, WebP) or a PDF, with its own Content-Type."
        ),
    ),
    "request.content_type.batch": (
        (
            "この形式（Content-Type）の内容は、一括検証では受け付けられません。検証は行っていません。JSON の配列、"
            "NDJSON、ZIP 又は CSV を、その Content-Type を付けて送信してください。CSV 以外の文字コードは UTF-8 です。"
        ),
        (
            "Bodies of this Content-Type are not accepted as a batch. Nothing was verified. Please send a JSON array, "
            "NDJSON, a zip or a CSV, with its own Content-Type; all but CSV in UTF-8."
        ),
    ),
    "request.content_type.receipt": (
        (
            "この形式（Content-Type）の内容は、検証結果の控えとして受け付けられません。確認していません。控えの文字列"
            "（text/plain）又は JSON を送信してください。"
        ),
        (
            "Bodies of this Content-Type are not accepted as a receipt. Nothing was checked. Please send the text of "
            "the receipt (text/plain), or JSON."
        ),
    ),
    "request.cursor": (
        "一覧の続きを示す値（cursor）が正しくありません。一覧の先頭から取得し直してください。",
        "The cursor is not one that this service gave out. Please start again from the first page.",
    ),
    "request.limit": (
        "件数（limit）は1から{most}までの整数で指定してください。",
        "Please give the limit as a whole number from 1 to {most}.",
    ),
    "request.idempotency_key": (
        (
            "冪等キー（Idempotency-Key）は、空白を含まない ASCII 文字255字以内で指定してください。証明は発行していま"
            "せん。"
        ),
        "An Idempotency-Key has 1 to 255 visible ASCII characters. No credential was issued.",
    ),
    "verify.too_many": (
        "同時に検証できる件数を超えました。この証明は検証していません。しばらくしてから再度お試しください。",
        "You have too many verifications under way. This credential was not verified. Please try again shortly.",
    ),
    "verify.crowded": (
        "検証の依頼が集中しています。この証明は検証していません。しばらくしてから再度お試しください。",
        "Too many verifications are under way. This credential was not verified. Please try again shortly.",
    ),
    "key.not_found": (
        "この番号の公開鍵はありません。",
        "There is no such public key.",
    ),
    "file.not_found": (
        "この名前の文書は公開していません。",
        "No document of this name is published.",
    ),
    "status_list.not_found": (
        "この番号又は種類の失効情報一覧はありません。",
        "There is no status list of this number and purpose.",
    ),
    "status_list.no_key": (
        "発行機関に有効な署名鍵がないため、失効情報一覧を更新できません。時間をおいて再度お試しください。",
        "The status list cannot be renewed, because its issuer has no active key. Please try again later.",
    ),
    "did_history.no_key": (
        "本機構に有効な署名鍵がないため、DID文書の履歴に署名できません。時間をおいて再度お試しください。",
        (
            "The history of the DID document cannot be signed, because this organization has no active key. Please try "
            "again later."
        ),
    ),
    "auth.keys_unreadable": (
        "サービスの鍵の設定に誤りがあるため、API キーを確認できません。何も行っていません。事務局に連絡してください。",
        (
            "API keys cannot be checked because the service's own key is not the right one. Nothing was done. Please "
            "contact the secretariat."
        ),
    ),
}
