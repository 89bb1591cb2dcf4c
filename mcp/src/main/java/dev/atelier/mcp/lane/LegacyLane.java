package dev.atelier.mcp.lane;

import dev.atelier.mcp.DrawingException;
import dev.atelier.mcp.offer.Offer;
import dev.atelier.mcp.offer.Resources;
import dev.atelier.mcp.tool.Json;
import dev.atelier.mcp.tool.Tool;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * The revisions that begin with {@code initialize}, by the protocol's own SDK. It keeps nothing between requests, so that any node answers
 * any request; the transports send progress and cancel themselves, which the SDK's own do not.
 */
final class LegacyLane implements McpStatelessServerTransport {
    static final List<String> VERSIONS = List.of(
            ProtocolVersions.MCP_2024_11_05,
            ProtocolVersions.MCP_2025_03_26,
            ProtocolVersions.MCP_2025_06_18,
            ProtocolVersions.MCP_2025_11_25);

    private static final Logger log = LoggerFactory.getLogger(LegacyLane.class);
    private static final String CALL = "call";

    private final Offer offer;
    private final McpJsonMapper json = McpJsonDefaults.getMapper();
    private McpStatelessServerHandler handler;

    LegacyLane(Offer offer) {
        this.offer = offer;
        McpServer.sync(this)
                .serverInfo(json.convertValue(offer.serverInfo(), McpSchema.Implementation.class))
                .instructions(Offer.INSTRUCTIONS)
                .capabilities(McpSchema.ServerCapabilities.builder()
                        .tools(false)
                        .resources(false, false)
                        .prompts(false)
                        .completions()
                        .build())
                .jsonMapper(json)
                .validateToolInputs(false)
                .immediateExecution(true)
                .tools(tools())
                .resources(resources())
                .resourceTemplates(templates())
                .prompts(prompts())
                .completions(completions())
                .build();
    }

