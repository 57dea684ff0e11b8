from django.urls import path

from factcheck.jobs import probes

app_name = "jobs"

urlpatterns = [
    path("healthz", probes.show_life, name="life"),
    path("readyz", probes.show_readiness, name="readiness"),
    path("health/detail", probes.show_health, name="health"),
]
