"""Profiles: one community's process each, as data; KubeVirt's is `process.toml`; docs/profiles.md tells more."""
