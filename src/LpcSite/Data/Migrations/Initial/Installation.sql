-- The id of this installation, made once: whatever is published carries it, so that two sites that both have a "2022"
-- and a microconference 7 never give two things one name (RFC 5545, section 3.8.4.7). A column's default asks for it,
-- so that it stands before the tables.

CREATE TABLE installation (
    is_one boolean PRIMARY KEY DEFAULT true CHECK (is_one),
    id uuid NOT NULL DEFAULT gen_random_uuid());
INSERT INTO installation DEFAULT VALUES;
CREATE FUNCTION lpc_installation() RETURNS text LANGUAGE sql STABLE AS 'SELECT id::text FROM installation';
