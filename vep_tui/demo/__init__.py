"""A GitHub on loopback with a small world in it, for `--demo` and for tests; nothing else imports graphql."""
