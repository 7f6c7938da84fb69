"""What this room's workers do. Imported by MediaConfig.ready."""

from media import jobs, pyramid, renditions, storage

jobs.handler(renditions.KIND, queue="heavy")(renditions.work)
jobs.poller(queue="heavy")(pyramid.purge)
jobs.poller(queue="index")(storage.mend)
