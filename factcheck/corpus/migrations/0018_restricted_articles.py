from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corpus", "0017_further_relays_by_hand")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("access", "restricted")), fields=["desk"], name="article_restricted"
            ),
        ),
    ]
