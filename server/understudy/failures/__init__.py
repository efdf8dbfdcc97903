"""What went wrong, told apart: providers' replies, networks, tools' output, and what a model wrote."""
