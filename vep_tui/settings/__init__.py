"""Settings: paths, config.toml, the clock and where the token comes from; imports no other room."""

from vep_tui.settings.clock import machine_clock, now_from
from vep_tui.settings.config import Config, View, merge, parse_config, read_config
from vep_tui.settings.errors import SettingsError
from vep_tui.settings.options import OPTIONS, Option, option_named
from vep_tui.settings.paths import DEFAULT_PROFILE, Paths, private_folder, standard_paths, temporary_paths
from vep_tui.settings.signs import OF_TERMINAL, ascii_said
from vep_tui.settings.tokens import Token, TokenError, api_url_of, check_api_url, find_token, token_names, web_host

__all__ = [
    "DEFAULT_PROFILE",
    "OF_TERMINAL",
    "OPTIONS",
    "Config",
    "Option",
    "Paths",
    "SettingsError",
    "Token",
    "TokenError",
    "View",
    "api_url_of",
    "ascii_said",
    "check_api_url",
    "find_token",
    "machine_clock",
    "merge",
    "now_from",
    "option_named",
    "parse_config",
    "private_folder",
    "read_config",
    "standard_paths",
    "temporary_paths",
    "token_names",
    "web_host",
]
