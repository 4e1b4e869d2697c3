package io.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.local.Stack.Server;
import org.junit.jupiter.api.Test;

class StackOptionsTest {

    @Test
    void a_replica_brings_its_primary() {
        assertThat(StackOptions.tests(Server.DATA_REPLICA_2).servers())
                .containsExactlyInAnyOrder(Server.DATA_PRIMARY, Server.DATA_REPLICA_2);
    }

    @Test
    void no_names_mean_all() {
        assertThat(StackOptions.tests().servers()).hasSize(Server.values().length);
        assertThat(StackResource.parse(" ")).hasSize(Server.values().length);
        assertThat(StackResource.parse("control, Kafka")).containsExactlyInAnyOrder(Server.CONTROL, Server.KAFKA);
        assertThatThrownBy(() -> StackResource.parse("control,nothing")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void two_stacks_never_share_a_directory() {
        assertThat(StackOptions.tests().directory())
                .isNotEqualTo(StackOptions.tests().directory());
    }

    @Test
    void fixed_ports_are_different_ports() {
        assertThat(Endpoints.FIXED_PORTS.values()).doesNotHaveDuplicates();
        assertThat(Endpoints.FIXED_PORTS.keySet()).containsExactlyInAnyOrder(Server.values());
    }
}
