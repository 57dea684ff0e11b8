from django.db import migrations, models


class Migration(migrations.Migration):
    """A token's own limit, where it was used from, and the key that it had before, for a while."""

    dependencies = [("newsroom", "0011_notices_of_webhooks")]

    operations = [
        migrations.AddField(
            "accesstoken", "last_used_from", models.CharField(blank=True, db_default="", default="", max_length=45)
        ),
        migrations.AddField(
            "accesstoken",
            "rate",
            models.PositiveIntegerField(help_text="requests a minute; null: as many as anybody", null=True),
        ),
        migrations.AddField(
            "accesstoken", "old_digest", models.CharField(editable=False, max_length=64, null=True, unique=True)
        ),
        migrations.AddField("accesstoken", "old_until", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "accesstoken",
            models.CheckConstraint(
                condition=models.Q(("rate__isnull", True), ("rate__gte", 1), _connector="OR"), name="token_rate_is_some"
            ),
        ),
        migrations.AddConstraint(
            "accesstoken",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("old_digest__isnull", True), ("old_until__isnull", True)),
                    models.Q(("old_digest__isnull", False), ("old_until__isnull", False)),
                    _connector="OR",
                ),
                name="token_old_key_has_an_end",
            ),
        ),
    ]
