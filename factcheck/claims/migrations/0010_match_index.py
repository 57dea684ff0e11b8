import django.db.models.deletion
from django.db import migrations, models

import factcheck.ledger.identity


class Migration(migrations.Migration):
    dependencies = [("claims", "0009_changed_sources")]

    operations = [
        migrations.CreateModel(
            name="KnownClaim",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=factcheck.ledger.identity.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.BigIntegerField(editable=False, null=True, unique=True)),
                ("created_seq", models.BigIntegerField(editable=False, null=True)),
                ("words", models.BinaryField()),
                ("meaning", models.BinaryField(default=b"")),
                ("digest", models.CharField(max_length=64)),
                ("reader", models.CharField(max_length=16)),
                ("read_at_seq", models.BigIntegerField()),
                ("is_gone", models.BooleanField(default=False)),
                (
                    "claim",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="known",
                        to="claims.claim",
                    ),
                ),
                (
                    "imported",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="known",
                        to="claims.importedreview",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claim__isnull", False), ("imported__isnull", True)),
                            models.Q(("claim__isnull", True), ("imported__isnull", False)),
                            _connector="OR",
                        ),
                        name="known_claim_is_of_one_thing",
                    )
                ],
            },
        ),
    ]
