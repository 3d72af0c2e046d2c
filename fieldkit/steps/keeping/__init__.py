"""At any time: bundles for other laptops, names behind a passphrase, verifying the record."""
