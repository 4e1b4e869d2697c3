package io.ashlar.authz.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.cedar.EntityUid;
import io.ashlar.filter.dsl.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestSuiteTest {

    private static List<Fault> faults(String yaml) {
        List<Fault> faults = new ArrayList<>();
        assertThat(TestSuite.read(yaml, faults)).isEmpty();
        return faults;
    }

    @Test
    void readsCasesWithWhatIsKnown() {
        List<Fault> faults = new ArrayList<>();
        List<TestCase> cases = TestSuite.read("""
                entities:
                  - {type: User, id: ana, attributes: {home: SFO, level: 3}, parents: [{type: Role, id: viewer}]}
                cases:
                  - name: own airport
                    principal: {type: User, id: ana}
                    action: read
                    resource: {type: Flight, id: "1", attributes: {origin: SFO}}
                    context: {amr: [mfa]}
                    decision: allow
                    determining: [b, a]
                """, faults);
        assertThat(faults).isEmpty();
        assertThat(cases).singleElement().satisfies(test -> {
            assertThat(test.allow()).isTrue();
            assertThat(test.determining()).containsExactly("a", "b");
            assertThat(test.request().action()).isEqualTo(new EntityUid("Action", "read"));
            assertThat(test.request().context()).containsKey("amr");
            assertThat(test.entities())
                    .as("ana, the flight, and three roles that are in others")
                    .hasSize(5);
        });
    }

    @Test
    void namesEverythingThatIsWrong() {
        assertThat(faults("""
                        entitys: []
                        cases:
                          - name: ""
                            principal: {type: "no type", id: 7}
                            resource: [1]
                            decision: maybe
                            contexts: {}
                        """))
                .extracting(Fault::pointer)
                .contains(
                        "/tests/entitys",
                        "/tests/cases/0/name",
                        "/tests/cases/0/principal/type",
                        "/tests/cases/0/principal/id",
                        "/tests/cases/0/resource",
                        "/tests/cases/0/action",
                        "/tests/cases/0/decision",
                        "/tests/cases/0/contexts");
        assertThat(faults("cases: []")).extracting(Fault::pointer).containsExactly("/tests/cases");
        assertThat(faults("just text")).isNotEmpty();
    }

    @Test
    void refusesWhatCouldGrowOrBeAnObject() {
        String bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\ncases: [*b,*b,*b,*b]\n";
        assertThat(faults(bomb)).singleElement().satisfies(fault -> {
            assertThat(fault.code()).isEqualTo("malformed_yaml");
            assertThat(fault.detail()).contains("aliases").contains("line 1");
        });
        assertThat(faults("cases: !!javax.script.ScriptEngineManager [x]\n"))
                .extracting(Fault::code)
                .containsExactly("malformed_yaml");
        assertThat(faults("cases: " + "[".repeat(5_000)))
                .extracting(Fault::code)
                .containsExactly("malformed_yaml");
        assertThat(faults("cases: []\ncases: []\n")).extracting(Fault::code).containsExactly("malformed_yaml");
        assertThat(faults("cases: []\n---\ncases: []\n"))
                .extracting(Fault::code)
                .containsExactly("malformed_yaml");
        assertThat(faults("a: \"")).extracting(Fault::code).containsExactly("malformed_yaml");
        assertThat(faults("#".repeat(BoundedYaml.LENGTH_MAX + 1)))
                .extracting(Fault::code)
                .containsExactly("too_long");
        assertThat(faults("")).isNotEmpty();
    }
}
