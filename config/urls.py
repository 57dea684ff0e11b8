"""Each room's addresses, once."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("factcheck.workbench.urls")),
    path("", include("factcheck.jobs.urls")),
]

handler404 = "factcheck.workbench.refusals.not_found"
handler400 = "factcheck.workbench.refusals.bad_request"
handler403 = "factcheck.workbench.refusals.forbidden"
handler500 = "factcheck.workbench.refusals.server_error"
