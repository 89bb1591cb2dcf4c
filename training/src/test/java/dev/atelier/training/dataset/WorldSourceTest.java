package dev.atelier.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Words;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldSourceTest {
    private static final ExampleSource WORLD = new WorldSource(World.of(WorldConfig.full()), 7);

    @Test
    void aCaptionStatesAnswersAmongTheClassesOfItsAspectsAndItsWordsSayThem() {
        List<Integer> sizes = WorldSource.FACTS.blocks().stream()
                .flatMap(block -> block.sizes().stream())
                .toList();
        int named = 0;
        for (long index = 0; index < 200; index++) {
            Caption caption = WORLD.caption(index).orElseThrow();
            assertThat(caption.facts())
                    .allSatisfy(fact -> assertThat(fact.value()).isBetween(0, sizes.get(fact.aspect()) - 2));
            assertThat(caption.facts()).extracting(Caption.Fact::aspect).doesNotHaveDuplicates();
            for (Caption.Fact fact : caption.facts()) {
                Aspect aspect = Aspect.values()[fact.aspect()];
                if (aspect == Aspect.WORD) {
                    named++;
                    Words words = aspect.vocabulary().get(fact.value()).words();
                    assertThat(caption.text())
                            .containsAnyOf(
                                    words.english().getFirst(), words.chinese().getFirst());
                }
            }
        }
        assertThat(named).isPositive();
    }

    @Test
    void everyAspectOfTheWorldHasAClassForEachValueAndOneForNone() {
        assertThat(WorldSource.FACTS.aspects()).isEqualTo(Aspect.values().length);
        int first = 0;
        for (FactSchema.Block block : WorldSource.FACTS.blocks()) {
            for (int i = 0; i < block.aspects(); i++) {
                assertThat(block.sizes().get(i))
                        .isEqualTo(Aspect.values()[first + i].vocabulary().size() + 1);
            }
            first += block.aspects();
        }
    }

    @Test
    void classesThatAnAspectLacksAreImpossible() {
        FactSchema.Block block = new FactSchema.Block(List.of(1, 3, 2));

        assertThat(block.classes()).isEqualTo(3);
        assertThat(block.impossible()).containsExactly(0, -1e9f, -1e9f, 0, 0, 0, 0, 0, -1e9f);
        assertThatThrownBy(() -> new FactSchema.Block(List.of(2, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2, 0]");
    }

    @Test
    void anExampleOfLettersHasThemAloneAsItsReferenceAndWordsThatSaySo() {
        for (long index = 0; index < 10; index++) {
            Example example = WORLD.example(Task.GLYPH, Task.GLYPH.references(index), index, 64);

            assertThat(example.references()).hasSize(1);
            assertThat(example.references().getFirst()).isNotEqualTo(example.target());
            assertThat(example.prompts().apply(index)).matches("(?s).*[\"“'「].+(with the text of image 1|文字如图1)");
            assertThat(WORLD.prompt(Task.GLYPH, 1, index, 5))
                    .isEqualTo(example.prompts().apply(5L));
        }
    }

    @Test
    void ownPicturesStateNothing() {
        ExampleSource own = (task, references, index, size) -> null;

        assertThat(own.facts()).isEqualTo(FactSchema.NONE);
        assertThat(own.caption(0)).isEmpty();
    }
}
