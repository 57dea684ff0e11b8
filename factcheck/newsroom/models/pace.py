from django.db import models


class SignInPace(models.Model):
    """How soon a name may be tried again from an address: the time, in seconds, until which its tries are used up.

    `key` is a keyed digest of both, so that no name and no address stands here.
    """

    key = models.CharField(max_length=64, primary_key=True)
    until = models.FloatField()
