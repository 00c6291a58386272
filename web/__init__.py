"""What the browser and other sites meet: the page, its component, routes and middleware."""
