"""The measured side: what the papers define, executed. It never sees ``theory``."""

__distribution__ = "attest-attention"
