// What an agency can be told. A type never changes its meaning; a new meaning is a new type.
export const eventTypes = {
  "listing.listed": "有名单信息公布（关注对象） · A party that the agency watches was listed",
  "listing.changed": "名单信息更正 · A listing that the agency was shown says something else now",
  "listing.ended": "名单信息移出 · A listing that the agency was shown has ended",
  "lift.due": "惩戒措施应予解除 · A sanction has lost its ground and is to be lifted",
  "lift.cancelled": "因重新列入，解除任务终止 · The party was listed again before the sanction was lifted",
  "review.due": "原拒办事项待复查 · A past refusal is to be looked at again",
  "reapplication.open": "当事人可重新申请 · Whoever was refused once may apply again",
  "identity.settled": "身份核实结果 · The court has said whether two parties are the same",
  "identity.revoked": "身份核实结果撤销 · The court has taken back what it said about whose number it is",
  "take_down.due": "撤下公开信息 · What was published about a party is to be taken down",
  "misuse.alerted": "核查使用异常 · Something about the agency's own checks is unusual, and somebody should look at it",
  "webhook.disabled": "推送地址已停用 · A webhook endpoint was disabled, and waits to be enabled again",
} as const satisfies Record<string, string>;

export type EventType = keyof typeof eventTypes;
export const eventTypeNames = Object.keys(eventTypes) as [EventType, ...EventType[]];

export type NewEvent = {
  agencyId: string;
  type: EventType;
  /** The public id of what must be told in order: a listing, a sanction. */
  orderKey: string;
  data: Record<string, string | null>;
};
