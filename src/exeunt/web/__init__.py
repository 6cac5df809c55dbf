"""The workbench in the browser: the shell around the pages of the stages."""
