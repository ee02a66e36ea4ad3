# syntax=docker/dockerfile:1

# The editor of the forms: text from text, so any builder makes it for any target.
FROM --platform=$BUILDPLATFORM node:22-alpine AS editor
WORKDIR /source
COPY src/LpcSite/package.json src/LpcSite/package-lock.json src/LpcSite/.npmrc ./
RUN npm ci --ignore-scripts
COPY src/LpcSite/Scripts Scripts
RUN npm run --silent editor -- --outfile=editor.js

# The compiler runs on the builder's own architecture and compiles for the target's.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source

# Packages change seldom, so they have a layer of their own.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/LpcSite/LpcSite.csproj src/LpcSite/Npm.targets src/LpcSite/packages.container.lock.json src/LpcSite/
RUN dotnet restore src/LpcSite/LpcSite.csproj -a "$TARGETARCH" --locked-mode -p:PublishReadyToRun=true -p:SkipNpm=true -p:ForContainer=true

COPY src/LpcSite src/LpcSite
COPY --from=editor /source/editor.js src/LpcSite/wwwroot/
# SkipNpm: npm brings the editor, which was made above. ForContainer leaves out the PostgreSQL of development, which is
# never used in Production.
RUN dotnet publish src/LpcSite/LpcSite.csproj -c Release -a "$TARGETARCH" --self-contained false --no-restore \
      -p:PublishReadyToRun=true -p:SkipNpm=true -p:ForContainer=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
COPY samples samples/

# The base image's user "app", by its number: Kubernetes believes runAsNonRoot only of a number.
USER $APP_UID
EXPOSE 8080
# The site asks itself, because the image has no curl.
HEALTHCHECK --interval=30s --timeout=6s --start-period=30s CMD ["dotnet", "LpcSite.dll", "health"]
ENTRYPOINT ["dotnet", "LpcSite.dll"]
