package org.warpgrade.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of the map in README.md, as tests. */
@AnalyzeClasses(packages = "org.warpgrade", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule modules_depend_in_one_direction = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("org.warpgrade..")
            .layer("assignments")
            .definedBy("org.warpgrade.assignments..")
            .layer("gpu-runner")
            .definedBy("org.warpgrade.gpu..")
            .layer("reference-impls")
            .definedBy("org.warpgrade.reference..")
            .layer("engine")
            .definedBy("org.warpgrade.engine..")
            .optionalLayer("checks")
            .definedBy("org.warpgrade.checks..")
            .optionalLayer("reports")
            .definedBy("org.warpgrade.reports..")
            .layer("cli")
            .definedBy("org.warpgrade.cli..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("checks")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("reports")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("engine")
            .mayOnlyBeAccessedByLayers("checks", "reports", "cli")
            .whereLayer("reference-impls")
            .mayOnlyBeAccessedByLayers("engine", "checks", "reports", "cli")
            .whereLayer("assignments")
            .mayOnlyBeAccessedByLayers("reference-impls", "engine", "checks", "reports", "cli")
            .because("README.md draws the map in one direction");

    @ArchTest
    static final ArchRule the_gpu_runner_knows_nothing_of_courses = noClasses()
            .that()
            .resideInAPackage("org.warpgrade.gpu..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.warpgrade.assignments..",
                    "org.warpgrade.reference..",
                    "org.warpgrade.engine..",
                    "org.warpgrade.checks..",
                    "org.warpgrade.reports..",
                    "org.warpgrade.cli..")
            .because("it is a CUDA runtime for the JVM, useful alone");

    @ArchTest
    static final ArchRule jcuda_stays_behind_its_packages = noClasses()
            .that()
            .resideOutsideOfPackages("org.warpgrade.gpu.compile..", "org.warpgrade.gpu.cuda..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jcuda..")
            .because("native code is met in two places only");

    @ArchTest
    static final ArchRule freemarker_stays_in_reports = noClasses()
            .that()
            .resideOutsideOfPackage("org.warpgrade.reports..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("freemarker..");

    @ArchTest
    static final ArchRule the_jenkins_library_stays_behind_our_interface = noClasses()
            .that()
            .resideOutsideOfPackage("org.warpgrade.reports.jenkins..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.cdancy..", "org.jclouds..", "com.google.common..", "com.google.inject..")
            .because("what it does badly is done by the JDK's client, and nobody else should have to know");

    @ArchTest
    static final ArchRule only_the_command_line_prints = noClasses()
            .that()
            .resideOutsideOfPackage("org.warpgrade.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("the core reports to listeners; the command line decides what people see");

    @ArchTest
    static final ArchRule only_the_command_line_exits = noClasses()
            .that()
            .resideOutsideOfPackage("org.warpgrade.cli..")
            .should()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule packages_are_named_for_what_they_hold = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..impl..", "..manager..", "..helper..", "..helpers..");

    @ArchTest
    static final ArchRule every_package_is_null_marked = classes()
            .that()
            .haveSimpleName("package-info")
            .should()
            .beAnnotatedWith("org.jspecify.annotations.NullMarked");

    @ArchTest
    static final ArchRule nobody_keeps_mutable_public_state =
            noFields().that().arePublic().and().areStatic().should().notBeFinal();
}
