package io.tollbook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Event;
import io.tollbook.kernel.EventName;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;

/** The one dependency rule, and what every message must say of itself. */
@AnalyzeClasses(packages = "io.tollbook", importOptions = ImportOption.DoNotIncludeTests.class)
class StructureTest {
    @ArchTest
    static final ArchRule theKernelKnowsNobody = noClasses()
            .that()
            .resideInAPackage("io.tollbook.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tollbook.command..",
                    "io.tollbook.query..",
                    "io.tollbook.relay..",
                    "io.tollbook.console..",
                    "org.springframework..");

    @ArchTest
    static final ArchRule sidesMeetInMessagesOnly = slices().matching("io.tollbook.(command|query|relay|console)..")
            .should()
            .notDependOnEachOther()
            .because("the sides know commands, events and queries; see docs/concepts/modules.md");

    @ArchTest
    static final ArchRule namesSayWhatIsInside = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..", "..utils..", "..common..", "..impl..", "..dto..", "..service..", "..helper..");

    @ArchTest
    static final ArchRule everyCommandSaysWhoMaySendIt = classes()
            .that()
            .areAssignableTo(Command.class)
            .and()
            .areNotInterfaces()
            .should()
            .beAnnotatedWith(Permits.class);

    @ArchTest
    static final ArchRule everyQuerySaysWhoMayAskIt = classes()
            .that()
            .areAssignableTo(Query.class)
            .and()
            .areNotInterfaces()
            .should()
            .beAnnotatedWith(Permits.class);

    @ArchTest
    static final ArchRule everyEventHasAStoredName = classes()
            .that()
            .areAssignableTo(Event.class)
            .and()
            .areNotInterfaces()
            .should()
            .beAnnotatedWith(EventName.class);

    @ArchTest
    static final ArchRule moneyDoesNotFloat = fields().that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("..account..", "..pricing..")
            .should()
            .notHaveRawType(double.class)
            .andShould()
            .notHaveRawType(float.class);

    @ArchTest
    static final ArchRule messagesAreImmutable = classes()
            .that()
            .areAssignableTo(Event.class)
            .and()
            .areNotInterfaces()
            .should(com.tngtech.archunit.lang.conditions.ArchConditions.have(
                    new com.tngtech.archunit.base.DescribedPredicate<JavaClass>("only final fields") {
                        @Override
                        public boolean test(JavaClass type) {
                            return type.getFields().stream()
                                    .allMatch(field -> field.getModifiers().contains(JavaModifier.FINAL));
                        }
                    }));
}
