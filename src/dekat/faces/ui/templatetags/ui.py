"""Typed component tags, available in every template."""

from django import template

register = template.Library()
