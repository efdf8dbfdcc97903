"""Settings and policy: what the user chose and what may run or leave the machine."""
