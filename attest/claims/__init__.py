"""Our claims: one file for each paper, or one folder with a file for each subject. Nothing needs to be registered."""
