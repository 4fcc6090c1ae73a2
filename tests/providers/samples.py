"""Drawing with the sample provider, and looking at what it drew."""

import io
import statistics

from PIL import Image, ImageChops, ImageStat

from assignments.generation.providers.base import Address, ImageRequest
from assignments.generation.providers.sample import SampleProvider

PROVIDER = SampleProvider(Address())


def ask(words, seed=11, **changes):
    return ImageRequest(model="sample", prompt="", student_text=words, seed=seed, **changes)


def draw(words, seed=11, **changes):
    return PROVIDER.generate(ask(words, seed, **changes)).images[0]


def picture(drawn):
    return Image.open(io.BytesIO(drawn.data)).convert("RGB")


def difference(first, second):
    """Mean difference of two pictures' pixels, 0 to 255."""
    return statistics.fmean(ImageStat.Stat(ImageChops.difference(picture(first), picture(second))).mean)


def share_of(drawn, is_wanted):
    pixels = list(picture(drawn).resize((192, 108), Image.Resampling.NEAREST).get_flattened_data())
    return sum(is_wanted(*pixel) for pixel in pixels) / len(pixels)


def is_yellow(red, green, blue):
    return red > 215 and 165 < green < 225 and blue < 110
