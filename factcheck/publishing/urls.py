from django.urls import path

from factcheck.publishing import embedding, feeds, pages, pictures

app_name = "publishing"

urlpatterns = [
    path("reviews/", pages.show_index, name="index"),
    path("reviews/speakers/<uuid:speaker_id>/", pages.show_speaker, name="speaker"),
    path("reviews/conflicts/<uuid:pair_id>/", pages.show_conflict, name="conflict"),
    path("reviews/<slug:slug>/", pages.show_review, name="review"),
    path("reviews/<slug:slug>/revisions/<int:number>/", pages.show_revision, name="revision"),
    path("reviews/<slug:slug>/changes/<int:number>/", pages.show_changes, name="changes"),
    path("reviews/<slug:slug>/claimreview.json", feeds.show_document, name="document"),
    path("reviews/<slug:slug>/embed/", embedding.show_embed, name="embed"),
    path("reviews/<slug:slug>/revisions/<int:number>/picture.png", pictures.show_picture, name="picture"),
    path("picture.png", pictures.show_site_picture, name="site-picture"),
    path("oembed", embedding.show_oembed, name="oembed"),
    path("feeds/claimreview.json", feeds.show_data_feed, name="data-feed"),
    path("feeds/claimreview.csv", feeds.show_table, name="table"),
    path("feeds/atom.xml", feeds.show_atom, name="atom"),
    path("feeds/feed.json", feeds.show_json_feed, name="json-feed"),
    path("sitemap.xml", feeds.show_sitemap_index, name="sitemap"),
    path("sitemaps/<int:number>.xml", feeds.show_sitemap, name="sitemap-part"),
    path("robots.txt", feeds.show_robots, name="robots"),
]
