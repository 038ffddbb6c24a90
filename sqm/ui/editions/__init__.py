"""The page of editions: indicators that come and go, proposals, what each one lacks."""
