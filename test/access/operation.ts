// The operations of an API document with who may call them, as the document says it.
import { z } from "zod";

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

const Described = z.looseObject({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  requestBody: z.looseObject({ content: z.record(z.string(), z.unknown()) }).optional(),
});
const Document = z.looseObject({
  paths: z.record(
    z.string(),
    z.looseObject(Object.fromEntries(METHODS.map((method) => [method, Described.optional()]))),
  ),
});

export type Operation = {
  id: string;
  method: string;
  /** `/v1/staff/{id}/disable` */
  path: string;
  /** `/v1/staff` where the path goes on with `{id}`; null where it names no object. */
  collection: string | null;
  security: Record<string, string[]>[];
  hasBody: boolean;
};

export function operationsOf(document: string): Operation[] {
  const { paths } = Document.parse(JSON.parse(document));
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): Operation[] => {
      const described = Described.optional().parse(item[method]);
      if (!described) return [];
      const { operationId: id, security, requestBody } = described;
      const collection = /^(.*?)\/\{\w+\}(?:\/[^{}]*)?$/.exec(path)?.[1] ?? null;
      return [{ id, method: method.toUpperCase(), path, collection, security, hasBody: requestBody !== undefined }];
    }),
  );
}

/** The path with its parameters filled, from the right: those that `ids` leaves open are names of nothing. */
export function pathWith({ path }: Pick<Operation, "path">, ...ids: string[]): string {
  const count = path.match(/\{\w+\}/g)?.length ?? 0;
  let place = ids.length - count;
  return path.replace(/\{\w+\}/g, () => encodeURIComponent(ids[place++] ?? "nothing"));
}
