"""One real picture from the service that the environment names; collected only with EDU4ALL_LIVE_TEST=1."""

import os

from assignments.generation.images import derive, verify
from assignments.generation.providers.base import Address, ImageRequest
from assignments.generation.providers.registry import build_provider


def test_one_real_picture() -> None:
    environment = os.environ
    if environment.get("AZURE_OPENAI_KEY"):
        kind, model = "azure", environment["AZURE_OPENAI_DEPLOYMENT"]
        address = Address(
            environment["AZURE_OPENAI_ENDPOINT"],
            environment["AZURE_OPENAI_KEY"],
            deployment=model,
            api_version=environment.get("AZURE_OPENAI_API_VERSION", ""),
        )
    else:
        kind, model = "openai", environment["OPENAI_IMAGE_MODEL"]
        address = Address(
            environment.get("OPENAI_BASE_URL") or "https://api.openai.com/v1", environment["OPENAI_API_KEY"]
        )
    request = ImageRequest(
        model=model,
        prompt="A friendly dog beside the Eiffel Tower in morning light, in colour, for children.",
        quality="low",
        pseudonym="live-smoke-test",
    )
    result = build_provider(kind, address).generate(request)
    found = verify(result.images[0].data, width=1536, height=864, is_colour_required=True)
    assert found.width >= 1536
    assert len(derive(result.images[0].data)) == 3
    assert result.usage.output_tokens > 0
