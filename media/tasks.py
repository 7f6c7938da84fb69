"""What this room's workers do. Imported by MediaConfig.ready."""

from media import fixity, jobs, pyramid, renditions, storage
from media.uploads import intake, store

jobs.handler(renditions.KIND, queue="heavy")(renditions.work)
jobs.handler(store.KIND, queue="heavy")(intake.work)
jobs.poller(queue="heavy")(pyramid.purge)
jobs.poller(queue="heavy")(intake.purge)
jobs.poller(queue="heavy")(fixity.turn)
jobs.poller(queue="index")(storage.mend)
