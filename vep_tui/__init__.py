"""vep-tui: a terminal cockpit for the reviewers of KubeVirt enhancement proposals (VEPs).

The map of this house; each room is one sentence, and each imports only rooms named before it:

- `core`      what things mean: pure functions on frozen values
- `store`     what we know: SQLite, a rebuildable mirror and an outbox that is never lost
- `remote`    what GitHub says: the only network
- `sync`      moving one to the other: settle, push, pull
- `tui`       what you see: reads the store, never the network
- `demo`      a GitHub on loopback with a small world in it, for `--demo` and for tests
- `cli`       the command line; the one place where parts are put together
- `profiles`  what other communities' processes are, as data; KubeVirt's is process.toml
- `settings`  paths, config.toml and where the token comes from; imports none of the above
"""

__version__ = "0.1.0"
RELEASED = "2026-11-27"
"""The day `__version__` was set, for the manual page; written by hand, so that every build makes the same page."""
