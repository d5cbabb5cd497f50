/**
 * The OpenAPI 3.1 document, made from the shapes that the collector itself uses. The build writes it as a file; no route makes
 * it.
 */
import * as z from "zod";
import { problemShape } from "../problem.ts";
import { webhookMessageShape } from "../webhook.ts";
import { examples } from "./examples.ts";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";

type Json = Record<string, unknown>;

const tags = {
  Collecting: "Responses and events that pages and servers send without a key.",
  Reading: "Reading figures, topics, comments and responses.",
  Acting: "Working with one response or one person.",
  Inviting: "Links for mails, and the people who want no more of them.",
  Surveys: "The surveys and their settings.",
  Keys: "Keys, signing keys and the audit log.",
  Webhooks: "Being told of what happens, by messages that the collector sends.",
  Session: "Signing in from the dashboard, and the state of the collector.",
} satisfies Record<Operation["tag"], string>;

export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    paths[operation.path] ??= {};
    paths[operation.path]![operation.method] = operationOf(operation);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Vidhuk",
      version: "1.0.0",
      summary: "NPS, CSAT and comments of your own customers, from your own host",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    security: [{ key: [] }],
    paths,
    webhooks: { message },
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "A key made by `POST /v1/keys`, or the admin token." },
      },
      schemas: { Problem: schemaOf(problemShape, "output") },
    },
  };
}

function operationOf(operation: Operation): Json {
  const { id, tag, summary, description, scope, body, status = 200, example } = operation;
  const [type, ...otherTypes] = operation.bodyTypes ?? ["application/json"];
  const keyed = scope === null ? { security: [{}, { key: [] }] } : {};
  const told = [description, scope && `Needs a key with the scope \`${scope}\`.`].filter(Boolean).join(" ");
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(told && { description: told }),
    ...keyed,
    parameters: parametersOf(operation),
    ...(body && {
      requestBody: {
        required: true,
        content: {
          [type]: {
            schema: schemaOf(body, "input"),
            ...(example?.body !== undefined && { example: example.body }),
          },
          ...Object.fromEntries(otherTypes.map((other) => [other, { schema: { type: "string" } }])),
        },
      },
    }),
    responses: { [status]: replyOf(operation), "4XX": problem },
  };
}

/** What a webhook of the standard form gets. */
const message = {
  post: {
    operationId: "receiveMessage",
    tags: ["Webhooks"],
    summary: "A message, as it comes to the address of a webhook",
    description:
      "Signed by the Standard Webhooks specification: `webhook-id`, `webhook-timestamp`, `webhook-signature`.",
    security: [],
    requestBody: {
      required: true,
      content: { "application/json": { schema: schemaOf(webhookMessageShape, "output") } },
    },
    responses: { "2XX": { description: "It was delivered; anything else is tried again" } },
  },
};

const problem = {
  description: "Refused; `code` says why and `errors` where",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

function replyOf({ id, reply, alsoAs = [] }: Operation): Json {
  if (!reply) return { description: "Done" };
  const shape = reply.schema && { schema: schemaOf(reply.schema, "output") };
  const example = examples[id];
  const text = { schema: { type: "string" } };
  return {
    description: reply.description,
    content: {
      [reply.type ?? "application/json"]: { ...(shape ?? text), ...(example !== undefined && { example }) },
      ...Object.fromEntries(alsoAs.map((type) => [type, text])),
    },
  };
}

function parametersOf({ path, query, example }: Operation): Json[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const inPath = names.map((name) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
    ...(example?.path?.[name] !== undefined && { example: example.path[name] }),
  }));
  const {
    properties = {},
    required = [],
    additionalProperties,
  } = query
    ? (schemaOf(query, "input") as { properties?: Json; required?: string[]; additionalProperties?: unknown })
    : {};
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
    ...(example?.query?.[name] !== undefined && { example: example.query[name] }),
  }));
  return [
    ...inPath,
    ...inQuery,
    ...(additionalProperties ? [othersOf(additionalProperties, properties, example)] : []),
  ];
}

/** Parameters of any other name: each name of this object is one of its own; the object's name stands nowhere in the address. */
function othersOf(additionalProperties: unknown, known: Json, example: Operation["example"]): Json {
  const others = Object.entries(example?.query ?? {}).filter(([name]) => !(name in known));
  return {
    name: "properties",
    in: "query",
    required: false,
    style: "form",
    explode: true,
    schema: { type: "object", additionalProperties },
    ...(others.length > 0 && { example: Object.fromEntries(others) }),
  };
}

/** The JSON Schema of what a sender writes (`input`) or of what the collector answers (`output`). */
function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return json;
}
