"""What keeps the service from working: its settings, its keys at rest, its database."""

from collections.abc import Mapping

RUNNING: Mapping[str, tuple[str, str]] = {
    "config.invalid": (
        "設定に誤りがあるため、起動しませんでした。",
        "The settings are wrong. The service did not start.",
    ),
    "config.unknown": (
        "{setting} という設定はありません。起動しませんでした。綴りを確認するか、この環境変数を取り除いてください。",
        "There is no setting {setting}. The service did not start. Please check the spelling or remove the variable.",
    ),
    "config.value": (
        (
            "設定 {setting} の値を読み取れません。起動しませんでした。設定の一覧（docs/reference/settings.md）で形式を"
            "確認してください。"
        ),
        (
            "The value of {setting} cannot be read. The service did not start. Please see docs/reference/settings.md "
            "for its form."
        ),
    ),
    "config.range": (
        "設定 {setting} は {least} 以上 {most} 以下としてください。起動しませんでした。",
        "{setting} has to be from {least} to {most}. The service did not start.",
    ),
    "config.choice": (
        "設定 {setting} に指定できる値は {choices} です。起動しませんでした。",
        "{setting} has to be one of {choices}. The service did not start.",
    ),
    "config.base_url": (
        (
            "設定 {setting} は https://ホスト名（必要なら :ポート番号）の形とし、末尾の / やパスを付けないでください（"
            "http は localhost に限り使えます）。起動しませんでした。"
        ),
        (
            "{setting} has to be https://host or https://host:port, without a closing slash or a path (http is for "
            "localhost alone). The service did not start."
        ),
    ),
    "config.namespace": (
        "設定 {setting} は https://ホスト名/パス の形の URL とし、末尾に / を付けないでください。起動しませんでした。",
        "{setting} has to be a plain https URL with a path and no closing slash. The service did not start.",
    ),
    "config.database_url": (
        "設定 {setting} は sqlite:///ファイルの場所 または postgresql://… の形としてください。起動しませんでした。",
        "{setting} has to be sqlite:///path or postgresql://… . The service did not start.",
    ),
    "config.trusted_proxies": (
        (
            "設定 {setting} には、前段のプロキシの IP アドレスまたはネットワークをコンマ区切りで指定してください。/8（"
            "IPv6 は /16）より広いネットワークは指定できません。起動しませんでした。"
        ),
        (
            "{setting} has to list the addresses or networks of the proxies in front, separated by commas; no network "
            "may be wider than /8 (IPv6: /16). The service did not start."
        ),
    ),
    "config.production_base_url": (
        "本番環境では、設定 {setting} に、外部から届く https のアドレスを指定してください。起動しませんでした。",
        (
            "In production {setting} has to be an https address that can be reached from outside. The service did not "
            "start."
        ),
    ),
    "config.production_database": (
        "本番環境では、設定 {setting} でデータベースを明示してください。起動しませんでした。",
        "In production the database has to be chosen with {setting}. The service did not start.",
    ),
    "config.production_kek_file": (
        "本番環境では、設定 {setting} の鍵ファイルを、データの保存先の外に置いてください。起動しませんでした。",
        "In production the key file of {setting} has to lie outside the folder of the data. The service did not start.",
    ),
    "config.production_demo": (
        "本番環境では、テスト用データを使えません。設定 {setting} を取り除いてください。起動しませんでした。",
        "Test data cannot be used in production. Please remove {setting}. The service did not start.",
    ),
    "config.production_conformance": (
        "本番環境では、規格適合試験用の機能を使えません。設定 {setting} を取り除いてください。起動しませんでした。",
        (
            "The interface for conformance tests cannot be used in production. Please remove {setting}. The service "
            "did not start."
        ),
    ),
    "config.kek_missing": (
        "鍵暗号化鍵のファイル（{file}）を読み取れません。置き場所と権限を確認してください。",
        "The file of the key-encryption key ({file}) cannot be read. Please check its place and its permissions.",
    ),
    "config.kek_mode": (
        (
            "鍵暗号化鍵のファイル（{file}）が、所有者以外も読める設定（{mode}）になっています。使用していません。"
            "権限を 0600 にしてください。"
        ),
        (
            "The file of the key-encryption key ({file}) is open to others than its owner (mode {mode}). It was not "
            "used. Please set its mode to 0600."
        ),
    ),
    "config.kek_format": (
        "鍵暗号化鍵のファイルの内容が正しくありません。使用していません。控えから戻してください。",
        "The file of the key-encryption key does not hold one. It was not used. Please restore it from its backup.",
    ),
    "config.kek_wrapped": (
        (
            "鍵暗号化鍵のファイル（{file}）は、ハードウェアのトークンで開くものです。使用していません。"
            "JMC_VC_PKCS11_MODULE などの設定を指定してください。"
        ),
        (
            "The key-encryption key in {file} is opened by a token. It was not used. Please set "
            "JMC_VC_PKCS11_MODULE and the settings that go with it."
        ),
    ),
    "config.pkcs11_module": (
        "設定 {setting} には、PKCS#11 ライブラリの場所を / から始まるパスで指定してください。起動しませんでした。",
        "{setting} has to be the full path of a PKCS#11 library. The service did not start.",
    ),
    "config.pkcs11_incomplete": (
        (
            "設定 JMC_VC_PKCS11_MODULE と JMC_VC_PKCS11_PIN_FILE は両方とも指定してください（JMC_VC_PKCS11_TOKEN を指定"
            "する場合も両方が必要です。JMC_VC_KEK_ON_TOKEN を指定する場合は、三つとも必要です）。起動しませんでした。"
        ),
        (
            "JMC_VC_PKCS11_MODULE and JMC_VC_PKCS11_PIN_FILE have to be set together, JMC_VC_PKCS11_TOKEN needs both, "
            "and JMC_VC_KEK_ON_TOKEN needs all three. The service did not start."
        ),
    ),
    "config.pin_missing": (
        "トークンの PIN のファイル（{file}）を読み取れません。置き場所と権限を確認してください。",
        "The file of the token's PIN ({file}) cannot be read. Please check its place and its permissions.",
    ),
    "config.pin_mode": (
        (
            "トークンの PIN のファイル（{file}）が、所有者以外も読める設定（{mode}）になっています。使用していません。"
            "権限を 0600 にしてください。"
        ),
        (
            "The file of the token's PIN ({file}) is open to others than its owner (mode {mode}). It was not used. "
            "Please set its mode to 0600."
        ),
    ),
    "config.pin_format": (
        "トークンの PIN のファイル（{file}）の内容が正しくありません。使用していません。PIN を 1 行で書いてください。",
        "The file of the token's PIN ({file}) does not hold one line with a PIN. It was not used. Please correct it.",
    ),
    "signer.unavailable": (
        (
            "署名鍵を保管するトークン（{token}）が応答しません。署名していません。しばらくしてからもう一度お試しく"
            "ださい。"
            "続く場合は管理者に連絡してください。"
        ),
        (
            "The token {token}, which holds the key, does not answer. Nothing was signed. Please try again in a "
            "moment; if it lasts, contact the operator."
        ),
    ),
    "signer.library": (
        (
            "PKCS#11 のライブラリ（{file}）を読み込めません。トークンには接続していません。JMC_VC_PKCS11_MODULE に"
            "指定したファイルを確認してください。"
        ),
        (
            "The PKCS#11 library ({file}) cannot be loaded, so no token was asked. Please check the file that "
            "JMC_VC_PKCS11_MODULE names."
        ),
    ),
    "signer.pin": (
        (
            "トークン（{token}）が PIN を受け付けません。トークンがロックされないよう、再起動まで再試行しません。"
            "JMC_VC_PKCS11_PIN_FILE の内容を確認し、起動し直してください。"
        ),
        (
            "The token {token} does not take the PIN. It is not tried again before a restart, so that the token does "
            "not lock itself. Please correct the file of JMC_VC_PKCS11_PIN_FILE and restart."
        ),
    ),
    "signer.not_configured": (
        (
            "トークンに関する設定がないため、何も行っていません。JMC_VC_PKCS11_MODULE、JMC_VC_PKCS11_PIN_FILE、"
            "JMC_VC_PKCS11_TOKEN を指定してください。"
        ),
        (
            "No token is configured, so nothing was done. Please set JMC_VC_PKCS11_MODULE, JMC_VC_PKCS11_PIN_FILE and "
            "JMC_VC_PKCS11_TOKEN."
        ),
    ),
    "signer.key_missing": (
        "トークン（{token}）に鍵 {object} がないか、重複しています。使用していません。管理者に連絡してください。",
        (
            "The token {token} does not hold the key {object}, or holds it twice. It was not used. Please contact the "
            "operator."
        ),
    ),
    "signer.cannot": (
        "トークン（{token}）では {algorithm} の鍵を安全に作れません。作成していません。別の種類の鍵を選んでください。",
        "The token {token} makes no {algorithm} keys that stay on it. None was made. Please choose another kind.",
    ),
    "signer.uri": (
        "トークン上の鍵のアドレスは pkcs11:token=…;object=…;id=… の形としてください。使用していません。",
        "The address of a key on a token has to be pkcs11:token=…;object=…;id=… . It was not used.",
    ),
    "config.kek_exists": (
        "鍵暗号化鍵のファイル（{file}）は既にあります。上書きしていません。",
        "The file of the key-encryption key ({file}) exists already. It was not overwritten.",
    ),
    "config.kek_unwritable": (
        "鍵暗号化鍵のファイル（{file}）を作成できません。何も作成していません。置き場所、権限、空き容量を確認してください。",
        (
            "The file of the key-encryption key ({file}) cannot be made. None was made. Please check its folder, the "
            "permissions and the free space."
        ),
    ),
    "seal.wrong_key": (
        (
            "鍵暗号化鍵が、このデータベースのものではありません。何も変更していません。正しい鍵のファイルに戻してく"
            "ださい。"
        ),
        "The key-encryption key is not the one of this database. Nothing was changed. Please restore the right file.",
    ),
    "seal.broken": (
        "保管されている情報を開くことができませんでした。情報が壊れているか、鍵が異なります。",
        "Stored data could not be opened: they are damaged, or the key is another one.",
    ),
    "key.unusable": (
        "発行機関 {owner} の署名鍵 {kid} を使用できません。署名していません。管理者に連絡してください。",
        "The signing key {kid} of {owner} cannot be used. Nothing was signed. Please contact the operator.",
    ),
    "key.not_active": (
        "発行機関 {owner} の署名鍵 {kid} は現在使用中の鍵ではないため、署名できません。",
        "The signing key {kid} of {owner} is not the active one, so nothing can be signed with it.",
    ),
    "database.busy": (
        "ただいま混み合っています。何も変更していません。しばらくしてからもう一度お試しください。",
        "The service is busy. Nothing was changed. Please try again in a moment.",
    ),
    "database.raced": (
        "同時に行われた別の処理と重なりました。何も変更していません。もう一度お試しください。",
        "Another request did the same thing at the same moment. Nothing was changed. Please try again.",
    ),
    "database.unavailable": (
        "データベースを利用できません。何も変更していません。しばらくしてからもう一度お試しください。",
        "The database cannot be used. Nothing was changed. Please try again later.",
    ),
    "database.rule": (
        "記録の決まりに反するため、変更を受け付けませんでした。何も変更していません。",
        "The change is against a rule of the records. Nothing was changed.",
    ),
    "database.schema": (
        "データベースの形式が、このプログラムのものと異なります。起動しませんでした。",
        "The schema of the database is not the one of this program. The service did not start.",
    ),
    "database.schema_empty": (
        "データベースがまだ用意されていません。起動しませんでした。jmc-vc init を実行してください。",
        "The database has not been set up. The service did not start. Please run jmc-vc init.",
    ),
    "database.schema_older": (
        (
            "データベースの形式が古い版のものです。起動しませんでした。控えを取ってから jmc-vc db upgrade を実行してく"
            "ださい。"
        ),
        (
            "The schema of the database is of an earlier version. The service did not start. Please make a backup, "
            "then run jmc-vc db upgrade."
        ),
    ),
    "database.schema_newer": (
        (
            "データベースの形式が、このプログラムより新しい版のものです。起動しませんでした。新しい版のプログラムを使"
            "ってください。"
        ),
        (
            "The schema of the database is of a later version than this program. The service did not start. Please "
            "use the later program."
        ),
    ),
    "text.unstorable": (
        "文字列に、保存できない文字（NUL など）が含まれています。何も変更していません。その文字を取り除いてください。",
        "The text holds a character that cannot be stored, such as NUL. Nothing was changed. Please remove it.",
    ),
    "config.production_anchor_file": (
        (
            "{setting} がデータフォルダーの中にあります。データの写しを戻すと控えも一緒に戻ってしまうため、起動して"
            "いません。"
            "別のディスクなど、外の場所を指定してください。"
        ),
        (
            "{setting} lies inside the data folder: a copy of the data that is put back would put the anchor back, "
            "too. "
            "The service did not start. Please name a place outside, best on another disk."
        ),
    ),
    "config.witnesses": (
        "{setting} は、立会人の検証鍵（名前+ID+鍵）をコンマで区切って指定してください。起動していません。",
        (
            "{setting} must name witnesses by their verifier keys (name+id+key), comma-separated. The service did "
            "not start."
        ),
    ),
    "config.not_initialized": (
        "データベースが準備されていません。先に jmc-vc init を実行してください。",
        "The database has not been set up. Please run jmc-vc init first.",
    ),
    "config.already_initialized": (
        "データベースは準備済みです。何も変更していません。",
        "The database has already been set up. Nothing was changed.",
    ),
    "config.identity_changed": (
        (
            "設定の URL（{configured}）が、データベースを作成したときの URL（{stored}）と異なります。発行済みの証明が"
            "元の URL を示しているため、起動していません。設定を元の URL に戻してください。別のホストへ移る方法は"
            "「docs/operations/move-to-another-host.md」にあります。"
        ),
        (
            "The configured base URL ({configured}) is not the one that the database was made with ({stored}). Issued "
            "credentials name the old one, so the service did not start. Please set it back. What a move to another "
            "host takes is told in docs/operations/move-to-another-host.md."
        ),
    ),
    "config.namespace_changed": (
        (
            "設定の名前空間（JMC_VC_NAMESPACE）が、データベースを作成したときのもの（{stored}）と異なります。発行済みの"
            "証明が元の名前空間を使っているため、起動していません。"
        ),
        (
            "JMC_VC_NAMESPACE is not the namespace that the database was made with ({stored}). Issued credentials use "
            "the old one, so the service did not start."
        ),
    ),
    "internal": (
        (
            "内部でエラーが発生しました。処理が完了したかどうかは確認できません。時間をおいて再度お試しになるか、番号"
            "を添えてお問い合わせください。"
        ),
        (
            "Something went wrong on our side. It is not certain whether the work was done. Please try again later, "
            "or ask us and quote the number."
        ),
    ),
    "ready.kek": (
        ("鍵暗号化鍵（KEK）が、このデータベースのものではありません。証明の発行と表示はできません。検証はできます。"),
        (
            "The key-encryption key is not the one that this database was made with. Credentials cannot be issued or "
            "opened; verification works."
        ),
    ),
    "ready.clock": (
        (
            "時計が、記録にある最も後の時刻より遅れています。証明を発行する前に時計を合わせてください。時計が進み過ぎていた"
            "のであれば「jmc-vc audit accept-clock」を使ってください。"
        ),
        (
            "The clock is behind the latest time on record. Please set it right before credentials are issued. If it "
            'had run ahead, please see "jmc-vc audit accept-clock".'
        ),
    ),
}
