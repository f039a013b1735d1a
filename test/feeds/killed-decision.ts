// The process of the kill tests that releases a load or rolls it back, until somebody kills it.
import { releaseLoad, rollbackLoad } from "../../src/feeds/index.ts";

const [, , act, url = "", id = ""] = process.argv;
const decision = { url, id, actor: "operator:third", reason: "测试" };
await (act === "release" ? releaseLoad(decision) : rollbackLoad(decision));
