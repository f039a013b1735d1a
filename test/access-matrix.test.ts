// Who may do what, for every operation of the API document: only what is documented succeeds.
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeApi } from "../src/app.ts";
import {
  createDoor,
  type Delegation,
  forCourt,
  requireJurisdiction,
  type StaffRole,
  staffRoles,
} from "../src/courts/index.ts";
import { newRouter, problemResponse, type Router } from "../src/platform/http.ts";
import { createLog } from "../src/platform/log.ts";
import { addDays, shanghaiDate } from "../src/platform/time.ts";
import { type Caller, callersOf, COURTS, mayCall, staffCaller } from "./access/caller.ts";
import { type Answer, type Ask, findForgeries, findHoles, findTrespass, type Relation } from "./access/matrix.ts";
import { bodies, objects } from "./access/object.ts";
import { type Operation, operationsOf } from "./access/operation.ts";
import { startService, type TestService } from "./service.ts";

const operations = operationsOf(describeApi());
let service: TestService;
let callers: Caller[];

beforeAll(async () => {
  service = await startService({ sequencer: false });
  callers = await callersOf(service);
});
afterAll(() => service.stop());

const ask: Ask = async (method, path, headers, body) =>
  answerOf(await fetch(service.url + path, init(method, headers, body)));

test("every operation lets in whom its document names, and nobody else", async () => {
  expect(operations.length * callers.length, "cells").toBeGreaterThan(300);
  expect(await findHoles(operations, callers, ask)).toEqual([]);
});

test("nothing is written with a cookie alone", async () => {
  expect(await findForgeries(operations, callers, ask)).toEqual([]);
});

