"""Zhang, Titov, Sennrich (2021): sparse attention with linear units; one file per subject."""
