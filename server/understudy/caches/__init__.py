"""What is kept on this machine to ask less often. It can be cleared at any time without harm."""
