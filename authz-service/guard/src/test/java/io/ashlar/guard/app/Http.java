package io.ashlar.guard.app;

import static io.restassured.RestAssured.given;

import io.ashlar.local.StackResource;
import io.ashlar.local.Tokens;
import io.restassured.specification.RequestSpecification;

/** Requests with tokens of the real issuer. */
public final class Http {

    private Http() {}

    public static Tokens tokens() {
        return Tokens.of(StackResource.stack().endpoints());
    }

    /** A request of a trial user. */
    public static RequestSpecification as(String user) {
        return with(tokens().user(user));
    }

    /** A request with any token. */
    public static RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token);
    }
}
