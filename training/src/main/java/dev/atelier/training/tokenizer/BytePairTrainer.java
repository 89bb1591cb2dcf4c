package dev.atelier.training.tokenizer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Learns a byte-level BPE (Sennrich, Haddow, Birch 2016, over bytes as GPT-2 does) from texts and writes it as Qwen's folders have
 * it: {@code tokenizer.json}, {@code tokenizer_config.json}.
 */
public final class BytePairTrainer {
    /** How Qwen2 cuts texts into words before merging, from its {@code tokenizer.json}. */
    private static final String WORDS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r"
            + "\\n"
            + "\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r"
            + "\\n"
            + "]*|\\s*[\\r"
            + "\\n"
            + "]+|\\s+(?!\\S)|\\s+";

    private static final Pattern WORD = Pattern.compile(WORDS, Pattern.UNICODE_CHARACTER_CLASS);
    private static final List<String> SPECIAL = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");
    private static final List<String> ADDED = List.of("<think>", "</think>");

    private final List<String> vocabulary = new ArrayList<>();
    private final List<String> merges = new ArrayList<>();

    private BytePairTrainer() {}

    /** Learns at most {@code size} tokens, the special ones included, from {@code texts}; equal input gives an equal result. */
    public static BytePairTrainer learn(Iterable<String> texts, int size) {
        BytePairTrainer trainer = new BytePairTrainer();
        for (int b = 0; b < 256; b++) {
            trainer.vocabulary.add(String.valueOf(byteChar(b)));
        }
        trainer.run(words(texts), size - SPECIAL.size() - ADDED.size());
        return trainer;
    }

    /**
     * Learns further tokens on top of a vocabulary that {@link #write} wrote: its tokens keep their numbers, the new ones follow, the
     * special ones come last again.
     *
     * @param folder that holds {@code tokenizer.json}
     * @param size tokens at most, the special ones included; a smaller one than the vocabulary has changes nothing
     */
    public static BytePairTrainer extend(Path folder, Iterable<String> texts, int size) throws IOException {
        JsonNode model = JsonMapper.builder()
                .build()
                .readTree(Files.readString(folder.resolve("tokenizer.json")))
                .path("model");
        BytePairTrainer trainer = new BytePairTrainer();
        trainer.vocabulary.addAll(model.path("vocab").propertyNames());
        trainer.vocabulary.sort(
                Comparator.comparingInt(token -> model.path("vocab").path(token).intValue()));
        model.path("merges").forEach(merge -> trainer.merges.add(merge.asString()));
        trainer.run(words(texts), size - SPECIAL.size() - ADDED.size());
        return trainer;
    }

    private static Map<String, Integer> words(Iterable<String> texts) {
        Map<String, Integer> words = new TreeMap<>();
        for (String text : texts) {
            Matcher matcher = WORD.matcher(text);
            while (matcher.find()) {
                words.merge(byteText(matcher.group()), 1, Integer::sum);
            }
        }
        return words;
    }

    /** Number of tokens, the special ones included. */
    public int size() {
        return vocabulary.size() + SPECIAL.size() + ADDED.size();
    }

