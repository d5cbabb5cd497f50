/** Builds the team's page into dist/public/dashboard, and the page that shows a survey's preview beside it. */
import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "vite";
import { build as viteBuild } from "vite";
import { isServed, removeEarlierBuild } from "./earlier-build.ts";
import { writeHeaders } from "./headers.ts";
import { root } from "./paths.ts";

/** Two years of browsers: the team chooses its own, unlike the visitors of a shop. */
const target = ["chrome120", "firefox125", "safari17.2"];

/** Replaces dist/public/dashboard and the two previews beside it, their part of dist/public/_headers, and _redirects. */
export async function buildDashboard(): Promise<void> {
  await bundle("dashboard", "dashboard");
  await bundle("dashboard/preview", "preview");
  await bundle("dashboard/mail-preview", "mail-preview");
  await writeHeaders("dashboard", headers);
  // Whoever types the bare host name is led to the dashboard; the old name of the icon is asked for everywhere.
  await copyFile(join(root, "dashboard/icon.svg"), join(root, "dist/public/icon.svg"));
  await writeFile(
    join(root, "dist/public/_redirects"),
    "/ /dashboard/ 302\n/docs/ /docs/dashboard 302\n/favicon.ico /icon.svg 302\n",
  );
}

async function bundle(from: string, to: string): Promise<void> {
  const outDir = join(root, "dist/public", to);
  await removeEarlierBuild(outDir);
  await viteBuild({
    configFile: false,
    root: join(root, from),
    base: `/${to}/`,
    logLevel: "warn",
    publicDir: false,
    plugins: [preloadMain],
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      target,
      outDir,
      emptyOutDir: !isServed,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      // Everything is small, and a page that is signed in to has no time to wait for a second sheet.
      cssCodeSplit: false,
      cssMinify: "lightningcss",
      // One file for what asks ahead and one for the first view: a dozen small ones wait for each other.
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              { name: "start", test: /dashboard\/start\.ts$/, priority: 1 },
              { name: "page", test: /dashboard\/main\.tsx$|shared\/limits\.ts$/ },
            ],
          },
        },
      },
    },
  });
}

/** The page's code is fetched beside the start that imports it, not after. */
const preloadMain: Plugin = {
  name: "preload-main",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((file) => /\/(main|page)-[^/]+\.js$/.test(file))
        .map((file) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/dashboard/${file}` },
          injectTo: "head",
        })),
  },
};

/** No script but our own files, no text ever becomes markup; a comment stays text whatever is in it. */
const policy = (more: Record<string, string>) =>
  Object.entries({
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "require-trusted-types-for": "'script'",
    ...more,
  })
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");

const headers = `/dashboard/*
  Content-Security-Policy: ${policy({ "frame-src": "'self'", "frame-ancestors": "'none'", "trusted-types": "'none'" })}
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
  Cross-Origin-Opener-Policy: same-origin
  Permissions-Policy: camera=(), microphone=(), geolocation=()
/dashboard/assets/*
  Cache-Control: public, max-age=31536000, immutable
/preview/*
  Content-Security-Policy: ${policy({ "frame-ancestors": "'self'", "trusted-types": "vidhuk-preview" })}
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
/mail-preview/*
  Content-Security-Policy: ${policy({ "style-src": "'unsafe-inline'", "connect-src": "'none'", "frame-ancestors": "'self'", "trusted-types": "vidhuk-mail" })}
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
`;

if (import.meta.main) await buildDashboard();
