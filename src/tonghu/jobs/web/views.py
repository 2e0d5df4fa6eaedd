"""Long work: its list, its progress, its file."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.jobs import operations, queries
from tonghu.jobs.constants import UNDER_WAY, JobState
from tonghu.jobs.kinds import KINDS
from tonghu.jobs.policy import JOBS
from tonghu.kernel import clock
from tonghu.kernel.errors import Refused


@page(JOBS, Action.FIND)
@require_GET
def job_list(request: Request) -> HttpResponse:
    """Show one's own long work, newest first."""
    jobs = queries.jobs_for(request.actor, on=clock.day(clock.now()))[:25]
    return render(request, "jobs/job_list.html", {"jobs": jobs, "kinds": KINDS})


@page(JOBS, Action.READ)
@require_GET
def job(request: Request, job_id: UUID) -> HttpResponse:
    """Show how far a job has come; htmx asks again, without script a link does."""
    at = clock.now()
    found = queries.job_for(request.actor, job_id, on=clock.day(at))
    context = {
        "job": found,
        "kind": KINDS[found.kind],
        "under_way": found.state in UNDER_WAY,
        "has_file": found.state == JobState.DONE and found.expires_at and found.expires_at > at,
    }
    template = "jobs/parts/progress.html" if request.headers.get("HX-Request") else "jobs/job.html"
    return render(request, template, context)


@page(JOBS, Action.WRITE)
@require_POST
def job_stop(request: Request, job_id: UUID) -> HttpResponse:
    """Stop a job."""
    at = clock.now()
    found = queries.job_for(request.actor, job_id, on=clock.day(at), action=Action.WRITE)
    try:
        operations.stop(job=found, by=request.actor, at=at)
    except operations.NotWaiting as refusal:
        messages.info(request, str(refusal))
    return redirect("job", job_id=job_id)


@page(JOBS, Action.WRITE)
@require_POST
def job_again(request: Request, job_id: UUID) -> HttpResponse:
    """Start a failed or stopped job again."""
    at = clock.now()
    found = queries.job_for(request.actor, job_id, on=clock.day(at), action=Action.WRITE)
    try:
        operations.try_again(job=found, by=request.actor, at=at)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("job", job_id=job_id)


@page(JOBS, Action.EXPORT)
@require_POST
def job_file(request: Request, job_id: UUID) -> HttpResponseBase:
    """Serve a job's file to who asked for it, while the Rules still hold."""
    at = clock.now()
    found = queries.job_for(request.actor, job_id, on=clock.day(at), action=Action.EXPORT)
    try:
        # Each download is on record, a repeated one too (R81).
        operations.record_download(job=found, by=request.actor.sending(None), at=at)
        handle = queries.file_of(found).open("rb")
    except operations.NotWaiting as refusal:
        messages.error(request, str(refusal))
        return redirect("job", job_id=job_id)
    except FileNotFoundError:
        messages.error(request, _("The file is no longer on the disk. Ask for it again."))
        return redirect("job", job_id=job_id)
    return FileResponse(handle, as_attachment=True, filename=found.file_name)
