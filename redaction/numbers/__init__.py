"""Numbers as people say and recognizers write them: words -> runs of digits, letters and signs, all readings kept."""
