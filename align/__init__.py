"""align: English–Chinese government documents in, one trusted parallel corpus out."""

__version__ = "0.1.0"
