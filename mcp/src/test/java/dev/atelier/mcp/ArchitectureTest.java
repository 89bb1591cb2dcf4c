package dev.atelier.mcp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom: agents' tools know the wire's records and pictures, and only the lanes know a protocol. */
@AnalyzeClasses(packages = "dev.atelier.mcp", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_THE_WIRE_AND_PICTURES_ARE_USED = classes()
            .that()
            .resideInAPackage("dev.atelier.mcp..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.atelier.mcp..",
                    "dev.atelier.api..",
                    "dev.atelier.engine.image..",
                    "io.modelcontextprotocol..",
                    "reactor..",
                    "com.networknt..",
                    "tools.jackson..",
                    "org.slf4j..",
                    "java..",
                    "javax.imageio..");

    @ArchTest
    static final ArchRule ONLY_THE_LANES_KNOW_A_PROTOCOL = noClasses()
            .that()
            .resideOutsideOfPackage("dev.atelier.mcp.lane..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.modelcontextprotocol..", "reactor..", "dev.atelier.mcp.lane..");
}
