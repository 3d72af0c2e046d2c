"""The scenarios that come with fieldkit: data files, read by `fieldkit.library`."""
