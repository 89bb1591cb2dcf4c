package dev.atelier.server.arena;

import dev.atelier.arena.PairSelection;
import dev.atelier.engine.image.Picture;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.Prompt;
import dev.atelier.prompt.References;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.SizeWish;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.media.ReferenceResolver;
import dev.atelier.server.prediction.Owner;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionService;
import dev.atelier.server.prediction.SubmissionKey;
import dev.atelier.server.prediction.Warnings;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Orders the pictures of the next battle while nobody else needs the devices, at a priority below everybody's. */
@Component
class BattleMaker {
    private static final Logger log = LoggerFactory.getLogger(BattleMaker.class);
    private static final Owner OWNER = new Owner(Arena.OWNER, -1_000_000, 0);
    private static final Duration KEEP_ORDERS = Duration.ofHours(2);
    private static final Prediction.Delivery DELIVERY =
            new Prediction.Delivery(URI.create("http://localhost"), false, "", KEEP_ORDERS, KEEP_ORDERS);
    private static final int GRID = 16;

    private final Contenders contenders;
    private final ArenaPrompts prompts;
    private final Battles battles;
    private final BattlePictures pictures;
    private final Boards boards;
    private final Catalog catalog;
    private final PredictionService predictions;
    private final ArenaSettings settings;
    private final Clock clock;
    private final RandomGenerator random = new SecureRandom();

    BattleMaker(
            Contenders contenders,
            ArenaPrompts prompts,
            Battles battles,
            BattlePictures pictures,
            Boards boards,
            Catalog catalog,
            PredictionService predictions,
            ArenaSettings settings,
            Clock clock) {
        this.contenders = contenders;
        this.prompts = prompts;
        this.battles = battles;
        this.pictures = pictures;
        this.boards = boards;
        this.catalog = catalog;
        this.predictions = predictions;
        this.settings = settings;
        this.clock = clock;
    }

    /** Orders one battle more, unless enough are ready or there is nothing that two contenders can both draw. */
    void order() {
        List<Contender> active = contenders.active().stream()
                .filter(one -> isOffered(one.servedBy()))
                .toList();
        if (active.size() < 2
                || battles.unused(settings.votesPerBattle(), Arena.shownSince(clock, settings)) >= settings.ready()) {
            return;
        }
        List<String> names = active.stream().map(Contender::name).toList();
        PairSelection.Pair pair = new PairSelection(boards.ranking(), names).next(random);
        boolean turned = random.nextBoolean();
        Contender left = contenders.get(turned ? pair.second() : pair.first());
        Contender right = contenders.get(turned ? pair.first() : pair.second());
        Optional<ArenaPrompt> prompt = next(left, right);
        if (prompt.isEmpty()) {
            log.debug("arena: there is no prompt that {} and {} can both draw", left.name(), right.name());
            return;
        }
        Battle.Asked asked = asked(prompt.get(), left, right);
        Prediction first = predictions.submit(submission(asked, left), OWNER);
        Prediction second;
        try {
            second = predictions.submit(submission(asked, right), OWNER);
        } catch (RuntimeException e) {
            giveWay(List.of(first.id()));
            throw e;
        }
        battles.insert(new Battle(
                battles.newId(),
                Battle.State.MAKING,
                asked,
                left.name(),
                right.name(),
                null,
                new Battle.Orders(first.id(), second.id()),
                "",
                "",
                clock.instant().truncatedTo(ChronoUnit.MICROS)));
    }

    private boolean isOffered(String model) {
        return catalog.models().stream().anyMatch(one -> one.id().equals(model));
    }

    /** One of those that the two have drawn least often. */
    private Optional<ArenaPrompt> next(Contender left, Contender right) {
        Map<String, Integer> drawn = battles.drawn(left.name(), right.name());
        List<ArenaPrompt> possible = new ArrayList<>(prompts.all().stream()
                .filter(prompt -> canDraw(left, prompt) && canDraw(right, prompt))
                .toList());
        int least = possible.stream()
                .mapToInt(prompt -> drawn.getOrDefault(prompt.id(), 0))
                .min()
                .orElse(0);
        possible.removeIf(prompt -> drawn.getOrDefault(prompt.id(), 0) > least);
        return possible.isEmpty() ? Optional.empty() : Optional.of(possible.get(random.nextInt(possible.size())));
    }

    private boolean canDraw(Contender one, ArenaPrompt prompt) {
        ModelEntry.Bounds bounds = catalog.model(one.servedBy()).bounds();
        return switch (prompt.task()) {
            case TEXT_TO_IMAGE -> true;
            case EDIT -> bounds.references() > 0;
            case SEQUENCE -> bounds.images() >= prompt.images();
        };
    }

    /** A square, or the shape of the picture that an edit starts from. */
    private Battle.Asked asked(ArenaPrompt prompt, Contender left, Contender right) {
        int side = settings.size() > 0
                ? settings.size()
                : Math.min(
                        catalog.model(left.servedBy()).defaults().size(),
                        catalog.model(right.servedBy()).defaults().size());
        double aspect = prompt.media().isEmpty()
                ? 1
                : pictures.read(prompt.media())
                        .map(source -> (double) source.width() / source.height())
                        .orElse(1.0);
        double shape = Math.sqrt(Math.clamp(aspect, 0.25, 4));
        return new Battle.Asked(prompt, onGrid(side * shape), onGrid(side / shape), random.nextLong(1L << 32));
    }

