"""What lies on the disk where the public is served from, and in the search index."""

from pathlib import Path

from django.conf import settings

from archive.models import EditionImage
from media.models import PublicImage

from .words import PUBLIC, WORD
from .world import World


def public_images() -> set[str]:
    return {path.stem for path in files(settings.PUBLIC_DIR)}


def files(root) -> list[Path]:
    return [path for path in Path(root).rglob("*") if path.is_file()]


def leaks(world: World) -> list[str]:
    """Sentences about what shouldn't lie there: files that no standing edition lists, planted words, hidden masters."""
    listed = set(EditionImage.objects.values_list("image_id", flat=True))
    held = {image for image, state in world.words.images.items() if state.startswith("held")}
    found = [f"{image} lies in public" for image in sorted(public_images() - (listed - held))]
    found += [
        f"{image} counts as public" for image in PublicImage.objects.values_list("pk", flat=True) if image in held
    ]
    masters = {path.read_bytes(): path.name for path in files(settings.MASTERS_DIR)}
    for root in (settings.PUBLIC_DIR, settings.SEARCH_INDEX_DIR):
        for path in files(root):
            data = path.read_bytes()
            if data in masters:
                found.append(f"{path} is a master")
            words = {word.decode().lower() for word in WORD.findall(data)} | {
                image for image in world.words.images if image.encode() in data
            }
            states = {word: world.words.state(word) for word in words if word in world.words.states or len(word) > 8}
            found += [f"{path}: {word} of {state}" for word, state in states.items() if state not in PUBLIC]
    return found


def words_of_index() -> set[str]:
    """Planted words that can be read in the index's files: that there are some shows that they could be."""
    found = set()
    for path in files(settings.SEARCH_INDEX_DIR):
        found |= {word.decode().lower() for word in WORD.findall(path.read_bytes())}
    return found
