"""The pages: server-rendered, one style sheet, one small script, nothing from anywhere else."""
