"""The list of docs/reference/services.md, from the catalogue."""

from collections.abc import Iterator

from dekat.cases.catalogue import OLD_FORMS, SERVICES, Group, Service
from dekat.cases.questions import Question

_HOURS_OF_A_DAY = 8


def services() -> str:
    """An overview by shelf, then each service with what it asks, and the forms that are no more."""
    lines = ["| Service | Address | Forms | Time of the office | Yields |", "| --- | --- | --- | --- | --- |"]
    ordered = [one for group in Group for one in SERVICES.values() if one.group == group]
    lines += [
        f"| [{one.code.label}](#{one.slug}) | {_addresses(one)} | {', '.join(one.forms)} | {_time(one.sla_minutes)} | "
        f"{'; '.join(one.yields)} |"
        for one in ordered
    ]
    for group in Group:
        lines += [f"\n## {group.label}"]
        lines += [line for one in ordered if one.group == group for line in _described(one)]
    lines += ["\n## Old forms\n", "Their numbers are on papers that circulate; applicants are shown the new one.\n"]
    lines += ["| Old | Now |", "| --- | --- |", *(f"| {old} | {new} |" for old, new in sorted(OLD_FORMS.items()))]
    return "\n".join(lines) + "\n"


def _addresses(service: Service) -> str:
    slugs = [one.slug for one in service.starts] or [service.slug]
    return "<br>".join(f"`/ajukan/{slug}/`" for slug in slugs)


def _time(minutes: int) -> str:
    days, left = divmod(minutes, _HOURS_OF_A_DAY * 60)
    return f"{minutes} working minutes" + ("" if left else f" ({days} days of {_HOURS_OF_A_DAY} hours)")


def _described(service: Service) -> Iterator[str]:
    yield f'\n### <a id="{service.slug}"></a>{service.code.label} (`{service.code.value}`)\n'
    yield f"{service.about}\n"
    yield from (f"- To be shown: {one}." for one in service.requirements)
    if service.is_made_at_office:
        yield "- Dispendukcapil itself prints the card."
    if service.is_for_newcomers:
        yield "- The applicant need not be in the register."
    yield f"- Decided by {service.reviewed_by.label}, signed by {service.issued_by.label}."
    if service.questions:
        yield "\n| Question | Key | Answer | |\n| --- | --- | --- | --- |"
        yield from (_asked(one) for one in service.questions)


def _asked(question: Question) -> str:
    notes = [] if question.is_required else ["may stay empty"]
    if question.only_if:
        key, answers = question.only_if
        notes += [f"only if `{key}` is {' or '.join(f'`{one}`' for one in sorted(answers))}"]
    return f"| {question.label} | `{question.key}` | {_answer(question)} | {'; '.join(notes)} |"


def _answer(question: Question) -> str:
    if question.columns:
        return f"`{question.kind}`: {', '.join(f'`{one.key}`' for one in question.columns)}"
    if question.options:
        return f"`{question.kind}`: {', '.join(f'`{code}` {label}' for code, label in question.options)}"
    return f"`{question.kind}`"
