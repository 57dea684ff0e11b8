"""Addresses of Google's Fact Check Tools API, below `/v1alpha1/`."""

from django.urls import path, re_path

from factcheck.api import claims_search

app_name = "google"

urlpatterns = [
    path("claims:search", claims_search.search_claims, name="claims-search"),
    path("claims:imageSearch", claims_search.search_images, name="image-search"),
    re_path(r"^(?P<rest>.*)$", claims_search.show_nothing, name="nothing"),
]
