// The acts that a court takes on a listing: who may, with what body, and the verb behind each.
import { courtOfficers, type CourtActor, type CourtScope, type StaffRole } from "../courts/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { parseAs, type z } from "../platform/http.ts";
import { uuidOf } from "../platform/id.ts";
import type { Taken, Target } from "./act.ts";
import * as request from "./act-request.ts";
import { decideListing, rejectDraft } from "./decision.ts";
import { amendDraft } from "./draft.ts";
import { grantGrace, lapseListing, publishDecided, recordService, stateUnperformed } from "./publication.ts";
import { rectifyListing } from "./rectification.ts";
import { lookAgain, removeListing, tickShielded } from "./removal.ts";
import { transferListing } from "./transfer.ts";
import { closeWindow, openWindow } from "./window.ts";

type Take<Body> = (tx: Transaction, actor: CourtActor, target: Target, body: Body) => Promise<Taken>;

type Description = {
  /** The last part of the address. */
  name: string;
  operationId: string;
  roles: readonly StaffRole[];
  /** Of a court system's key; what needs a judge is for people. */
  scope?: CourtScope;
  summary: string;
  description?: string;
};

export type CourtAct = Description & { body: z.ZodType; take: Take<unknown> };

const judges = ["judge", "president"] as const;
const clerical = { roles: courtOfficers, scope: "listings:write" } as const;
const judicial = { roles: judges } as const;

export const courtActs: CourtAct[] = [
  act(
    { ...clerical, name: "amend", operationId: "amendDraft", summary: "修改草稿 · Amend a draft" },
    request.Amend,
    amendDraft,
  ),
  act(
    {
      ...judicial,
      name: "decide",
      operationId: "decideListing",
      summary: "决定纳入（限制消费） · Decide on a draft",
      description: "Takes the president or a judge with dated written authority, and nobody who drew the draft up.",
    },
    request.Decide,
    decideListing,
  ),
  act(
    { ...judicial, name: "reject", operationId: "rejectDraft", summary: "不予纳入 · Reject a draft" },
    request.Reject,
    rejectDraft,
  ),
  act(
    { ...clerical, name: "record-service", operationId: "recordService", summary: "登记送达 · Record the service" },
    request.RecordService,
    recordService,
  ),
  act(
    {
      ...clerical,
      name: "state-unperformed",
      operationId: "stateUnperformed",
      summary: "登记未履行情况 · State that nothing was performed",
      description: "Publication needs a statement of the last three days.",
    },
    request.StateUnperformed,
    stateUnperformed,
  ),
  act(
    { ...judicial, name: "grant-grace", operationId: "grantGrace", summary: "给予宽限期 · Grant grace" },
    request.GrantGrace,
    grantGrace,
  ),
  act(
    {
      ...judicial,
      name: "publish",
      operationId: "publishListing",
      summary: "公布 · Publish",
      description: "Every check from the next one on answers with it.",
    },
    request.Publish,
    publishDecided,
  ),
  act(
    { ...judicial, name: "lapse", operationId: "lapseListing", summary: "宽限期内已履行 · Performed in grace" },
    request.Lapse,
    lapseListing,
  ),
  act(
    {
      ...judicial,
      name: "rectify",
      operationId: "rectifyListing",
      summary: "更正 · Rectify what is recorded",
      description: "A ground more or a later end takes the president. What it said before is kept.",
    },
    request.Rectify,
    rectifyListing,
  ),
  act(
    {
      ...judicial,
      name: "exit",
      operationId: "endListing",
      summary: "撤销、删除、届满、提前删除、解除 · End a listing",
      description:
        "No check answers with it from the next one on. Takes one judge; early deletion and R3 take the president.",
    },
    request.Remove,
    removeListing,
  ),
  act(
    { ...judicial, name: "second-look", operationId: "lookAgain", summary: "移出复核 · Look again at a removal" },
    request.LookAgain,
    lookAgain,
  ),
  act(
    {
      ...clerical,
      name: "shield",
      operationId: "tickShielded",
      summary: "登记全国库已屏蔽 · Tick as shielded in the national database",
    },
    request.TickShielded,
    tickShielded,
  ),
  act(
    {
      ...judicial,
      name: "open-window",
      operationId: "openWindow",
      summary: "暂时解除限制消费 · Open an exception window",
      description: "Named measures for a month at most; takes the president or a judge with dated written authority.",
    },
    request.OpenWindow,
    openWindow,
  ),
  act(
    { ...judicial, name: "close-window", operationId: "closeWindow", summary: "提前收回 · Close a window" },
    request.CloseWindow,
    (tx, actor, target, { window, reason }) =>
      closeWindow(tx, actor, target, { windowId: requireWindowId(window), reason }),
  ),
  act(
    {
      ...judicial,
      name: "transfer",
      operationId: "transferListing",
      summary: "移送其他法院 · Transfer to another court",
      description:
        "By the court that has the case. What stands in no court's list, because its case number names none, is assigned " +
        "in the same way by the supreme court, or by the high court of its province to a court below it.",
    },
    request.Transfer,
    transferListing,
  ),
];

function act<S extends z.ZodType>(description: Description, body: S, take: Take<z.infer<S>>): CourtAct {
  return {
    ...description,
    body,
    take: (tx, actor, target, given) => {
      return take(tx, actor, target, parseAs(body, given));
    },
  };
}

function requireWindowId(id: string): string {
  const uuid = uuidOf("win", id);
  if (uuid === null) throw new AppError("not-found");
  return uuid;
}
