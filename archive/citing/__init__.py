"""Citations of an item: pure functions of its edition document and the site's address."""
