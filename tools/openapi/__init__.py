"""Read, resolve and validate OpenAPI documents: one reader for the generator, differ and tests."""
