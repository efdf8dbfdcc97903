"""One editor per file: its programs, its clients, its files. Each defines `EDITOR`."""
