"""Moving one to the other: what GitHub says into the mirror, and what people wish onto GitHub."""
