/** `npm run build`: all that the Worker serves as files, into dist/public. */
import { join } from "node:path";
import { buildDashboard } from "./build-dashboard.ts";
import { buildDocs } from "./build-docs.ts";
import { buildWidget } from "./build-widget.ts";
import { writeOpenApi } from "./openapi.ts";
import { root } from "./paths.ts";

/** Replaces the widget, the dashboard, the documents and openapi.json. */
export async function build(): Promise<void> {
  await buildWidget();
  await writeOpenApi(join(root, "dist/public"));
  await buildDashboard();
  await buildDocs();
}

if (import.meta.main) await build();
