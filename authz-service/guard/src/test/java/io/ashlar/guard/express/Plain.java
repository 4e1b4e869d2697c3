package io.ashlar.guard.express;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;

/** A client that says {@code application/json} and nothing behind it, as programs do. */
final class Plain {

    static final RestAssuredConfig TYPES = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false));

    private Plain() {}
}
