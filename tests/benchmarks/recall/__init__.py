"""How much of what a function needs is shown: cases, the peer, and what both show."""
