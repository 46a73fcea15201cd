# The App, and each of its roles: `serve`, `serve --role web`, `serve --role worker`. It has no secret in it: all come by the
# environment of the container. The base is named by its exact tag; where you build, take its digest: FROM node:…@sha256:…
FROM node:24.21.0-trixie-slim

# bubblewrap is the sandbox; tini takes in what processes of the sandbox leave behind. Whatever else the repositories are
# tested with goes here too: the image itself has Node alone.
RUN apt-get update \
  && apt-get install -y --no-install-recommends bubblewrap ca-certificates git tini \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
COPY src ./src

# Journals, caches, git objects: of one container, never shared by two.
RUN mkdir -m 0700 /data && chown node:node /data
VOLUME /data
USER node

ENV NODE_ENV=production LOG_FORMAT=json DATA_DIR=/data HOST=0.0.0.0 PORT=3000
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--", "node", "/app/src/cli/main.ts"]
CMD ["serve"]
