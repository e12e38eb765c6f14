"""Lu, Mao, Nayak (2021): the dynamics of training one attention model; one file per subject."""
