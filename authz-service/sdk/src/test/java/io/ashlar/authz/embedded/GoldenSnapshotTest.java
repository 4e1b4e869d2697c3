package io.ashlar.authz.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.value.EntityFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenSnapshotTest {

    private static final PolicySnapshot SNAPSHOT = new PolicySnapshot(
            new PolicySnapshot.Head(Pdp.TENANT, 12, 7, 34_567, Set.of("User", "Group", "Role")),
            List.of(
                    Pdp.VIEWERS,
                    new PolicySource(
                            "words", "permit(principal, action, resource)\nwhen { context.said == \"\\\"hé\\\"\" };")),
            List.of(
                    EntityFacts.of(new Entity(new EntityUid("Group", "west"), Map.of(), Set.of())),
                    EntityFacts.of(new Entity(
                            new EntityUid("Role", "editor"), Map.of(), Set.of(new EntityUid("Role", "viewer")))),
                    EntityFacts.of(new Entity(
                            new EntityUid("User", "ana"),
                            Map.of(
                                    "address", new CedarValue.Extension("ip", "10.1.2.3"),
                                    "boss", new CedarValue.Reference(new EntityUid("User", "ben")),
                                    "home", new CedarValue.Text("SFO"),
                                    "level", new CedarValue.Whole(3),
                                    "rate", new CedarValue.Extension("decimal", "1.5"),
                                    "tags", new CedarValue.SetOf(Set.of(new CedarValue.Flag(true)))),
                            Set.of(new EntityUid("Group", "west"), new EntityUid("Role", "editor"))))));

    @Test
    void aSnapshotIsWrittenAndReadAsItAlwaysWas() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        SnapshotWriter.write(
                SNAPSHOT.head(),
                SNAPSHOT.policies().iterator(),
                SNAPSHOT.principals().iterator(),
                written);
        assertThat(written.toString(StandardCharsets.UTF_8) + "\n").isEqualTo(golden());
        assertThat(read(golden())).isEqualTo(SNAPSHOT);
    }

    @Test
    void membersOfALaterVersionAreSkipped() throws IOException {
        String later = golden().replaceFirst("\\{", "{\"more\":{\"a\":[1,{\"b\":2}]},");
        assertThat(read(later)).isEqualTo(SNAPSHOT);
    }

    /** Half of the policies would decide wrongly, so no part is taken for the whole. */
    @Test
    void whateverIsCutOffIsRefused() throws IOException {
        String whole = golden().strip();
        for (int length = 0; length < whole.length(); length++) {
            String part = whole.substring(0, length);
            assertThatThrownBy(() -> read(part)).as(part).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"format\":1|\"format\":2",
                "\"revision\":12|\"revision\":\"12\"",
                "\"revision\":12|\"revision\":-1",
                "\"offset\":34567|\"offset\":0.5",
                "\"tenant\":\"1111|\"tenant\":\"x",
                "\"own_types\":[\"Group\",\"Role\",\"User\"]|\"own_types\":[]",
                "\"own_types\":[\"Group\"|\"own_types\":[{}",
                "{\"policies\":2|{\"policies\":1",
                "\"principals\":3}|\"principals\":4}",
                "\"id\":\"viewers\"|\"id\":7",
                "\"type\":\"Group\",\"id\":\"west\"|\"type\":\"\",\"id\":\"west\"",
                "\"revision\":12|\"revision\":12,\"revision\":13",
            })
    void whatIsNotAsItShouldBeIsRefused(String from, String to) throws IOException {
        String golden = golden();
        assertThat(golden).contains(from);
        assertThatThrownBy(() -> read(golden.replaceFirst(java.util.regex.Pattern.quote(from), to)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aSnapshotHasABound() throws IOException {
        byte[] whole = golden().getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> SnapshotReader.read(new ByteArrayInputStream(whole), whole.length - 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than");
    }

    private static PolicySnapshot read(String text) throws IOException {
        return SnapshotReader.read(
                new ByteArrayInputStream(text.strip().getBytes(StandardCharsets.UTF_8)), Long.MAX_VALUE);
    }

    private static String golden() throws IOException {
        try (InputStream in = GoldenSnapshotTest.class.getResourceAsStream("/golden/snapshot.json")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
