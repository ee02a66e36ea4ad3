-- What is left when the tables are gone.

DROP FUNCTION keep_deed_of_audit();
DROP FUNCTION refuse_to_change_audit();
DROP FUNCTION forget_in_audit(integer, text[]);
DROP FUNCTION tell_draft_changed();
DROP FUNCTION lpc_refuse_change();
DROP FUNCTION lpc_keep_slot_around_session();
DROP FUNCTION lpc_keep_session_in_slot();
DROP FUNCTION tell_content_changed();
DROP FUNCTION lpc_conference_of(text, integer);
DROP FUNCTION lpc_installation();
DROP TABLE installation;
DROP FUNCTION lpc_name(text);
DROP FUNCTION lpc_query(text);
DROP FUNCTION lpc_vector(text, text);
DROP FUNCTION lpc_words(text);
DROP TEXT SEARCH CONFIGURATION lpc_english;
DROP TEXT SEARCH CONFIGURATION lpc_plain;
