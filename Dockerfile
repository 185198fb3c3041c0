FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG RELEASE=dev
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.release=$RELEASE" -o /piata . && mkdir /data

# One static program and the certificates it needs to call out; no shell, no root.
FROM scratch AS piata
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /piata /piata
COPY --from=build --chown=65532:65532 /data /data
ENV DATA_DIR=/data TMPDIR=/data
EXPOSE 8080
USER 65532:65532
ENTRYPOINT ["/piata"]

# Fly mounts volumes as root's: the program starts as root, takes the folder over and gives root up before it does anything else.
FROM piata AS fly
ENV RUN_AS=65532
USER 0:0
