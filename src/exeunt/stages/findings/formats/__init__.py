"""A report in the formats that people read: a web page, a PDF, a Word file, and its figures."""

FORMATS = ("html", "pdf", "docx")
