"""Sentences of the demonstration `jmc-vc demo`, one for each step: code → (Japanese, English)."""

from collections.abc import Mapping

STORY: Mapping[str, tuple[str, str]] = {
    "story.import": ("プログラムの版を受け付ける。", "A program version is taken in."),
    "story.award_before_approval": (
        "認証前のプログラムでは、証明を発行しない。",
        "Before the approval no credential is issued.",
    ),
    "story.approve": (
        "2027年4月1日から2030年3月31日までの認証を記録する。",
        "The accreditation from 1 April 2027 to 31 March 2030 is recorded.",
    ),
    "story.award_last_second_before": (
        "初日の1秒前（日本時間2027年3月31日23時59分59秒）の授与は、発行しない。",
        "One second before the first day in Japan (31 March 2027, 23:59:59 JST) an award is refused.",
    ),
    "story.award_first_second": (
        "初日の最初の1秒（日本時間2027年4月1日0時0分0秒）の授与は、発行する。",
        "In the first second of the first day (1 April 2027, 00:00:00 JST) the award is issued.",
    ),
    "story.verify_first": ("その証明は有効と検証される。", "That credential verifies as valid."),
    "story.verify_altered": (
        "成績を1字書き換えた証明は、信頼できないと判定される。",
        "The same credential with one altered figure cannot be trusted.",
    ),
    "story.award_outside": (
        "認証期間の外の日付による授与は、発行しない。",
        "An award dated outside the accreditation period is refused.",
    ),
    "story.award_second": ("二人目に証明を発行する。", "A second credential is issued."),
    "story.verify_second": ("その証明は有効と検証される。", "It verifies as valid."),
    "story.revoke": ("二人目の証明を失効させる。", "The second credential is revoked."),
    "story.verify_revoked": ("その証明は失効と検証される。", "It verifies as revoked."),
    "story.verify_unaffected": ("一人目の証明は有効のまま。", "The first credential is still valid."),
    "story.rotate": ("署名鍵を更新する。", "The signing key is rotated."),
    "story.verify_old_key": (
        "前の鍵で署名された証明は、引き続き有効と検証される。",
        "The credential signed with the old key still verifies as valid.",
    ),
    "story.award_new_key": ("新しい鍵で証明を発行する。", "A credential is issued with the new key."),
    "story.verify_new_key": ("その証明も有効と検証される。", "It verifies as valid, too."),
    "story.suspend": ("認証を一時停止する。", "The accreditation is suspended."),
    "story.verify_suspended": (
        "一時停止中も、発行済みの証明は有効のまま。",
        "During the suspension the issued credential is still valid.",
    ),
    "story.award_suspended": (
        "一時停止中は、新しい証明を発行しない。",
        "During the suspension no new credential is issued.",
    ),
    "story.reinstate": ("一時停止を解除する。", "The suspension is lifted."),
    "story.award_last_second": (
        "末日の最後の1秒（日本時間2030年3月31日23時59分59秒、UTC 14時59分59秒）の授与は、発行する。",
        "In the last second of the last day (31 March 2030, 23:59:59 JST, 14:59:59 UTC) the award is issued.",
    ),
    "story.award_second_after": (
        "その1秒後（UTC 2030年3月31日15時0分0秒）の授与は、発行しない。",
        "One second later (31 March 2030, 15:00:00 UTC) the award is refused.",
    ),
    "story.verify_ended": (
        "認証期間が終わっても、証明は有効（認証終了後）と検証される。",
        "After the accreditation has ended the credential is still valid.",
    ),
    "story.withdraw": ("認証を取り消す。", "The accreditation is withdrawn."),
    "story.verify_withdrawn": (
        "取消し後も、発行済みの証明は有効のまま。",
        "After the withdrawal the issued credential is still valid.",
    ),
    "story.award_withdrawn": (
        "取消し後は、認証期間内の日付でも新しい証明を発行しない。",
        "After the withdrawal nothing is issued, not even with a date inside the period.",
    ),
}
