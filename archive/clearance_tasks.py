"""Background work of clearance. Imported by ArchiveConfig.ready."""

from wagtail.admin import signal_handlers

from media import jobs

from . import clearance, notices, touched

jobs.handler(clearance.NOTE_JOB, queue="heavy")(clearance.note_in_batches)
jobs.handler(touched.JOB, queue="heavy")(touched.work)
# A mail server that is slow holds up no index.
jobs.poller(queue="heavy")(notices.mail_next)

# Wagtail mails inside the transaction that ends a workflow, and to others than ours; archive.notices mails instead.
for notifier in (
    signal_handlers.workflow_submission_email_notifier,
    signal_handlers.workflow_approval_email_notifier,
    signal_handlers.workflow_rejection_email_notifier,
    signal_handlers.task_submission_email_notifier,
):
    notifier.valid_classes = ()
