"""Studies: what is asked of whose accounts, under which protocol, by whom in which role."""
