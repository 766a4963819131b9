package io.tollbook.command.task;

import io.tollbook.command.account.Nodes;
import java.time.Clock;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

@Configuration(proxyBeanMethods = false)
class TaskConfiguration {
    @Bean
    StoredTasks systemTasks(@Qualifier("eventsDataSource") DataSource dataSource, Nodes nodes) {
        return new StoredTasks(JdbcClient.create(dataSource), nodes, Clock.systemUTC());
    }

    @Bean
    Tasks tasks(StoredTasks systemTasks) {
        return new Tasks(
                systemTasks,
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("system-task-", 0).factory()));
    }

    /** Looks what is due; the work itself runs elsewhere. */
    @Bean
    TaskScheduler taskScheduler() {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setThreadNamePrefix("due-");
        scheduler.setDaemon(true);
        scheduler.setErrorHandler(error -> org.slf4j.LoggerFactory.getLogger(TaskConfiguration.class)
                .debug("looking for what is due failed; the next time tries again", error));
        return scheduler;
    }
}
