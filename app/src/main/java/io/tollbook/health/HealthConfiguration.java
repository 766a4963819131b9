package io.tollbook.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.account.CallFilter;
import io.tollbook.kernel.account.Ledger;
import io.tollbook.kernel.account.NodeName;
import io.tollbook.kernel.account.OpenHolds;
import io.tollbook.kernel.site.ReadModel;
import io.tollbook.kernel.site.ReadModels;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Readiness goes down while calls could not be paid for or their effect not be seen. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {
    @Bean
    HealthIndicator ledgerHealthIndicator(Ledger ledger) {
        return () -> (ledger.isWriting() ? Health.up() : Health.outOfService()).build();
    }

    @Bean
    HealthIndicator readModelsHealthIndicator(ReadModels models) {
        return () -> {
            List<ReadModel> all = models.all();
            Health.Builder health = all.stream().allMatch(ReadModel::running) ? Health.up() : Health.outOfService();
            for (ReadModel model : all) health.withDetail(model.name(), model.behind());
            return health.build();
        };
    }

    /** Asked for when somebody scrapes, not kept: the count is one indexed query. */
    @Bean
    MeterBinder openHolds(Messages messages) {
        return meters -> Gauge.builder(
                        "tollbook.open.holds",
                        () -> messages.ask(new OpenHolds(CallFilter.ALL, Paging.first(1)), Actor.SYSTEM)
                                .total())
                .description("Holds whose call has not been settled or released")
                .register(meters);
    }

    @Bean
    MachineMemory machineMemory() {
        return new MachineMemory();
    }

    @Bean(initMethod = "begin")
    MeteredLoad systemLoad(NodeName node, MeterRegistry meters, ReadModels readModels) {
        return new MeteredLoad(node, meters, readModels);
    }

    @Bean
    FilterRegistrationBean<MetricsGuard> metricsGuard(@Value("${TOLLBOOK_METRICS_TOKEN:}") String token) {
        FilterRegistrationBean<MetricsGuard> guard = new FilterRegistrationBean<>(new MetricsGuard(token.strip()));
        guard.addUrlPatterns("/actuator/prometheus");
        return guard;
    }
}
