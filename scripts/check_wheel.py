"""Builds the wheel and the sdist, checks both, and runs the wheel in an environment that holds nothing else."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Zero when the built wheel answers, asks for no development package and passes twine."""
    with tempfile.TemporaryDirectory() as folder:
        dist = Path(folder) / "dist"
        subprocess.run(
            [sys.executable, "-m", "build", "--outdir", str(dist), str(ROOT)], check=True, stdout=subprocess.DEVNULL
        )
        built = sorted(map(str, dist.iterdir()))
        subprocess.run([sys.executable, "-m", "twine", "check", "--strict", *built], check=True)
        wheel = next(path for path in built if path.endswith(".whl"))
        with zipfile.ZipFile(wheel) as packed:
            assert any(name.endswith("/share/man/man1/vep-tui.1") for name in packed.namelist()), "no manual page"
        home = Path(folder) / "venv"
        venv.create(home, with_pip=True)
        python = str(home / ("Scripts" if sys.platform == "win32" else "bin") / "python")
        subprocess.run([python, "-m", "pip", "install", "-q", wheel], check=True)
        env = {"HOME": folder, "PATH": str(Path(python).parent), "XDG_CACHE_HOME": folder, "XDG_DATA_HOME": folder}
        for words in (
            ["--version"],
            ["--help"],
            ["--keys"],
            ["list"],
            ["--profile", "kubernetes", "list"],
            ["config", "show"],
            ["completion", "bash"],
        ):
            subprocess.run([python, "-m", "vep_tui", *words], check=True, env=env, stdout=subprocess.DEVNULL)
        print("the wheel runs on its own")
    return 0


if __name__ == "__main__":
    sys.exit(main())
