// Walks every operation with every caller and finds each cell in which the service does not do what its document says.
import type { Caller } from "./caller.ts";
import { mayCall } from "./caller.ts";
import { type Operation, pathWith } from "./operation.ts";

export type Answer = { status: number; code: string | null; text: string };
/** Sends one request; a body goes as JSON. */
export type Ask = (
  method: string,
  path: string,
  headers: Record<string, string>,
  body: object | undefined,
) => Promise<Answer>;

/** Problems that say "not you", whatever was asked. */
const DENIALS = ["unauthenticated", "authority", "scope", "cross-site", "person-not-named"];
/** An id of no object. */
const NOTHING = "nothing";

/** Cells of operation and caller, with nothing to find: whoever is let in meets a fault of the request instead. */
export async function findHoles(operations: Operation[], callers: Caller[], ask: Ask): Promise<string[]> {
  const holes: string[] = [];
  for (const operation of operations) {
    for (const caller of callers) {
      const answer = await ask(
        operation.method,
        pathWith(operation, NOTHING),
        caller.headers,
        operation.hasBody ? {} : undefined,
      );
      const cell = `${operation.method} ${operation.path} by ${caller.title}: ${answer.status} ${answer.code}`;
      const isDenied = DENIALS.includes(answer.code ?? "");
      if (isDenied === mayCall(operation, caller)) holes.push(cell);
      if (answer.status >= 500) holes.push(`${cell} is a fault of ours`);
    }
  }
  return holes;
}

/** The same for what a session may write: without the token that only our own pages have, nothing is. */
export async function findForgeries(operations: Operation[], callers: Caller[], ask: Ask): Promise<string[]> {
  const holes: string[] = [];
  for (const operation of operations.filter(({ method, security }) => method !== "GET" && security.length > 0)) {
    for (const caller of callers.filter((caller) => caller.headers["Cookie"] && mayCall(operation, caller))) {
      const { "X-CSRF-Token": _, ...headers } = caller.headers;
      const { code } = await ask(
        operation.method,
        pathWith(operation, NOTHING),
        headers,
        operation.hasBody ? {} : undefined,
      );
      if (code !== "cross-site") holes.push(`${operation.method} ${operation.path} by ${caller.title}: ${code}`);
    }
  }
  return holes;
}

/** Who comes to a matter: from the court that handles it, from the one above, from one beside it. */
export type Relation = "own" | "higher" | "other";
export type Approach = { relation: Relation; caller: Caller; ids: string[]; body: object | undefined };

/** What the answer to an approach must not be: for jurisdiction, and for the two that must look alike. */
export async function findTrespass(operation: Operation, approach: Approach, ask: Ask): Promise<string[]> {
  const { relation, caller, ids, body } = approach;
  const send = (...ids: string[]) => ask(operation.method, pathWith(operation, ...ids), caller.headers, body);
  const answer = await send(...ids);
  const cell = `${operation.method} ${operation.path} by ${caller.title} (${relation} court): ${answer.status} ${answer.code}`;
  switch (relation) {
    case "own":
      return refused(answer, ["not-found", "jurisdiction", "validation"]) ? [cell] : [];
    case "higher":
      if (operation.method === "GET") return refused(answer, ["not-found", "jurisdiction"]) ? [cell] : [];
      return answer.code === "jurisdiction" ? [] : [cell];
    case "other": {
      const nothing = await send(NOTHING);
      const isAlike = answer.status === nothing.status && shapeOf(answer) === shapeOf(nothing);
      return answer.code === "not-found" && isAlike ? [] : [`${cell}, and for what does not exist ${nothing.code}`];
    }
  }
}

function refused({ code, status }: Answer, codes: string[]): boolean {
  return status >= 500 || codes.includes(code ?? "") || DENIALS.includes(code ?? "");
}

/** The answer without the ids of the request. */
function shapeOf({ text }: Answer): string {
  return text.replace(/urn:uuid:[\w-]+|req_\w+/g, "…");
}
