"""Words about quotas, rates and windows in Chinese, Japanese and German.

A message of theirs is short, and what a provider echoes would be quoted.
"""

from __future__ import annotations

from understudy.failures.kinds import Kind
from understudy.failures.rules import Rule

# Each word of these languages is written by the numbers of its characters: some look alike.
_MINUTE_ZH = (
    r"(?:\u6bcf ?[0-9]{0,2} ?(?:\u5206[\u949f\u9418]|\u79d2)|(?<![0-9])[1\u4e00] ?\u5206[\u949f\u9418](?![\u4e4b\u4ee5]?[\u540e\u5f8c])"
    r"|\u901f\u7387|[\u9891\u983b]\u7387|[\u5e76\u4e26][\u53d1\u767c])"
)
"""For each minute or second, rate, frequency, concurrency."""
_NOT_ZH = rf"(?![^'\"`]{{0,80}}?{_MINUTE_ZH})"
_GONE_ZH = r"[\u5df2\u90fd]?[\u7ecf\u7d93]?(?:\u4e0d\u8db3|\u7528\u5b8c|\u7528[\u5c3d\u76e1]|\u8017[\u5c3d\u76e1]|\u8d85\u9650)"
"""Not enough, or used up."""
_BALANCE_ZH = rf"[^'\"`]{{0,60}}?(?:[\u4f59\u9918][\u989d\u984d]{_GONE_ZH}|\u6b20[\u8d39\u8cbb]|\u5957\u9910(?:{_GONE_ZH}|\u5df2?[\u7ecf\u7d93]?(?:\u5230\u671f|[\u8fc7\u904e]\u671f)))"
"""Too little balance, arrears, a plan that is used up or has ended."""
_SPENT_ZH = rf"{_NOT_ZH}[^'\"`]{{0,60}}?(?:[\u989d\u984d]\u5ea6|\u914d[\u989d\u984d]|\u9650[\u989d\u984d]|\u7528\u91cf){_GONE_ZH}"
"""Quota, limit or usage that is used up."""
_LIMIT_ZH = (
    rf"{_NOT_ZH}[^'\"`]{{0,60}}?"
    r"(?:(?:\u4f7f\u7528|\u7528\u91cf|\u6d88[\u8d39\u8cbb]|[\u989d\u984d]\u5ea6|[\u8c03\u8abf]\u7528)[\u91cf\u7684]{0,2}(?:\u4e0a\u9650|\u9650[\u989d\u984d])"
    r"|(?:[\u4eca\u6bcf\u672c\u5f53\u7576][\u65e5\u5929\u5468\u9031\u6708\u5e74]|[\u65e5\u5468\u9031\u6708\u5e74]\u5ea6)[^'\"`]{0,20}?(?:\u4e0a\u9650|\u7528\u5b8c|\u7528[\u5c3d\u76e1]|\u8017[\u5c3d\u76e1]|\u8d85\u9650))"
)
"""The upper limit of usage, spending, quota or calls; that of a day, week, month or year."""
_LONG_ZH = (
    r"[^'\"`:\[]{0,60}?(?:(?:\u8d85[\u8fc7\u904e\u51fa]|\u5927[\u4e8e\u65bc])[^'\"`]{0,20}?\u4e0a\u4e0b\u6587"
    r"|\u4e0a\u4e0b\u6587[^'\"`]{0,12}?(?:\u8d85[\u8fc7\u904e\u51fa\u9650\u957f\u9577]|[\u8fc7\u904e\u592a][\u957f\u9577]))"
)
"""More than the context takes, or a context that is too long; behind a colon it would be an echo."""
_BUSY_ZH = r"[^'\"`]{0,40}?(?:[\u8bf7\u8acb]\u6c42(?:[\u8fc7\u904e]\u4e8e|\u592a)?[\u9891\u983b]\u7e41|[\u8bf7\u8acb]\u6c42(?:\u6b21[\u6570\u6578])?[\u8fc7\u904e]\u591a|\u901f\u7387\u9650\u5236|[\u9891\u983b]\u7387\u9650\u5236|\u9650\u6d41|[\u5e76\u4e26][\u53d1\u767c][\u6570\u6578][\u8fc7\u904e]\u9ad8)"
_MINUTE_JA = r"(?:\u5206\u3042\u305f\u308a|\u79d2\u3042\u305f\u308a|\u6bce\u5206|\u6bce\u79d2|\u30ec\u30fc\u30c8)"
_NOT_JA = rf"(?![^'\"`]{{0,80}}?{_MINUTE_JA})"
_SPENT_JA = (
    rf"{_NOT_JA}[^'\"`]{{0,40}}?(?:[\u5229\u4f7f]\u7528\u67a0|\u7121\u6599\u67a0|\u30af\u30a9\u30fc\u30bf|\u5272\u308a\u5f53\u3066|\u6b8b\u9ad8|\u30af\u30ec\u30b8\u30c3\u30c8)"
    r"[^'\"`]{0,20}?(?:\u4f7f\u3044\u5207|\u8d85\u904e|\u8d85\u3048|\u4e0a\u9650|\u4e0d\u8db3|\u8db3\u308a(?:\u307e\u305b\u3093|\u306a\u3044))"
)
"""Frame of usage or of what is free, quota, allotment, balance or credit, and that it is used up or exceeded."""
_LIMIT_JA = (
    rf"{_NOT_JA}[^'\"`]{{0,40}}?"
    r"(?:\u6708\u984d|\u6708\u6b21|\u6bce\u6708|\u6bce\u65e5|\u5e74\u9593|\u4eca\u6708|\u4eca\u9031|\u4eca\u65e5|\u672c\u65e5|\u6708\u9593|\u9031\u9593|\u65e5\u6b21|1\u65e5|\u5229\u7528|\u4f7f\u7528)[^'\"`]{0,12}?(?:\u4e0a\u9650|\u5236\u9650|\u9650\u5ea6)[^'\"`]{0,6}?(?:\u9054\u3057|\u5230\u9054|\u8d85\u3048|\u8d85\u904e)"
)
"""The limit of this month, week or day, or of usage, that was reached or exceeded."""
_BUSY_JA = r"[^'\"`]{0,40}?(?:\u30ec\u30fc\u30c8\u5236\u9650|\u30ea\u30af\u30a8\u30b9\u30c8\u304c\u591a\u3059\u304e)"
_LONG_JA = r"[^'\"`:\[]{0,60}?\u30b3\u30f3\u30c6\u30ad\u30b9\u30c8[^'\"`]{0,20}?(?:\u8d85\u3048|\u8d85\u904e|\u9577\u3059\u304e)"
_MINUTE_DE = r"(?:\b(?:pro|je|per) (?:Minute|Sekunde)|(?:Minuten|Sekunden)(?:kontingent|limit))"
_SPENT_DE = (
    rf"(?![^'\"`]{{0,80}}?{_MINUTE_DE})"
    r"[^'\"`]{0,40}?(?:Kontingent|Guthaben|(?:Tages|Wochen|Monats|Jahres|Stunden|Nutzungs|Verbrauchs|Ausgaben|Kosten)(?:limit|budget|(?:ober)?grenze)|(?:t\u00e4glich|w\u00f6chentlich|monatlich)\w{0,3} (?:\w{1,20} ?)?limit|limit f\u00fcr (?:heute|(?:dies\w{1,2}|den|die|das) (?:Tag|Woche|Monat|Jahr)))[^'\"`]{0,30}?"
    r"(?:aufgebraucht|ersch\u00f6pft|erreicht|\u00fcberschritten|reicht nicht|ausgesch\u00f6pft)"
)
_LONG_DE = r"[^'\"`:\[]{0,60}?Kontext(?:l\u00e4nge|fenster)[^'\"`]{0,30}?(?:\u00fcberschr|zu lang)"
_BUSY_DE = r"[^'\"`]{0,40}?(?:Zu viele Anfragen|Ratenlimit|Ratenbegrenzung|Anfragelimit)"

RULES = (
    *(
        Rule(Kind.QUOTA, words)
        for words in (_BALANCE_ZH, _SPENT_ZH, _LIMIT_ZH, _SPENT_JA, _LIMIT_JA, _SPENT_DE)
    ),
    *(Rule(Kind.CONTEXT_OVERFLOW, words) for words in (_LONG_ZH, _LONG_JA, _LONG_DE)),
    *(Rule(Kind.RATE_LIMIT, words) for words in (_BUSY_ZH, _BUSY_JA, _BUSY_DE)),
)