    /** The two tokens that each merge joins, in the order in which they were learnt; the k-th makes token 256 + k. */
    public List<int[]> joinedTokens() {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < vocabulary.size(); i++) {
            numbers.put(vocabulary.get(i), i);
        }
        return merges.stream()
                .map(merge -> merge.split(" "))
                .map(pair -> new int[] {numbers.get(pair[0]), numbers.get(pair[1])})
                .toList();
    }

    /** Tokens that come after the learnt ones: the special ones. */
    public static int specialTokens() {
        return SPECIAL.size() + ADDED.size();
    }

    private void run(Map<String, Integer> counts, int size) {
        List<List<String>> words = new ArrayList<>();
        List<Integer> frequencies = new ArrayList<>();
        counts.forEach((word, count) -> {
            words.add(new ArrayList<>(
                    word.chars().mapToObj(c -> String.valueOf((char) c)).toList()));
            frequencies.add(count);
        });
        for (String known : merges) {
            String[] pair = known.split(" ");
            words.forEach(word -> merge(word, pair[0], pair[1]));
        }
        while (vocabulary.size() < size) {
            Map<List<String>, Integer> pairs = new HashMap<>();
            for (int i = 0; i < words.size(); i++) {
                List<String> word = words.get(i);
                for (int j = 0; j + 1 < word.size(); j++) {
                    pairs.merge(List.of(word.get(j), word.get(j + 1)), frequencies.get(i), Integer::sum);
                }
            }
            List<String> best = pairs.entrySet().stream()
                    .filter(e -> e.getValue() > 1)
                    .max(Map.Entry.<List<String>, Integer>comparingByValue()
                            .thenComparing(e -> String.join(" ", e.getKey()), Comparator.reverseOrder()))
                    .map(Map.Entry::getKey)
                    .orElse(null);
            if (best == null) {
                return;
            }
            merges.add(best.get(0) + " " + best.get(1));
            vocabulary.add(best.get(0) + best.get(1));
            words.forEach(word -> merge(word, best.get(0), best.get(1)));
        }
    }

    private static void merge(List<String> word, String left, String right) {
        for (int j = 0; j + 1 < word.size(); j++) {
            if (word.get(j).equals(left) && word.get(j + 1).equals(right)) {
                word.set(j, left + right);
                word.remove(j + 1);
            }
        }
    }

    /** Writes the two files of {@code folder}. */
    public void write(Path folder) throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        ObjectNode root = json.createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        int id = vocabulary.size();
        for (String token : SPECIAL) {
            added.add(addedToken(json, id++, token, true));
        }
        for (String token : ADDED) {
            added.add(addedToken(json, id++, token, false));
        }
        root.set("normalizer", json.createObjectNode().put("type", "NFC"));
        ObjectNode split = json.createObjectNode().put("type", "Split");
        split.set("pattern", json.createObjectNode().put("Regex", WORDS));
        split.put("behavior", "Isolated").put("invert", false);
        ObjectNode preTokenizer = root.putObject("pre_tokenizer").put("type", "Sequence");
        preTokenizer.putArray("pretokenizers").add(split).add(byteLevel(json, false));
        root.set("post_processor", byteLevel(json, false));
        root.set("decoder", byteLevel(json, false));
        ObjectNode model = root.putObject("model").put("type", "BPE");
        model.putNull("dropout");
        model.putNull("unk_token");
        model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "");
        model.put("fuse_unk", false).put("byte_fallback", false);
        ObjectNode vocab = model.putObject("vocab");
        for (int i = 0; i < vocabulary.size(); i++) {
            vocab.put(vocabulary.get(i), i);
        }
        ArrayNode mergeList = model.putArray("merges");
        merges.forEach(mergeList::add);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("tokenizer.json"), json.writeValueAsString(root));
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("tokenizer_class", "Qwen2Tokenizer");
        config.put("pad_token", "<|endoftext|>");
        config.put("eos_token", "<|im_end|>");
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                json.writerWithDefaultPrettyPrinter().writeValueAsString(config));
    }

    private static ObjectNode addedToken(JsonMapper json, int id, String content, boolean special) {
        return json.createObjectNode()
                .put("id", id)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", special);
    }

    private static ObjectNode byteLevel(JsonMapper json, boolean prefixSpace) {
        return json.createObjectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", prefixSpace)
                .put("trim_offsets", false)
                .put("use_regex", false);
    }

    private static String byteText(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            out.append(byteChar(b & 0xff));
        }
        return out.toString();
    }

    /** GPT-2's printable stand-in for a byte: itself where printable, else the next code point from 256 on. */
    private static char byteChar(int b) {
        if (printable(b)) {
            return (char) b;
        }
        int rank = 0;
        for (int i = 0; i < b; i++) {
            rank += printable(i) ? 0 : 1;
        }
        return (char) (256 + rank);
    }

    private static boolean printable(int b) {
        return b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
    }
}
