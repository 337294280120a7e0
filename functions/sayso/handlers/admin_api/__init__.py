"""The admin API: one file a resource, one table of routes that routing and OpenAPI both read."""
