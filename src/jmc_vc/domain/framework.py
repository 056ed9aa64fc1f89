"""The registry of frameworks and of their nodes, as one plain table (INV-36, rule R-13).

A program may point only at a node that stands here, at the version that stands here. `confirmed=False` means that
nobody has seen the node at its source yet: it can be submitted, and an approval waits until a member of staff has
looked it up. Labels are the frameworks' own and keep their spelling.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Framework:
    """`alignment_names` are the names under which programs cite it; `version` is the one whose nodes stand here."""

    id: str
    name_ja: str
    name_en: str
    version: str
    publisher_ja: str
    publisher_en: str
    url: str
    alignment_names: tuple[str, ...]


@dataclass(frozen=True)
class Node:
    """`code` is None where the framework has no official codes: then the label names the node."""

    framework: str
    version: str
    code: str | None
    label: str
    uri: str
    target_type: str
    confirmed: bool = True


FRAMEWORKS: tuple[Framework, ...] = (
    Framework(
        id="jeqf",
        name_ja="日本の教育資格枠組み",
        name_en="Japan Education Qualifications Framework (JEQF)",
        version="2025",
        publisher_ja="大学改革支援・学位授与機構（NIC-Japan）",
        publisher_en="NIAD-QE (NIC-Japan); endorsed by MEXT in 2025",
        url="https://www.nicjp.niad.ac.jp/japanese-system/jeqf.html",
        alignment_names=("日本の教育資格枠組み (JEQF)",),
    ),
    Framework(
        id="esco-occupations",
        name_ja="ESCO 職業",
        name_en="ESCO occupations",
        version="1.1.1",
        publisher_ja="欧州委員会",
        publisher_en="European Commission",
        url="http://data.europa.eu/esco/occupation/",
        alignment_names=("ESCO occupations",),
    ),
    Framework(
        id="esco-skill-groups",
        name_ja="ESCO スキル群",
        name_en="ESCO skills pillar (group)",
        version="1.1.1",
        publisher_ja="欧州委員会",
        publisher_en="European Commission",
        url="http://data.europa.eu/esco/skill/",
        alignment_names=("ESCO skills pillar (group)",),
    ),
    Framework(
        id="isced-f",
        name_ja="国際標準教育分類 教育・訓練分野 2013",
        name_en="ISCED Fields of Education and Training 2013",
        version="2013",
        publisher_ja="ユネスコ統計研究所",
        publisher_en="UNESCO Institute for Statistics",
        url="http://data.europa.eu/snb/isced-f/",
        alignment_names=("ISCED-F 2013",),
    ),
    Framework(
        id="onet-soc",
        name_ja="O*NET-SOC",
        name_en="O*NET-SOC",
        version="2019",
        publisher_ja="米国労働省",
        publisher_en="U.S. Department of Labor",
        url="https://www.onetonline.org/",
        alignment_names=("O*NET-SOC",),
    ),
    Framework(
        id="dss",
        name_ja="デジタルスキル標準",
        name_en="Digital Skill Standards (DSS)",
        version="1.2",
        publisher_ja="情報処理推進機構・経済産業省",
        publisher_en="IPA and METI",
        url="https://www.ipa.go.jp/jinzai/skill-standard/dss/about.html",
        alignment_names=("デジタルスキル標準 (DSS)",),
    ),
    Framework(
        id="jsoc",
        name_ja="日本標準職業分類",
        name_en="Japan Standard Occupational Classification",
        version="平成21年12月統計基準設定",
        publisher_ja="総務省",
        publisher_en="Ministry of Internal Affairs and Communications",
        url="https://www.e-stat.go.jp/classifications/terms/20/02/",
        alignment_names=("日本標準職業分類",),
    ),
    Framework(
        id="jle-reference",
        name_ja="日本語教育の参照枠",
        name_en="Reference Framework for Japanese Language Education",
        version="2021",
        publisher_ja="文化庁",
        publisher_en="Agency for Cultural Affairs",
        url="https://www.bunka.go.jp/seisaku/bunkashingikai/kokugo/",
        alignment_names=("日本語教育の参照枠",),
    ),
)

# fmt: off
NODES: tuple[Node, ...] = (
    Node("jeqf", "2025", "1", "レベル1 / Level 1",
         "https://www.nicjp.niad.ac.jp/japanese-system/jeqf.html", "ext:QualificationLevel"),
    Node("jeqf", "2025", "2", "レベル2 / Level 2",
         "https://www.nicjp.niad.ac.jp/japanese-system/jeqf.html", "ext:QualificationLevel"),
    Node("jeqf", "2025", "3", "レベル3 / Level 3",
         "https://www.nicjp.niad.ac.jp/japanese-system/jeqf.html", "ext:QualificationLevel"),
    Node("jeqf", "2025", "4", "レベル4 / Level 4",
         "https://www.nicjp.niad.ac.jp/japanese-system/jeqf.html", "ext:QualificationLevel"),
    Node("jeqf", "2025", "5", "レベル5 / Level 5",
         "https://www.nicjp.niad.ac.jp/japanese-system/jeqf.html", "ext:QualificationLevel"),
    Node("jeqf", "2025", "6", "レベル6 / Level 6",
         "https://www.nicjp.niad.ac.jp/japanese-system/jeqf.html", "ext:QualificationLevel"),
    Node("jeqf", "2025", "7", "レベル7 / Level 7",
         "https://www.nicjp.niad.ac.jp/japanese-system/jeqf.html", "ext:QualificationLevel"),
    Node("jeqf", "2025", "8", "レベル8 / Level 8",
         "https://www.nicjp.niad.ac.jp/japanese-system/jeqf.html", "ext:QualificationLevel"),
    Node("esco-occupations", "1.1.1", "2263.1", "emergency response coordinator",
         "http://data.europa.eu/esco/occupation/72913ee1-1696-4d74-b26f-681d17887c58", "ext:Occupation"),
    Node("esco-occupations", "1.1.1", "2511.3", "data analyst",
         "http://data.europa.eu/esco/occupation/d3edb8f8-3a06-47a0-8fb9-9b212c006aa2", "ext:Occupation"),
    Node("esco-occupations", "1.1.1", "3412.4.9", "residential care home worker",
         "http://data.europa.eu/esco/occupation/81309031-dad2-4a7a-bde6-7f6e518f89ff", "ext:Occupation"),
    Node("esco-occupations", "1.1.1", "5322.1", "home care aide",
         "http://data.europa.eu/esco/occupation/1391bdf9-bd61-4fb5-91ca-c29036ab2b60", "ext:Occupation"),
    Node("esco-occupations", "1.1.1", "7543.10", "product quality inspector",
         "http://data.europa.eu/esco/occupation/61d9270c-491d-438d-8d41-77ba2e0ef023", "ext:Occupation"),
    Node("esco-skill-groups", "1.1.1", "S1.15.1", "using foreign languages",
         "http://data.europa.eu/esco/skill/03961960-e729-4768-ab0a-49886132f17a", "ext:Skill"),
    Node("esco-skill-groups", "1.1.1", "S1.2.1", "communicating with colleagues and clients",
         "http://data.europa.eu/esco/skill/a19c5139-1250-4a60-9c31-a3243cca06cc", "ext:Skill"),
    Node("esco-skill-groups", "1.1.1", "S2.7", "analysing and evaluating information and data",
         "http://data.europa.eu/esco/skill/3753e796-121e-46a3-9c27-dee31ce92c80", "ext:Skill"),
    Node("esco-skill-groups", "1.1.1", "S2.8", "monitoring, inspecting and testing",
         "http://data.europa.eu/esco/skill/1e95cef2-9c35-4f9f-b6a9-cb458c3e5379", "ext:Skill"),
    Node("esco-skill-groups", "1.1.1", "S2.8.10", "monitoring quality of products",
         "http://data.europa.eu/esco/skill/0b3930a2-8a13-4932-8a09-4c72ec8af464", "ext:Skill"),
    Node("esco-skill-groups", "1.1.1", "S3.1.3", "assisting people to access services",
         "http://data.europa.eu/esco/skill/29fbde52-e525-4653-96d0-acd59ccb28d8", "ext:Skill"),
    Node("esco-skill-groups", "1.1.1", "S3.2.6", "fitting assistive devices",
         "http://data.europa.eu/esco/skill/50e42de7-4a5c-4f94-b160-765f547d840c", "ext:Skill"),
    Node("esco-skill-groups", "1.1.1", "S3.3.6", "protecting privacy and personal data",
         "http://data.europa.eu/esco/skill/2b6e15f5-dfa0-4e7c-9687-5665b07e56a4", "ext:Skill"),
    Node("esco-skill-groups", "1.1.1", "S3.6.1", "assisting people with mobility",
         "http://data.europa.eu/esco/skill/8826b057-0e80-4e3d-9efc-1e179d597f40", "ext:Skill"),
    Node("esco-skill-groups", "1.1.1", "S3.6.2", "assisting with personal needs",
         "http://data.europa.eu/esco/skill/77ee8fad-188f-44cf-88ba-4e495a52d604", "ext:Skill"),
    Node("esco-skill-groups", "1.1.1", "S4.1.7", "developing contingency and emergency response plans",
         "http://data.europa.eu/esco/skill/164510d1-1216-4dc0-b9d1-a7f6af19e469", "ext:Skill"),
    Node("esco-skill-groups", "1.1.1", "S5.5.2", "managing, gathering and storing digital data",
         "http://data.europa.eu/esco/skill/6a7fc30d-af16-4cc5-a957-29d174bdb61c", "ext:Skill"),
    Node("esco-skill-groups", "1.1.1", "S5.6.1", "using digital tools for collaboration and productivity",
         "http://data.europa.eu/esco/skill/98fb499f-9155-412d-a8a0-95ba97126fec", "ext:Skill"),
    Node("isced-f", "2013", "0231", "Language acquisition",
         "http://data.europa.eu/snb/isced-f/0231", "ext:FieldOfEducation"),
    Node("isced-f", "2013", "0542", "Statistics",
         "http://data.europa.eu/snb/isced-f/0542", "ext:FieldOfEducation"),
    Node("isced-f", "2013", "0611", "Computer use",
         "http://data.europa.eu/snb/isced-f/0611", "ext:FieldOfEducation"),
    Node("isced-f", "2013", "0715", "Mechanics and metal trades",
         "http://data.europa.eu/snb/isced-f/0715", "ext:FieldOfEducation"),
    Node("isced-f", "2013", "0921", "Care of the elderly and of disabled adults",
         "http://data.europa.eu/snb/isced-f/0921", "ext:FieldOfEducation"),
    Node("isced-f", "2013", "1032", "Protection of persons and property",
         "http://data.europa.eu/snb/isced-f/1032", "ext:FieldOfEducation"),
    Node("onet-soc", "2019", "11-9161.00", "Emergency Management Directors",
         "https://www.onetonline.org/link/summary/11-9161.00", "ext:Occupation"),
    Node("onet-soc", "2019", "15-2051.00", "Data Scientists",
         "https://www.onetonline.org/link/summary/15-2051.00", "ext:Occupation"),
    Node("onet-soc", "2019", "31-1121.00", "Home Health Aides",
         "https://www.onetonline.org/link/summary/31-1121.00", "ext:Occupation"),
    Node("onet-soc", "2019", "31-1131.00", "Nursing Assistants",
         "https://www.onetonline.org/link/summary/31-1131.00", "ext:Occupation"),
    Node("onet-soc", "2019", "51-9061.00", "Inspectors, Testers, Sorters, Samplers, and Weighers",
         "https://www.onetonline.org/link/summary/51-9061.00", "ext:Occupation"),
    Node("dss", "1.2", None, "DXリテラシー標準：How（データ・技術の利活用）",
         "https://www.ipa.go.jp/jinzai/skill-standard/dss/about.html", "ext:SkillStandardItem"),
    Node("dss", "1.2", None, "DXリテラシー標準：マインド・スタンス",
         "https://www.ipa.go.jp/jinzai/skill-standard/dss/about.html", "ext:SkillStandardItem"),
    Node("dss", "1.2", None, "DX推進スキル標準：データサイエンティスト",
         "https://www.ipa.go.jp/jinzai/skill-standard/dss/about.html", "ext:SkillStandardItem"),
    Node("jsoc", "平成21年12月統計基準設定", "109", "その他の情報処理・通信技術者",
         "https://www.e-stat.go.jp/classifications/terms/20/02/109", "ext:Occupation"),
    Node("jsoc", "平成21年12月統計基準設定", "361", "介護職員（医療・福祉施設等）",
         "https://www.e-stat.go.jp/classifications/terms/20/02/361", "ext:Occupation"),
    Node("jle-reference", "2021", "B1", "B1 自立した言語使用者 / Independent user",
         "https://www.bunka.go.jp/seisaku/bunkashingikai/kokugo/", "ext:LanguageLevel", confirmed=False),
)
# fmt: on

_BY_NAME: Mapping[str, Framework] = {name: framework for framework in FRAMEWORKS for name in framework.alignment_names}
_BY_ID: Mapping[str, Framework] = {framework.id: framework for framework in FRAMEWORKS}
_BY_CODE: Mapping[tuple[str, str, str], Node] = {
    (node.framework, node.version, node.label if node.code is None else node.code): node for node in NODES
}


def framework(framework_id: str) -> Framework:
    """The framework of that id. Raises KeyError."""
    return _BY_ID[framework_id]


def find_node(alignment: Mapping[str, Any]) -> Node | None:
    """The registered node that an alignment of the profile points at, or None. Without a code the name decides."""
    cited = _BY_NAME.get(alignment["framework"])
    if cited is None:
        return None
    return _BY_CODE.get((cited.id, alignment["frameworkVersion"], alignment.get("targetCode", alignment["targetName"])))


def level_node(level: int) -> Node:
    """The node of a level, 1 to 8, of the Japanese qualifications framework."""
    return _BY_CODE[("jeqf", _BY_ID["jeqf"].version, str(level))]


def needs_check(alignment: Mapping[str, Any]) -> bool:
    """Whether a member of staff must look the node up before approval (INV-36).

    The issuer's own word `confirmed: true` does not help where the registry itself is not sure.
    """
    node = find_node(alignment)
    return alignment.get("confirmed") is False or node is None or not node.confirmed
