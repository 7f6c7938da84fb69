"""What browsers load: taken from npm packages at build time, never committed."""
