package io.ashlar.ingest.month;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Makes leaves. Thread-safe. */
@ApplicationScoped
public class MonthKeeper {

    private static final Logger LOG = Logger.getLogger(MonthKeeper.class);
    private static final int MONTHS_AHEAD = 3;

    /** Any number will do that no other lock of this database has. */
    private static final long LOCK = 0x6173686c_0001L;

    private static final String LOCK_SQL = """
            SELECT pg_advisory_xact_lock(?)
            """;

    private static final String ENSURE = """
            SELECT ingest.ensure_month(?)
            """;

    private static final String THIS_MONTH = """
            SELECT (now() AT TIME ZONE 'UTC')::date
            """;

    private final AgroalDataSource system;
    private final Set<YearMonth> known = ConcurrentHashMap.newKeySet();

    MonthKeeper(@DataSource("system") AgroalDataSource system) {
        this.system = system;
    }

    /** Makes the month's leaf if it is missing. Costs nothing once it is known. */
    public void ensure(YearMonth month) throws SQLException {
        if (known.contains(month)) {
            return;
        }
        try (Connection connection = system.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement lock = connection.prepareStatement(LOCK_SQL)) {
                lock.setLong(1, LOCK);
                lock.execute();
            }
            boolean made = make(connection, month);
            connection.commit();
            if (made) {
                LOG.infof("leaf made month=%s", month);
            }
        }
        known.add(month);
    }

    /** The months ahead, by the database's clock; at start and each day. */
    @Scheduled(
            every = "24h",
            delayed = "2s",
            identity = "ingest-months",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    @RunOnVirtualThread
    void ahead() throws SQLException {
        known.clear();
        YearMonth first = thisMonth();
        for (int i = 0; i <= MONTHS_AHEAD; i++) {
            ensure(first.plusMonths(i));
        }
    }

    private YearMonth thisMonth() throws SQLException {
        try (Connection connection = system.getConnection();
                PreparedStatement statement = connection.prepareStatement(THIS_MONTH);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return YearMonth.from(row.getObject(1, LocalDate.class));
        }
    }

    private static boolean make(Connection connection, YearMonth month) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENSURE)) {
            statement.setObject(1, month.atDay(1));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
