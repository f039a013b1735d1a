// A form that somebody is still writing: sealed whole, since it holds the numbers of people, and its author's alone.
import { appendAudit } from "../../audit/index.ts";
import { auditNameOf, type CourtActor, staffOf } from "../../courts/index.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import { open, seal } from "../../platform/envelope.ts";
import { AppError } from "../../platform/error.ts";
import { newUuid, publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import {
  countForms,
  deleteForm,
  deleteFormsBefore,
  findForm,
  type FormRow,
  insertForm,
  listForms,
  updateForm,
} from "./queries.ts";

export type Fields = Record<string, string>;
export type Form = { id: string; fields: Fields; version: number; savedAt: Date };
type Keys = Pick<KeyRing, "dataKey" | "dataKeys">;

const FORMS_MAX = 50;
const KEPT_MS = 30 * 86_400_000;

/** Begins a form; what nobody has saved for thirty days is forgotten on the way. */
export async function openForm(
  tx: Transaction,
  keys: Keys,
  actor: CourtActor,
  fields: Fields,
  now: Date,
): Promise<Form> {
  const author = staffOf(actor).id;
  await deleteFormsBefore(tx, new Date(now.getTime() - KEPT_MS));
  if ((await countForms(tx, author)) >= FORMS_MAX) throw new AppError("conflict", { note: "too many forms in work" });
  const id = newUuid();
  const row = await insertForm(tx, { id, author, sealed: sealFields(keys, id, fields), version: 1, savedAt: now });
  await appendAudit(tx, { actor: auditNameOf(actor), action: "draft_form.open", subject: publicId("frm", id) });
  return { id, fields, version: row.version, savedAt: row.savedAt };
}

/**
 * What was typed, as often as it is typed: the trail names who began the form and what became of it. With `version` only
 * where nothing was saved since: what a browser saves by itself may arrive after what its reader sent.
 */
export async function saveForm(
  tx: Transaction,
  keys: Keys,
  actor: CourtActor,
  { id, fields, version, now }: { id: string; fields: Fields; version?: number | undefined; now: Date },
): Promise<Form> {
  const author = staffOf(actor).id;
  const row = await updateForm(tx, { id, author, version }, { sealed: sealFields(keys, id, fields), savedAt: now });
  if (!row) throw new AppError((await findForm(tx, author, id)) ? "precondition-failed" : "not-found");
  return { id, fields, version: row.version, savedAt: row.savedAt };
}

export async function discardForm(tx: Transaction, actor: CourtActor, id: string): Promise<void> {
  if (!(await deleteForm(tx, { id, author: staffOf(actor).id }))) throw new AppError("not-found");
  await appendAudit(tx, { actor: auditNameOf(actor), action: "draft_form.discard", subject: publicId("frm", id) });
}

export async function readForm(reader: Reader, keys: Keys, actor: CourtActor, id: string): Promise<Form> {
  const row = await findForm(reader, staffOf(actor).id, id);
  if (!row) throw new AppError("not-found");
  return openRow(keys, row);
}

export async function readForms(reader: Reader, keys: Keys, actor: CourtActor): Promise<Form[]> {
  return (await listForms(reader, staffOf(actor).id)).map((row) => openRow(keys, row));
}

function sealFields({ dataKey }: Keys, id: string, fields: Fields): Buffer {
  return seal(dataKey, placeOf(id), JSON.stringify(fields));
}

function openRow({ dataKeys }: Keys, { id, sealed, version, savedAt }: FormRow): Form {
  return { id, fields: JSON.parse(open(dataKeys, placeOf(id), sealed)) as Fields, version, savedAt };
}

const placeOf = (id: string) => `draft_form.sealed ${id}`;
