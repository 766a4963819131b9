FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -ntp -pl app -am package -DskipTests

FROM eclipse-temurin:25-jre
RUN useradd --create-home tollbook
USER tollbook
WORKDIR /home/tollbook
COPY --from=build /src/app/target/tollbook.jar /src/java-options ./
EXPOSE 8080
ENTRYPOINT ["bash", "-c", ". ./java-options && exec java \"${java_options[@]}\" ${TOLLBOOK_JAVA_OPTIONS:-} -jar tollbook.jar \"$@\"", "tollbook"]
