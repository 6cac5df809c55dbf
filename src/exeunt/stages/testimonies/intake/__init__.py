"""Reading what people hand in: files in, plain drafts out."""
