# One image for every service; the command says which one a container runs.
FROM node:24-bookworm-slim AS build
WORKDIR /postern
COPY package.json package-lock.json .npmrc ./
COPY apps/api/package.json apps/api/
COPY apps/cli/package.json apps/cli/
COPY apps/cli/bin apps/cli/bin
COPY apps/console/package.json apps/console/
COPY apps/delivery/package.json apps/delivery/
COPY apps/e2e/package.json apps/e2e/
COPY apps/submission/package.json apps/submission/
COPY libs libs
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:24-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 NODE_OPTIONS=--max-semi-space-size=8 MALLOC_ARENA_MAX=2 POSTERN_DATA_DIR=/var/lib/postern
WORKDIR /postern
RUN mkdir -p /var/lib/postern && chown node:node /var/lib/postern
COPY --from=build /postern /postern
USER node
VOLUME /var/lib/postern
ENTRYPOINT ["node"]
CMD ["apps/cli/dist/main.js", "up"]
