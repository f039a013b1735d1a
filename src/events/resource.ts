// An event as an agency gets it, from the feed as from a webhook: every member that leaves is named here.
import { z } from "../platform/http.ts";
import { publicId } from "../platform/id.ts";
import { shanghaiTime } from "../platform/time.ts";

export const EventView = z
  .object({
    id: z.string().openapi({ example: "evt_01jd8m2v0q7f4t9s6k3n5r8w2x" }),
    type: z.string().openapi({ example: "lift.due" }),
    timestamp: z.string(),
    data: z.record(z.string(), z.string().nullable()).openapi({ description: "Ids and codes; read what they name" }),
  })
  .openapi("Event");

export type ToldEvent = { id: string; at: Date; type: string; data: Record<string, string | null> };

export function eventView({ id, at, type, data }: ToldEvent): z.infer<typeof EventView> {
  return { id: publicId("evt", id), type, timestamp: shanghaiTime(at), data };
}