    @Override
    public void setMcpHandler(McpStatelessServerHandler sdk) {
        handler = sdk;
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    @Override
    public List<String> protocolVersions() {
        return VERSIONS;
    }

    ObjectNode answer(RpcCall call) throws RpcException {
        String method = call.request().get("method").stringValue();
        if (method.equals(McpSchema.METHOD_TOOLS_LIST)) {
            ObjectNode result = Json.object();
            result.set("tools", offer.tools().list(call.caller()));
            return JsonRpc.result(call.request().get("id"), result);
        }
        if (method.equals(McpSchema.METHOD_TOOLS_CALL)) {
            Lanes.tool(offer, call);
        }
        if (method.equals(McpSchema.METHOD_RESOURCES_READ)
                && !call.params().path("uri").isString()) {
            throw new RpcException(JsonRpc.INVALID_PARAMS, "uri: missing; a string is needed");
        }
        ObjectNode answer = bySdk(method, call);
        answer.set("id", call.request().get("id"));
        return answer;
    }

    private ObjectNode bySdk(String method, RpcCall call) throws RpcException {
        Object params = Json.MAPPER.treeToValue(call.params(), Object.class);
        McpSchema.JSONRPCRequest request = new McpSchema.JSONRPCRequest(method, "0", params);
        try {
            McpTransportContext context = McpTransportContext.create(Map.of(CALL, call));
            return json.convertValue(handler.handleRequest(context, request).block(), ObjectNode.class);
        } catch (RuntimeException e) {
            log.debug("the SDK cannot read a request", e);
            throw new RpcException(JsonRpc.INVALID_PARAMS, "params: not what " + method + " takes");
        }
    }

    private static RpcCall call(McpTransportContext context) {
        return (RpcCall) context.get(CALL);
    }

    private List<SyncToolSpecification> tools() {
        List<SyncToolSpecification> tools = new ArrayList<>();
        offer.tools()
                .all()
                .forEach(tool -> tools.add(new SyncToolSpecification(
                        json.convertValue(tool, McpSchema.Tool.class), (context, request) -> {
                            RpcCall call = call(context);
                            Tool named = offer.tools().find(request.name()).orElseThrow();
                            try (ProgressTeller progress = call.progress()) {
                                return json.convertValue(
                                        Contents.of(offer.tools().call(named, call.toolCall(progress))),
                                        McpSchema.CallToolResult.class);
                            }
                        })));
        return tools;
    }

    private List<SyncResourceSpecification> resources() {
        List<SyncResourceSpecification> resources = new ArrayList<>();
        offer.resources()
                .list()
                .forEach(resource -> resources.add(new SyncResourceSpecification(
                        json.convertValue(resource, McpSchema.Resource.class),
                        (context, request) -> read(request.uri(), call(context)))));
        return resources;
    }

    private List<SyncResourceTemplateSpecification> templates() {
        List<SyncResourceTemplateSpecification> templates = new ArrayList<>();
        offer.resources()
                .templates()
                .forEach(template -> templates.add(new SyncResourceTemplateSpecification(
                        json.convertValue(template, McpSchema.ResourceTemplate.class),
                        (context, request) -> read(request.uri(), call(context)))));
        return templates;
    }

    private McpSchema.ReadResourceResult read(String uri, RpcCall call) {
        try {
            ObjectNode result = Json.object();
            result.putArray("contents")
                    .add(offer.resources()
                            .read(uri, call.caller().service())
                            .orElseThrow(() -> McpError.RESOURCE_NOT_FOUND.apply(uri)));
            return json.convertValue(result, McpSchema.ReadResourceResult.class);
        } catch (DrawingException e) {
            throw error(JsonRpc.INTERNAL_ERROR, e.getMessage());
        }
    }

    private List<SyncPromptSpecification> prompts() {
        List<SyncPromptSpecification> prompts = new ArrayList<>();
        offer.prompts()
                .list()
                .forEach(prompt -> prompts.add(new SyncPromptSpecification(
                        json.convertValue(prompt, McpSchema.Prompt.class), (_, request) -> {
                            Map<String, String> arguments = new HashMap<>();
                            if (request.arguments() != null) {
                                request.arguments()
                                        .forEach((name, value) -> arguments.put(name, String.valueOf(value)));
                            }
                            try {
                                return json.convertValue(
                                        offer.prompts().get(request.name(), arguments),
                                        McpSchema.GetPromptResult.class);
                            } catch (IllegalArgumentException e) {
                                throw error(JsonRpc.INVALID_PARAMS, e.getMessage());
                            }
                        })));
        return prompts;
    }

    private List<SyncCompletionSpecification> completions() {
        List<SyncCompletionSpecification> completions = new ArrayList<>();
        offer.prompts()
                .list()
                .forEach(prompt -> completions.add(new SyncCompletionSpecification(
                        new McpSchema.PromptReference(prompt.get("name").stringValue()),
                        (context, request) -> complete(false, request.argument(), call(context)))));
        List.of(Resources.PREDICTION, Resources.OUTPUT, Resources.MODEL)
                .forEach(uri -> completions.add(new SyncCompletionSpecification(
                        new McpSchema.ResourceReference(uri),
                        (context, request) -> complete(true, request.argument(), call(context)))));
        return completions;
    }

    private McpSchema.CompleteResult complete(
            boolean resource, McpSchema.CompleteRequest.CompleteArgument argument, RpcCall call) {
        try {
            List<String> found = offer.completions()
                    .of(
                            resource,
                            argument.name(),
                            argument.value() == null ? "" : argument.value(),
                            call.caller().service());
            return json.convertValue(Contents.completion(found), McpSchema.CompleteResult.class);
        } catch (DrawingException e) {
            throw error(JsonRpc.INTERNAL_ERROR, e.getMessage());
        }
    }

    private static McpError error(int code, String message) {
        return McpError.builder(code).message(message).build();
    }
}
