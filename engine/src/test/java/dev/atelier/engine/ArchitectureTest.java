package dev.atelier.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom: the engine stands alone, and its rooms do not know each other in circles. */
@AnalyzeClasses(packages = "dev.atelier.engine", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_ENGINE_USES_NOTHING_OF_OURS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.atelier.prompt..",
                    "dev.atelier.training..",
                    "dev.atelier.models..",
                    "dev.atelier.studio..",
                    "dev.atelier.server..",
                    "dev.atelier.cli..");

    @ArchTest
    static final ArchRule THE_ENGINE_NEEDS_NO_SPRING =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.springframework..", "picocli..");

    @ArchTest
    static final ArchRule JAVACPP_IS_KNOWN_TO_THE_TENSOR_PACKAGE_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage("dev.atelier.engine.tensor..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.bytedeco.javacpp.PointerScope");

    @ArchTest
    static final ArchRule PICTURES_NEED_NO_LIBTORCH = noClasses()
            .that()
            .resideInAPackage("dev.atelier.engine.image..")
            .and()
            .doNotHaveSimpleName("PictureTensors")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule PICTURES_IN_MEMORY_KNOW_NO_FILES = noClasses()
            .that()
            .resideInAPackage("dev.atelier.engine.image")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.atelier.engine.image.codec");

    @ArchTest
    static final ArchRule WHAT_CALLERS_SAY_KNOWS_NO_TENSORS = noClasses()
            .that()
            .resideInAPackage("dev.atelier.engine.pipeline")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.bytedeco..",
                    "dev.atelier.engine.generation",
                    "dev.atelier.engine.dit",
                    "dev.atelier.engine.vae");

    @ArchTest
    static final ArchRule ROOMS_DO_NOT_KNOW_EACH_OTHER_IN_CIRCLES =
            slices().matching("dev.atelier.engine.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOBODY_COLLECTS_GARBAGE_BY_HAND =
            noClasses().should().callMethod(System.class, "gc").orShould().callMethod(Runtime.class, "gc");
}
