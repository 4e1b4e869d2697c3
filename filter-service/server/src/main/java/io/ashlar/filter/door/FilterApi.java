package io.ashlar.filter.door;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The parts of the OpenAPI document that belong to no single operation. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Ashlar filter-service",
                        version = "1",
                        description = "Datasets, queries over them, and sealed queries for other services.",
                        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
        security = @SecurityRequirement(name = "bearer"),
        components =
                @Components(
                        securitySchemes =
                                @SecurityScheme(
                                        securitySchemeName = "bearer",
                                        type = SecuritySchemeType.HTTP,
                                        scheme = "bearer",
                                        bearerFormat = "JWT"),
                        responses =
                                @APIResponse(
                                        name = "Problem",
                                        description = "RFC 9457, with a stable code and every fault",
                                        content =
                                                @Content(
                                                        mediaType = "application/problem+json",
                                                        schema = @Schema(implementation = Object.class),
                                                        examples =
                                                                @ExampleObject(
                                                                        name = "invalid_filter",
                                                                        value = FilterApi.PROBLEM)))))
public class FilterApi extends Application {

    static final String PROBLEM = """
            {"type": "urn:ashlar:problem:invalid_filter", "title": "The query is not valid", "status": 400,
             "code": "invalid_filter", "detail": "The query has 1 faults.", "request_id": "7d0c",
             "errors": [{"code": "unknown_field", "pointer": "/filters/0/field",
                         "detail": "The dataset has no such field.", "did_you_mean": "delay"}]}
            """;
}
