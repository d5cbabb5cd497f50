import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, it } from "vitest";
import { openApiDocument } from "../../shared/schema/openapi/document.ts";

it("is an OpenAPI document that Redocly finds no fault with", async () => {
  const config = await createConfig({
    extends: ["recommended"],
    // The document is served by the host that it describes.
    rules: { "no-server-example.com": "off", "operation-4xx-response": "error" },
  });
  const problems = await lintFromString({
    source: JSON.stringify(openApiDocument()),
    absoluteRef: "openapi.json",
    config,
  });
  expect(problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)).toEqual([]);
});
