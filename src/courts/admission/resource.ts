// What the credit authority sends to admit an agency and to change its agreement.
import { purposeCodes } from "../../agencies/index.ts";
import { z } from "../../platform/http.ts";
import { isCalendarDate } from "../../platform/time.ts";
import { textField } from "../text-field.ts";

const NAME_LENGTH_MAX = 200;
const TEXT_LENGTH_MAX = 100;
const REASON_LENGTH_MAX = 500;

const day = z
  .string()
  .refine(isCalendarDate, { params: { code: "bad_date" } })
  .openapi({ example: "2026-11-23" });
const text = textField(TEXT_LENGTH_MAX);
const reason = textField(REASON_LENGTH_MAX).openapi({ description: "For the audit trail" });
const purpose = z.enum(purposeCodes as [string, ...string[]]).openapi({ description: "A code of the catalogue" });

const agreement = {
  liaison: text.optional(),
  deputyLiaison: text.optional(),
  agreementNumber: text.optional(),
  agreementFrom: day.optional().openapi({ description: "First day of the data-sharing agreement" }),
  agreementUntil: day.optional().openapi({ description: "Its last day" }),
  parentSystem: text.optional(),
};

export const NewAgency = z
  .strictObject({
    name: textField(NAME_LENGTH_MAX),
    purposes: z.array(purpose).min(1).max(purposeCodes.length),
    ...agreement,
  })
  .openapi("NewAgency");

export const AgreementChange = z.strictObject({ ...agreement, reason }).openapi("AgreementChange", {
  description: "As the agreement stands from now on: what is left out is not said any more",
});

export const NewPurpose = z
  .strictObject({
    purpose,
    validFrom: day,
    validUntil: day.optional().openapi({ description: "The last day; without it, while the agreement stands" }),
    reason,
  })
  .openapi("NewPurpose");

export const Reasoned = z.strictObject({ reason }).openapi("AgencyAct");
