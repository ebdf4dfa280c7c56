"""What a comparison says, and how it is written for reviewers, terminals and programs."""
