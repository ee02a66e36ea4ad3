-- Outside the row and as they come: they are compressed already, most of them.
ALTER TABLE material_chunks ALTER COLUMN content SET STORAGE EXTERNAL;
