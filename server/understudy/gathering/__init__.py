"""What a model should see of a workspace for one place in it, each piece with its reason."""
