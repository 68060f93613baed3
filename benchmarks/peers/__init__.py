"""Scripts that run in processes of their own: each puts one thing through its paces, ours or a peer's."""
