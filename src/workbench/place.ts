// Where the workbench shows what an id stands for.

const PLACES: Readonly<Record<string, { path: string; kind: string }>> = {
  lst: { path: "/workbench/listings", kind: "名单信息" },
  obj: { path: "/workbench/objections", kind: "纠正申请" },
  idr: { path: "/workbench/identity-requests", kind: "身份核实请求" },
  tdn: { path: "/workbench/take-downs", kind: "撤下任务" },
};

/** Null for what has no page here. */
export function placeOf(id: string): { href: string; kind: string } | null {
  const place = PLACES[id.slice(0, id.indexOf("_"))];
  return place ? { href: `${place.path}/${id}`, kind: place.kind } : null;
}
