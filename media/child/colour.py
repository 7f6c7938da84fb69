"""From whatever a master holds to 8-bit sRGB or grey."""

SRGB = "srgb"


def to_srgb(pyvips, image):
    """8-bit sRGB or grey, without transparency; colour profiles are honoured, broken ones ignored."""
    if image.interpretation == "multiband" and image.bands > 3:
        image = image[0:3].copy(interpretation=SRGB)
    grey = image.interpretation in ("b-w", "grey16")
    if image.interpretation == "cmyk" and image.format == "ushort":
        image = (image / 257).cast("uchar").copy(interpretation="cmyk")
    if image.get_typeof("icc-profile-data"):
        image = _by_profile(pyvips, image)
    target = "b-w" if grey and image.bands <= 2 else SRGB
    if image.interpretation != target or image.format != "uchar":
        image = image.colourspace(target)
    if image.hasalpha():
        image = image.flatten(background=[255] * (image.bands - 1))
    return image.cast("uchar")


def _by_profile(pyvips, image):
    """Through the embedded profile; as it is where that is broken or is another colour space's."""
    try:
        return image.icc_transform(SRGB, embedded=True, intent="relative", depth=8)
    except pyvips.Error:
        return image
