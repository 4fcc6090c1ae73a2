"""Errors of the ``openai`` package, turned into ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAIError

from ..errors import BadAnswer, ConnectionLost, TimedOut
from .wire import read_error


@contextmanager
def our_errors() -> Iterator[None]:
    """Turn the package's errors into ours; those of the transport pass through as they are."""
    try:
        yield
    except APIStatusError as error:
        response = error.response
        raise read_error(response.status_code, response.headers, response.content) from error
    except APITimeoutError as error:  # before APIConnectionError, which it inherits from
        raise TimedOut(str(error)) from error
    except APIConnectionError as error:
        raise ConnectionLost(str(error)) from error
    except OpenAIError as error:
        raise BadAnswer(str(error)) from error
