"""What did we receive, unchanged?"""
