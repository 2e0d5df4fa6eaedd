"""Who is in the demonstration. Nobody here exists."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from tonghu.access.constants import OrganisationKind, ScopeKind

AGENCY = UUID("01980000-0000-7000-8000-000000000001")
PASSWORD = "tonghu-demo"  # noqa: S105 -- good in demo mode only, printed for everybody
FIRST_DAY = dt.date(2026, 5, 4)


@dataclass(frozen=True)
class Cast:
    """One person of the demonstration."""

    login: str
    name: str
    latin_name: str
    role: str
    organisation: str
    phone: str = ""
    scope_kind: ScopeKind = ScopeKind.ORGANISATION


HOUSE = "秦晖社会工作服务中心"
PARTNERS = (
    (OrganisationKind.BUYER, "新城区民政局", "Xincheng Civil Affairs Bureau"),
    (OrganisationKind.EVALUATOR, "西安明德评估所", "Mingde Evaluation, Xi'an"),
    (OrganisationKind.COMMUNITY, "石桥村", "Shiqiao Village"),
)
CAST = (
    Cast("qinhui", "秦慧", "Qin Hui", "head", HOUSE, "029 0000 0101"),
    Cast("hejing", "何静", "He Jing", "administrator", HOUSE, "029 0000 0128"),
    Cast("zhanglan", "张岚", "Zhang Lan", "supervisor", HOUSE, "029 0000 0110"),
    Cast("liumin", "刘敏", "Liu Min", "worker", HOUSE, "029 0000 0117"),
    Cast("yangfan", "杨帆", "Yang Fan", "worker", HOUSE, "029 0000 0133"),
    Cast("hanxue", "韩雪", "Han Xue", "finance", HOUSE, "029 0000 0142"),
    Cast("gaoxiulan", "高秀兰", "Gao Xiulan", "director", "石桥村", scope_kind=ScopeKind.PLACE),
    Cast("majing", "马静", "Ma Jing", "buyer", "新城区民政局"),
    Cast("xuzhe", "徐哲", "Xu Zhe", "evaluator", "西安明德评估所"),
    Cast("luowen", "罗文", "Luo Wen", "auditor", "西安明德评估所"),
)
VILLAGE = "石桥村"
WORK_IN = ((VILLAGE, "VILLAGE"), ("柳湾社区", "COMMUNITY"), ("青石社区", "COMMUNITY"))
TEAMS = {
    "liumin": (VILLAGE, "柳湾社区"),
    "yangfan": ("柳湾社区", "青石社区"),
    "zhanglan": (VILLAGE, "柳湾社区", "青石社区"),
}
NEWCOMER = Cast("maqian", "马倩", "Ma Qian", "worker", HOUSE)
