"""The page that opens credential bundles without any network: one HTML file, which Python puts together."""
