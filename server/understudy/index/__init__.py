"""What is defined where in a workspace, and what each file imports: kept up to date on the side."""
