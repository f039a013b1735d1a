// The door of the console: an agency's officers and liaisons, who ask the API through a key of their agency that only
// this process derives.
import { consoleRoles, readyConsoleKey } from "../agencies/index.ts";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { uuidOf } from "../platform/id.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import type { PageDoor } from "../portal/index.ts";
import type { PageContext, Reader } from "../ui/index.ts";

export type ConsoleDoor = Pick<PageDoor, "enter" | "act"> & {
  /** For `createOwnApi`: the agency's key, where a page of the console was entered. */
  credential: (c: PageContext) => Record<string, string>;
  /** The door without the key, for what is done about keys. */
  session: PageDoor;
};

export const officers = consoleRoles;
export const liaisons = ["agency_liaison"] as const;

export type ConsoleDoorOptions = { door: PageDoor; db: Database; ring: KeyRing };

export function createConsoleDoor({ door, db, ring }: ConsoleDoorOptions): ConsoleDoor {
  const bearers = new WeakMap<object, string>();

  return {
    session: door,
    enter: (roles) => {
      const enter = door.enter(roles);
      return (c, next) =>
        enter(c, async () => {
          bearers.set(c.env.incoming, await bearerOf(c.var.reader));
          await next();
        });
    },
    act: (roles, bytesMax) => {
      const act = door.act(roles, bytesMax);
      return (c, next) =>
        act(c, async () => {
          bearers.set(c.env.incoming, await bearerOf(c.var.reader));
          await next();
        });
    },
    credential(c) {
      const bearer = bearers.get(c.env.incoming);
      return bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
    },
  };

  async function bearerOf({ id, role: given, agency }: Reader): Promise<string> {
    const role = consoleRoles.find((known) => known === given);
    const agencyId = uuidOf("agy", agency ?? "");
    if (role === undefined || agencyId === null) throw new AppError("authority");
    return readyConsoleKey(db, ring, { agencyId, role }, `staff:${id}`);
  }
}

/** How the record names who asked: the person, and the account for good. */
export function operatorOf({ id, name }: Reader): string {
  return `${name} ${id}`;
}
