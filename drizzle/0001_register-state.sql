-- The register's one position row: listing_change is empty, so it stands at 0.
INSERT INTO register_state (position) VALUES (0);
