package io.ashlar.export.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.export.delivery.WebhookTargets.Target;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses are literals here: no name server is asked. */
class AddressGuardTest {

    private final AddressGuard guard = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "192.0.0.8",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001::1",
                "2001:db8::1"
            })
    void insideIsClosed(String address) throws UnknownHostException {
        assertThat(guard.open(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111"})
    void publicIsOpen(String address) throws UnknownHostException {
        assertThat(guard.open(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void whatIsAllowedIsOpenAndNothingBesides() throws UnknownHostException {
        AddressGuard private10 = new AddressGuard(List.of(Network.parse("10.0.0.0/9")));
        assertThat(private10.open(InetAddress.getByName("10.127.255.255"))).isTrue();
        assertThat(private10.open(InetAddress.getByName("10.128.0.0"))).isFalse();
        assertThat(private10.open(InetAddress.getLoopbackAddress())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0", "10.0.0.0/33", "example.org/8", "::/129", "a/b", "10.0.0.0/-1"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://1.1.1.1/",
                "ftp://1.1.1.1/",
                "https://127.0.0.1/",
                "https://[::1]/",
                "https://[::ffff:169.254.169.254]/latest/meta-data",
                "https://169.254.169.254/latest/meta-data",
                "https://user:pw@1.1.1.1/",
                "https://1.1.1.1/#x",
                "https:///x",
                "https:1.1.1.1",
                "//1.1.1.1/x",
                "not an address",
                ""
            })
    void addressesThatMayNotBeCalled(String text) {
        assertThat(new WebhookTargets(List.of(), false).look(text)).isInstanceOf(Target.Refused.class);
    }

    @Test
    void addressesThatMay() {
        assertThat(new WebhookTargets(List.of(), false).look("https://1.1.1.1:8443/hook?x=1"))
                .isInstanceOfSatisfying(
                        Target.Open.class,
                        open -> assertThat(open.address().getHostAddress()).isEqualTo("1.1.1.1"));
        assertThat(new WebhookTargets(List.of(Network.parse("127.0.0.0/8")), true).look("http://127.0.0.1:8080/"))
                .isInstanceOf(Target.Open.class);
    }
}
