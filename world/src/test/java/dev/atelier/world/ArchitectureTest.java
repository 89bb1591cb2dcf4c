package dev.atelier.world;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom: the world knows the engine's pictures and nothing else of ours. */
@AnalyzeClasses(packages = "dev.atelier.world", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_PICTURES_OF_THE_ENGINE_ARE_USED = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.atelier.world..",
                    "dev.atelier.engine.image",
                    "java..",
                    "javax..",
                    "com.github.weisj.jsvg..",
                    "org.apache.commons.compress..",
                    "org.apache.fontbox..",
                    "org.apache.pdfbox.io");

    @ArchTest
    static final ArchRule SCENES_KNOW_NEITHER_WORDS_NOR_DRAWING = noClasses()
            .that()
            .resideInAPackage("dev.atelier.world.scene")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.atelier.world", "dev.atelier.world.caption", "dev.atelier.world.render");

    @ArchTest
    static final ArchRule WORDS_DO_NOT_KNOW_DRAWING = noClasses()
            .that()
            .resideInAPackage("dev.atelier.world.caption")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.atelier.world", "dev.atelier.world.render");

    @ArchTest
    static final ArchRule DRAWING_DOES_NOT_KNOW_WORDS = noClasses()
            .that()
            .resideInAPackage("dev.atelier.world.render")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.atelier.world", "dev.atelier.world.caption");
}
