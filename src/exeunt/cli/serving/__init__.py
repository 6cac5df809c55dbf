"""What ``exeunt serve`` starts from: an address that is safe, and processes that end with it."""
