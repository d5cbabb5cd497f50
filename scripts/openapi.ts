/** Writes the OpenAPI document where static assets are served from: GET /openapi.json costs no request of the Worker. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openApiDocument } from "../shared/schema/openapi/document.ts";

export async function writeOpenApi(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "openapi.json"), JSON.stringify(openApiDocument()));
}
