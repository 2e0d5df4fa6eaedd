"""A small list is read on a fixed day, and told in short for a test."""

import datetime as dt

from tonghu.people.roster.understanding import understand

ON = dt.date(2026, 11, 20)
HEAD = ["姓名", "性别", "出生日期", "联系电话"]
MING = ["王明", "男", "2015.3.2", "16314766651"]
HONG = ["李红", "女", "2017.5.6", "15400000002"]
LAN = ["张兰", "女", "2016.7.8", "15400000003"]


def read(content, **more):
    return understand(content, on=ON, **more)


def names(roster):
    return [line.fields.name for line in roster.lines]


def codes(roster):
    return [[reason.code for reason in line.reasons] for line in roster.lines]


def told(roster):
    return [(problem.row, problem.reason.code, problem.reason.text) for problem in roster.problems]


def kinds(roster):
    return [(skipped.row, skipped.kind) for skipped in roster.skipped]
