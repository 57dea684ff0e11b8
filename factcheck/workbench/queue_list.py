"""A change list whose rows lead to our pages and are written by ourselves: fifty of them stand on every page of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.admin.utils import display_for_field, display_for_value, label_for_field
from django.contrib.admin.views.main import ChangeList
from django.db.models import ForeignKey, Model
from django.utils.safestring import SafeString

from factcheck.ledger.wording import term
from factcheck.workbench.templatetags.desk_format import Cell, marks_of, row_of

EMPTY = "-"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: what marks its cells, how one is shown, and where it leads, if anywhere."""

    marks: SafeString
    show: Callable[[Any], Any]
    address: Callable[[Any], str] | None

    def cell(self, row: Model) -> Cell:
        """One cell."""
        return self.marks, self.show(row), self.address(row) if self.address else None


class QueueList(ChangeList):
    """A change list whose rows lead to our page where the thing has one."""

    def url_for_result(self, result: Model) -> str:
        """The address of a row."""
        own_page = getattr(result, "get_absolute_url", None)
        return str(own_page() if own_page else super().url_for_result(result))

    def written_rows(self) -> Iterator[SafeString]:
        """The cells of each row."""
        columns = [self._column(str(name)) for name in self.list_display]
        for row in self.result_list:
            yield row_of([column.cell(row) for column in columns])

    def _column(self, name: str) -> Column:
        address = self.url_for_result if name in (self.list_display_links or ()) else None
        method = getattr(self.model_admin, name, None)
        if method is not None:
            return Column(self._marks(name), lambda row: display_for_value(method(row), EMPTY), address)
        field: Any = self.lookup_opts.get_field(name)
        return Column(self._marks(name, " nowrap" * isinstance(field, ForeignKey)), partial(_show, field), address)

    def _marks(self, name: str, look: str = "") -> SafeString:
        heading = term(str(label_for_field(name, self.model, self.model_admin)))
        return marks_of(f"field-{name}{look}", heading)


def _show(field: Any, row: Model) -> Any:
    value = getattr(row, field.name)
    if isinstance(field, ForeignKey):
        return EMPTY if value is None else value
    return display_for_field(value, field, EMPTY)
