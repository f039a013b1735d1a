// The API document: the file in openapi/ is what the code says, and it promises what a client generator relies on.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { describeApi } from "../src/app.ts";
import { isProblemCode, problemOf } from "../src/platform/problem-catalogue.ts";
import { startService } from "./service.ts";

const FILE = new URL("../openapi/openapi.json", import.meta.url);
const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

const Body = z.looseObject({ required: z.boolean().optional() });
const Answer = z.looseObject({ description: z.string(), content: z.record(z.string(), z.unknown()).default({}) });
const Operation = z.looseObject({
  operationId: z.string().default(""),
  summary: z.string().default(""),
  tags: z.array(z.string()).default([]),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).default([]),
  requestBody: Body.optional(),
  responses: z.record(z.string(), Answer),
});
const PathItem = z.strictObject(Object.fromEntries(METHODS.map((method) => [method, Operation.optional()])));
const Document = z.looseObject({
  openapi: z.string(),
  tags: z.array(z.looseObject({ name: z.string() })).default([]),
  paths: z.record(z.string(), PathItem),
  components: z.looseObject({ securitySchemes: z.record(z.string(), z.unknown()).default({}) }),
});
type Document = z.infer<typeof Document>;
type Named = z.infer<typeof Operation> & { name: string; path: string };

describe("openapi/openapi.json", () => {
  test("is what the code describes, byte for byte", () => {
    expect(readFileSync(FILE, "utf8"), "the file is not current: npm run openapi").toBe(describeApi());
  });

  test("is what a running service serves", async () => {
    const service = await startService();
    try {
      const { text } = await service.request.get("/openapi.json");
      expect(text).toBe(describeApi());
    } finally {
      await service.stop();
    }
  });

  test("has no fault, over all of its operations", () => {
    const document = documentOf();
    expect(operationsOf(document).length, "operations read").toBeGreaterThan(0);
    expect(faultsOf(document)).toEqual([]);
  });
});

/** Each change makes one fault in the operation POST /v1/checks, or beside it. */
const changes: [fault: string, change: (operation: Record<string, unknown>, document: Document) => void][] = [
  ["another version of the format", (_, document) => (document.openapi = "3.0.3")],
  ["an operation id twice", (operation) => (operation["operationId"] = "listChecks")],
  ["no operation id", (operation) => delete operation["operationId"]],
  ["no summary", (operation) => delete operation["summary"]],
  ["no tag", (operation) => (operation["tags"] = [])],
  ["a tag that is not described", (operation) => (operation["tags"] = ["cheques"])],
  ["a scheme that is not described", (operation) => (operation["security"] = [{ password: [] }])],
  ["no word on who may ask", (operation) => delete operation["security"]],
  ["a body that may be left out", (operation) => (operation["requestBody"] = { content: {} })],
  ["no answer that succeeds", (operation) => delete responsesOf(operation)["200"]],
  ["no answer for a fault of ours", (operation) => delete responsesOf(operation)["500"]],
  ["a refusal that is no problem", (operation) => refuse(operation, "401", "`unauthenticated`: …", "application/json")],
  ["a code that does not exist", (operation) => refuse(operation, "401", "`no-such-code`: …")],
  ["a code under another's status", (operation) => refuse(operation, "401", "`not-found`: …")],
  ["a refusal that names no code", (operation) => refuse(operation, "401", "Unauthorized")],
  ["a path parameter without description", (_, { paths }) => (paths["/v1/courts/{code}"] = lookup)],
  ["a reference to nothing", (operation) => (operation["x"] = { $ref: "#/components/schemas/Nothing" })],
];

const refused = (code: string) => ({ description: `\`${code}\`: …`, content: { "application/problem+json": {} } });
const lookup = {
  get: {
    operationId: "getCourt",
    summary: "A court",
    tags: ["checks"],
    security: [],
    parameters: [],
    responses: { 200: { description: "The court", content: {} }, 500: refused("internal") },
  },
};

