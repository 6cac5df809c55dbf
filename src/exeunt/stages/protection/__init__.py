"""Whether it is safe and lawful for a narrator to be heard, and whether they are helped."""
