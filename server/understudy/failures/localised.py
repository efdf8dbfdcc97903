"""Words about quotas and rates in Chinese, Japanese and German.

A message of theirs is short, and what a provider echoes would be quoted.
"""

from __future__ import annotations

from understudy.failures.kinds import Kind
from understudy.failures.rules import Rule

# Each word of these languages is written by the numbers of its characters: some look alike.
_MINUTE_ZH = r"(?:\u5206[\u949f\u9418]|\u6bcf\u79d2|\u901f\u7387|[\u9891\u983b]\u7387|[\u5e76\u4e26][\u53d1\u767c])"
"""Minute, second, rate, frequency, concurrency."""
_SPENT_ZH = r"[^'\"`]{0,60}?(?:[\u4f59\u9918][\u989d\u984d]\u4e0d\u8db3|\u6b20[\u8d39\u8cbb]|(?:[\u989d\u984d]\u5ea6|\u914d[\u989d\u984d]|\u9650[\u989d\u984d]|\u7528\u91cf)[\u5df2\u90fd]?(?:\u4e0d\u8db3|\u7528\u5b8c|\u8017[\u5c3d\u76e1]|\u7528[\u5c3d\u76e1]|\u8d85\u9650))"
"""Too little balance, arrears; quota, limit or usage that is used up."""
_LIMIT_ZH = (
    rf"(?![^'\"`]{{0,80}}?{_MINUTE_ZH})"
    r"[^'\"`]{0,60}?(?:\u4f7f\u7528|\u7528\u91cf|\u6d88[\u8d39\u8cbb]|[\u989d\u984d]\u5ea6|[\u8c03\u8abf]\u7528)[\u91cf\u7684]{0,2}(?:\u4e0a\u9650|\u9650[\u989d\u984d])"
)
"""The upper limit of usage, spending, quota or calls."""
_BUSY_ZH = r"[^'\"`]{0,40}?(?:[\u8bf7\u8acb]\u6c42(?:[\u8fc7\u904e]\u4e8e|\u592a)?[\u9891\u983b]\u7e41|[\u8bf7\u8acb]\u6c42(?:\u6b21[\u6570\u6578])?[\u8fc7\u904e]\u591a|\u901f\u7387\u9650\u5236|[\u9891\u983b]\u7387\u9650\u5236|\u9650\u6d41|[\u5e76\u4e26][\u53d1\u767c][\u6570\u6578][\u8fc7\u904e]\u9ad8)"
_MINUTE_JA = r"(?:\u5206\u3042\u305f\u308a|\u79d2\u3042\u305f\u308a|\u6bce\u5206|\u6bce\u79d2|\u30ec\u30fc\u30c8)"
_SPENT_JA = r"[^'\"`]{0,40}?(?:\u5229\u7528\u67a0|\u30af\u30a9\u30fc\u30bf|\u5272\u308a\u5f53\u3066|\u6b8b\u9ad8|\u30af\u30ec\u30b8\u30c3\u30c8)[^'\"`]{0,20}?(?:\u4f7f\u3044\u5207|\u8d85\u904e|\u8d85\u3048|\u4e0a\u9650|\u4e0d\u8db3)"
"""Usage frame, quota, allotment, balance or credit, and that it is used up or exceeded."""
_LIMIT_JA = (
    rf"(?![^'\"`]{{0,80}}?{_MINUTE_JA})"
    r"[^'\"`]{0,40}?(?:\u4eca\u6708|\u4eca\u9031|\u4eca\u65e5|\u672c\u65e5|\u6708\u9593|\u9031\u9593|\u65e5\u6b21|1\u65e5|\u5229\u7528|\u4f7f\u7528)[^'\"`]{0,12}?(?:\u4e0a\u9650|\u5236\u9650|\u9650\u5ea6)[^'\"`]{0,6}?(?:\u9054\u3057|\u5230\u9054|\u8d85\u3048|\u8d85\u904e)"
)
"""The limit of this month, week or day, or of usage, that was reached or exceeded."""
_BUSY_JA = r"[^'\"`]{0,40}?(?:\u30ec\u30fc\u30c8\u5236\u9650|\u30ea\u30af\u30a8\u30b9\u30c8\u304c\u591a\u3059\u304e)"
_SPENT_DE = (
    r"[^'\"`]{0,40}?(?:Kontingent|Guthaben|(?:Tages|Wochen|Monats|Jahres|Stunden|Nutzungs|Verbrauchs|Ausgaben|Kosten)(?:limit|budget|(?:ober)?grenze)|(?:t\u00e4glich|w\u00f6chentlich|monatlich)\w{0,3} (?:\w{1,20} ?)?limit)[^'\"`]{0,30}?"
    r"(?:aufgebraucht|ersch\u00f6pft|erreicht|\u00fcberschritten|reicht nicht|ausgesch\u00f6pft)"
)
_BUSY_DE = r"[^'\"`]{0,40}?(?:Zu viele Anfragen|Ratenlimit|Ratenbegrenzung|Anfragelimit)"

RULES = (
    *(Rule(Kind.QUOTA, words) for words in (_SPENT_ZH, _LIMIT_ZH, _SPENT_JA, _LIMIT_JA, _SPENT_DE)),
    *(Rule(Kind.RATE_LIMIT, words) for words in (_BUSY_ZH, _BUSY_JA, _BUSY_DE)),
)
