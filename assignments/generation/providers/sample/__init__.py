"""Sample pictures: composed here, from words, without a key or a network."""

from .provider import SampleProvider

__all__ = ["SampleProvider"]
