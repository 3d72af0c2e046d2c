"""The pack: scoresheets, briefs, instructor cards, documents, tags and the manifest, as PDF."""
