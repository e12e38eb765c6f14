"""The derived side: what the papers conclude, in exact symbolic form. It never sees ``numerics``."""

__distribution__ = "attest-attention"
