"""Where is it kept? The only floor that imports duckdb: a function a query, frames and numbers out."""
