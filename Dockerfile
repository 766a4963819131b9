FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -ntp -pl app -am package -DskipTests

FROM eclipse-temurin:25-jre
RUN useradd --create-home tollbook
USER tollbook
WORKDIR /home/tollbook
COPY --from=build /src/app/target/tollbook.jar tollbook.jar
EXPOSE 8080
ENTRYPOINT ["java", "-XX:+UseParallelGC", "-Xmx288m", "-XX:MaxNewSize=112m", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError", \
    "--enable-native-access=ALL-UNNAMED", "-jar", "tollbook.jar"]
