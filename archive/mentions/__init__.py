"""Place mentions in the admin: drawn on the deep zoom or typed as numbers, saved as a revision of their record."""
