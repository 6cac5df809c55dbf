"""What does it mean, and do two readers agree?"""
