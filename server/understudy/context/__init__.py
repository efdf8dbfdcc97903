"""What is known about the code around a problem."""
