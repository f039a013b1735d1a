-- A tenth of each page stays free, so that a row that is changed can stay where it is. In a full page its next version goes
-- elsewhere, and every index gets a new entry on a page of its own. Pages that are full already stay as they are.
ALTER TABLE "listing" SET (fillfactor = 90);