    /** Upwards, so that the least area that may be asked for is reached. */
    private static int onGrid(double side) {
        return (int) Math.ceil(side / GRID - 1e-9) * GRID;
    }

    private PredictionService.Submission submission(Battle.Asked asked, Contender contender) {
        ArenaPrompt prompt = asked.prompt();
        References references = prompt.media().isEmpty()
                ? References.none()
                : References.of(List.of(ReferenceResolver.OURS + prompt.media()));
        GenerationRequest request = GenerationRequest.of(contender.servedBy(), prompt.text())
                .withPrompt(new Prompt(prompt.text(), "", contender.expansion()))
                .withSequence(prompt.images() > 1 ? SequenceWish.auto(prompt.images()) : SequenceWish.disabled(1))
                .withReferences(references)
                .withSize(SizeWish.of(asked.width(), asked.height()))
                .withSampling(new Sampling(contender.steps(), contender.guidance(), asked.seed()));
        Listing listing = catalog.find(contender.servedBy())
                .orElseThrow(() -> new IllegalStateException(contender.servedBy() + " is not in the catalog any more"));
        return new PredictionService.Submission(listing, request, DELIVERY, Warnings.NONE, SubmissionKey.NONE);
    }

    /** Makes those battles ready whose pictures are there, and forgets those that cannot be. */
    void settle() {
        for (Battle battle : battles.making()) {
            Optional<Prediction> left = order(battle.orders().left());
            Optional<Prediction> right = order(battle.orders().right());
            boolean lost = left.isEmpty() || right.isEmpty();
            boolean ended =
                    lost || left.get().status().ended() && right.get().status().ended();
            if (!ended) {
                continue;
            }
            Optional<Battle.Shown> shown = lost ? Optional.empty() : shown(battle, left.get(), right.get());
            if (shown.isPresent()) {
                battles.ready(battle.id(), shown.get());
            } else {
                battles.drop(battle.id());
            }
            left.ifPresent(this::forget);
            right.ifPresent(this::forget);
        }
    }

    private Optional<Prediction> order(String id) {
        try {
            return Optional.of(predictions.get(id, Arena.OWNER));
        } catch (ApiException e) {
            log.debug("arena: order {} is gone: {}", id, e.getMessage());
            return Optional.empty();
        }
    }

    private void forget(Prediction order) {
        if (!order.status().ended()) {
            giveWay(List.of(order.id()));
        }
        try {
            predictions.delete(order.id(), Arena.OWNER);
        } catch (ApiException e) {
            log.debug("arena: order {} is kept until its time is over: {}", order.id(), e.getMessage());
        }
    }

    private Optional<Battle.Shown> shown(Battle battle, Prediction left, Prediction right) {
        List<Picture> leftPictures = made(left);
        List<Picture> rightPictures = made(right);
        List<Picture> all = new ArrayList<>(leftPictures);
        all.addAll(rightPictures);
        int wanted = battle.asked().prompt().images();
        boolean whole = leftPictures.size() == rightPictures.size()
                && !leftPictures.isEmpty()
                && (wanted > 1 || leftPictures.size() == 1);
        boolean sameSize = all.stream()
                        .map(one -> one.width() + "*" + one.height())
                        .distinct()
                        .count()
                == 1;
        if (!whole || !sameSize) {
            log.warn(
                    "arena: {} and {} made {} and {} pictures that cannot be shown side by side: {} {}",
                    battle.left(),
                    battle.right(),
                    leftPictures.size(),
                    rightPictures.size(),
                    left.state().error(),
                    right.state().error());
            return Optional.empty();
        }
        List<Double> style = wanted > 1
                ? List.of()
                : BattlePictures.style(leftPictures.getFirst()).minus(BattlePictures.style(rightPictures.getFirst()));
        return Optional.of(new Battle.Shown(
                leftPictures.stream().map(pictures::keep).toList(),
                rightPictures.stream().map(pictures::keep).toList(),
                all.getFirst().width(),
                all.getFirst().height(),
                style,
                recipe(battle.left(), left),
                recipe(battle.right(), right)));
    }

    /** All of them, or none. */
    private List<Picture> made(Prediction order) {
        List<Picture> made = order.outputs().stream()
                .filter(output -> output.succeeded())
                .sorted(Comparator.comparingInt(output -> output.index()))
                .map(output -> pictures.read(output.media()))
                .flatMap(Optional::stream)
                .toList();
        return made.size() == order.order().plan().shots().size() ? made : List.of();
    }

    private Recipe recipe(String name, Prediction order) {
        Contender contender = contenders.get(name);
        var first = order.outputs().getFirst().recipe();
        return new Recipe(
                name,
                contender.model(),
                order.order().servedBy(),
                contender.precision(),
                contender.weights(),
                first.steps(),
                first.guidanceScale(),
                contender.expansion(),
                first.seed(),
                order.outputs().stream().map(output -> output.recipe().prompt()).toList());
    }

    /** Gives the devices back: what has been begun is ordered again later. */
    void giveWay(List<String> orders) {
        for (String id : orders) {
            try {
                predictions.cancel(id, Arena.OWNER);
            } catch (ApiException e) {
                log.debug("arena: order {} has ended by itself: {}", id, e.getMessage());
            }
        }
    }
}
