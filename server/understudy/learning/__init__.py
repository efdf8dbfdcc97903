"""What was learned from failures: lessons, and the evidence for and against each."""
