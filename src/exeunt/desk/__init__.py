"""What the pages of every stage share: who asks, forms, pages of a list, work that takes long."""
