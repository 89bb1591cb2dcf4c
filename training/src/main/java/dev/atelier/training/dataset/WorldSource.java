package dev.atelier.training.dataset;

import dev.atelier.engine.image.Picture;
import dev.atelier.world.Composition;
import dev.atelier.world.EditPair;
import dev.atelier.world.ShotSequence;
import dev.atelier.world.World;
import dev.atelier.world.render.Inscribed;
import dev.atelier.world.render.SceneRenderer;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Inscription;
import dev.atelier.world.scene.Labels;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.WordTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Examples rendered from the procedural world: the one class through which a training meets it. */
public final class WorldSource implements ExampleSource {
    /** Attempts to find a composition of the wanted number of references; most have two. */
    private static final int ATTEMPTS = 64;

    /** What captions of the world may state: the aspects of its scenes, in their order. */
    public static final FactSchema FACTS = new FactSchema(Labels.BLOCKS.stream()
            .map(block -> new FactSchema.Block(block.sizes()))
            .toList());

    private final World world;
    private final long seed;

    public WorldSource(World world, long seed) {
        this.world = world;
        this.seed = seed;
    }

    @Override
    public Example example(Task task, int references, long index, int size) {
        long sceneSeed = mix(seed + mix(index * 4 + task.ordinal()));
        return switch (task) {
            case TEXT_TO_IMAGE -> {
                Scene scene = world.scene(sceneSeed);
                yield new Example(
                        List.of(),
                        render(scene, size),
                        s -> world.caption(scene, s).text());
            }
            case EDIT -> {
                EditPair edit = world.edit(sceneSeed);
                yield new Example(
                        List.of(render(edit.source(), size)), render(edit.target(), size), _ -> edit.instruction());
            }
            case REPEAT -> {
                Picture picture = render(world.scene(sceneSeed), size);
                yield new Example(List.of(picture), picture, Repetition::prompt);
            }
            case GLYPH -> {
                Inscription inscription = world.inscription(sceneSeed);
                Inscribed drawn = SceneRenderer.render(inscription, size, size);
                yield new Example(List.of(drawn.letters()), drawn.picture(), s -> world.prompt(inscription, s));
            }
            case COMPOSE -> composition(references, sceneSeed, size);
            case SEQUENCE -> sequence(references, sceneSeed, size);
        };
    }

    @Override
    public String vocabulary() {
        return WordTable.text(world.config().families().getOrDefault(Family.THINGS, 0.0) > 0);
    }

    @Override
    public FactSchema facts() {
        return FACTS;
    }

    @Override
    public Optional<Caption> caption(long index) {
        var said = world.textOnly(mix(seed + mix(~index)));
        List<Caption.Fact> facts = said.stated().stream()
                .map(fact -> new Caption.Fact(fact.aspect().ordinal(), Labels.of(fact)))
                .toList();
        return Optional.of(new Caption(said.text(), facts));
    }

    private Example composition(int references, long sceneSeed, int size) {
        Composition composition = world.composition(sceneSeed);
        for (int i = 1; i < ATTEMPTS && composition.references().size() != references; i++) {
            composition = world.composition(mix(sceneSeed + i));
        }
        String instruction = composition.instruction();
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < references; i++) {
            pictures.add(render(
                    composition
                            .references()
                            .get(Math.min(i, composition.references().size() - 1)),
                    size));
        }
        return new Example(pictures, render(composition.target(), size), _ -> instruction);
    }

    private Example sequence(int references, long sceneSeed, int size) {
        ShotSequence shots = world.sequence(sceneSeed, references + 1);
        List<Picture> earlier = shots.shots().subList(0, references).stream()
                .map(s -> render(s, size))
                .toList();
        Scene last = shots.shots().get(references);
        String prompt = shots.prompts().get(references).text();
        return new Example(earlier, render(last, size), _ -> prompt);
    }

    private static Picture render(Scene scene, int size) {
        return SceneRenderer.render(scene, size, size);
    }

    /** The finaliser of SplitMix64. */
    static long mix(long z) {
        z += 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