describe("the walk through the document", () => {
  test.each(changes)("notices %s", (_, change) => {
    const document = documentOf();
    change(document.paths["/v1/checks"]?.["post"] ?? {}, document);
    expect(faultsOf(Document.parse(document))).toHaveLength(1);
  });
});

function documentOf(): Document {
  return Document.parse(JSON.parse(describeApi()));
}

function responsesOf(operation: Record<string, unknown>): Record<string, unknown> {
  return operation["responses"] as Record<string, unknown>;
}

function refuse(
  operation: Record<string, unknown>,
  status: string,
  description: string,
  type = "application/problem+json",
) {
  responsesOf(operation)[status] = { description, content: { [type]: {} } };
}

function operationsOf({ paths }: Document): Named[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      operation ? [{ ...operation, path, name: `${method.toUpperCase()} ${path}` }] : [],
    ),
  );
}

function faultsOf(document: Document): string[] {
  const operations = operationsOf(document);
  const ids = operations.map(({ operationId }) => operationId);
  return [
    ...(document.openapi.startsWith("3.1.") ? [] : ["the document is not OpenAPI 3.1"]),
    ...ids.filter((id, place) => id !== "" && ids.indexOf(id) !== place).map((id) => `two operations are called ${id}`),
    ...operations.flatMap((operation) => operationFaults(operation, document)),
    ...referencesIn(document)
      .filter((reference) => !resolves(document, reference))
      .map((reference) => `${reference} leads nowhere`),
  ];
}

function operationFaults(operation: Named, { tags, components }: Document): string[] {
  const { name, path, security, requestBody, responses } = operation;
  const described = tags.map((tag) => tag.name);
  const placed = operation.parameters.filter((parameter) => parameter.in === "path").map((parameter) => parameter.name);
  const schemes = security?.flatMap((choice) => Object.keys(choice)) ?? [];
  const expectations: [holds: boolean, fault: string][] = [
    [operation.operationId !== "", "has no operationId"],
    [operation.summary !== "", "has no summary"],
    [operation.tags.length > 0, "has no tag"],
    [operation.tags.every((tag) => described.includes(tag)), "has a tag that the document does not describe"],
    [security !== undefined, "does not say who may ask"],
    [schemes.every((scheme) => scheme in components.securitySchemes), "asks for a credential of no known kind"],
    [requestBody === undefined || requestBody.required === true, "lets its body be left out"],
    [Object.keys(responses).some((status) => status.startsWith("2")), "never succeeds"],
    [responses["500"] !== undefined, "does not say how it fails"],
    [Array.from(path.matchAll(/\{(\w+)\}/g)).every(([, part = ""]) => placed.includes(part)), "hides a path parameter"],
  ];
  const refusals = Object.entries(responses).filter(([status]) => /^[45]/.test(status));
  return [
    ...expectations.filter(([holds]) => !holds).map(([, fault]) => `${name} ${fault}`),
    ...refusals.flatMap(([status, answer]) => refusalFaults(answer, Number(status)).map((fault) => `${name} ${fault}`)),
  ];
}

function refusalFaults({ description, content }: z.infer<typeof Answer>, status: number): string[] {
  if (Object.keys(content).join() !== "application/problem+json") return [`answers ${status} with no problem document`];
  const codes = Array.from(description.matchAll(/`([^`]+)`/g), ([, code = ""]) => code);
  if (codes.length === 0) return [`names no code for ${status}`];
  return codes
    .filter((code) => !isProblemCode(code) || problemOf(code).status !== status)
    .map((code) => `names ${code} for ${status}, which the catalogue does not`);
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "$ref" && typeof inner === "string" ? [inner] : referencesIn(inner),
  );
}

/** A JSON Pointer in the document (RFC 6901). */
function resolves(document: unknown, reference: string): boolean {
  const parts = reference.split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const target = parts.slice(1).reduce<unknown>((value, part) => {
    return typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined;
  }, document);
  return parts[0] === "#" && target !== undefined;
}
