"""The tables of communities, a file per noun."""

from leerkring.communities.models.admission import Admission, Answer
from leerkring.communities.models.community import ROLES, Community, Membership, MembershipSet
from leerkring.communities.models.digest import Digest
from leerkring.communities.models.door import Arrival, Door
from leerkring.communities.models.invitation import Invitation
from leerkring.communities.models.log import Link, Record
from leerkring.communities.models.notice import Notice, NoticeSet
from leerkring.communities.models.oversight import ExceptionalAct
from leerkring.communities.models.preference import NoticePreference

__all__ = [
    "ROLES",
    "Admission",
    "Answer",
    "Arrival",
    "Community",
    "Digest",
    "Door",
    "ExceptionalAct",
    "Invitation",
    "Link",
    "Membership",
    "MembershipSet",
    "Notice",
    "NoticePreference",
    "NoticeSet",
    "Record",
]
