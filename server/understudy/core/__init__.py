"""Ground floor: text, failures, plug-in loading. Standard library only."""
