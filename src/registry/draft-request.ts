// The form of a draft as it is sent, as the verb takes it.
import { AppError } from "../platform/error.ts";
import { uuidOf } from "../platform/id.ts";
import type { NewDraft } from "./act-request.ts";
import type { DraftForm, DraftLimit } from "./draft-form.ts";

export function formOf({ parties, ...rest }: NewDraft): DraftForm {
  return {
    ...rest,
    parties: parties.map(({ document: { type, ...number }, limit, ...party }, at) => ({
      ...party,
      document: { kind: type, ...number },
      limit: limit && { capacity: limit.capacity, unit: unitOf(limit.unit, at) },
    })),
  };
}

type GivenUnit = NonNullable<NewDraft["parties"][number]["limit"]>["unit"];

function unitOf(unit: GivenUnit, at: number): DraftLimit["unit"] {
  if (!unit || "party" in unit) return unit;
  const limitId = uuidOf("lst", unit.listing);
  if (limitId !== null) return { limitId };
  const pointer = `#/parties/${at}/limit/unit/listing`;
  throw new AppError("validation", { faults: [{ pointer, code: "unknown_reference" }] });
}
