"""One file per arrow of the flow. Steps never call each other: they meet in storage, and each can be run again."""
