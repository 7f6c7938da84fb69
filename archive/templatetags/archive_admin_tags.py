"""Tags of the archive's admin pages."""

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
def authority_edit_url(authority) -> str:
    """The address of an authority's editor."""
    return reverse(type(authority).snippet_viewset.get_url_name("edit"), args=[authority.pk])


@register.simple_tag
def record_edit_url(record) -> str:
    return reverse(type(record).snippet_viewset.get_url_name("edit"), args=[record.pk])
