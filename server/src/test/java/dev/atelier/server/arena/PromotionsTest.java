package dev.atelier.server.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.arena.PromotionGate;
import dev.atelier.server.ScriptedServer;
import dev.atelier.server.TestDatabase;
import dev.atelier.server.TestModel;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.CatalogFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionsTest {
    private static final String ALIAS = "bytedance/seedream-v4.5";
    private static final PromotionGate.Facts AS_GOOD = new PromotionGate.Facts(0.8, 0.79);

    @TempDir
    private Path data;

    /** The catalog of the tests with its model twice. */
    private Catalog twoModels() {
        try {
            Path file = TestModel.catalog(data);
            String text = Files.readString(file);
            int end = text.indexOf("\naliases:");
            String model = text.substring(text.indexOf("  - id: seedling-1"), end);
            String other =
                    model.replace("id: seedling-1", "id: seedling-x").replace("Atelier Seedling 1", "Seedling X");
            Path both = data.resolve("both.yaml");
            Files.writeString(both, text.substring(0, end) + "\n" + other + text.substring(end));
            return CatalogFixture.with(Map.of("atelier.catalog", both.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ScriptedServer start() {
        return ScriptedServer.start(
                TestDatabase.H2.migrated(),
                data,
                beans -> beans.registerBean(
                        "twoModels", Catalog.class, this::twoModels, definition -> definition.setPrimary(true)),
                "--atelier.arena.ready=0",
                "--atelier.worker.enabled=false");
    }

    /** Twenty battles with ten voters each, of which the new contender wins so many of ten. */
    private static void vote(ScriptedServer server, int wins) {
        Contenders contenders = server.bean(Contenders.class);
        contenders.enter(new Contenders.Wish("old", "seedling-1", List.of(), 0, -1, "", true));
        contenders.enter(new Contenders.Wish("new", "seedling-x", List.of(), 0, -1, "", true));
        Battles battles = server.bean(Battles.class);
        ArenaPrompt prompt =
                new ArenaPrompt("p", "a barn", ArenaPrompt.Task.TEXT_TO_IMAGE, "rooms", 1, "", ArenaPrompt.Origin.OWN);
        for (int b = 0; b < 20; b++) {
            boolean turned = b % 2 == 0;
            String left = turned ? "new" : "old";
            String right = turned ? "old" : "new";
            Battle.Shown shown = new Battle.Shown(
                    List.of("a.png"), List.of("b.png"), 256, 256, List.of(), recipe(left), recipe(right));
            Battle battle = new Battle(
                    battles.newId(),
                    Battle.State.READY,
                    new Battle.Asked(prompt, 256, 256, b),
                    left,
                    right,
                    shown,
                    new Battle.Orders("", ""),
                    "",
                    "",
                    Instant.parse("2026-01-01T00:00:00Z").plusSeconds(b));
            battles.insert(battle);
            for (int v = 0; v < 10; v++) {
                boolean newWins = (b * 7 + v * 3) % 10 < wins;
                battles.vote(battle.id(), "voter" + v, newWins == turned ? "left" : "right", Instant.EPOCH);
            }
        }
    }

    private static Recipe recipe(String name) {
        return new Recipe(name, "m", "m", "stored", "", 4, 1, true, 1, List.of("a barn"));
    }

    @Test
    void aBetterModelTakesTheAliasAndGivesItBack() {
        try (ScriptedServer server = start()) {
            vote(server, 8);
            Promotions promotions = server.bean(Promotions.class);
            Catalog catalog = server.bean(Catalog.class);
            assertThat(catalog.get(ALIAS).model().id()).isEqualTo("seedling-1");

            Promotion made = promotions.promote(new Promotions.Wish(ALIAS, "new", "", 0, AS_GOOD), "me");
            assertThat(made.from()).isEqualTo("seedling-1");
            assertThat(made.to()).isEqualTo("seedling-x");
            assertThat(made.grounds().votes()).isEqualTo(200);
            assertThat(made.grounds().voters()).isEqualTo(10);
            assertThat(made.grounds().after().score().lower())
                    .isGreaterThan(made.grounds().before().score().upper());
            assertThat(catalog.get(ALIAS).model().id()).isEqualTo("seedling-x");
            assertThat(catalog.get(ALIAS).about().displayName()).contains("Seedling X");
            assertThat(catalog.listings())
                    .filteredOn(one -> one.name().equals(ALIAS))
                    .allSatisfy(one -> assertThat(one.model().id()).isEqualTo("seedling-x"));
            assertThat(catalog.get(ALIAS + "/edit").model().id()).isEqualTo("seedling-1");
            assertThatThrownBy(() -> promotions.promote(new Promotions.Wish(ALIAS, "new", "", 0, AS_GOOD), "me"))
                    .hasMessage("to: '" + ALIAS + "' has seedling-x already");

            Promotion undone = promotions.undo(ALIAS);
            assertThat(undone.undoneAt()).isNotNull();
            assertThat(catalog.get(ALIAS).model().id()).isEqualTo("seedling-1");
            assertThat(promotions.all()).hasSize(1);
            assertThatThrownBy(() -> promotions.undo(ALIAS)).hasMessageContaining("has none to undo");
        }
    }

    @Test
    void theGateStaysShutWithoutALeadOrWithoutFacts() {
        try (ScriptedServer server = start()) {
            vote(server, 5);
            Promotions promotions = server.bean(Promotions.class);
            assertThatThrownBy(() -> promotions.promote(
                            new Promotions.Wish(ALIAS, "new", "", 0, new PromotionGate.Facts(0.8, 0.7)), "me"))
                    .hasMessageStartingWith("not promoted: the lower bound of 'new'")
                    .hasMessageContaining("the evaluation's facts fell from 0.800 to 0.700");
            assertThatThrownBy(() -> promotions.promote(new Promotions.Wish("seedling-1", "new", "", 0, AS_GOOD), "me"))
                    .hasMessageStartingWith("alias: 'seedling-1' is no alias");
            assertThatThrownBy(() -> promotions.promote(new Promotions.Wish(ALIAS, "nobody", "", 0, AS_GOOD), "me"))
                    .hasMessage("contender: there is none called 'nobody'");
            assertThat(promotions.all()).isEmpty();
        }
    }
}
