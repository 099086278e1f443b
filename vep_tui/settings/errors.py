"""What can be wrong with the settings."""


class SettingsError(ValueError):
    """A setting that cannot be used; the text says where and what to write instead."""
