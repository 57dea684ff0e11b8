"""Migration operations that both databases understand."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class BySql(Operation):
    """What SQL of each database's own makes and takes away; models know nothing of it."""

    reduces_to_sql = True
    reversible = True

    def creation(self, vendor: str) -> list[str]:
        """The SQL that makes it."""
        raise NotImplementedError

    def removal(self, vendor: str) -> list[str]:
        """The SQL that takes it away."""
        raise NotImplementedError

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that models know of."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make it."""
        for statement in self.creation(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take it away."""
        for statement in self.removal(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)


class RefuseWhen(BySql):
    """Let the database refuse a write: a trigger that raises `message` when `condition` holds for the row.

    `condition` is SQL that both databases read, over `NEW` and `OLD`; None refuses every such write. SQLite knows no
    `TRUNCATE`, and there such a guard is nothing.
    """

    def __init__(self, name: str, table: str, event: str, message: str, condition: str | None = None) -> None:
        """Name the trigger, its table, its words; its event: `INSERT`, `UPDATE[ OF …]`, `DELETE`, `TRUNCATE`."""
        self.name, self.table, self.event = name, table, event
        self.message, self.condition = message, condition

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how to write this operation in a migration."""
        return type(self).__name__, [self.name, self.table, self.event, self.message, self.condition], {}

    def stands_on(self, vendor: str) -> bool:
        """Whether this database has such a write to refuse."""
        return vendor != "sqlite" or self.event != "TRUNCATE"

    def creation(self, vendor: str) -> list[str]:
        """The SQL that makes the trigger."""
        if not self.stands_on(vendor):
            return []
        when = f"WHEN ({self.condition})" if self.condition else ""
        if vendor == "sqlite":
            refuse = f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
            return [f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW {when} {refuse}"]
        # PostgreSQL allows no subquery in WHEN, so the condition moves into the function.
        test = f"IF NOT ({self.condition}) THEN RETURN COALESCE(NEW, OLD); END IF;" if self.condition else ""
        refuse = f"RAISE EXCEPTION '{self.message}' USING ERRCODE = 'integrity_constraint_violation';"
        body = f"$$ BEGIN {test} {refuse} END $$"
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        call = f"FOR EACH {each} EXECUTE FUNCTION {self.name}()"
        return [
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS {body}",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} {call}",
        ]

    def removal(self, vendor: str) -> list[str]:
        """The SQL that takes the trigger away."""
        if vendor == "sqlite":
            return [f"DROP TRIGGER IF EXISTS {self.name}"]
        return [
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
            f"DROP FUNCTION IF EXISTS {self.name}()",
        ]

    def describe(self) -> str:
        """Say it in a line."""
        return f"Refuse {self.event} on {self.table}: {self.message}"

    @property
    def migration_name_fragment(self) -> str:
        """The part of a migration's name that stands for this."""
        return self.name


class SetAside(Operation):
    """Take guards away while the steps that follow change tables they name: SQLite rewrites a table under another name.

    `PutBack` with the same guards ends it; the two are each other's reverse.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, guards: Sequence[RefuseWhen]) -> None:
        """Name the guards."""
        self.guards = guards

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how to write this operation in a migration."""
        return type(self).__name__, [self.guards], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that models know of."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the triggers."""
        for guard in self.guards:
            guard.database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create them again."""
        for guard in self.guards:
            guard.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say it in a line."""
        return f"{type(self).__name__}: {', '.join(guard.name for guard in self.guards)}"


class PutBack(SetAside):
    """Make the guards again that `SetAside` took away."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the triggers."""
        super().database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop them."""
        super().database_forwards(app_label, schema_editor, from_state, to_state)


class CreateTogether(Operation):
    """Create many models with one look at all of them: Django looks at every model anew for each that it creates.

    They may name each other in whatever order. It is for migrations that stand for many others (`replaces`).
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, models: Sequence[CreateModel]) -> None:
        """Name the models."""
        self.models = models

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how to write this operation in a migration."""
        return type(self).__name__, [self.models], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models to those that are not yet looked at; whoever asks for them then has them all."""
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make their tables."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop their tables, the last first."""
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say it in a line."""
        return f"Create {', '.join(model.name for model in self.models)}"

    @property
    def migration_name_fragment(self) -> str:
        """The part of a migration's name that stands for this."""
        return "together"
