package io.tollbook.house;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Event;
import io.tollbook.kernel.EventName;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** How the house is built: who may know whom, what every message says about itself, and where no fraction may enter. */
@AnalyzeClasses(packages = "io.tollbook", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String COMMAND = "io.tollbook.command..";
    private static final String QUERY = "io.tollbook.query..";
    private static final String RELAY = "io.tollbook.relay..";
    private static final String CONSOLE = "io.tollbook.console..";
    private static final String KERNEL = "io.tollbook.kernel..";

    /** Features, and what a side keeps beside them. A name that is new here is new in the house, so it is a decision. */
    private static final Set<String> FEATURES = Set.of(
            "access",
            "account",
            "catalogue",
            "channel",
            "idempotency",
            "ledger",
            "limit",
            "log",
            "performance",
            "pricing",
            "replay",
            "secret",
            "settings",
            "site",
            "statistics",
            "task",
            "token",
            "user");

    private static final Set<String> BESIDE = Set.of("api", "eventstore", "export", "readmodel", "schema");

    @ArchTest
    static final ArchRule commandsKnowNoOtherSide = sideIsAlone(COMMAND, QUERY, RELAY, CONSOLE);

    @ArchTest
    static final ArchRule queriesKnowNoOtherSide = sideIsAlone(QUERY, COMMAND, RELAY, CONSOLE);

    @ArchTest
    static final ArchRule theRelayKnowsNoOtherSide = sideIsAlone(RELAY, COMMAND, QUERY, CONSOLE);

    @ArchTest
    static final ArchRule theConsoleKnowsNoOtherSide = sideIsAlone(CONSOLE, COMMAND, QUERY, RELAY);

    @ArchTest
    static final ArchRule theKernelKnowsNobody = noClasses()
            .that()
            .resideInAPackage(KERNEL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    COMMAND, QUERY, RELAY, CONSOLE, "org.springframework..", "org.jooq..", "com.vaadin..", "java.sql..")
            .because("it is the vocabulary; see docs/concepts/modules.md");

    @ArchTest
    static final ArchRule noPackageIsADrawer = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..",
                    "..common..",
                    "..impl..",
                    "..dto..",
                    "..service..",
                    "..helper..",
                    "..manager..",
                    "..misc..")
            .because("packages are features");

    @ArchTest
    static final ArchRule featuresHaveTheSameNamesOnBothSides = classes()
            .that()
            .resideInAnyPackage(KERNEL, COMMAND, QUERY)
            .should(new ArchCondition<>("live in a known feature") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    String[] parts = type.getPackageName().split("\\.");
                    boolean known = parts.length < 4 || FEATURES.contains(parts[3]) || BESIDE.contains(parts[3]);
                    events.add(new SimpleConditionEvent(type, known, type.getName() + " lives in no known feature"));
                }
            });

    @ArchTest
    static final ArchRule everyCommandSaysWhoMaySendIt =
            messagesOf(Command.class).should().beAnnotatedWith(Permits.class);

    @ArchTest
    static final ArchRule everyQuerySaysWhoMayAskIt =
            messagesOf(Query.class).should().beAnnotatedWith(Permits.class);

    @ArchTest
    static final ArchRule everyEventHasANameForEver =
            messagesOf(Event.class).should().beAnnotatedWith(EventName.class);

    @ArchTest
    static final ArchRule messagesAreRecordsOfTheKernel = classes()
            .that()
            .areAssignableTo(Command.class)
            .or()
            .areAssignableTo(Query.class)
            .and()
            .areNotInterfaces()
            .should()
            .beRecords()
            .andShould()
            .resideInAPackage(KERNEL);

    private static final DescribedPredicate<JavaClass> FRACTIONS = new DescribedPredicate<>("binary fractions") {
        @Override
        public boolean test(JavaClass type) {
            return Set.of("float", "double", "java.lang.Float", "java.lang.Double")
                    .contains(type.getBaseComponentType().getName());
        }
    };

    @ArchTest
    static final ArchRule noFractionIsKeptWhereMoneyIs = fields().that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("..account..", "..ledger..", "..pricing..", "..statistics..")
            .should(new ArchCondition<>("hold no binary fraction") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                    events.add(new SimpleConditionEvent(
                            field, !FRACTIONS.test(field.getRawType()), field.getFullName() + " is a binary fraction"));
                }
            });

    @ArchTest
    static final ArchRule noFractionIsTakenOrGivenWhereMoneyIs = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("..account..", "..ledger..", "..pricing..", "..statistics..")
            .should(new ArchCondition<>("take and give no binary fraction") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    boolean exact = !FRACTIONS.test(method.getRawReturnType())
                            && method.getRawParameterTypes().stream().noneMatch(FRACTIONS);
                    events.add(
                            new SimpleConditionEvent(method, exact, method.getFullName() + " uses binary fractions"));
                }
            });

    @ArchTest
    static final ArchRule noFractionIsCalledForWhereMoneyIs = noClasses()
            .that()
            .resideInAnyPackage("..account..", "..pricing..")
            .should()
            .callMethodWhere(new DescribedPredicate<>("a binary fraction comes back") {
                @Override
                public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                    return FRACTIONS.test(call.getTarget().getRawReturnType());
                }
            });

    @ArchTest
    static final ArchRule everyPackageSaysWhatItIsAndWhatMayBeNull = classes()
            .that(are(inAPackageOfItsOwn()))
            .should(new ArchCondition<>("live in a package marked @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " is not @NullMarked"));
                }
            });

    @ArchTest
    static final ArchRule onlyTheStartSpeaksToTheTerminal = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.tollbook.Tollbook")
            .and()
            .resideOutsideOfPackage("io.tollbook.bench..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .because("one waits for what one waits for");

    private static ArchRule sideIsAlone(String side, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(side)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true)
                .because("the sides meet only in commands, events and queries; see docs/concepts/modules.md");
    }

    private static com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction messagesOf(Class<?> kind) {
        return classes()
                .that()
                .areAssignableTo(kind)
                .and()
                .areNotInterfaces()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT);
    }

    private static DescribedPredicate<JavaClass> inAPackageOfItsOwn() {
        return new DescribedPredicate<>("written by hand") {
            @Override
            public boolean test(JavaClass type) {
                // jOOQ's tables are generated from the migrations and have no package-info.
                return !type.getPackageName().startsWith("io.tollbook.query.schema");
            }
        };
    }
}
