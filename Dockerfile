# docker build -t atelier .
# The container listens on all its addresses, so it needs a key before it starts:
#   docker run --rm -v atelier:/var/lib/atelier atelier keys create --name me
#   docker run -p 8080:8080 -v atelier:/var/lib/atelier atelier
FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
RUN ./mvnw -q -B -DskipTests -Dspotless.check.skip=true -pl cli -am package

FROM eclipse-temurin:25-jre
COPY --from=build /src/cli/target/atelier.jar /src/cli/target/atelier-sbom.json /src/cli/target/atelier-third-party.txt \
  /src/deploy/atelier /src/LICENSE /src/NOTICE /opt/atelier/
COPY --from=build /src/cli/target/lib /opt/atelier/lib
ENV ATELIER_NATIVE=/opt/atelier/native ATELIER_HOME=/var/lib/atelier/home ATELIER_DATA=/var/lib/atelier SERVER_ADDRESS=0.0.0.0
# The native libraries are unpacked once, here, and not by every container.
RUN /opt/atelier/atelier warm-up && chmod -R a+rX /opt/atelier && useradd --system --create-home --home-dir /var/lib/atelier atelier
USER atelier
WORKDIR /var/lib/atelier
VOLUME /var/lib/atelier
EXPOSE 8080
HEALTHCHECK --start-period=60s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["/opt/atelier/atelier"]
CMD ["serve"]
