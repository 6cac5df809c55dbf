"""What a judgement may say, who may judge and settle, and who may see it yet."""
