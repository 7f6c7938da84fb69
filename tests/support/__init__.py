"""Parts that the tests stand on: services, the database between tests, the browser."""
