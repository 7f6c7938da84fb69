"""Settings of worker processes that a test starts: leases short enough to be waited for."""

from config.settings.demo import *

JOB_LEASE_SECONDS = 2
