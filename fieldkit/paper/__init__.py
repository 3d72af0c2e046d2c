"""Paper: fonts, text in five languages, pages, codes. Every string that is printed passes through `text`."""
