"""Fill every text field that a model has, found by introspection, so that a field added later is planted too."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modeltranslation.translator import NotRegistered, translator
from wagtail.fields import StreamField

from archive.models import Record
from archive.models.authority import Authority
from media.models import Scan

from .words import Words

# Fields whose text is read by a parser: something that it reads.
READ = {
    "date_text": "1838",
    "scale_text": "1:300.000",
    "period_text": "1838",
    "languages": "lzh",
    "script": "Hani",
}
# An authority that only a hidden record names is the curators' vocabulary all the same, but nothing for the public.
AUTHORITIES_OF = {"held": "held names", "held_draft": "held names"}
NEVER = {"folded", "status", "gaps", "translation_key", "url_path", "path"}
LENGTH = 8  # of a planted word


class Planter:
    """Plants words of one state. `unplanted` names the text fields that wouldn't take one."""

    def __init__(self, words: Words, state: str, related: Record | None = None, scan: Scan | None = None):
        self.words, self.state, self.related, self.scan = words, state, related, scan
        self.authorities: dict[type, models.Model] = {}
        self.unplanted: set[str] = set()

    def fill(self, instance, skip=()) -> None:
        """Set each text field of an instance, unsaved or saved, to a word of its own."""
        model = type(instance)
        planted = {}
        for one in text_fields(model):
            if one.name not in skip:
                planted[one.name] = self.words.plant(self.state, f"{model.__name__}.{one.name}")
                setattr(instance, one.name, self._fitting(one, planted[one.name]))
        self._drop_refused(instance, planted)

    def _fitting(self, one, word: str) -> str:
        if any(one.name.startswith(name) for name in READ):
            return READ[next(name for name in READ if one.name.startswith(name))]
        return f"https://example.org/{word}" if isinstance(one, models.URLField) else word

    def _drop_refused(self, instance, planted) -> None:
        """Empty the fields whose validators refuse a word, and say so."""
        names = {one.name for one in instance._meta.fields}
        try:
            instance.clean_fields(exclude=names - set(planted))
        except ValidationError as error:
            for name in error.error_dict:
                setattr(instance, name, instance._meta.get_field(name).get_default())
                self.unplanted.add(f"{type(instance).__name__}.{name}")

    def children(self, parent) -> None:
        """Add one child of every kind that the parent's model has, each with what it points at."""
        for relation in type(parent)._meta.related_objects:
            if isinstance(relation.field, ParentalKey):
                child = relation.related_model()
                if self._point(child, relation.field):
                    self.fill(child)
                    getattr(parent, relation.get_accessor_name()).add(child)

    def _point(self, child, parental) -> bool:
        """Give a child its targets, choices and measures. Out: whether it got all that it needs."""
        for one in type(child)._meta.concrete_fields:
            if one is parental or one.primary_key or (one.null and not isinstance(one, models.ForeignKey)):
                continue
            if isinstance(one, models.ForeignKey):
                target = self.target(one.related_model)
                if target is None and not one.null:
                    return False
                setattr(child, one.name, target)
            elif one.choices and not one.has_default():
                setattr(child, one.name, next(value for value, _label in one.flatchoices if value))
            elif isinstance(one, models.FloatField) and not one.has_default():
                setattr(child, one.name, 10)
        return True

    def target(self, model):
        """What a foreign key of this state points at."""
        if model is Record:
            return self.related
        if model is Scan:
            return self.scan
        if issubclass(model, Authority):
            return self.authority(model)
        return None

    def authority(self, model):
        """The authority of this state: made once, with words in its own fields and names."""
        if model not in self.authorities:
            maker = Planter(self.words, AUTHORITIES_OF.get(self.state, self.state))
            maker.authorities = self.authorities
            authority = model()
            maker.fill(authority)
            maker.children(authority)
            authority.save()
            self.authorities[model] = authority
        return self.authorities[model]

    def all_authorities(self) -> None:
        """Make an authority of each kind that a record can name."""
        for model in apps.get_app_config("archive").get_models():
            if issubclass(model, Authority):
                self.authority(model)

    def record(self, user, **fields) -> Record:
        """A record with a word in every text field, one child of each kind, saved as a draft by this person."""
        from archive.records import save_record

        record = Record(kind="map", declared_not_secret=True)
        self._point_to_authorities(record)
        self.fill(record)
        for name, value in fields.items():
            setattr(record, name, value)
        self.children(record)
        save_record(record, user)
        return record

    def _point_to_authorities(self, record) -> None:
        for one in Record._meta.concrete_fields:
            if isinstance(one, models.ForeignKey) and (target := self.target(one.related_model)):
                setattr(record, one.name, target)


def text_fields(model) -> list[models.Field]:
    """The fields of a model that people's words stand in; of a translated one its two languages."""
    try:
        translated = set(translator.get_options_for_model(model).all_fields)
    except (NotRegistered, AttributeError):
        translated = set()
    return [
        one
        for one in model._meta.concrete_fields
        if isinstance(one, models.CharField | models.TextField)
        and not isinstance(one, StreamField)
        and one.editable
        and not one.choices
        and not one.primary_key
        and one.name not in translated | NEVER
        and (one.max_length is None or one.max_length >= LENGTH)
    ]
