# One image for ingest, projector and dashboard: which it is, the command says.
FROM node:20.19.5-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY apps/ingest/package.json apps/ingest/
COPY apps/projector/package.json apps/projector/
COPY apps/dashboard/package.json apps/dashboard/
COPY apps/standalone/package.json apps/standalone/
COPY libs libs
RUN npm ci --ignore-scripts
COPY . .
RUN node scripts/build.mjs && npm prune --omit=dev --ignore-scripts

FROM node:20.19.5-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules node_modules
COPY --from=build --chown=root:root /app/apps apps
COPY --from=build --chown=root:root /app/libs libs
COPY --from=build --chown=root:root /app/dist dist
USER node
CMD ["node", "dist/server/circumspect.js", "help"]
