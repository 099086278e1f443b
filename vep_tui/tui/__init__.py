"""What you see: reads the desk, never the network; `app.VepApp` is its only way in, `commands` its table of keys."""
