"""Words about the tables beside runs: sums, texts, what is remembered from run to run."""

from __future__ import annotations

from understudy.journal.schema_table import BY_HOUR, BY_TIME, Table

OTHER_TABLES = {
    "events": Table(
        "Something that happened beside runs.",
        {
            "kind": "Such as `server_started`.",
            "number": "What belongs to it.",
            "rev": "Counted, and never again.",
            "subject": "What it happened to.",
        },
        BY_TIME,
    ),
    "rollups": Table(
        "A stretch of time whose sums are made.",
        {
            "hours": "1, or 24 for a whole day.",
            "state": "`closed`: its sums stand for its rows. `pruned`: they are all there is."
            " `open`, `counting`: they do not count.",
        },
        BY_HOUR,
    ),
    "rollup_models": Table(
        "The sums of one model, task and language in a stretch, as `understudy stats export` has them.",
        {
            "applied": "Edits that were applied.",
            "at_once": "Runs that its first answer solved.",
            "attempts": "Answers.",
            "begun": "Answers whose first token was timed.",
            "begun_s": "Seconds until their first tokens, together.",
            "cancelled": "Runs beside all others: cancelled.",
            "estimated": "Calls whose cost is an estimate.",
            "judged": "Edits of which it is known what became of them.",
            "kept": "Edits that were kept.",
            "last_us": "When the last run began.",
            "latency_s": "Seconds that were waited for answers, together.",
            "offered": "Edits that were offered.",
            "opinions": "Answers about another model's edit.",
            "remembered": "Answers from our own cache.",
            "rescued": "Runs that it began and another model solved.",
            "runs": "Runs in which it took part to their end.",
            "seconds": "Seconds that it worked.",
            "solved": "Runs that it solved.",
            "standing": "Runs that it solved and of which nothing was taken back; one that was changed counts"
            " by the share that is left.",
            "superseded": "Runs beside all others: given up because the user typed on.",
            "timed": "Answers that were waited for.",
            "tokens_cached": "Tokens of prompts that the provider had in its cache.",
            "tokens_in": "Tokens of prompts.",
            "tokens_out": "Tokens of answers.",
            "undone": "Edits that were undone.",
            "unmetered": "Answers whose tokens nobody counted.",
            "unpriced": "Calls whose cost nobody knows.",
            "usd": "What it cost, in US dollars.",
        },
        BY_HOUR,
    ),
    "rollup_failures": Table(
        "How often answers failed in a stretch.", {"number": "So often."}, BY_HOUR
    ),
    "rollup_latencies": Table(
        "How many answers took how long in a stretch. In rows that are for one model, task or language"
        " alone, all other names are `*`.",
        {
            "bucket": "0: at most a millisecond. *n*: more than 1.2 to the power of *n* - 1"
            " milliseconds, and up to 1.2 to the power of *n*.",
            "number": "So many.",
        },
        BY_HOUR,
    ),
    "rollup_runs": Table(
        "Runs of a stretch, whoever was asked.",
        {
            "cancelled": "Cancelled.",
            "solved": "Solved.",
            "superseded": "Given up because the user typed on.",
            "total": "All that ended.",
        },
        BY_HOUR,
    ),
    "rollup_context": Table(
        "Calls of a stretch by what their prompts showed of the workspace.",
        {
            "answered": "Those whose reply was of use.",
            "cached": "Tokens of these prompts that the provider had in its cache.",
            "calls": "So many.",
            "kept": "Those of them whose edit was kept or applied.",
            "sent": "Tokens of prompts of which the provider told how many were in its cache.",
            "tier": "Why a piece was shown; `*` for any piece, empty for none.",
        },
        BY_HOUR,
    ),
    "rollup_paths": Table(
        "Calls of a stretch by the files that they showed, as long as there are rows of them.",
        {"answered": "Those whose reply was of use.", "calls": "So many."},
        BY_HOUR,
    ),
    "contents": Table(
        "A text that was sent or answered, where `journal.content` says that it is kept.",
        {
            "at_us": "When it was last used.",
            "body": "The text; in the file it is compressed (zlib).",
            "level": "`redacted` or `full`.",
            "size": "How many characters it has.",
        },
        BY_TIME,
    ),
    "content_uses": Table(
        "What such a text was.",
        {
            "part": "`prompt`, `reply` or `edit`.",
            "subject": "`calls.id`, or `edits.id` for an edit.",
        },
        BY_TIME,
    ),
    "imported": Table(
        "A record of another program, which no number here is made of.",
        {
            "doc": "The record, as JSON.",
            "name": "Of what it is.",
            "position": "Its place among records of the same name.",
            "shape": "`stats`, `effectiveness` or `learning`.",
        },
        BY_TIME,
    ),
    "push_targets": Table(
        "A database of a team to which runs are copied.",
        {
            "at_us": "When something was copied last.",
            "events_rev": "Events are copied up to this one.",
            "lessons": "A digest of what was copied of lessons.",
            "swept": "Runs that were there before are copied up to this id.",
            "target": "A digest of where it is, and of what is copied.",
            "until": "The last run that was there before.",
        },
    ),
    "unpushed": Table(
        "A run that is new or changed since runs were copied.",
        {"revision": "So many changes.", "target": "To where: `push_targets.target`."},
    ),
    "failure_counts": Table(
        "How often a model failed of late, for the cascade.",
        {"number": "So often.", "owner": "A digest of model, task and file."},
        BY_TIME,
    ),
    "breakers": Table(
        "A model or a provider that is left alone after failures.",
        {
            "open_until_us": "Until when.",
            "probe_until_us": "Until when somebody tries it again.",
            "since_us": "Since when it fails.",
            "trips": "How often in a row.",
            "weight": "How much its failures weigh.",
        },
    ),
    "spending": Table(
        "An amount that was put aside or spent.",
        {
            "request": "What the user asked for.",
            "until_us": "Until when it is put aside.",
            "upper_usd": "The most that it can be.",
        },
        BY_TIME,
    ),
    "allowances": Table(
        "How many silent models may be given up early.",
        {"left_over": "So many.", "name": "Of what."},
    ),
}
