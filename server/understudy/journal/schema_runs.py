"""Words about the tables of runs and of what hangs on them."""

from __future__ import annotations

from understudy.journal.schema_table import BY_ATTEMPT, BY_CALL, BY_RUN, BY_TIME, Table

RUN_TABLES = {
    "runs": Table(
        "One thing that was asked for, and how it ended.",
        {
            "attempts": "How many edits were tried.",
            "editor": "The client; empty on the command line.",
            "job": "The id that the command answered; several runs can share it.",
            "line": "The line of the problem, from 1; 0 where there is none.",
            "model": "Whose edit was chosen, else who was asked last.",
            "reason_category": "The [category](failures.md) of the failure, if there was one.",
            "route": "Which models it might ask, and why: `routes.id`.",
            "source": "The tool that reported the problem.",
            "started_us": "When it began.",
            "status": "How it ended, such as `offered`, `told`, `unfixed` or `cancelled`; empty while"
            " it goes on, and for ever if its process was killed.",
            "surface": "`lsp` or `cli`.",
        },
        "started_us >= :since_us",
    ),
    "routes": Table(
        "Which models might be asked, and why no others. Runs that were decided alike share a row.",
        {
            "explored": "The model that was asked first only to learn about it; empty as a rule.",
            "id": "Counted.",
            "models": "In the order in which they were asked, as JSON.",
            "provenance": "By whose choice: `request`, a setting, or `built-in`.",
            "rejected": "`[[why, [model, …]], …]`, as JSON; without figures, which vary.",
        },
    ),
    "calls": Table(
        "One question to a model over the network.",
        {
            "cache_written_tokens": "Tokens that the provider put into its cache.",
            "cached_tokens": "Tokens of the prompt that it had in its cache.",
            "edit_format": "In what form the edit was asked for.",
            "estimated_usd": "The most that it could cost, as it was reckoned before.",
            "first_token_s": "Seconds until the first token.",
            "fragment_set": "The fragments of its prompt: `fragment_sets.id`.",
            "how": "`first`, or how it came to be asked: `next`, `same`, `refine` …",
            "input_tokens": "Tokens of the prompt, with the cached ones.",
            "output_tokens": "Tokens of the answer.",
            "reasoning_tokens": "Those of them that were spent on thinking.",
            "remembered": "1 where the answer came from our own cache.",
            "requests": "How many were sent; 0 where none was.",
            "status": "`answered` or `failed`.",
            "words": "Of a failure without a name, the words by which a rule could know it.",
        },
        BY_TIME,
    ),
    "attempts": Table(
        "One edit that was tried, applied in memory and checked.",
        {
            "check_ms": "How long each of its checks took, in milliseconds, as JSON.",
            "check_set": "What the checkers found: `check_sets.id`.",
            "status": "`offered`, `withheld` …",
        },
        BY_RUN,
    ),
    "checks": Table(
        "What one checker found. Attempts with the same findings share these rows.",
        {
            "checker": "Its id.",
            "fixed_count": "Problems that were gone.",
            "new_count": "Problems that were new.",
            "set_id": "`check_sets.id`.",
            "status": "`done`, `missing`, `timeout` or `failed`.",
        },
    ),
    "check_sets": Table(
        "Findings of several checkers together.",
        {"checks": "The rows of `checks`, as JSON.", "id": "Counted."},
    ),
    "gates": Table(
        "The verdict on an attempt.",
        {
            "log_odds": "Of the evidence alone, without what was learned.",
            "score": "How likely it is right, from 0 to 1.",
            "shape": "Its signals and their weights: `gate_shapes.id`.",
            "signal_values": "Their values in the same order, as JSON; null is not known.",
            "stops": "What stopped it whatever the score is, as JSON.",
            "stratum": "The kind of edit whose record decides whether it may be applied unseen.",
        },
        BY_ATTEMPT,
    ),
    "gate_shapes": Table(
        "Signals of verdicts.",
        {"id": "Counted.", "signals": "`[[name, weight], …]`, as JSON."},
    ),
    "edits": Table(
        "An edit that was offered.",
        {
            "hash": "Tells equal edits apart from others.",
            "lines_added": "Lines.",
            "lines_removed": "Lines.",
            "placed": "How surely its place was found.",
            "surface": "`lsp` or `cli`.",
        },
        BY_RUN,
    ),
    "outcomes": Table(
        "What became of an edit. The last judgement counts.",
        {
            "detail": "The share of it that is left for `kept`, `changed` and `survived_…`; seconds for"
            " `undone`.",
            "what": "`offered`, `applied`, `kept`, `changed`, `undone`, `diagnostic_gone`, `survived_30`,"
            " `survived_120`, `survived_600`, `survived_later` (seconds) …",
        },
        BY_TIME,
    ),
    "fragments_used": Table(
        "A fragment of a prompt. Calls whose prompts are made of the same ones share these rows.",
        {
            "fragment": "Its id.",
            "layer": "`built-in`, `workspace` or `user`.",
            "set_id": "`fragment_sets.id`.",
            "version": "As its author counts.",
        },
    ),
    "fragment_sets": Table(
        "The fragments of a prompt.",
        {"fragments": "The rows of `fragments_used`, as JSON.", "id": "Counted."},
    ),
    "call_spans": Table(
        "A piece of the workspace that a prompt showed.",
        {
            "first": "Its first line, from 1.",
            "last": "Its last line.",
            "shown_id": "Of which file and in what form: `shown.id`.",
        },
        BY_CALL,
    ),
    "shown": Table(
        "A file, and how a piece of it was shown.",
        {
            "form": "`mention`, `signature`, `skeleton` or `full`.",
            "id": "Counted.",
            "tier": "Why it was shown.",
        },
    ),
    "call_lessons": Table(
        "A lesson that counted for a call.",
        {"role": "`in`, or `held_out` where it was left out to see how it goes without."},
        BY_CALL,
    ),
    "strategy_uses": Table(
        "What was done about a failed answer, and what came of it.",
        {
            "result": "What came of it.",
            "step": "How the cascade went on.",
            "strategy": "Its id.",
            "why": "Why this one.",
        },
        BY_TIME,
    ),
    "lessons": Table(
        "A lesson that was learned from failures. Its words are in a file of its own.",
        {
            "first_us": "When its failure was first seen.",
            "opened_us": "When it was last (re)opened.",
            "state": "`shadow`, `active`, `paused`, `retired` …",
        },
        "opened_us >= :since_us",
    ),
    "lesson_sightings": Table("A failure that a lesson is about.", {}, BY_TIME),
    "lesson_decisions": Table(
        "What a person said of a lesson.", {"decision": "Such as `accept` or `reject`."}, BY_TIME
    ),
    "lesson_changes": Table(
        "A lesson changed its state.",
        {
            "good": "The weight of runs with it that went well.",
            "held_good": "The same without it.",
            "held_total": "The weight of all runs without it.",
            "state": "The new one.",
            "total": "The weight of all runs with it.",
            "why": "In a word.",
        },
        BY_TIME,
    ),
}
