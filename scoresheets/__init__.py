"""The scoresheets that come with fieldkit: data files, read by `fieldkit.library`."""
