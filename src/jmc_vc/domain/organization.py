"""What kind of body an organization is, and which kinds a rule means.

The codes are those of the vocabulary `org-type`; their labels stand in `vocabulary`.
"""

from enum import StrEnum


class OrganizationType(StrEnum):
    """The kinds of the vocabulary `org-type`."""

    UNIVERSITY = "university"
    JUNIOR_COLLEGE = "junior_college"
    COLLEGE_OF_TECHNOLOGY = "college_of_technology"
    PROFESSIONAL_TRAINING_COLLEGE = "professional_training_college"
    GRADUATE_SCHOOL = "graduate_school"
    PUBLIC_TRAINING = "public_training"
    COMPANY = "company"
    INDUSTRY_ASSOCIATION = "industry_association"
    LOCAL_GOVERNMENT = "local_government"
    NPO = "npo"
    LANGUAGE_SCHOOL = "language_school"
    OTHER = "other"


UNIVERSITY_TYPE = frozenset(
    {
        OrganizationType.UNIVERSITY,
        OrganizationType.JUNIOR_COLLEGE,
        OrganizationType.COLLEGE_OF_TECHNOLOGY,
        OrganizationType.GRADUATE_SCHOOL,
    }
)
"""Bodies under the certified evaluation of institutions, which may also offer a 履修証明プログラム (rules R-10,
R-22)."""
