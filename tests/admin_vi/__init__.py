"""The admin in Vietnamese: what every role can meet, read for English."""
