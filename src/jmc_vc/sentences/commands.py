"""Sentences of the command line: what a command did, what it will do, what it asks: code → (Japanese, English)."""

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    # refusals of the command line itself (cli)
    "cli.usage": (
        "使い方が正しくありません（{message}）。何もしていません。「{command} --help」で使い方を確認してください。",
        'This is not how the command is used ({message}). Nothing was done. Please see "{command} --help".',
    ),
    "cli.file_unreadable": (
        "ファイル（{file}）を読み取れません。場所と権限を確認してください。",
        "The file ({file}) cannot be read. Please check its place and its permissions.",
    ),
    "cli.file_unwritable": (
        "ファイル（{file}）に書き込めません。何も行っていません。既にあるファイルには上書きしません。",
        "The file ({file}) cannot be written; one that exists is never overwritten. Nothing was done.",
    ),
    "cli.not_confirmed": (
        "入力された文字が {expected} と一致しません。何も変更していません。",
        "What was typed is not {expected}. Nothing was changed.",
    ),
    "cli.alignment_ambiguous": (
        "符号が同じ対応が複数あります。何も変更していません。対応先の URL で指定してください。",
        "More than one alignment has this code. Nothing was changed. Please name the target by its URL.",
    ),
    "cli.cannot_listen": (
        "{host} のポート {port} で待ち受けられません。起動しませんでした。別のポートを指定してください（--port）。",
        (
            "It is not possible to listen on port {port} of {host}. The service did not start. Please choose another "
            "port (--port)."
        ),
    ),
    "cli.demo_not_alone": (
        "テスト用でない発行機関が登録されているため、テスト用データを読み込みませんでした。起動していません。",
        "The database holds issuers that are no test data, so no test data were loaded. The service did not start.",
    ),
    "cli.interrupted": ("中断しました。", "Interrupted."),
    # what commands say
    "cli.initialized": (
        "{url} として準備しました。この URL は今後変更できません。",
        "The installation {url} is ready. This address can never be changed.",
    ),
    "cli.upgraded": ("データベースの形式は最新です。", "The schema of the database is up to date."),
    "cli.vendored_ok": (
        "同梱ファイルはすべて一覧（manifest.json）と一致しています。",
        "All shipped files agree with the manifest.",
    ),
    "cli.vendored_differs": (
        "同梱ファイルが一覧（manifest.json）と一致しません。",
        "Shipped files do not agree with the manifest.",
    ),
    "cli.written": ("{file} に書き込みました。", "Written to {file}."),
    "cli.none": ("該当するものはありません。", "There are none."),
    "cli.issuer_registered": (
        "発行機関 {slug} を登録しました。",
        "The issuer {slug} was registered.",
    ),
    "cli.api_key_revoked": (
        "発行機関 {slug} の API キー {prefix} を失効させました。",
        "The API key {prefix} of the issuer {slug} was revoked.",
    ),
    "cli.api_key_once": (
        "API キー（この一度だけ表示します。有効期限 {date}）：",
        "API key (shown this once; good until {date}):",
    ),
    "cli.issuer_suspended": (
        "発行機関 {slug} の登録を一時停止しました。発行済みの証明には影響しません。",
        "The registration of {slug} was suspended. Credentials already issued are not affected.",
    ),
    "cli.issuer_reinstated": (
        "発行機関 {slug} の一時停止を解除しました。",
        "The suspension of {slug} was lifted.",
    ),
    "cli.program_imported": (
        "{number} 第{version}版を受け付けました。",
        "{number} version {version} was taken in.",
    ),
    "cli.program_refused": (
        "{number} 第{version}版は受け付けていません。",
        "{number} version {version} was not taken in.",
    ),
    "cli.lint_good": ("指摘はありません。", "There is nothing to remark."),
    "cli.lint_submittable": (
        "提出できます。次の指摘を確認してください。",
        "It can be submitted. Please look at these remarks.",
    ),
    "cli.lint_not_submittable": (
        "このままでは提出できません。",
        "It cannot be submitted as it is.",
    ),
    "cli.program_approved": (
        "{number} 第{version}版の認証を記録しました（{first}～{last}、{decision}）。",
        "The accreditation of {number} version {version} was recorded ({first} to {last}, {decision}).",
    ),
    "cli.program_suspend": (
        "{number} 第{version}版の認証を一時停止しました。発行済みの証明には影響しません。",
        "The accreditation of {number} version {version} was suspended. Credentials already issued are not affected.",
    ),
    "cli.program_reinstate": (
        "{number} 第{version}版の一時停止を解除しました。",
        "The suspension of {number} version {version} was lifted.",
    ),
    "cli.program_withdraw": (
        "{number} 第{version}版の認証を取り消しました。発行済みの証明には影響しません。",
        "The accreditation of {number} version {version} was withdrawn. Credentials already issued are not affected.",
    ),
    "cli.alignment_confirmed": (
        "{number} 第{version}版の枠組みとの対応（{target}）の確認を記録しました。",
        "The check of an alignment of {number} version {version} was recorded ({target}).",
    ),
    "cli.profile": (
        "{number} の証明の発行形式：{profile}",
        "Form of the credentials of {number}: {profile}",
    ),
    "cli.profile_jwt": ("JWT の署名方式：{algorithm}", "Signature of the JWT: {algorithm}"),
    "cli.profile_sd_jwt": ("あわせて SD-JWT VC も発行します。", "An SD-JWT VC is made beside."),
    "cli.profile_status": ("状態の確認方法：{status}", "Status: {status}"),
    "cli.profile_revocation_list": (
        (
            "注意：失効した証明の URL が失効リストに載り、誰にでも見えるようになります。そのため、失効後は証明の URL で"
            "内容を表示しません。この形式で発行した証明の状態の確認方法は、後から変更できません。"
        ),
        (
            "Beware: the list tells everybody the addresses of revoked credentials, so a credential is no longer shown "
            "at its address once it is revoked. For credentials issued in this form that cannot be changed afterwards."
        ),
    ),
    "cli.profile_from": (
        "この設定は {moment} から使用します。公開鍵が検証する側に行き渡るまでは、これまでの形式で発行します。",
        "These settings begin at {moment}. Until verifiers can have the public keys, credentials are made as before.",
    ),
    "cli.profile_key_needed": (
        "この形式に必要な署名鍵（{algorithm}）を作成し、公開します。公開した鍵は取り下げられません。",
        "A signing key ({algorithm}), which this form needs, is made and published. It cannot be taken back.",
    ),
    "cli.jwt_algorithm_unused": (
        (
            "この発行形式には JWT が含まれないため、--jwt-algorithm は使えません。何も変更していません。--profile で "
            "vc-jwt または both を指定してください。"
        ),
        (
            "This form has no JWT, so --jwt-algorithm has no meaning. Nothing was changed. Please choose vc-jwt or "
            "both with --profile."
        ),
    ),
    "cli.profile_key": (
        "この形式に必要な {owner} の署名鍵 {kid}（{algorithm}）を作成しました。",
        "The signing key {kid} ({algorithm}) of {owner}, which this form needs, was made.",
    ),
    "cli.withdraw_plan": (
        "{number} 第{version}版の認証を取り消します。取消しは元に戻せません。発行済みの証明には影響しません。",
        (
            "The accreditation of {number} version {version} will be withdrawn, for good. Credentials already issued "
            "are not affected."
        ),
    ),
    "cli.revoke_plan": (
        "証明 {uuid} を失効させます（理由：{reason}）。失効は元に戻せません。",
        "The credential {uuid} will be revoked, for good (reason: {reason}).",
    ),
    "cli.nothing_done": (
        "確認のみを行いました。何も変更していません。",
        "This was a look only. Nothing was changed.",
    ),
    "cli.type_number": ("続けるには {expected} と入力してください", "Type {expected} to go on"),
    "cli.issued": ("証明 {id} を発行しました。", "The credential {id} was issued."),
    "cli.revoked": ("証明 {uuid} を失効させました。", "The credential {uuid} was revoked."),
    "cli.baked": ("証明を画像に埋め込みました。", "The credential was baked into the picture."),
    "cli.unbaked": (
        "画像から証明を取り出しました。検証はしていません。「jmc-vc verify」で確認してください。",
        'The credential was taken out of the picture. It was not verified; "jmc-vc verify" does that.',
    ),
    # verify; labels are those of the pages
    "cli.holder": ("取得者：{name}", "Holder: {name}"),
    "cli.holder_unnamed": (
        "取得者：この証明には、読み取れる形の氏名が含まれていません。",
        "Holder: the credential does not contain a name that can be read.",
    ),
    "cli.credential": ("証明：{title}", "Credential: {title}"),
    "cli.program_version": ("プログラム番号 {number} 第{version}版", "Program number {number}, version {version}"),
    "cli.in_its_own_words": (
        "発行機関の記載です。登録簿では確認されていません。",
        "As written by the issuer; not confirmed with the register.",
    ),
    "cli.awarding_body": ("授与機関：{name}", "Awarding body: {name}"),
    "cli.register_number": ("登録番号 {number}", "Register number {number}"),
    "cli.by_its_own_account": (
        "発行機関の自称です。登録簿にありません。",
        "By its own account; not in the register.",
    ),
    "cli.signer": ("署名した者の識別子：{id}", "Identifier of the signer: {id}"),
    "cli.award_date": ("授与日：{date}", "Award date: {date}"),
    "cli.content_withheld": (
        "発行機関が記したものと確認できないため、内容は表示していません。",
        "The content is not shown, because it could not be confirmed that the issuer wrote it.",
    ),
    "cli.hidden_characters": (
        (
            "証明には、目に見えない文字や、書字の向きを変える文字などが含まれています。その箇所を「�」と表示しています。実際と"
            "異なる内容に見せかけるためのおそれがあります。"
        ),
        (
            "The credential contains characters that cannot be seen, or that turn the direction of writing. They are "
            "shown as “�”. They may be meant to make it read otherwise than it is."
        ),
    ),
    "cli.test_data": (
        "テスト用データです。機関、人、番号、決定は架空です。",
        "This is test data: all names and numbers are invented.",
    ),
    "cli.next": ("次に行うこと：{step}", "What to do next: {step}"),
    "cli.axes": ("六つの確認", "Six questions"),
    "cli.checks": ("検査", "Checks"),
    "cli.presented": (
        "{count}件中{number}件目の証明（{pointer}）",
        "Credential {number} of {count} ({pointer})",
    ),
    "cli.checked_at": ("検証した時刻：{moment}", "Checked: {moment}"),
    "cli.checked_under": ("検証方針：{name}（{policy}）", "Policy: {name} ({policy})"),
    # serve
    "cli.serving": (
        "{url} でサービスを開始しました（終了するには Ctrl+C を押してください）。",
        "The service answers at {url} (Ctrl+C stops it).",
    ),
    "cli.kek_differs": (
        "鍵暗号化鍵がこのデータベースのものと異なります。検証はできますが、発行はできません。",
        "The key-encryption key is not this database's. Verifying works; nothing can be issued.",
    ),
    "cli.demo_open": ("開いてみるページ（テスト用データ）", "Pages to open (test data)"),
    "cli.demo_register": ("登録簿", "register"),
    "cli.demo_program": ("プログラム", "a program"),
    "cli.demo_verify": ("検証", "verify"),
    "cli.demo_credential": ("証明", "credential"),
    "cli.demo_replaced": ("証明（再発行済み）", "credential (replaced)"),
    "cli.demo_curl": (
        "最初の証明を発行する（別の端末に貼り付けてください）",
        "Issue a first credential (paste this into another terminal)",
    ),
    # demo
    "cli.demo_all_right": (
        "{count} 段階すべてが期待どおりでした。",
        "All {count} steps came out as they should.",
    ),
    "cli.demo_gone_wrong": (
        "{count} 段階が期待どおりではありませんでした。",
        "{count} steps did not come out as they should.",
    ),
    "cli.demo_got": ("期待：{expected}　結果：{got}", "expected {expected}, got {got}"),
}
