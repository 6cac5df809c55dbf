"""PDF (.pdf): its text in the order of reading, and pictures of its pages to compare it with."""
