package io.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {

    @Test
    void a_name_becomes_the_address_that_files_can_hold() {
        assertThat(ListenAddress.checked("localhost")).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, give one address of this machine",
        "::, give one address of this machine",
        "::1, only IPv4",
        // A network that is reserved for documents (RFC 5737).
        "198.51.100.7, not an address of this machine",
        "not a host, no such address or host"
    })
    void what_clients_cannot_be_told_is_refused(String address, String why) {
        assertThatThrownBy(() -> ListenAddress.checked(address))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("cannot listen on " + address)
                .hasMessageContaining(why);
    }

    @Test
    void passwords_that_documents_name_never_leave_loopback() {
        Map<String, String> documented = StackState.userPasswords(true, Map.of());
        assertThat(documented).containsEntry("ana", "ana-trial");

        Map<String, String> outwards = StackState.userPasswords(false, documented);
        assertThat(outwards.keySet()).isEqualTo(documented.keySet());
        assertThat(outwards.values())
                .doesNotContainAnyElementsOf(documented.values())
                .doesNotHaveDuplicates();
        assertThat(StackState.userPasswords(false, outwards)).isEqualTo(outwards);
        assertThat(StackState.userPasswords(true, outwards)).isEqualTo(documented);
    }
}
