package dev.atelier.server.api.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The skills for agents that come with Atelier, each as an archive, and the index that agents find them by (discovery schema 0.2.0). */
final class Skills {
    private static final String SCHEMA = "https://schemas.agentskills.io/discovery/0.2.0/schema.json";
    private static final String FOLDER = "/skills/";
    private static final String FIRST = "SKILL.md";

    private final Map<String, byte[]> archives = new LinkedHashMap<>();
    private final ObjectNode index = JsonNodeFactory.instance.objectNode();

    Skills() {
        index.put("$schema", SCHEMA);
        var list = index.putArray("skills");
        read().forEach((name, files) -> {
            byte[] archive = zip(files);
            archives.put(name, archive);
            list.addObject()
                    .put("name", name)
                    .put("type", "archive")
                    .put(
                            "description",
                            head(files.get(FIRST)).get("description").stringValue())
                    .put("url", name + ".zip")
                    .put("digest", "sha256:" + sha256(archive));
        });
    }

    ObjectNode index() {
        return index.deepCopy();
    }

    List<String> names() {
        return List.copyOf(archives.keySet());
    }

    /** A skill's files as ZIP; null when there is none of this name. */
    byte[] archive(String name) {
        return archives.get(name);
    }

    /** Files by their path in the skill, by the skill's name. */
    private static Map<String, Map<String, byte[]>> read() {
        Map<String, Map<String, byte[]>> skills = new TreeMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:skills/**/*.md")) {
                String url = file.getURL().toString();
                String[] path =
                        url.substring(url.lastIndexOf(FOLDER) + FOLDER.length()).split("/", 2);
                skills.computeIfAbsent(path[0], _ -> new TreeMap<>()).put(path[1], file.getContentAsByteArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return skills;
    }

    private static JsonNode head(byte[] skill) {
        String text = new String(skill, StandardCharsets.UTF_8);
        return YAMLMapper.shared().readTree(text.substring(4, text.indexOf("\n---", 4)));
    }

    /** The same bytes for the same files. */
    private static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
