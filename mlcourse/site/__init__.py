"""The course as a static site: pages to read, and lessons that run in the browser alone."""
