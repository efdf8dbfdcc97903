"""One task from a `View` to an `Outcome`. No editor, no vendor."""
