"""Sentences of the rules of the metadata profile: code → (Japanese, English)."""

from collections.abc import Mapping

PROGRAM_RULES: Mapping[str, tuple[str, str]] = {
    # how much a finding weighs
    "severity.error": ("誤り", "Error: cannot be submitted"),
    "severity.record": (
        "要添付",
        "Record: reported by lint of a file, error at submission unless the record is attached",
    ),
    "severity.warn": ("注意", "Warning"),
    "severity.info": ("参考", "Information"),
    # the rules, and more exact sentences of the same rules
    "R-01": (
        "学習時間の内訳の合計（{sum}時間）が総学習時間（{total}時間）と一致しません。",
        "The breakdown adds up to {sum} hours but the total is {total} hours.",
    ),
    "R-02": (
        "学位や国家資格と誤認されるおそれのある語「{word}」は名称に使えません。",
        ('The word "{word}" could be taken for a degree or a national qualification and cannot be used in the title.'),
    ),
    "R-03": (
        "名称が長すぎます（日本語60文字以内、英語120文字以内）。",
        "The title is too long (at most 60 characters in Japanese, 120 in English).",
    ),
    "R-04": (
        "学修成果は「～できる」の形で書いてください。",
        'Please write each outcome as what the learner can do, starting with "Can".',
    ),
    "R-05": (
        "学修成果は3～8個が目安です（現在{count}個）。",
        "Three to eight outcomes are recommended (now {count}).",
    ),
    "R-06": ("学修成果 {LO} を評価する方法がありません。", "No assessment covers outcome {LO}."),
    "R-06.unknown_outcome": (
        "評価 {assessment} が対象とする学修成果 {LO} がありません。",
        "Assessment {assessment} covers outcome {LO}, which does not exist.",
    ),
    "R-06.weights": (
        "評価の比重の合計が{sum}％です。100％にしてください。",
        "The weights of the assessments add up to {sum} percent; they have to make 100.",
    ),
    "R-07": ("出席のみでは評価とは認められません。", "Attendance alone is not accepted as assessment."),
    "R-07.weight": (
        "出席の比重（{weight}％）が大きすぎます（{max}％以内）。",
        "Attendance weighs {weight} percent; at most {max} is accepted.",
    ),
    "R-08": (
        "このレベルのプログラム又は単位を授与するプログラムでは、本人確認を伴う評価が必要です。",
        "This level, or the award of credit, needs assessment with identity verification.",
    ),
    "R-09": (
        "受講形態と本人確認方法の組合せを確認してください。",
        "Please check the combination of form of participation and identity verification.",
    ),
    "R-10": (
        (
            "履修証明プログラムは、大学、短期大学、高等専門学校又は大学院が提供し、"
            "総時間数が60時間以上であることが必要です。"
        ),
        (
            "A certificate program (履修証明) must be offered by a university, junior college, college of "
            "technology or graduate school and needs at least 60 hours in total."
        ),
    ),
    "R-11": (
        "単位数に対して学習時間が不足しています（1単位＝45時間）。",
        "The learning hours are too few for the credits awarded (1 credit = 45 hours).",
    ),
    "R-12": (
        "「認定を確約」とした経路（{pathway}）には、授与機関の署名入り確認書が必要です。",
        "The guaranteed pathway ({pathway}) needs a signed confirmation from the awarding body.",
    ),
    "R-13": (
        "コード {code} は {framework} {version} に見つかりません。",
        "Code {code} was not found in {framework} {version}.",
    ),
    "R-14": (
        "教育分野（ISCED-F）と、スキル又は職業への対応をそれぞれ1件以上示してください。",
        "Please give at least one ISCED-F alignment and at least one skill or occupation alignment.",
    ),
    "R-15": (
        "変化の速い分野（AI、セキュリティ等）では、有効期間24か月以内をお勧めします。",
        "In fast-moving fields (AI, security) a validity of 24 months or less is suggested.",
    ),
    "R-16": (
        "見直しの周期は36か月以内が標準です（上限60か月）。",
        "The review period should be 36 months or less (hard limit 60).",
    ),
    "R-17": (
        "日本語と英語の文が同じか、日本語の欄に日本語がありません。",
        "The English text is a copy of the Japanese, or the Japanese text has no Japanese characters.",
    ),
    "R-18": ("生成AIの利用可否を明示してください。", "Please state whether generative AI may be used."),
    "R-19": ("公開ページと認証内容が異なります。", "The public page differs from the accredited content."),
    "R-20": (
        "受講料は、消費税の取扱いと返金条件を受講申込みの前に示してください。",
        "Please show fees with tax and refund terms before enrollment.",
    ),
    "R-21": ("評価を担う協力機関の記載がありません。", "The partner that assesses is not named."),
    "R-22": (
        "大学等の場合は、機関別認証評価の受審記録が必要です。",
        "A university needs a record of institutional evaluation.",
    ),
    "R-23": (
        "総学習時間は{min}時間以上{max}時間以下としてください。",
        "The total learning hours must be between {min} and {max}.",
    ),
    # what a version names at this installation's address
    "program.predecessor_unknown": (
        "この版が引き継ぐとする前の版が、登録簿にありません。前の版も受け付け、認証を記録してください。",
        "The version that this one supersedes is not in the register. Please import and approve it as well.",
    ),
    "program.partner_unknown": (
        "協力機関の識別子（id）がこのサイトのものですが、その機関は登録されていません。",
        "The id of the partner is an address of this site, but no such organization is registered.",
    ),
    # contradictions that the schema cannot see (metadata profile §5)
    "profile_violation.value": (
        "項目「{field}」の値が、定められた形式又は範囲に合っていません。",
        'The value of "{field}" is not of the form or in the range that the profile prescribes.',
    ),
    "profile_violation.required_value": (
        "評価 {assessment} の合格に必要な値が、最小値と最大値の間にありません。",
        "The value to reach in assessment {assessment} does not lie between the least and the greatest value.",
    ),
    "profile_violation.required_level": (
        "評価 {assessment} の合格に必要な段階が、段階の一覧にありません。",
        "The level to reach in assessment {assessment} is not among its levels.",
    ),
    "profile_violation.level_twice": (
        "評価 {assessment} の段階の符号又は順序が重複しています。",
        "A code or an order of the levels of assessment {assessment} is used twice.",
    ),
    "profile_violation.code_twice": ("符号 {code} が重複しています。", "The code {code} is used twice."),
    "profile_violation.term": (
        "有効期間が長すぎます（{max}か月以内）。",
        "The validity is too long (at most {max} months).",
    ),
    "profile_violation.number": (
        (
            "この数値は、ソフトウェアによって書き方が異なるため、証明の署名を検証できない場合があります。"
            "有効数字は15桁以内とし、0以外の値は0.000001以上、小数は10の15乗未満、整数は2の53乗未満にしてください。"
        ),
        (
            "Software writes this number in different ways, so that signatures over it may not verify. Please use at "
            "most 15 significant digits and, unless it is 0, at least 0.000001; decimals stay below 10 to the 15th, "
            "integers below 2 to the 53rd power."
        ),
    ),
    "profile_violation.title_order": (
        (
            "日本語と英語の名称の並び順がソフトウェアによって異なるため、証明の署名を検証できない場合があります。"
            "二つの名称で最初に異なる文字が、一方は絵文字などの文字（U+10000以降）、"
            "他方は全角英数字などの文字（U+E000～U+FFFF）です。どちらかの文字を変えてください。"
        ),
        (
            "Software sorts the Japanese and the English title in different ways, so that signatures over them may not "
            "verify: where they first differ, one has a character such as an emoji (from U+10000 on), the other one "
            "such as a full-width letter (U+E000 to U+FFFF). Please change one of the two."
        ),
    ),
}
