"""Records as JSON: the standing editions, in pages and one by one."""
