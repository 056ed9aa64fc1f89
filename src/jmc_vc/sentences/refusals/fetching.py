"""Documents of other hosts that could not be had, and the settings of test networks."""

from collections.abc import Mapping

FETCHING: Mapping[str, tuple[str, str]] = {
    "fetch.syntax": (
        "アドレスの書き方に誤りがあるため、取得しませんでした。",
        "The address is not written as it should be. Nothing was fetched.",
    ),
    "fetch.forbidden": (
        "アドレスが公開されていない場所を指しているため、取得しませんでした。",
        "The address leads to a place that is not public. Nothing was fetched.",
    ),
    "fetch.tls": (
        "相手のサーバーと安全に通信できないため、取得しませんでした。証明書を確認してください。",
        "There is no secure connection to the other server. Nothing was fetched. Please check its certificate.",
    ),
    "fetch.redirect": (
        "相手のサーバーが別のアドレスへの転送を求めましたが、転送には従いません。",
        "The other server sends us to another address. Redirects are not followed.",
    ),
    "fetch.limit": (
        "相手のサーバーの応答が大きすぎるか圧縮されているため、受け取りませんでした。",
        "The answer of the other server is too large, or compressed. It was not taken.",
    ),
    "fetch.timeout": (
        "相手のサーバーから時間内に応答がありませんでした。しばらくしてからもう一度お試しください。",
        "The other server did not answer in time. Please try again later.",
    ),
    "fetch.status": (
        "相手のサーバーが文書を返しませんでした。しばらくしてからもう一度お試しください。",
        "The other server did not give the document. Please try again later.",
    ),
    "fetch.unreachable": (
        "相手のサーバーに接続できませんでした。しばらくしてからもう一度お試しください。",
        "The other server could not be reached. Please try again later.",
    ),
    "fetch.budget": (
        "1 回の検証で取得する文書の数または時間の上限に達したため、取得しませんでした。",
        "One verification fetches so many documents and takes so much time. This one was not fetched any more.",
    ),
    "fetch.authorities": (
        "認証局の証明書ファイル {file} を読み取れません。PEM 形式の証明書を指定してください。",
        "The file {file} of certificate authorities cannot be read. Please give certificates in PEM form.",
    ),
    "fetch.hosts_file": (
        (
            "ホスト名のファイル {file} の {line} 行目を読み取れません（0 はファイル自体）。「名前 アドレス:ポート」の形"
            "で書いてください。起動しませんでした。"
        ),
        (
            "Line {line} of the hosts file {file} cannot be read (0 is the file itself). Each line has to be "
            "`name address:port`. The service did not start."
        ),
    ),
    "config.production_fetching": (
        "本番環境では、試験用ネットワークの設定を使えません。設定 {setting} を取り除いてください。起動しませんでした。",
        "Settings of test networks cannot be used in production. Please remove {setting}. The service did not start.",
    ),
}
