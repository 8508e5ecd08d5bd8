package dev.slipway.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the arrows between the modules, as the design draws them. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.slipway");

    /** What only says where null may be: it is not there at run time. */
    private static final String ANNOTATIONS = "org.jspecify.annotations..";

    private static final String[] PARSER = {"dev.slipway.parser.."};
    private static final String[] SPI = {"dev.slipway.llb..", "dev.slipway.executor.."};
    private static final String TESTKIT = "dev.slipway.executor.testkit..";
    private static final String[] OCI = {"dev.slipway.oci.."};
    private static final String[] LOCAL = {"dev.slipway.local.."};
    private static final String[] CLI = {"dev.slipway.cli.."};

    private static final String[] SOLVER = {
        "dev.slipway.frontend..",
        "dev.slipway.graph..",
        "dev.slipway.llbjson..",
        "dev.slipway.routing..",
        "dev.slipway.solver.."
    };

    private static final DescribedPredicate<JavaClass> IN_SPI =
            resideInAnyPackage(SPI).and(resideOutsideOfPackage(TESTKIT));

    /** Whatever is in none of the other modules is what embedders see. */
    private static final DescribedPredicate<JavaClass> IN_EMBED = describe("in embed", type -> {
        String name = type.getPackageName() + ".";
        return name.startsWith("dev.slipway.")
                && Stream.of(PARSER, SPI, OCI, LOCAL, CLI, SOLVER)
                        .flatMap(Stream::of)
                        .noneMatch(module -> name.startsWith(module.replace("..", ".")));
    });

    private static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.slipway..")
            .layer("parser")
            .definedBy(PARSER)
            .layer("executor-spi")
            .definedBy(IN_SPI)
            .layer("executor-testkit")
            .definedBy(TESTKIT)
            .layer("oci")
            .definedBy(OCI)
            .layer("executor-local")
            .definedBy(LOCAL)
            .layer("solver")
            .definedBy(SOLVER)
            .layer("embed")
            .definedBy(IN_EMBED)
            .layer("cli")
            .definedBy(CLI)
            .whereLayer("parser")
            .mayNotAccessAnyLayer()
            .whereLayer("executor-spi")
            .mayNotAccessAnyLayer()
            .whereLayer("executor-testkit")
            .mayOnlyAccessLayers("executor-spi")
            .whereLayer("executor-testkit")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("oci")
            .mayOnlyAccessLayers("executor-spi")
            .whereLayer("executor-local")
            .mayOnlyAccessLayers("executor-spi", "oci")
            .whereLayer("solver")
            .mayOnlyAccessLayers("parser", "executor-spi", "oci")
            .whereLayer("embed")
            .mayOnlyAccessLayers("parser", "executor-spi", "oci", "solver");

    @Test
    void everyModuleDependsOnWhatTheDesignSaysAndOnNothingElse() {
        ARROWS.check(CLASSES);
    }

    @Test
    void anArrowThatIsTurnedRoundIsFound() {
        ArchRule turned =
                noClasses().that(IN_EMBED).should().dependOnClassesThat().resideInAnyPackage(SPI);
        assertThatThrownBy(() -> turned.check(CLASSES)).isInstanceOf(AssertionError.class);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.slipway.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theSpiNeedsNothingButTheJdk() {
        classes()
                .that(IN_SPI)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.slipway.llb..", "dev.slipway.executor..", ANNOTATIONS)
                .check(CLASSES);
    }

    @Test
    void theTestkitNeedsNothingButTheSpiAndJUnit() {
        classes()
                .that()
                .resideInAPackage(TESTKIT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "dev.slipway.llb..", "dev.slipway.executor..", "org.junit.jupiter.api..", ANNOTATIONS)
                .check(CLASSES);
    }

    @Test
    void publicSignaturesHaveOnlyTypesOfTheJdkAndOfOurOwn() {
        classes().that().arePublic().should(showOnlyTypesOfTheJdkAndOfOurOwn()).check(CLASSES);
    }

    private static ArchCondition<JavaClass> showOnlyTypesOfTheJdkAndOfOurOwn() {
        return new ArchCondition<>("show only types of the JDK and of our own") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (isGenerated(type)) {
                    return;
                }
                Stream<JavaClass> fields = type.getFields().stream()
                        .filter(ArchitectureTest::isSeen)
                        .map(JavaField::getRawType);
                Stream<JavaClass> units = type.getCodeUnits().stream()
                        .filter(ArchitectureTest::isSeen)
                        .flatMap(ArchitectureTest::types);
                Stream.concat(fields, units)
                        .map(JavaClass::getBaseComponentType)
                        .filter(used -> !used.isPrimitive())
                        .filter(used -> List.of("java.", "javax.", "dev.slipway.").stream()
                                .noneMatch(prefix -> used.getName().startsWith(prefix)))
                        .forEach(used -> events.add(SimpleConditionEvent.violated(
                                type, type.getName() + " shows " + used.getName() + " in a signature")));
            }
        };
    }

    /** ANTLR's generated classes are public whether we like it or not; nobody outside the parser may use them. */
    private static boolean isGenerated(JavaClass type) {
        return type.getAllRawSuperclasses().stream()
                        .anyMatch(parent -> parent.getName().startsWith("org.antlr."))
                || type.getAllRawInterfaces().stream()
                        .anyMatch(parent -> parent.getName().startsWith("org.antlr."));
    }

    private static boolean isSeen(com.tngtech.archunit.core.domain.JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> types(JavaCodeUnit unit) {
        return Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream());
    }
}
