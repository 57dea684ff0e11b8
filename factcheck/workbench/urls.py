from django.urls import path

from factcheck.workbench import articles, calibrations, claims, conflicts, inbox, jobs, people, shadow, verdicts

app_name = "workbench"

urlpatterns = [
    path("", inbox.show_inbox, name="inbox"),
    path("sign-in/", people.SignIn.as_view(), name="sign-in"),
    path("sign-out/", people.sign_out, name="sign-out"),
    path("account/", people.account, name="account"),
    path("account/sign-out-everywhere/", people.sign_out_everywhere, name="sign-out-everywhere"),
    path("articles/add/", articles.add, name="article-add"),
    path("articles/<uuid:article_id>/", articles.read, name="article"),
    path("articles/<uuid:article_id>/progress/", articles.show_progress, name="article-progress"),
    path("articles/<uuid:article_id>/restrict/", articles.restrict, name="article-restrict"),
    path("articles/<uuid:article_id>/archive/", articles.archive, name="article-archive"),
    path("jobs/", jobs.show, name="jobs"),
    path("jobs/retry-all/", jobs.retry_failed, name="job-retry-all"),
    path("jobs/<uuid:job_id>/retry/", jobs.retry, name="job-retry"),
    path("jobs/<uuid:job_id>/cancel/", jobs.cancel, name="job-cancel"),
    path("shadow-runs/", shadow.list_reports, name="shadow-reports"),
    path("shadow-runs/<uuid:report_id>/", shadow.show_report, name="shadow-report"),
    path("calibrations/", calibrations.list_versions, name="calibrations"),
    path("calibrations/<uuid:calibration_id>/", calibrations.show, name="calibration"),
    path("calibrations/<uuid:calibration_id>/adopt/", calibrations.adopt, name="calibration-adopt"),
    path("conflicts/next/", conflicts.show_next, name="conflict-next"),
    path("conflicts/<uuid:pair_id>/", conflicts.show, name="conflict"),
    path("conflicts/<uuid:pair_id>/decide/", conflicts.decide, name="conflict-decide"),
    path("conflicts/<uuid:pair_id>/reopen/", conflicts.reopen, name="conflict-reopen"),
    path("conflicts/<uuid:pair_id>/claim/", claims.open_from_pair, name="claim-open"),
    path("claims/<uuid:claim_id>/", claims.show, name="claim"),
    path("claims/<uuid:claim_id>/reword/", claims.reword, name="claim-reword"),
    path("claims/<uuid:claim_id>/take/", claims.take, name="claim-take"),
    path("claims/<uuid:claim_id>/close/", claims.close, name="claim-close"),
    path("claims/<uuid:claim_id>/reopen/", claims.reopen, name="claim-reopen"),
    path("claims/<uuid:claim_id>/verdict/", verdicts.write, name="verdict-write"),
    path("verdicts/<uuid:verdict_id>/approve/", verdicts.approve, name="verdict-approve"),
    path("verdicts/<uuid:verdict_id>/send-back/", verdicts.send_back, name="verdict-send-back"),
]
