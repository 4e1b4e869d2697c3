package io.ashlar.guard.document;

import io.ashlar.authz.call.Headers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jspecify.annotations.Nullable;

/**
 * Adds to a server's document what its door adds to its answers. An operation that says {@code security: []} is open; what an
 * operation says of a refusal itself is kept, and gets the problem's schema where it names none.
 */
public final class DoorDocument implements OASFilter {

    private static final String BEARER = "bearer";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Components components = document.getComponents();
        if (components == null) {
            components = OASFactory.createComponents();
            document.setComponents(components);
        }
        components.addSecurityScheme(
                BEARER,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme(BEARER)
                        .bearerFormat("JWT")
                        .description("An access token of the installation's OpenID provider."));
        document.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(BEARER)));
        DoorHeaders.parameters().forEach(components::addParameter);
        DoorHeaders.answers().forEach(components::addHeader);
        Refusals.schemas().forEach(components::addSchema);
        Refusals.responses().forEach(components::addResponse);
        if (document.getPaths() == null) {
            return;
        }
        document.getPaths().getPathItems().values().forEach(path -> path.getOperations()
                .values()
                .forEach(DoorDocument::complete));
    }

    private static void complete(Operation operation) {
        boolean open =
                operation.getSecurity() != null && operation.getSecurity().isEmpty();
        List<Parameter> parameters =
                new ArrayList<>(operation.getParameters() == null ? List.of() : operation.getParameters());
        parameters.forEach(DoorHeaders::describe);
        for (String name : DoorHeaders.parameters().keySet()) {
            if (!(open && name.equals(Headers.ON_BEHALF_OF))) {
                parameters.add(OASFactory.createParameter().ref(name));
            }
        }
        operation.setParameters(parameters);
        APIResponses responses = operation.getResponses();
        if (responses == null) {
            responses = OASFactory.createAPIResponses();
        }
        Map<String, APIResponse> answers = new LinkedHashMap<>(responses.getAPIResponses());
        answers.forEach(DoorDocument::answer);
        for (String status : Refusals.of(open, operation.getRequestBody() != null, takesValues(operation))) {
            answers.putIfAbsent(status, OASFactory.createAPIResponse().ref(Refusals.name(status)));
        }
        responses.setAPIResponses(answers);
        operation.setResponses(responses);
    }

    private static boolean takesValues(Operation operation) {
        return operation.getParameters().stream().anyMatch(parameter -> parameter.getRef() == null);
    }

    private static void answer(String status, APIResponse response) {
        if (response.getRef() != null) {
            return;
        }
        DoorHeaders.answers().keySet().stream()
                .filter(name -> !name.equals(DoorHeaders.RETRY_AFTER))
                .forEach(name ->
                        response.addHeader(name, OASFactory.createHeader().ref(name)));
        if (isRefusal(status) && (response.getContent() == null || noSchema(response))) {
            response.setContent(Refusals.content(response.getContent()));
        }
    }

    private static boolean noSchema(APIResponse response) {
        return response.getContent().getMediaTypes().values().stream().allMatch(type -> type.getSchema() == null);
    }

    private static boolean isRefusal(@Nullable String status) {
        return status != null && (status.startsWith("4") || status.startsWith("5"));
    }
}
