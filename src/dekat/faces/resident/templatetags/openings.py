"""Openings as residents read them."""

from django import template

from dekat.faces import opening_words

register = template.Library()
register.filter("office_words", opening_words.office_words)
register.filter("purpose_words", opening_words.purpose_words)
