"""Each room's addresses, once."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("factcheck.api.urls")),
    path("v1alpha1/", include("factcheck.api.google_urls")),
    path("", include("factcheck.workbench.urls")),
    path("", include("factcheck.publishing.urls")),
    path("", include("factcheck.jobs.urls")),
]

handler404 = "config.answers.not_found"
handler400 = "config.answers.bad_request"
handler403 = "config.answers.forbidden"
handler500 = "config.answers.server_error"
