"""A GitHub on loopback with a small world in it, for `--demo` and for tests; nothing else imports graphql.

Where to look:

- the small world: `world` (with world.toml), `texts`, `checklists`
- what the double knows: `state`, `records`, `identity`, `references`; what people do there: `acts`
- GraphQL: `graph`, `root`, `views`, `pull_views`, `git_views`, `board_views`, `paging`, `visit`
- REST: `rest`, `rest_shapes`, `description`
- the server: `server`, `wire`, `request_log`, `limits`, `budget`; how it fails: `fault_catalogue`, `faults`
"""
