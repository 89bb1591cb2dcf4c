package dev.atelier.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.atelier.mcp.tool.Caller;
import dev.atelier.mcp.tool.Json;
import dev.atelier.mcp.tool.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The skills have the form that agents read, and the calls of tools in them are such as the tools take. */
class SkillsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path SKILLS = Path.of("src/main/resources/skills");
    private static final List<String> NAMES = List.of("atelier-images", "atelier-operate", "atelier-prompting");
    private static final Pattern HEAD = Pattern.compile("---\n(.*?)\n---\n(.*)", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\((references/[^)]+)\\)");
    private static final Pattern TOOL = Pattern.compile("`((?:atlas|generate|edit|make)_[a-z_]+)`");

    private static Stream<Path> files() throws IOException {
        return Files.walk(SKILLS).filter(file -> file.toString().endsWith(".md"));
    }

    @Test
    void thereAreThreeAndTheRootLeadsToThem() throws IOException {
        try (Stream<Path> folders = Files.list(SKILLS)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(NAMES);
        }
        assertThat(ROOT.resolve("skills").toRealPath()).isEqualTo(SKILLS.toRealPath());
        JsonNode market = Json.MAPPER.readTree(Files.readString(ROOT.resolve(".claude-plugin/marketplace.json")));
        assertThat(market.at("/plugins/0/skills").valueStream().map(JsonNode::stringValue))
                .containsExactlyInAnyOrderElementsOf(
                        NAMES.stream().map(name -> "./skills/" + name).toList());
        JsonNode servers = Json.MAPPER
                .readTree(Files.readString(ROOT.resolve(".mcp.json")))
                .get("mcpServers");
        assertThat(servers.at("/atelier/args/0").stringValue()).isEqualTo("mcp");
        assertThat(servers.at("/atelier-service/url").stringValue()).isEqualTo("http://localhost:8080/mcp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"atelier-images", "atelier-operate", "atelier-prompting"})
    void aSkillHasTheFormOfTheSpecification(String name) throws IOException {
        String text = Files.readString(SKILLS.resolve(name).resolve("SKILL.md"));
        Matcher parts = HEAD.matcher(text);
        assertThat(parts.matches()).isTrue();
        JsonNode head = YAMLMapper.shared().readTree(parts.group(1));

        assertThat(head.get("name").stringValue())
                .isEqualTo(name)
                .matches("[a-z0-9]+(-[a-z0-9]+)*")
                .hasSizeLessThan(65);
        assertThat(head.get("description").stringValue()).hasSizeBetween(50, 1024);
        assertThat(head.path("compatibility").asString("")).hasSizeLessThan(501);
        assertThat(Set.of("name", "description", "license", "compatibility", "metadata", "allowed-tools"))
                .containsAll(head.propertyNames());
        assertThat(parts.group(2).lines().count()).isLessThan(500);
        // Five thousand tokens, by four characters each.
        assertThat(parts.group(2).length()).isLessThan(20_000);
        LINK.matcher(text)
                .results()
                .forEach(link ->
                        assertThat(SKILLS.resolve(name).resolve(link.group(1))).isRegularFile());
    }

    @Test
    void everyCallOfAToolIsOneThatItTakes() throws IOException {
        Map<String, JsonNode> schemas = new Toolbox()
                .list(new Caller(new FakeDrawing(), true, true))
                .valueStream()
                .collect(Collectors.toMap(tool -> tool.get("name").stringValue(), tool -> tool.get("inputSchema")));
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        Set<String> called = new HashSet<>();
        for (Path file : files().toList()) {
            String text = Files.readString(file);
            CALL.matcher(text).results().forEach(block -> {
                JsonNode call = Json.MAPPER.readTree(block.group(1));
                String name = call.get("tool").stringValue();
                called.add(name);
                assertThat(registry.getSchema(schemas.get(name)).validate(call.get("arguments")))
                        .as(file + ": " + call)
                        .isEmpty();
            });
            TOOL.matcher(text)
                    .results()
                    .forEach(named -> assertThat(schemas).as(file.toString()).containsKey(named.group(1)));
        }
        assertThat(called).contains("generate_image", "edit_image", "make_sequence", "atlas_get_prediction");
    }
}
