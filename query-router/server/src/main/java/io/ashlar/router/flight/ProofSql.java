package io.ashlar.router.flight;

/** The statements around every read. The drivers differ in placeholders only. */
public final class ProofSql {

    public static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY";

    public static final String COMMIT = "COMMIT";

    /** Both settings end with the transaction. */
    static final String SET = """
            SELECT set_config('ashlar.tenant', $1, TRUE), set_config('statement_timeout', $2, TRUE)""";

    private static final String POSITION = """
            SELECT current_setting('ashlar.tenant', TRUE),
                   pg_is_in_recovery(),
                   (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                         ELSE pg_current_wal_insert_lsn() END)::text,
                   CASE WHEN pg_is_in_recovery() THEN NULL
                        ELSE pg_walfile_name(pg_current_wal_insert_lsn()) END""";

    static final String PROOF = POSITION + ",\n       TRUE";

    /** Under the same snapshot: what the rows are read from has these offsets. */
    static final String PROOF_WITH_OFFSETS = POSITION + """
            ,
                   NOT EXISTS (
                       SELECT
                       FROM unnest($1::smallint[], $2::integer[], $3::bigint[]) AS asked (topic, part, next_offset)
                       WHERE NOT EXISTS (
                           SELECT
                           FROM ingest.loaded_offsets AS loaded
                           WHERE loaded.topic = asked.topic
                             AND loaded.partition = asked.part
                             AND loaded.next_offset >= asked.next_offset))""";

    private static final int TIMELINE_DIGITS = 8;

    private ProofSql() {}

    public static String jdbc(String sql) {
        return sql.replaceAll("\\$[0-9]+", "?");
    }

    public static String set() {
        return SET;
    }

    public static String proof(boolean offsets) {
        return offsets ? PROOF_WITH_OFFSETS : PROOF;
    }

    /** The timeline that a WAL file's name begins with. */
    public static int timelineOf(String walFile) {
        return Integer.parseInt(walFile.substring(0, TIMELINE_DIGITS), 16);
    }
}