test("every address under /v1 is in the document", () => {
  const documented = new Set(operations.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ":$1")}`));
  const served = service.app.routes.filter(({ path, method }) => path.startsWith("/v1/") && method !== "ALL");
  expect(served.length).toBeGreaterThan(operations.length / 2);
  const unknown = new Set(
    served.map(({ method, path }) => `${method} ${path}`).filter((name) => !documented.has(name)),
  );
  expect([...unknown]).toEqual([]);
});

describe("a matter of a court", () => {
  const aboutObjects = operations.filter(({ collection, security }) => collection !== null && security.length > 0);

  test("is known to this test for every operation that is about one", () => {
    const missing = aboutObjects.filter(({ collection }) => !(collection !== null && collection in objects));
    expect(
      missing.map(({ path }) => path),
      "add these to test/access/object.ts",
    ).toEqual([]);
    const ofCourts = aboutObjects.filter(({ collection }) => objects[collection ?? ""]?.of === "court");
    const bodiless = ofCourts.filter(
      (operation) => operation.hasBody && !(operation.id in bodies) && !isApart(operation),
    );
    expect(
      bodiless.map(({ id }) => id),
      "add these bodies to test/access/object.ts",
    ).toEqual([]);
    expect(ofCourts.length).toBeGreaterThan(0);
  });

  test.each(["own", "higher", "other"] as const)(
    "for staff of the %s court is what the law makes it",
    async (relation) => {
      const holes = await Promise.all(aboutObjects.map((operation) => trespassesOn(operation, relation)));
      expect(holes.flat()).toEqual([]);
    },
  );

  test("is in the lists of its own court and of the one above, and in no other", async () => {
    const lists = operations.filter(({ method, path }) => method === "GET" && objects[path]?.of === "court");
    expect(lists.length).toBeGreaterThan(0);
    for (const list of lists) {
      const kind = objects[list.path];
      if (kind?.of !== "court") continue;
      const id = [await kind.make(service, COURTS.own, list.id)].flat().at(-1) ?? "";
      const role = rolesLetIn(list)[0] ?? "clerk";
      const isListed = async (court: string) => {
        const caller = await staffCaller(service, role, court);
        return (
          await ask("GET", `${list.path}?limit=200&${kind.query ?? ""}`, caller.headers, undefined)
        ).text.includes(id);
      };
      const seen = [await isListed(COURTS.own), await isListed(COURTS.higher), await isListed(COURTS.other)];
      expect({ list: list.path, seen }).toEqual({ list: list.path, seen: [true, true, false] });
    }
  });
});

function rolesLetIn(operation: Operation): StaffRole[] {
  return staffRoles.filter((role) =>
    mayCall(operation, { title: role, holds: { scheme: "staffSession", names: [role] }, headers: {} }),
  );
}

function isApart({ id, collection }: Operation): boolean {
  const kind = objects[collection ?? ""];
  return kind?.of === "court" && kind.apart?.operations.includes(id) === true;
}

const today = shanghaiDate(new Date());
const authority: Delegation = { from: today, until: addDays(today, 1) };

/** Every role that the document lets in, from a court that stands so to the one whose matter it is. */
async function trespassesOn(operation: Operation, relation: Relation): Promise<string[]> {
  const kind = objects[operation.collection ?? ""];
  if (kind?.of !== "court" || isApart(operation)) return [];
  const holes: string[] = [];
  for (const role of rolesLetIn(operation)) {
    const hasAuthority = role === "judge" && kind.delegated?.includes(operation.id) === true;
    const caller = await staffCaller(service, role, COURTS[relation], hasAuthority ? authority : null);
    const ids = [await kind.make(service, COURTS.own, operation.id)].flat();
    holes.push(...(await findTrespass(operation, { relation, caller, ids, body: bodies[operation.id] }, ask)));
  }
  return holes;
}

describe("the walk notices", () => {
  const judgesOnly = { method: "post", security: forCourt(["judge"]) };
  const planted: Operation = {
    id: "planted",
    method: "POST",
    path: "/v1/planted/{id}",
    collection: "/v1/planted",
    security: judgesOnly.security,
    hasBody: false,
  };

  /** A service of one route, behind whatever stands there. */
  function askPlanted(build: (router: Router) => void): Ask {
    const router = newRouter();
    router.onError((error, c) => problemResponse(c, error, createLog(new PassThrough())));
    build(router);
    return async (method, path, headers, body) => answerOf(await router.request(path, init(method, headers, body)));
  }
  const door = () => createDoor(service);

  test("a route without a guard", async () => {
    const open = askPlanted((router) => router.post("/v1/planted/:id", (c) => c.json({})));
    const expected = callers.filter((caller) => !mayCall(planted, caller)).length;
    expect(await findHoles([planted], callers, open)).toHaveLength(expected);
    expect(expected).toBeGreaterThan(10);
  });

  test("a route that lets in one role too many", async () => {
    const wide = { ...judgesOnly, security: forCourt(["judge", "clerk"]) };
    const lax = askPlanted((router) => router.post("/v1/planted/:id", door().requireCourt(wide), (c) => c.json({})));
    expect(await findHoles([planted], callers, lax)).toEqual(["POST /v1/planted/{id} by clerk at 闽0203: 200 null"]);
  });

  test("a route that is narrower than its document", async () => {
    const narrow = { ...judgesOnly, security: forCourt(["president"]) };
    const strict = askPlanted((router) =>
      router.post("/v1/planted/:id", door().requireCourt(narrow), (c) => c.json({})),
    );
    expect(await findHoles([planted], callers, strict)).toHaveLength(2);
  });

  test("a route that writes with the cookie alone", async () => {
    const reading = { ...judgesOnly, method: "get" };
    const forged = askPlanted((router) =>
      router.post("/v1/planted/:id", door().requireCourt(reading), (c) => c.json({})),
    );
    expect(await findForgeries([planted], callers, forged)).toHaveLength(1);
  });

  test.each([
    ["a route that does not ask whose matter it is", "none", ["higher", "other"]],
    ["a route that lets the court above act", "see", ["higher"]],
    ["a route as it should be", "act", []],
  ] as const)("%s", async (_, needed, holes) => {
    const asked = askPlanted((router) =>
      router.post("/v1/planted/:id", door().requireCourt(judgesOnly), async (c) => {
        const court = c.req.param("id") === "matter" ? COURTS.own : null;
        if (needed !== "none") await requireJurisdiction(service.db, c.var.actor, court, needed);
        return c.json({});
      }),
    );
    const found: Relation[] = [];
    for (const relation of ["own", "higher", "other"] as const) {
      const caller = await staffCaller(service, "judge", COURTS[relation]);
      const approach = { relation, caller, ids: ["matter"], body: undefined };
      if ((await findTrespass(planted, approach, asked)).length > 0) found.push(relation);
    }
    expect(found).toEqual(holes);
  });
});

/** Every object is new, so its first version is the one that was read. */
function init(method: string, given: Record<string, string>, body: object | undefined): RequestInit {
  const headers = { ...given, "If-Match": '"v1"' };
  if (body === undefined) return { method, headers };
  return { method, headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json") ?? false;
  return { status: response.status, code: isProblem ? String(JSON.parse(text).code) : null, text };
}
