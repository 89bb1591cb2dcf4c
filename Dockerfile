# docker build -t atelier . && docker run -p 8080:8080 -v atelier:/var/lib/atelier atelier
# The container listens on all its addresses, so it needs a key first:
#   docker run --rm -v atelier:/var/lib/atelier atelier keys create --name me -- --atelier.data=/var/lib/atelier
FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
RUN ./mvnw -q -B -DskipTests -Dspotless.check.skip=true -pl cli -am package

FROM eclipse-temurin:25-jre
RUN useradd --system --create-home --home-dir /var/lib/atelier atelier
COPY --from=build /src/cli/target/atelier.jar /opt/atelier/atelier.jar
COPY --from=build /src/cli/target/lib /opt/atelier/lib
USER atelier
WORKDIR /var/lib/atelier
VOLUME /var/lib/atelier
ENV OMP_WAIT_POLICY=passive SERVER_ADDRESS=0.0.0.0 ATELIER_DATA=/var/lib/atelier
EXPOSE 8080
HEALTHCHECK --start-period=60s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-Dorg.bytedeco.javacpp.maxBytes=0", \
  "-Dorg.bytedeco.javacpp.cacheDir=/var/lib/atelier/native", "-jar", "/opt/atelier/atelier.jar"]
CMD ["serve"]
