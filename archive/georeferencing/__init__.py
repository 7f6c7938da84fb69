"""Sheets are placed on the earth in the admin: pairs of points on the sheet and on our own basemap."""
