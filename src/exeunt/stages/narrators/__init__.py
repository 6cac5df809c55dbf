"""Who speaks, in and out of what?"""
