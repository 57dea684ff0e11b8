"""The table of a change list: Django's headings above rows of our own."""

from django import template
from django.contrib.admin.templatetags.admin_list import result_headers

from factcheck.workbench.queue_list import QueueList

register = template.Library()


@register.inclusion_tag("admin/change_list_results.html")
def queue_table(cl: QueueList) -> dict[str, object]:
    """The headings, by which one sorts, and the rows."""
    headers = list(result_headers(cl))
    sorted_by = [header for header in headers if header["sortable"] and header["sorted"]]
    return {"result_headers": headers, "num_sorted_fields": len(sorted_by), "rows": list(cl.written_rows())}
